"""The week of an inspection over HTTP: planned, asked for, shared out, interviewed, met about."""

from datetime import date, timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aboveline.exchange.frameworks import load_framework
from aboveline.jobs.drawing import check_recorded, make_draw
from aboveline.jobs.planning import planned_framework
from aboveline.records.actions.allocation import allocate, end_allocation
from aboveline.records.actions.assessments import import_answers
from aboveline.records.actions.caseloads import CaseRow, confirm_caseload
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.actions.draws import replace_case
from aboveline.records.actions.people import end_role, give_programme_role
from aboveline.records.actions.replacements import TooEarly, decide_replacement
from aboveline.records.models import (
    Allocation,
    Conflict,
    EarlierRecommendation,
    FieldworkPlan,
    Inspection,
    MeetingRecord,
    PlannedInterview,
    ReplacementRequest,
    Role,
    Supply,
    TimetableStep,
)
from aboveline.records.queries.arranging import first_readers
from tests.records_builders import a_draw, a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 30)


def rows(count=12):
    kinds = ("referral_order", "youth_rehabilitation_order")
    return [
        CaseRow(
            f"REF{n:03d}",
            {"order_type": kinds[n % 2], "order_start": "2026-03-02", "age": 15, "case_manager": f"CM-{n % 3}"},
        )
        for n in range(count)
    ]


class Week:
    """A programme's inspection with three in its team, twelve cases and a service with a head."""

    def __init__(self, count=12, **changes):
        self.service, self.programme = a_service(), a_programme()
        self.inspection = an_inspection(
            self.service, programme=self.programme, held_on=MONDAY, framework_id="cci-2009", **changes
        )
        self.lead = in_team(a_user("Lee Leader"), self.inspection, Role.LEAD_INSPECTOR)
        self.one = in_team(a_user("Ira One"), self.inspection, Role.INSPECTOR)
        self.local = in_team(a_user("Lou Local"), self.inspection, Role.LOCAL_ASSESSOR)
        self.head = with_role(a_user("Hal Head"), self.service, Role.HEAD_OF_SERVICE)
        confirm_caseload(inspection=self.inspection, rows=rows(count), digest="d", exclusions=[], by=self.head)
        self.draw = a_draw(self.inspection, self.lead, size=count - 2)

    def as_(self, user):
        client = Client()
        client.force_login(user)
        return client

    def at(self, name, *more):
        return reverse(name, args=[self.inspection.pk, *more])

    def send(self, user, route, *more, **sent):
        given = {"key": str(uuid4())} | sent
        return self.as_(user).post(self.at(route, *more), given, follow=True)

    def page(self, user, name, *more, **query):
        return self.as_(user).get(self.at(name, *more), query).content.decode()


@pytest.fixture
def week():
    return Week()


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def as_sent(form):
    """What a page's form would send, untouched."""
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


