"""Early quality reads: the lead looks at each assessor's first cases, and each is told what was seen of theirs."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from aboveline.domain.timetable import StepState
from aboveline.jobs.planning import week_of
from aboveline.records.actions.allocation import allocate
from aboveline.records.actions.casework import submit_case
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.actions.people import end_role
from aboveline.records.models import AuditEvent, Conflict, Inspection, QualityRead, Role
from tests.integration.web.test_second_reads import browser
from tests.integration.web.test_week import Week as Arranged
from tests.records_builders import a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
NOTE = "Talk about C002: when a plan counts as late"


class Week(Arranged):
    """Ira One has three cases and has handed two of them in, the later number first; Lou Local has one."""

    def __init__(self):
        super().__init__()
        self.cases = [place.case for place in self.draw.drawn.filter(place="sample").order_by("position")]
        for case in self.cases[:3]:
            allocate(case=case, assessor=self.one, by=self.lead)
        allocate(case=self.cases[3], assessor=self.local, by=self.lead)
        for case in (self.cases[1], self.cases[0]):
            submit_case(case=case, complete=lambda: True, by=self.one)

    def record(self, assessor=None, user=None, seen="to_talk", note=NOTE, version=0, key=""):
        sent = {"seen": seen, "note": note, "version": version, "key": key or str(uuid4())}
        client = browser(user or self.lead)
        return client.post(self.at("quality-read", (assessor or self.one).pk), sent, follow=True)

    def home(self, user):
        return browser(user).get(reverse("home")).text


@pytest.fixture
def week():
    return Week()


def test_the_lead_finds_whose_first_cases_nobody_has_looked_at_and_reads_them_in_order(week):
    first, second = week.cases[1].number, week.cases[0].number
    told = f"No early quality read yet: Ira One ({first}, {second}) and Lou Local (none handed in yet)."
    assert told in week.page(week.lead, "week")
    page = week.page(week.lead, "quality-read", week.one.pk)
    links = [reverse("case", args=[week.inspection.pk, number]) for number in (first, second)]
    assert page.index(links[0]) < page.index(links[1])
    assert "They have not handed in a case yet" in week.page(week.lead, "quality-read", week.local.pk)


def test_what_was_seen_is_recorded_and_shown_to_whom_it_concerns_alone(week):
    assert week.record().status_code == 200
    assert "No early quality read yet: Lou Local" in week.page(week.lead, "week")
    listed = week.page(week.lead, "quality-reads")
    assert "To be talked about" in listed
    assert NOTE in listed
    own = week.page(week.one, "week")
    assert "To be talked about. Lee Leader," in own
    assert NOTE in own
    for other in (week.local, week.head):
        assert NOTE not in week.page(other, "week")
    assert "Talk with Lee Leader about your first cases" in week.home(week.one)
    assert "Talk with" not in week.home(week.local) + week.home(week.lead)
    event = AuditEvent.objects.get(verb="quality_read.saved")
    assert event.actor == week.lead


def test_talked_about_it_is_put_right_and_leaves_home(week):
    week.record()
    looked = QualityRead.objects.get().looked_at
    week.record(seen="in_line", note="", version=1)
    row = QualityRead.objects.get()
    assert (row.seen, row.version, row.looked_at) == ("in_line", 2, looked)
    assert "Talk with" not in week.home(week.one)
    assert "In line. Lee Leader," in week.page(week.one, "week")


def test_once_everybody_has_had_one_the_timetable_says_so(week):
    def state():
        found = week_of(week.inspection, timezone.localdate())
        return next(one.state for one in found.steps if one.due_step.step.id == "early_reads")

    week.record()
    assert state() is not StepState.DONE
    week.record(week.local, seen="in_line", note="")
    assert state() is StepState.DONE
    assert "No early quality read yet" not in week.page(week.lead, "week")


def test_of_two_leads_at_once_the_second_sees_both(week):
    other = in_team(a_user("Lia Leader"), week.inspection, Role.LEAD_INSPECTOR)
    week.record()
    answer = week.record(user=other, note="Nothing but the dates")
    assert answer.status_code == 409
    assert answer.text.index(NOTE) < answer.text.index("Nothing but the dates")
    assert "Lee Leader saved at" in answer.text
    assert week.record(user=other, note="Nothing but the dates", version=1).status_code == 200


def test_sent_twice_it_is_recorded_once(week):
    for _ in range(2):
        assert week.record(key="k").status_code == 200
    assert QualityRead.objects.get().version == 1


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"seen": ""}, "Say what you saw"),
        ({"note": ""}, "Say what is to be talked about"),
        ({"seen": "fine"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_asked_for(week, sent, told):
    answer = week.record(**sent)
    assert answer.status_code == 422
    assert told in answer.text
    assert not QualityRead.objects.exists()


class TestWhoMay:
    def test_only_the_lead_looks_and_nobody_at_their_own(self, week):
        for user in (week.one, week.local, week.head):
            assert week.record(user=user).status_code == 404
            assert browser(user).get(week.at("quality-reads")).status_code == 404
        allocate(case=week.cases[4], assessor=week.lead, by=week.lead)
        assert week.record(week.lead).status_code == 404
        assert week.record(a_user("Nobody here")).status_code == 404
        assert not QualityRead.objects.exists()

    def test_with_a_conflict_or_without_the_role_it_is_gone(self, week):
        week.record()
        record_conflict(user=week.one, tie=Conflict.Tie.EMPLOYED, service=week.service, by=week.lead)
        assert NOTE not in week.page(week.one, "week")
        assert "Talk with" not in week.home(week.one)
        end_role(held=week.lead.team_roles.get(), by=week.head)
        assert week.record(week.local).status_code == 404

    def test_after_fieldwork_nothing_of_it_is_left_to_do(self, week):
        week.record()
        Inspection.objects.filter(pk=week.inspection.pk).update(stage="moderation")
        assert "No early quality read yet" not in week.page(week.lead, "week")
        assert "Talk with" not in week.home(week.one)

    def test_in_a_services_own_audit_it_is_its_quality_manager(self):
        service = a_service()
        manager = with_role(a_user("Quinn Quality"), service)
        audit = an_inspection(service)
        page = browser(manager).get(reverse("quality-reads", args=[audit.pk])).text
        assert "No assessor has a case in hand yet" in page
