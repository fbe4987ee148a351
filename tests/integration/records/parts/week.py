"""Planning, replacement with the other side heard, sharing out, interviews and meetings."""

from datetime import date, time
from functools import partial

from aboveline.records.actions.arranging import (
    InterviewValues,
    WeekValues,
    confirm_interviews,
    end_absence,
    note_absence,
    set_interview_week,
    share_out,
)
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.actions.meetings import (
    MeetingValues,
    add_recommendation,
    correct_meeting,
    record_meeting,
    save_progress,
)
from aboveline.records.actions.planning import (
    PlanValues,
    WantedSupply,
    ask_supplies,
    plan_fieldwork,
    save_step,
    save_supply,
)
from aboveline.records.actions.replacements import answer_replacement, ask_replacement, decide_replacement
from aboveline.records.models import (
    AllocationPlan,
    Conflict,
    EarlierRecommendation,
    FieldworkPlan,
    InterviewPlan,
    MeetingRecord,
    Programme,
    ReplacementRequest,
    Role,
    Supply,
    TimetableStep,
)
from aboveline.records.queries import arranging, planning
from tests.integration.records.parts import Act, Edit
from tests.integration.records.world import World
from tests.records_builders import a_programme, an_inspection, with_role

DAY, LATER = date(2009, 6, 1), date(2009, 6, 5)
AT_NINE = WeekValues(((DAY, time(9), time(12)),))


def planned(w: World, seen: int, text: str) -> FieldworkPlan:
    values = PlanValues(w.drawn.held_on, LATER, None, text, 3, 10)
    return plan_fieldwork(inspection=w.drawn, values=values, expected_version=seen, by=w.by)


def moved(w: World, seen: int, text: str) -> TimetableStep:
    done = DAY if text == "mine" else LATER
    return save_step(inspection=w.drawn, step="announced", moved_to=LATER, done_on=done, expected_version=seen, by=w.by)


def asked(w: World) -> Supply:
    return w.drawn.supplies.first() or ask_supplies(inspection=w.drawn, wanted=[WantedSupply("Rooms", DAY)], by=w.by)[0]


def supplied(w: World, seen: int, text: str) -> Supply:
    state = Supply.State.SUPPLIED
    return save_supply(supply=asked(w), state=state, due=DAY, note=text, expected_version=seen, by=w.by)


def request(w: World) -> ReplacementRequest:
    side = ReplacementRequest.Side.SERVICE
    return w.place.requests.first() or ask_replacement(
        drawn=w.place, side=side, reason="transferred", note="Gone", answer_by=DAY,
        expected_version=w.place.version, by=w.by,
    )  # fmt: skip


def answered(w: World, seen: int, text: str) -> ReplacementRequest:
    agreed = ReplacementRequest.Answer.AGREED
    return answer_replacement(request=request(w), answer=agreed, words=text, expected_version=seen, by=w.by)


def decided(w: World, outcome=ReplacementRequest.Outcome.KEPT) -> ReplacementRequest:
    return decide_replacement(
        request=request(w), outcome=outcome, words="Enough", today=LATER, expected_version=1, by=w.by
    )


def shared(w: World, seen: int, text: str) -> AllocationPlan:
    capacities = {w.by.pk: 60}
    return share_out(
        inspection=w.drawn, readers={w.case: [w.by]}, capacities=capacities, pairs=[], expected_version=seen, by=w.by
    )


def timed(w: World, seen: int, text: str) -> InterviewPlan:
    return set_interview_week(inspection=w.drawn, values=AT_NINE, expected_version=seen, by=w.by)


def interviews(w: World) -> InterviewPlan:
    one = InterviewValues("CM-1", frozenset({w.by.pk}), frozenset({w.case.pk}), DAY, time(9), time(10), "R1")
    found = InterviewPlan.objects.filter(inspection=w.drawn).first()
    seen = found.version if found else timed(w, 0, "").version
    return confirm_interviews(inspection=w.drawn, meetings=[one], expected_version=seen, by=w.by)


def absence(w: World):
    return w.drawn.absences.first() or note_absence(inspection=w.drawn, day=DAY, user=w.by, by=w.by)


NOTES = MeetingValues(DAY, time(17), "All", "Progress")