class TestProgramme:
    @pytest.fixture
    def admin(self, week):
        user = a_user("Ada Admin")
        give_programme_role(user=user, programme=week.programme, role=Role.ADMINISTRATOR, by=None)
        return user

    def send(self, week, admin, **changes):
        client = week.as_(admin)
        sent = {
            "key": str(uuid4()), "service": week.service.slug, "kind": "core", "original": "", "lead": week.lead.email,
            **day("held_on", date(2027, 2, 1)), "second_read_percent": "10", "supplies": ["rooms", "staff_list"],
        } | changes  # fmt: skip
        return client.post(reverse("programme-set-up", args=[week.programme.slug]), sent, follow=True)

    def test_its_page_says_what_waits_for_whom(self, week, admin):
        page = week.as_(admin).get(reverse("programme", args=[week.programme.slug])).content.decode()
        assert week.service.name in page
        assert "Fieldwork" in page
        assert "Lead inspector: Inspection announced" in page

    def test_an_analyst_sees_of_it_only_what_is_published(self, week):
        analyst = a_user("Ann Analyst")
        give_programme_role(user=analyst, programme=week.programme, role=Role.ANALYST, by=None)
        address = reverse("programme", args=[week.programme.slug])
        assert week.service.name not in week.as_(analyst).get(address).content.decode()
        Inspection.objects.filter(pk=week.inspection.pk).update(stage="published")
        assert week.service.name in week.as_(analyst).get(address).content.decode()

    def test_all_that_comes_with_an_inspection_is_set_up_at_once(self, week, admin):
        answer = self.send(week, admin)
        assert answer.status_code == 200
        made = Inspection.objects.latest("pk")
        assert (made.programme, made.held_on, made.framework_id) == (week.programme, date(2027, 2, 1), "cci-2009")
        assert made.team.get().user == week.lead
        assert [(one.item, one.due) for one in made.supplies.all()] == [
            ("staff_list", date(2027, 1, 18)), ("rooms", date(2027, 1, 25)),
        ]  # fmt: skip
        assert "A quiet room for the team" in answer.content.decode()

    def test_a_re_inspection_takes_the_recommendations_with_it(self, week, admin):
        self.send(week, admin, kind="reinspection", original=week.inspection.pk, recommendations="Plan\n\n Review ")
        made = Inspection.objects.latest("pk")
        assert made.original == week.inspection
        assert [one.wording for one in made.earlier_recommendations.all()] == ["Plan", "Review"]

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"lead": "nobody@example.org"}, "has an account"),
            (day("held_on", date(2027, 1, 1)), "begins on a working day"),
            (day("held_on", date(2050, 1, 3)), "2050"),
            ({"kind": "reinspection"}, "Choose the inspection that the re-inspection follows"),
            ({"look_back_months": "3"}, "Enter a number of months"),
            ({"look_back_months": "18"}, "Say why the look-back"),
            ({"recommendations": "Plan"}, "Only a re-inspection follows"),
        ],
    )
    def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_made(self, week, admin, changes, words):
        before = Inspection.objects.count()
        answer = self.send(week, admin, **changes)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert Inspection.objects.count() == before

    def test_sent_twice_it_is_set_up_once(self, week, admin):
        before, key = Inspection.objects.count(), "k1"
        self.send(week, admin, key=key)
        self.send(week, admin, key=key)
        assert Inspection.objects.count() == before + 1
        assert self.send(week, admin, key=key, second_read_percent="20").status_code == 422

    def test_a_lead_has_no_page_of_the_programme(self, week):
        assert week.as_(week.lead).get(reverse("programme", args=[week.programme.slug])).status_code == 404


class TestPlan:
    def send(self, week, **changes):
        sent = {**day("held_on", MONDAY), "version": 0, "second_read_percent": "10"} | changes
        return week.send(week.lead, "plan", **sent)

    def test_what_is_planned_is_kept_and_shown(self, week):
        answer = self.send(week, sample_size="10", **day("last_day", date(2026, 12, 4)))
        assert "The plan is saved" in answer.content.decode()
        plan = FieldworkPlan.objects.get()
        assert (plan.sample_size, plan.last_day, plan.version) == (10, date(2026, 12, 4), 1)

    def test_somebody_else_s_value_comes_back_beside_one_s_own(self, week):
        self.send(week, sample_size="10")
        answer = self.send(week, sample_size="8")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Lee Leader saved at" in page
        assert 'value="8"' in page
        assert 'name="version" value="1"' in page
        assert FieldworkPlan.objects.get().sample_size == 10

    def test_sent_twice_at_once_it_is_saved_once_and_says_so(self, week):
        self.send(week, sample_size="10")
        assert "saved already" in self.send(week, sample_size="10").content.decode()

    def test_the_first_day_stays_once_a_list_is_on_record(self, week):
        answer = self.send(week, **day("held_on", MONDAY + timedelta(1)))
        assert answer.status_code == 422
        assert "A case list is on record" in answer.content.decode()
        assert not FieldworkPlan.objects.exists()

    def test_another_look_back_decides_who_can_be_drawn_and_the_certificate_says_so(self):
        service = a_service()
        fresh = an_inspection(service, held_on=date(2010, 6, 1))
        quality = with_role(a_user(), service)
        sent = {**day("held_on", fresh.held_on), "version": 0, "key": "k", "look_back_months": 24}
        client = Client()
        client.force_login(quality)
        client.post(reverse("plan", args=[fresh.pk]), sent | {"look_back_reason": "A small service"})
        fresh.refresh_from_db()
        framework = planned_framework(fresh)
        assert framework.eligibility.start_months_max == 24
        assert framework.digest == load_framework("cci-2009").digest
        old = [
            CaseRow(f"O{n}", {"order_type": "referral_order", "order_start": "2008-09-01", "age": 15}) for n in range(9)
        ]
        caseload = confirm_caseload(inspection=fresh, rows=old, digest="d", exclusions=[], by=quality)
        draw = make_draw(
            inspection=fresh, caseload=caseload, method="simple", size=4, reason="", expected_draws=0, by=quality
        ).expect()
        assert draw.certificate["eligibility"]["rule"] == {
            "text": "A small service", "certainty": "own", "start_months_max": 24,
        }  # fmt: skip
        again = check_recorded(draw, load_framework("cci-2009"))
        assert again.value
        assert [problem.code for problem in again.problems] == ["certificate.other-look-back"]


