"""A fieldwork week going on, made by the same code as a team's: set up, drawn, shared out, interviews arranged."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from django.utils import timezone

from aboveline.domain.framework import Framework
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.replacement import REASONS
from aboveline.domain.sampling import Method
from aboveline.exchange.demonstration import PlannedWeek
from aboveline.jobs import allocating, interviewing
from aboveline.jobs.casework import confirm, stage
from aboveline.jobs.demonstration.case_list import case_list_csv, references
from aboveline.jobs.demonstration.people import PASSWORD, Cast
from aboveline.jobs.drawing import make_draw
from aboveline.jobs.planning import default_supplies, week_of, working_days_after
from aboveline.jobs.setting_up import set_up_in_programme
from aboveline.records.actions.arranging import note_absence
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.actions.inspections import set_up_inspection
from aboveline.records.actions.meetings import MeetingValues, record_meeting
from aboveline.records.actions.people import (
    add_programme,
    add_service,
    add_user,
    give_programme_role,
    give_service_role,
    join_team,
)
from aboveline.records.actions.planning import PlanValues, save_step, save_supply
from aboveline.records.actions.replacements import ask_replacement
from aboveline.records.identity import reference_hash
from aboveline.records.models import (
    Conflict,
    DrawnCase,
    Inspection,
    MeetingRecord,
    Programme,
    ReplacementRequest,
    Role,
    Service,
    Supply,
    User,
)
from aboveline.records.queries.cases import drawn_cases
from aboveline.records.queries.inspections import draw_in_force
from aboveline.records.queries.planning import supplies_of

WEDNESDAY_AFTERNOON = (time(13), time(17))
People = Mapping[Role, list[User]]


def begin_week(plan: PlannedWeek, framework: Framework, cast: Cast) -> Inspection:
    """Bring a week as far as its first day. Raises ProblemsFound where the product's own data do not allow it."""
    people, service, programme = _bring_in(plan, framework, cast)
    inspection = _set_up(plan, framework, cast, people, service, programme)
    _draw(plan, framework, cast, people, inspection)
    _share_out(cast, people, inspection)
    _arrange(cast, people, inspection)
    _ask_and_meet(plan, cast, people, inspection)
    _tick_off(cast, inspection)
    return inspection


def first_day(plan: PlannedWeek, today: date) -> date:
    """The first working day of the week of today, or the plan's own where that is outside the calendar."""
    monday = today - timedelta(today.weekday())
    try:
        working_days_after(monday, 120)
        return working_days_after(monday, 0)
    except ProblemsFound:
        return plan.otherwise_on


def _bring_in(plan: PlannedWeek, framework: Framework, cast: Cast) -> tuple[People, Service, Programme]:
    lead = cast.first(Role.LEAD_INSPECTOR)
    people: dict[Role, list[User]] = {}
    service = add_service(**plan.service.model_dump(), synthetic=True, by=lead)
    made = add_programme(**plan.programme.model_dump(), framework_id=framework.id, by=lead)
    for person in plan.people:
        user = add_user(email=person.email, name=person.name, password=PASSWORD, by=None)
        role = Role(person.role)
        people.setdefault(role, []).append(user)
        if role is Role.ADMINISTRATOR:
            give_programme_role(user=user, programme=made, role=role, by=lead)
        elif role is not Role.LOCAL_ASSESSOR:
            give_service_role(user=user, service=service, role=role, staff_code=person.staff_code, by=lead)
    return people, service, made


def _set_up(
    plan: PlannedWeek, framework: Framework, cast: Cast, people: People, service: Service, programme: Programme
) -> Inspection:
    held_on, by = first_day(plan, timezone.localdate()), people[Role.ADMINISTRATOR][0]
    earlier = set_up_inspection(
        service=service,
        framework_id=framework.id,
        framework_digest=framework.digest,
        kind=Inspection.Kind.CORE,
        held_on=held_on.replace(year=held_on.year - plan.earlier_held_on_years_before, day=min(held_on.day, 28)),
        seed=f"{plan.seed}-earlier",
        synthetic=True,
        programme=programme,
        by=by,
    )
    inspection = set_up_in_programme(
        programme=programme,
        service=service,
        kind=Inspection.Kind.REINSPECTION,
        original=earlier,
        plan=PlanValues(held_on, sample_size=plan.sample, second_read_percent=10),
        lead=cast.first(Role.LEAD_INSPECTOR),
        items=default_supplies(),
        recommendations=plan.recommendations,
        seed=plan.seed,
        by=by,
    )
    lead = cast.first(Role.LEAD_INSPECTOR)
    for user in cast.people[Role.INSPECTOR]:
        join_team(user=user, inspection=inspection, role=Role.INSPECTOR, by=lead)
    join_team(user=people[Role.LOCAL_ASSESSOR][0], inspection=inspection, role=Role.LOCAL_ASSESSOR, by=lead)
    return inspection