def met(w: World) -> MeetingRecord:
    daily = MeetingRecord.Kind.DAILY
    return w.drawn.meetings.first() or record_meeting(inspection=w.drawn, kind=daily, values=NOTES, by=w.by)


def corrected(w: World, seen: int, text: str) -> MeetingRecord:
    values = MeetingValues(DAY, time(17), "All", text)
    return correct_meeting(meeting=met(w), values=values, expected_version=seen, by=w.by)


def recommended(w: World) -> EarlierRecommendation:
    to = EarlierRecommendation.To.BOARD
    found = w.drawn.earlier_recommendations.first()
    return found or add_recommendation(inspection=w.drawn, text="Look at every plan", to=to, by=w.by)


def judged(w: World, seen: int, text: str) -> EarlierRecommendation:
    some = EarlierRecommendation.Progress.SOME
    return save_progress(recommendation=recommended(w), progress=some, note=text, expected_version=seen, by=w.by)


ACTS = {
    "planning.plan_fieldwork": Act(
        lambda w: planned(w, 0, ""), ("fieldwork.planned",), {"sample_size": "3", "last_day": "2009-06-05"}
    ),
    "planning.save_step": Act(lambda w: moved(w, 0, "mine"), ("timetable.changed",), {"done_on": "2009-06-01"}),
    "planning.ask_supplies": Act(asked, ("supply.asked",), {"name": "Rooms", "due": "2009-06-01"}),
    "planning.save_supply": Act(
        lambda w: supplied(w, 1, "here"), ("supply.asked", "supply.saved"), {"state": "supplied", "note": "here"}
    ),
    "replacements.ask_replacement": Act(request, ("replacement.asked",), {"note": "Gone"}, reason="transferred"),
    "replacements.answer_replacement": Act(
        lambda w: answered(w, 1, "yes"), ("replacement.asked", "replacement.answered"), {"answer": "agreed"}
    ),
    "replacements.decide_replacement": Act(
        lambda w: decided(w, ReplacementRequest.Outcome.REPLACED),
        ("replacement.asked", "case.replaced", "replacement.decided"), {"outcome": "replaced"},
    ),
    "arranging.share_out": Act(lambda w: shared(w, 0, ""), ("case.allocated", "cases.shared_out"), {"cases": "1"}),
    "arranging.set_interview_week": Act(lambda w: timed(w, 0, ""), ("interviews.time_set",), {"sessions": "1"}),
    "arranging.note_absence": Act(absence, ("absence.noted",), {"day": "2009-06-01"}),
    "arranging.end_absence": Act(
        lambda w: end_absence(absence=absence(w), by=w.by), ("absence.noted", "absence.ended")
    ),
    "arranging.confirm_interviews": Act(
        interviews, ("interviews.time_set", "interviews.confirmed"), {"interviews": "1", "changed": "1"}
    ),
    "meetings.record_meeting": Act(met, ("meeting.recorded",), {"kind": "daily", "notes": "Progress"}),
    "meetings.correct_meeting": Act(
        lambda w: corrected(w, 1, "Better"), ("meeting.recorded", "meeting.corrected"), {"notes": "Better"}
    ),
    "meetings.add_recommendation": Act(recommended, ("recommendation.entered",), {"to": "board"}),
    "meetings.save_progress": Act(
        lambda w: judged(w, 1, "half"), ("recommendation.entered", "recommendation.judged"), {"progress": "some"}
    ),
}  # fmt: skip


def after(first, change, w: World, seen: int, text: str):
    """A row that is made by its first change: it is there on version 1 before the change asked for."""
    if not first(w):
        change(w, 0, "first")
    return change(w, seen, text)


def row(find, change, w: World):
    return find(w) or change(w, 0, "first")


def kept_row(name: str, find, change) -> dict[str, Edit]:
    return {name: Edit(name, partial(after, find, change), partial(row, find, change))}


EDITS = {
    **kept_row("FieldworkPlan", lambda w: planning.plan_of(w.drawn), planned),
    **kept_row("TimetableStep", lambda w: w.drawn.timetable_steps.first(), moved),
    **kept_row("AllocationPlan", lambda w: arranging.allocation_plan_of(w.drawn), shared),
    **kept_row("InterviewPlan", lambda w: arranging.interview_plan_of(w.drawn), timed),
    "supply": Edit("Supply", supplied, asked),
    "answer to a request": Edit("ReplacementRequest", answered, request),
    "meeting": Edit("MeetingRecord", corrected, met),
    "recommendation": Edit("EarlierRecommendation", judged, recommended),
}