class TestTimetable:
    def test_steps_stand_with_owner_day_and_what_they_wait_for(self, week):
        page = week.page(week.head, "week")
        assert "Sample drawn, certificate shown to both sides" in page
        assert "Done on" in page
        assert "30 November 2026" in page
        assert reverse("timetable-step", args=[week.inspection.pk, "announced"]) not in page

    def test_a_step_is_moved_late_and_done(self, week):
        to = date(2026, 11, 27)
        week.send(week.lead, "timetable-step", "access_ready", **day("moved_to", to), version=0)
        assert TimetableStep.objects.get().moved_to == to
        with patch.object(timezone, "localdate", return_value=date(2026, 12, 2)):
            page = week.page(week.lead, "week")
        assert "moved from 26 November 2026" in page
        assert "by 3 working days" in page
        moved = {**day("moved_to", to), **day("done_on", date(2026, 11, 30))}
        week.send(week.lead, "timetable-step", "access_ready", **moved, version=1)
        with patch.object(timezone, "localdate", return_value=date(2026, 12, 2)):
            page = week.page(week.lead, "week")
        assert "1 working day late" in page

    def test_a_step_is_not_moved_before_what_it_needs_or_to_a_closed_day(self, week):
        for to, words in ((date(2026, 10, 1), "before"), (date(2026, 11, 29), "a Sunday")):
            answer = week.send(week.lead, "timetable-step", "caseload_confirmed", **day("moved_to", to), version=0)
            assert answer.status_code == 422
            assert words in answer.content.decode()
        assert not TimetableStep.objects.exists()

    def test_a_stale_step_is_a_conflict(self, week):
        week.send(week.lead, "timetable-step", "announced", **day("done_on", date(2026, 11, 2)), version=0)
        answer = week.send(week.lead, "timetable-step", "announced", **day("done_on", date(2026, 11, 3)), version=0)
        assert answer.status_code == 409
        assert TimetableStep.objects.get().done_on == date(2026, 11, 2)

    def test_an_unknown_step_is_not_there(self, week):
        assert week.as_(week.lead).get(week.at("timetable-step", "no-such")).status_code == 404

    def test_a_day_outside_the_calendar_is_said_and_no_page_breaks(self, week):
        Inspection.objects.filter(pk=week.inspection.pk).update(held_on=date(2050, 3, 1))
        assert "2050" in week.page(week.lead, "week")
        assert week.as_(week.lead).get(week.at("interviews"), follow=True).status_code == 200

    def test_a_published_inspection_of_years_ago_is_not_late(self):
        old = an_inspection(a_service(), held_on=date(2009, 6, 1), published_on=date(2009, 11, 24))
        user = with_role(a_user(), old.service)
        client = Client()
        client.force_login(user)
        page = client.get(reverse("week", args=[old.pk])).content.decode()
        assert "Not recorded" in page
        assert "late" not in page.split("<main")[1].split("Committee")[0].replace("template", "")