def _draw(plan: PlannedWeek, framework: Framework, cast: Cast, people: People, inspection: Inspection) -> None:
    head, listing = people[Role.HEAD_OF_SERVICE][0], plan.listing(inspection.held_on)
    in_order = sorted(references(listing), key=lambda reference: reference_hash(inspection.pk, reference))
    data = case_list_csv(listing, framework, in_order)
    upload = stage(inspection=inspection, content=data, file_name="list.csv", by=head).expect()
    caseload = confirm(upload=upload, expected_version=upload.version, by=head)
    lead = cast.first(Role.LEAD_INSPECTOR)
    make_draw(
        inspection=inspection, caseload=caseload, method=Method.CUBE, size=plan.sample, reason="", expected_draws=0,
        by=lead,
    ).expect()  # fmt: skip


def _share_out(cast: Cast, people: People, inspection: Inspection) -> None:
    """The local assessor once managed a case that was drawn, which the proposal keeps from them."""
    local, lead = people[Role.LOCAL_ASSESSOR][0], cast.first(Role.LEAD_INSPECTOR)
    known = _sample(inspection)[0].case
    record_conflict(user=local, tie=Conflict.Tie.MANAGED, case=known, by=lead)
    sharing = allocating.sharing_of(inspection).changed({lead.name: 50}, [])
    readers = allocating.proposed(sharing).expect().readers
    allocating.put_on_record(sharing, readers, expected_version=0, by=lead)


def _arrange(cast: Cast, people: People, inspection: Inspection) -> None:
    lead, wednesday = cast.first(Role.LEAD_INSPECTOR), inspection.held_on + timedelta(2)
    starts, ends = WEDNESDAY_AFTERNOON
    for user in people[Role.CASE_MANAGER]:
        note_absence(inspection=inspection, day=wednesday, user=user, starts=starts, ends=ends, by=lead)
    found = interviewing.interviewing_of(inspection)
    told = interviewing.arranged(found).value
    if told:
        interviewing.put_on_record(found, told.meetings, expected_version=0, by=lead)


def _ask_and_meet(plan: PlannedWeek, cast: Cast, people: People, inspection: Inspection) -> None:
    head, lead = people[Role.HEAD_OF_SERVICE][0], cast.first(Role.LEAD_INSPECTOR)
    asked = plan.request
    if asked.reason not in REASONS:
        raise ValueError(f"{asked.reason} is no reason to replace a case")
    drawn = _sample(inspection)[asked.position - 1]
    ask_replacement(
        drawn=drawn, side=ReplacementRequest.Side.SERVICE, reason=asked.reason, note=asked.note,
        answer_by=working_days_after(inspection.held_on, 3), expected_version=drawn.version, by=head,
    )  # fmt: skip
    for supply in supplies_of(inspection):
        if supply.item != "board_minutes":
            save_supply(
                supply=supply, state=Supply.State.SUPPLIED, due=supply.due, note="", expected_version=1, by=head
            )
    notes = MeetingValues(inspection.held_on, time(17), plan.meeting.present, plan.meeting.notes.strip())
    record_meeting(inspection=inspection, kind=MeetingRecord.Kind.DAILY, values=notes, by=lead)


def _tick_off(cast: Cast, inspection: Inspection) -> None:
    """Every step up to the first day was done on the day it was due."""
    for one in week_of(inspection, inspection.held_on).steps:
        if one.due_step.step.offset <= 0:
            save_step(
                inspection=inspection,
                step=one.due_step.step.id,
                moved_to=None,
                done_on=one.due_step.due,
                expected_version=0,
                by=cast.first(Role.LEAD_INSPECTOR),
            )


def _sample(inspection: Inspection) -> list[DrawnCase]:
    draw = draw_in_force(inspection)
    return list(drawn_cases(draw, DrawnCase.Place.SAMPLE)) if draw else []