def once(make, ask, w: World) -> object:
    """Asked when there is something to be found."""
    make(w)
    return ask(w)


def plan_at_first(w: World) -> object:
    return planning.plan_of(w.drawn) or planned(w, 0, "")


def some_steps(w: World) -> object:
    return w.drawn.timetable_steps.first() or moved(w, 0, "mine")


def some_sharing(w: World) -> object:
    return arranging.allocation_plan_of(w.drawn) or shared(w, 0, "")


def some_interviews(w: World) -> object:
    return arranging.interviews_in(w.drawn) or interviews(w)


def a_case_manager(w: World) -> object:
    if not arranging.case_managers_at(w.service):
        with_role(w.by, w.service, Role.CASE_MANAGER, staff_code="CM-1")


def in_a_programme(w: World) -> object:
    programme = Programme.objects.filter(inspections__service=w.service).first()
    if programme is None:
        programme = a_programme()
        an_inspection(w.service, programme=programme)
    return planning.inspections_in(programme)


OF_INSPECTION = {
    "planning.plan_of": partial(once, plan_at_first, lambda w: planning.plan_of(w.drawn)),
    "planning.steps_of": partial(once, some_steps, lambda w: planning.steps_of(w.drawn)),
    "planning.supplies_of": partial(once, asked, lambda w: planning.supplies_of(w.drawn)),
    "planning.supply_in": lambda w: planning.supply_in(w.drawn, asked(w).pk),
    "planning.recommendations_of": partial(once, recommended, lambda w: planning.recommendations_of(w.drawn)),
    "planning.recommendation_in": lambda w: planning.recommendation_in(w.drawn, recommended(w).pk),
    "planning.meetings_of": partial(once, met, lambda w: planning.meetings_of(w.drawn)),
    "planning.meeting_in": lambda w: planning.meeting_in(w.drawn, met(w).pk),
    "planning.requests_of": partial(once, request, lambda w: planning.requests_of(w.drawn)),
    "planning.request_in": lambda w: planning.request_in(w.drawn, request(w).pk),
    "planning.open_request_on": partial(once, request, lambda w: planning.open_request_on(w.place)),
    "arranging.allocation_plan_of": partial(once, some_sharing, lambda w: arranging.allocation_plan_of(w.drawn)),
    "arranging.sampled_numbers": lambda w: arranging.sampled_numbers(w.drawn),
    "arranging.begun_by": lambda w: arranging.begun_by(w.drawn),
    "arranging.team_of": lambda w: arranging.team_of(w.drawn),
    "arranging.first_readers": partial(once, some_sharing, lambda w: arranging.first_readers(w.drawn)),
    "arranging.interview_plan_of": partial(once, some_interviews, lambda w: arranging.interview_plan_of(w.drawn)),
    "arranging.absences_in": partial(once, absence, lambda w: arranging.absences_in(w.drawn)),
    "arranging.absence_in": lambda w: arranging.absence_in(w.drawn, absence(w).pk),
    "arranging.interviews_in": partial(once, some_interviews, lambda w: arranging.interviews_in(w.drawn)),
    "arranging.interviews_no_longer_right": partial(
        once, some_interviews, lambda w: arranging.interviews_no_longer_right(w.drawn)
    ),
}
OF_SERVICE = {
    "arranging.case_managers_at": partial(once, a_case_manager, lambda w: arranging.case_managers_at(w.service)),
    "planning.inspections_in": in_a_programme,
    "planning.account_with": lambda w: planning.account_with(w.by.email),
}


def apart(w: World) -> object:
    if not Conflict.objects.filter(case=w.case).exists():
        record_conflict(user=w.by, tie=Conflict.Tie.MANAGED, case=w.case, by=w.by)
    return arranging.kept_from(w.drawn, [w.by], [w.case.number])


OF_INSPECTION["arranging.kept_from"] = apart
#: of nobody in particular: which services and earlier inspections a programme may choose from
OTHERS = {"programmes.every_service": "", "programmes.inspections_under": ""}