class TestSupplies:
    def test_the_usual_things_are_asked_for_once_and_answered_by_the_service(self, week):
        week.send(week.lead, "ask-supplies")
        week.send(week.lead, "ask-supplies")
        assert Supply.objects.count() == 7
        rooms = Supply.objects.get(item="rooms")
        sent = {"state": "supplied", "note": "Room 2", "version": 1}
        week.send(week.head, "supply", rooms.pk, **sent, **day("due", date(2030, 1, 1)))
        rooms.refresh_from_db()
        assert (rooms.state, rooms.note, rooms.changed_by) == ("supplied", "Room 2", week.head)
        assert rooms.due == date(2026, 11, 23), "the service does not move the day"

    def test_the_planner_moves_a_day_and_asks_for_more(self, week):
        week.send(week.lead, "new-supply", name="A parking place", **day("due", date(2026, 11, 27)))
        own = Supply.objects.get()
        week.send(week.lead, "supply", own.pk, state="asked", version=1, **day("due", date(2026, 11, 26)))
        own.refresh_from_db()
        assert (own.name, own.due) == ("A parking place", date(2026, 11, 26))

    def test_sent_twice_it_is_asked_for_once_and_a_key_carries_one_thing(self, week):
        sent = {"name": "Parking", "key": "k1", **day("due", date(2026, 11, 27))}
        for _press in range(2):
            assert week.send(week.lead, "new-supply", **sent).status_code == 200
        assert Supply.objects.count() == 1
        again = week.send(week.lead, "new-supply", **sent | {"name": "Lunch"})
        assert again.status_code == 422
        assert "sent before with other values" in again.content.decode()
        assert Supply.objects.count() == 1

    def test_an_inspector_reads_and_changes_nothing(self, week):
        week.send(week.lead, "ask-supplies")
        one = Supply.objects.first()
        assert week.send(week.one, "supply", one.pk, state="supplied", version=1).status_code == 404


class TestReplacing:
    def ask(self, week, by=None, route="ask-replacement", **changes):
        drawn = week.draw.drawn.filter(place="sample").first()
        sent = {"reason": "transferred", "note": "Moved in May", "version": drawn.version} | changes
        return drawn, week.send(by or week.head, route, drawn.pk, **sent)

    def respond(self, week, user, found, **sent):
        return week.send(user, "replacement", found.pk, **{"words": "Seen", "version": 1} | sent)

    def test_the_service_asks_the_lead_agrees_and_decides_and_the_reserve_comes_in(self, week):
        drawn, answer = self.ask(week)
        assert "The other side is asked" in answer.content.decode()
        found = ReplacementRequest.objects.get()
        self.respond(week, week.lead, found, answer="agreed")
        self.respond(week, week.lead, found, outcome="replaced", version=2)
        drawn.refresh_from_db()
        assert (drawn.place, drawn.reason, drawn.note) == ("replaced", "transferred", "Moved in May")
        assert drawn.replaced_by.place == "sample"

    def test_the_lead_asks_and_the_service_objects(self, week):
        self.ask(week, week.lead, "replace-case")
        found = ReplacementRequest.objects.get()
        assert found.side == "team"
        page = week.page(week.head, "replacement", found.pk)
        assert "Do you agree" in page
        self.respond(week, week.head, found, answer="objected", words="It is here")
        self.respond(week, week.lead, found, outcome="kept", version=2)
        found.refresh_from_db()
        assert (found.answer, found.outcome, found.drawn.place) == ("objected", "kept", "sample")
        assert "It is here" in week.page(week.one, "replacement", found.pk)

    def test_nobody_decides_before_the_other_side_had_its_time(self, week):
        self.ask(week, week.lead, "replace-case")
        found = ReplacementRequest.objects.get()
        assert "still has time" in week.page(week.lead, "replacement", found.pk)
        self.respond(week, week.lead, found, outcome="replaced")
        found.refresh_from_db()
        assert found.open
        late = timezone.localdate() + timedelta(days=8)
        with patch.object(timezone, "localdate", return_value=late):
            self.respond(week, week.lead, found, outcome="replaced")
        found.refresh_from_db()
        assert found.outcome == "replaced"

    def test_the_record_itself_refuses_to_be_decided_too_early(self, week):
        drawn, _answer = self.ask(week)
        found = ReplacementRequest.objects.get()
        own = {"request": found, "outcome": "replaced", "words": "Now", "expected_version": 1, "by": week.lead}
        with pytest.raises(TooEarly):
            decide_replacement(**own, today=found.answer_by)
        drawn.refresh_from_db()
        assert drawn.place == "sample"
        decide_replacement(**own, today=found.answer_by + timedelta(1))
        drawn.refresh_from_db()
        assert drawn.place == "replaced"

    def test_the_time_to_answer_is_in_working_days(self, week):
        with patch.object(timezone, "localdate", return_value=date(2026, 12, 24)):
            self.ask(week)
        assert ReplacementRequest.objects.get().answer_by == date(2026, 12, 31)

    def test_one_request_a_case_and_who_asked_does_not_answer(self, week):
        self.ask(week)
        _drawn, again = self.ask(week, week.lead, "replace-case")
        assert "A request about this case is open" in again.content.decode()
        found = ReplacementRequest.objects.get()
        assert "Do you agree" not in week.page(week.head, "replacement", found.pk)
        self.respond(week, week.head, found, answer="agreed")
        found.refresh_from_db()
        assert not found.answer

    def test_an_answer_after_somebody_else_s_is_shown_and_not_lost(self, week):
        self.ask(week)
        found = ReplacementRequest.objects.get()
        second = in_team(a_user("Second Lead"), week.inspection, Role.LEAD_INSPECTOR)
        self.respond(week, second, found, answer="agreed")
        ReplacementRequest.objects.filter(pk=found.pk).update(answer="", version=2)
        answer = self.respond(week, week.lead, found, answer="objected", words="Mine")
        assert answer.status_code == 409
        assert "Mine" in answer.content.decode()

    def test_both_sides_see_the_certificate_and_the_balance(self, week):
        for user in (week.head, week.lead):
            assert "Is the sample like the caseload?" in week.page(user, "sample")
            assert week.as_(user).get(week.at("certificate", 1)).status_code == 200


class TestAllocation:
    def proposal(self, week, **query):
        query = {"propose": "yes"} | {f"load_{user.pk}": 100 for user in (week.lead, week.one, week.local)} | query
        return week.as_(week.lead).get(week.at("allocate"), query)

    def chosen(self, answer):
        """What the page's selects would send."""
        form = answer.context["form"]
        sent = as_sent(form)
        sent["key"] = str(uuid4())
        return sent | dict(answer.context["carried"])

    def confirm(self, week, answer=None, **changes):
        sent = self.chosen(answer or self.proposal(week)) | changes
        return week.as_(week.lead).post(week.at("allocate"), sent, follow=True)

    def loads(self, week):
        return sorted(len([1 for rows in first_readers(week.inspection).values() if rows[0].assessor == one])
                      for one in (week.lead, week.one, week.local))  # fmt: skip

    def test_a_proposal_is_balanced_saved_only_when_confirmed(self, week):
        answer = self.proposal(week)
        assert "A proposal: nothing is saved yet" in answer.content.decode()
        assert not Allocation.objects.exists()
        self.confirm(week, answer)
        assert self.loads(week) == [3, 3, 4]

    def test_a_conflict_is_kept_apart_and_said_without_why(self, week):
        case = week.draw.drawn.filter(place="sample").first().case
        record_conflict(user=week.one, tie=Conflict.Tie.MANAGED, case=case, note="a cousin", by=week.lead)
        page = self.proposal(week).content.decode()
        assert "Ira One (may not read it)" in page
        assert "cousin" not in page
        sent = self.chosen(self.proposal(week)) | {f"reader_{case.number}_0": week.one.pk}
        refused = week.as_(week.lead).post(week.at("allocate"), sent)
        assert refused.status_code == 422
        assert "there is a conflict of interest" in refused.content.decode()
        assert not Allocation.objects.exists()

    def test_where_nobody_may_take_a_case_every_such_case_is_named(self, week):
        for user in (week.one, week.local):
            record_conflict(user=user, tie=Conflict.Tie.EMPLOYED, service=week.service, by=week.lead)
        for drawn in week.draw.drawn.filter(place="sample"):
            record_conflict(user=week.lead, tie=Conflict.Tie.MANAGED, case=drawn.case, by=week.lead)
        page = self.proposal(week).content.decode()
        assert page.count("Nobody may take case") == 10

    def test_adjusted_by_hand(self, week):
        number = week.draw.drawn.filter(place="sample").first().case.number
        self.confirm(week, **{f"reader_{number}_0": week.lead.pk})
        assert first_readers(week.inspection)[number][0].assessor == week.lead

    def test_someone_drops_out_mid_week_and_nothing_is_lost(self, week):
        self.confirm(week)
        case = Allocation.objects.filter(assessor=week.one).first().case
        import_answers(case=case, answers=[], by=week.one)
        rest = {one.pk for one in Allocation.objects.filter(ended_at=None).exclude(assessor=week.one)}
        self.confirm(week, self.proposal(week, **{f"load_{week.one.pk}": 0}))
        held = Allocation.objects.filter(ended_at=None)
        assert rest <= {one.pk for one in held}, "what the others have stays with them"
        assert held.count() == 10
        assert not held.filter(assessor=week.one).exists()
        case.refresh_from_db()
        assert case.assessment.assessor == week.one

    def test_who_left_the_team_is_gone_from_the_selects(self, week):
        self.confirm(week)
        end_role(held=week.one.team_roles.get(), by=week.lead)
        answer = week.as_(week.lead).get(week.at("allocate"))
        assert "Ira One" not in answer.content.decode()
        assert "have nobody to read them" in week.page(week.lead, "allocation")

    def test_a_pair_has_two_selects_and_two_readers(self, week):
        number = week.draw.drawn.filter(place="sample").first().case.number
        self.confirm(week, self.proposal(week, pairs=number.lower()))
        assert len(first_readers(week.inspection)[number]) == 2
        assert "Not in the sample" in self.proposal(week, pairs="C999").content.decode()

    def test_two_leads_at_once_the_second_sees_both(self, week):
        first, second = self.proposal(week), self.proposal(week)
        self.confirm(week, first)
        number = week.draw.drawn.filter(place="sample").first().case.number
        now = first_readers(week.inspection)[number][0].assessor
        other = week.one if now != week.one else week.lead
        answer = self.confirm(week, second, **{f"reader_{number}_0": other.pk})
        assert answer.status_code == 409
        assert f"{number}: on record {now}; yours {other}" in " ".join(answer.content.decode().split())
        assert first_readers(week.inspection)[number][0].assessor == now

    def test_pressed_twice_it_is_one_effect(self, week):
        sent = self.chosen(self.proposal(week))
        for _press in range(2):
            assert week.as_(week.lead).post(week.at("allocate"), sent).status_code == 302
        assert Allocation.objects.count() == 10

    def test_empty_it_says_what_to_do(self):
        bare = an_inspection(a_service(), programme=a_programme(), held_on=MONDAY)
        lead = in_team(a_user(), bare, Role.LEAD_INSPECTOR)
        client = Client()
        client.force_login(lead)
        for name in ("allocation", "allocate"):
            assert "no case to allocate" in client.get(reverse(name, args=[bare.pk])).content.decode()
        assert "nobody to interview" in client.get(reverse("arrange-interviews", args=[bare.pk])).content.decode()


class TestInterviews:
    @pytest.fixture
    def shared(self, week):
        for place, drawn in enumerate(week.draw.drawn.filter(place="sample")):
            allocate(case=drawn.case, assessor=(week.lead, week.one, week.local)[place % 3], by=week.lead)
        return week

    def confirm(self, week, **changes):
        answer = week.as_(week.lead).get(week.at("arrange-interviews"), {"propose": "yes"})
        form = answer.context["form"]
        sent = as_sent(form) | {"key": str(uuid4())} | changes
        return week.as_(week.lead).post(week.at("arrange-interviews"), sent, follow=True)

    def test_a_proposal_is_told_of_only_when_confirmed(self, shared):
        page = shared.page(shared.lead, "arrange-interviews", propose="yes")
        assert "Mon 30 Nov, 09:30–10:45" in page
        assert not PlannedInterview.objects.exists()
        assert "on record" in self.confirm(shared).content.decode()
        assert PlannedInterview.objects.count() == 10

    def test_one_person_s_page_and_calendar_hold_their_own_and_no_case(self, shared):
        self.confirm(shared)
        own = shared.as_(shared.one).get(shared.at("own-interviews"))
        text = own.content.decode()
        assert own["Content-Type"].startswith("text/calendar")
        assert text.count("BEGIN:VEVENT") == Allocation.objects.filter(assessor=shared.one).count()
        assert not any(one.number in text for one in shared.inspection.cases.all())
        everybody = shared.page(shared.one, "interviews")
        assert "Interviews of" in shared.page(shared.one, "interviews", person=1)
        assert everybody.count("<tr") > shared.page(shared.one, "interviews", person=1).count("<tr")

    def test_a_case_manager_without_part_gets_an_empty_calendar(self, shared):
        self.confirm(shared)
        manager = with_role(a_user("Max"), shared.service, Role.CASE_MANAGER, staff_code="CM-9")
        assert b"BEGIN:VEVENT" not in shared.as_(manager).get(shared.at("own-interviews")).content

    def test_interviews_of_who_reads_the_cases_no_more_are_marked_and_leave_the_calendar(self, shared):
        self.confirm(shared)
        assert not any("no longer right" in shared.page(shared.lead, name) for name in ("week", "allocation"))
        given = Allocation.objects.filter(assessor=shared.one, ended_at=None)
        left, cases = given.count(), [one.case for one in given]
        end_allocation(allocation=given.first(), why="ill", by=shared.lead)
        allocate(case=cases[0], assessor=shared.local, by=shared.lead)
        for name in ("week", "allocation", "interviews"):
            assert "1 interview is no longer right" in shared.page(shared.lead, name)
        assert shared.page(shared.one, "interviews").count("No longer right") == 1
        own = shared.as_(shared.one).get(shared.at("own-interviews")).text
        assert own.count("BEGIN:VEVENT") == left - 1
        out = shared.draw.drawn.get(case=cases[1])
        replace_case(drawn=out, reason="transferred", note="gone", expected_version=out.version, by=shared.lead)
        assert "2 interviews are no longer right" in shared.page(shared.one, "week")

    def test_an_account_of_a_case_manager_is_called_by_name(self, shared):
        with_role(a_user("Cas Manager"), shared.service, Role.CASE_MANAGER, staff_code="CM-1")
        assert "Cas Manager" in shared.page(shared.lead, "arrange-interviews", propose="yes")

    def test_an_absence_moves_what_was_told_and_says_so(self, shared):
        self.confirm(shared)
        person = f"user:{shared.one.name}"
        shared.send(shared.lead, "interview-absences", person=person, **day("day", MONDAY))
        page = shared.page(shared.lead, "arrange-interviews", propose="yes")
        assert "Ira One is away then" in page
        self.confirm(shared)
        held = PlannedInterview.objects.filter(ended_at=None)
        assert held.count() == 10
        assert not held.filter(day=MONDAY, assessors=shared.one).exists()
        absence = shared.inspection.absences.get()
        shared.send(shared.lead, "end-absence", absence.pk)
        absence.refresh_from_db()
        assert absence.ended_at

    def test_two_interviews_of_a_person_at_once_are_refused(self, shared):
        answer = shared.as_(shared.lead).get(shared.at("arrange-interviews"), {"propose": "yes"})
        mine = [n for n, i in answer.context["form"].interviews.items() if shared.one.name in i.assessors][:2]
        at = {f"at_{name}": "2026-11-30 09:30-10:45" for name in mine}
        refused = self.confirm(shared, **at)
        assert refused.status_code == 422
        assert "clashes" in refused.content.decode()
        assert not PlannedInterview.objects.exists()

    def test_somebody_else_s_timetable_is_shown_and_not_written_over(self, shared):
        answer = shared.as_(shared.lead).get(shared.at("arrange-interviews"), {"propose": "yes"})
        self.confirm(shared)
        form = answer.context["form"]
        stale = as_sent(form) | {"key": "late"}
        late = shared.as_(shared.lead).post(shared.at("arrange-interviews"), stale)
        assert late.status_code == 409
        assert "Lee Leader saved the one on record" in late.content.decode()

    def test_time_and_rooms_are_set_by_day(self, shared):
        sent = {"minutes": 60, "further": 30, "pause": 0, "step": 30, "rooms": "Oak, Elm", "version": 0,
                "am0_from": "9", "am0_to": "12:00"}  # fmt: skip
        assert shared.send(shared.lead, "interview-week", **sent).status_code == 422
        sent["am0_from"] = "9.00"
        shared.send(shared.lead, "interview-week", **sent)
        page = shared.page(shared.lead, "arrange-interviews", propose="yes")
        assert "Elm" in page
        assert "Mon 30 Nov, 09:00–10:00" in page
        assert "Tue 1 Dec" not in page

    def test_more_interviews_than_a_page_can_hold_say_how_to_have_fewer(self, shared):
        with patch("aboveline.web.views.interviewing.MOST_INTERVIEWS", 9):
            page = shared.page(shared.lead, "arrange-interviews")
            assert "These are 10 interviews" in page
            sent = {"minutes": 60, "further": 30, "pause": 0, "step": 30, "version": 0, "am0_to": "12:00"}
            shared.send(shared.lead, "interview-week", **sent | {"am0_from": "9:00"})
            assert "These are" not in shared.page(shared.lead, "arrange-interviews")

    def test_cases_nobody_can_be_asked_about_are_named(self, shared):
        case = shared.draw.drawn.filter(place="sample").first().case
        type(case).objects.filter(pk=case.pk).update(attributes={"order_type": "referral_order"})
        assert f"names no case manager for: {case.number}" in shared.page(shared.lead, "arrange-interviews")


class TestMeetings:
    def test_a_meeting_is_recorded_corrected_and_the_feedback_shown_to_the_service_in_time(self, week):
        sent = {"held_on": 1, **day("held_on", MONDAY), "began": "17:15", "present": "All", "notes": "C001 is late"}
        week.send(week.local, "new-meeting", kind="daily", version=0, **sent)
        week.send(week.lead, "new-meeting", kind="feedback", version=0, **sent | {"notes": "Strong plans"})
        daily = MeetingRecord.objects.get(kind="daily")
        week.send(week.one, "meeting", daily.pk, version=1, **sent | {"notes": "C001 is in hand"})
        daily.refresh_from_db()
        assert (daily.notes, daily.version, daily.changed_by) == ("C001 is in hand", 2, week.one)
        assert week.as_(week.head).get(week.at("meetings")).status_code == 404
        assert week.as_(week.head).get(week.at("feedback")).status_code == 404
        Inspection.objects.filter(pk=week.inspection.pk).update(stage="with_service")
        page = week.page(week.head, "feedback")
        assert "Strong plans" in page
        assert "in hand" not in page

    def test_a_correction_on_an_old_version_comes_back_with_both(self, week):
        sent = {**day("held_on", MONDAY), "began": "17:15", "present": "All"}
        week.send(week.lead, "new-meeting", kind="daily", version=0, notes="a b", **sent)
        one = MeetingRecord.objects.get()
        week.send(week.lead, "meeting", one.pk, version=1, notes="c d", **sent)
        answer = week.send(week.one, "meeting", one.pk, version=1, notes="e f", **sent)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert page.index("c d") < page.index("e f")

    @pytest.mark.parametrize("began", ["25:00", "noon", "9:75"])
    def test_a_time_that_is_none_is_told(self, week, began):
        sent = {**day("held_on", MONDAY), "present": "All", "notes": "n", "kind": "daily", "version": 0}
        assert "Enter a time" in week.send(week.lead, "new-meeting", began=began, **sent).content.decode()


class TestRecommendations:
    def test_each_is_entered_and_judged_with_its_progress(self):
        week = Week()
        week.send(week.lead, "new-recommendation", text="Look at every plan", to="board")
        one = EarlierRecommendation.objects.get()
        week.send(week.lead, "recommendation", one.pk, progress="some", note="Half of them", version=1)
        page = week.page(week.lead, "recommendations")
        assert "Some progress" in page
        assert "Half of them" in page
        assert week.as_(week.head).get(week.at("recommendations")).status_code == 404
