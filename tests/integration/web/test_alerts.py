"""An alert from the case to its close: who is told, who sees it, and what happens when the mail is down."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aboveline.domain.roles import Role
from aboveline.jobs.publishing import workflow_progress
from aboveline.records.actions.allocation import allocate
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.models import Alert, AuditEvent, Conflict, Director, Letter
from tests.alert_builders import WORDS, an_alert
from tests.letter_builders import letters_leave, time_passes
from tests.records_builders import a_draw, a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db


class DownBackend(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError


DOWN = f"{__name__}.{DownBackend.__name__}"


class Week:
    """An inspectorate's inspection with an assessor, a lead and a head of service."""

    def __init__(self, programme=True):
        self.service = a_service()
        self.inspection = an_inspection(self.service, programme=a_programme() if programme else None)
        self.case = a_draw(self.inspection, a_user()).drawn.filter(place="sample").first().case
        self.assessor = in_team(a_user("Asha Assessor"), self.inspection)
        self.lead = in_team(a_user("Lee Lead"), self.inspection, Role.LEAD_INSPECTOR)
        self.head = with_role(a_user("Hana Head"), self.service, Role.HEAD_OF_SERVICE)
        self.raise_at = reverse("raise-alert", args=[self.inspection.pk, self.case.number])

    def raises(self, **changes):
        form = {"risk": "child", **WORDS, "key": str(uuid4())} | changes
        answer = as_(self.assessor).post(self.raise_at, form, follow=True)
        letters_leave()
        return answer

    def names(self, **typed):
        answer = post(self.assessor, self.raise_at, **{"do": "director", "alert": Alert.objects.get().pk} | typed)
        letters_leave()
        return answer

    def alert_at(self, alert=None):
        return reverse("alert", args=[self.inspection.pk, (alert or Alert.objects.get()).pk])


@pytest.fixture
def week():
    return Week()


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def to():
    return [to for letter in mail.outbox for to in letter.to]


def post(user, address, **fields):
    return as_(user).post(address, {"key": str(uuid4())} | fields, follow=True)


def test_it_is_on_record_and_lead_and_head_are_told_without_a_word_of_the_case(week):
    answer = week.raises()
    alert = Alert.objects.get()
    assert (alert.case, alert.raised_by, alert.danger) == (week.case, week.assessor, WORDS["danger"])
    assert to() == [week.lead.email, week.head.email]
    for letter in mail.outbox:
        assert week.alert_at() in letter.body
        assert all(word not in letter.body for word in (*WORDS.values(), week.case.number, week.service.name))
    assert [one.letter.state for one in alert.told.all()] == ["sent", "sent"]
    assert "Lee Lead" in answer.content.decode()
    assert "Nobody has taken it up yet" in answer.content.decode()


def test_it_waits_on_the_home_page_of_lead_and_head_and_of_nobody_else(week):
    week.raises()
    assert [week.alert_at() in as_(who).get("/").content.decode() for who in (week.lead, week.head, week.assessor)] == [
        True, True, False,
    ]  # fmt: skip
    assert as_(week.assessor).get(week.alert_at()).status_code == 404


class TestPastTheHead:
    @pytest.fixture
    def alert(self, week):
        week.raises(past_head="on", director_name="Dee Director", director_email="dee@example.org")
        return Alert.objects.get()

    def test_the_director_is_told_in_place_of_the_head(self, week, alert):
        assert to() == [week.lead.email, "dee@example.org"]
        assert "Lee Lead" in mail.outbox[1].body
        assert week.alert_at() not in mail.outbox[1].body

    def test_the_head_finds_no_trace_of_it(self, week, alert):
        note = as_(week.lead).get(week.alert_at())
        assert note.status_code == 200
        head = as_(week.head)
        assert head.get(week.alert_at()).status_code == 404
        assert head.post(week.alert_at(), {"do": "acknowledge", "version": 1, "key": "k"}).status_code == 404
        listed = head.get(reverse("alerts", args=[week.inspection.pk])).content.decode()
        assert "No alert was raised" in listed
        assert week.alert_at() not in head.get("/").content.decode()
        trail = head.get(reverse("trail", args=[week.service.slug])).content.decode()
        assert "raised an alert" not in trail
        assert "read an alert" not in trail

    def test_a_lead_who_is_also_a_head_does_not_see_it(self, week, alert):
        with_role(week.lead, week.service, Role.HEAD_OF_SERVICE)
        assert as_(week.lead).get(week.alert_at()).status_code == 404

    def test_without_a_director_it_is_on_record_and_asks_who_is(self, week):
        answer = week.raises(past_head="on")
        assert answer.status_code == 422
        assert "give the director’s name" in answer.content.decode()
        assert "No director could be told" in answer.content.decode()
        assert to() == [week.lead.email]
        assert week.names(name="Dee", email="dee@example.org").status_code == 200
        assert to() == [week.lead.email, "dee@example.org"]
        assert Alert.objects.get().past_head

    @pytest.mark.parametrize("email", ["HEAD", "no address", ""])
    def test_an_address_that_is_no_directors_keeps_no_child_waiting(self, week, email):
        typed = email.replace("HEAD", week.head.email.upper())
        answer = week.raises(past_head="on", director_name="Dee Director", director_email=typed)
        assert answer.status_code == 422
        assert 'value="Dee Director"' in answer.content.decode()
        assert typed in answer.content.decode()
        assert to() == [week.lead.email]
        assert [one.told_as for one in Alert.objects.get().told.all()] == ["lead"]
        assert week.alert_at() not in as_(week.head).get("/").content.decode()

    def test_a_director_on_record_who_is_a_head_by_now_is_not_told(self, week):
        Director.objects.create(
            inspection=week.inspection, name="Hana", email=week.head.email, changed_by=week.lead,
            changed_at=timezone.now(),
        )  # fmt: skip
        assert "Nobody is named for this inspection yet" in as_(week.assessor).get(week.raise_at).content.decode()
        week.raises(past_head="on")
        assert Alert.objects.exists()
        assert week.names(name="Hana", email=week.head.email).status_code == 422
        assert to() == [week.lead.email]

    def test_the_raiser_sees_who_is_named_and_can_tell_another(self, week):
        post(week.lead, reverse("director", args=[week.inspection.pk]), name="Dee", email="dee@example.org", version=0)
        assert "It then goes to Dee (dee@example.org)" in as_(week.assessor).get(week.raise_at).content.decode()
        week.raises(past_head="on", director_name="Eve", director_email="eve@example.org")
        assert to() == [week.lead.email, "eve@example.org"]

    def test_one_half_typed_in_place_of_who_is_named_tells_neither(self, week):
        post(week.lead, reverse("director", args=[week.inspection.pk]), name="Dee", email="dee@example.org", version=0)
        assert week.raises(past_head="on", director_name="Eve").status_code == 422
        assert to() == [week.lead.email]

    def test_only_who_raised_it_gives_it_its_director_and_only_once(self, week):
        week.raises(past_head="on")
        alert = Alert.objects.get()
        given = {"do": "director", "alert": alert.pk, "name": "Dee", "email": "dee@example.org"}
        assert post(week.lead, week.raise_at, **given).status_code == 404
        week.names(name="Dee", email="dee@example.org")
        week.names(name="Eve", email="eve@example.org", alert=alert.pk)
        assert to() == [week.lead.email, "dee@example.org"]

    def test_the_director_on_record_need_not_be_typed(self, week):
        post(week.lead, reverse("director", args=[week.inspection.pk]), name="Dee", email="dee@example.org", version=0)
        week.raises(past_head="on")
        assert to() == [week.lead.email, "dee@example.org"]


class TestSignOff:
    @pytest.mark.parametrize(("past_head", "waited_for"), [(True, 0), (False, 1)])
    def test_a_head_who_signs_is_not_kept_waiting_by_what_they_must_not_know(self, past_head, waited_for):
        week = Week(programme=False)
        an_alert(week.case, past_head=past_head, director=("Dee", "dee@example.org"))
        assert workflow_progress(week.inspection).open_alerts == waited_for

    def test_an_inspectorate_waits_for_every_alert(self, week):
        an_alert(week.case, past_head=True, director=("Dee", "dee@example.org"))
        assert workflow_progress(week.inspection).open_alerts == 1

    def test_who_follows_it_is_shown_it_all_the_same(self):
        week = Week(programme=False)
        alert = an_alert(week.case, past_head=True, director=("Dee", "dee@example.org"))
        assert week.alert_at(alert) in as_(week.lead).get("/").content.decode()


def test_in_an_audit_the_quality_manager_is_told_and_follows_it():
    week = Week(programme=False)
    quality = with_role(a_user("Quinn Quality"), week.service)
    alert = an_alert(week.case)
    assert [one.name for one in alert.told.all()] == ["Lee Lead", "Quinn Quality", "Hana Head"]
    assert as_(quality).get(week.alert_at()).status_code == 200


class TestNamingTheDirector:
    def test_in_an_audit_the_quality_manager_names_them_and_no_head_does(self):
        week = Week(programme=False)
        quality = with_role(a_user("Quinn Quality"), week.service)
        at = reverse("director", args=[week.inspection.pk])
        both = with_role(with_role(a_user("Both"), week.service), week.service, Role.HEAD_OF_SERVICE)
        admin = with_role(a_user("Admin"), week.service, Role.ADMINISTRATOR)
        assert [as_(who).get(at).status_code for who in (quality, week.lead, week.head, both, admin)] == [
            200, 200, 404, 404, 404,
        ]  # fmt: skip

    def test_a_heads_address_is_refused_with_what_was_typed(self, week):
        at = reverse("director", args=[week.inspection.pk])
        answer = post(week.lead, at, name="Dee", email=week.head.email, version=0)
        assert answer.status_code == 422
        assert 'value="Dee"' in answer.content.decode()
        assert not Director.objects.exists()

    def test_a_director_who_is_the_quality_manager_too_is_told_as_the_director(self):
        week = Week(programme=False)
        quality = with_role(a_user("Quinn Quality"), week.service)
        answer = week.raises(past_head="on", director_name="Quinn", director_email=quality.email)
        assert answer.status_code == 200
        told = Alert.objects.get().told.get(told_as="director")
        assert (told.email, told.user) == (quality.email, quality)
        assert to() == [week.lead.email, quality.email]
        assert "No lead inspector has an account" not in answer.content.decode()


class TestMailDown:
    @pytest.fixture
    def down(self, week, settings):
        settings.EMAIL_BACKEND = DOWN
        return week

    def page(self, week):
        return as_(week.assessor).get(week.raise_at).content.decode()

    def test_the_alert_is_on_record_and_the_page_says_whom_to_ring(self, down):
        answer = down.raises().content.decode()
        assert Alert.objects.exists()
        assert "The alert is on record" in answer
        assert answer.count("on its way since") == 2
        page = self.page(down)
        assert page.count("could not be sent yet: tried once") == 2
        assert page.count("Ring them") == 2
        assert [one.letter.tried for one in Alert.objects.get().told.all()] == [1, 1]

    def test_where_nobody_works_the_letters_off_it_says_ring_too(self, week, monkeypatch):
        monkeypatch.setattr("tests.integration.web.test_alerts.letters_leave", lambda: None)
        assert "Ring them" not in week.raises().content.decode()
        Letter.objects.update(written_at=timezone.now() - timedelta(minutes=3))
        assert self.page(week).count("Ring them") == 2

    def test_it_is_tried_again_until_it_leaves_and_then_no_more(self, down, settings):
        down.raises()
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        letters_leave()
        assert to() == [], "not before its time"
        time_passes()
        letters_leave()
        time_passes()
        letters_leave()
        assert to() == [down.lead.email, down.head.email]
        page = self.page(down)
        assert page.count("letter sent") == 2
        assert "Ring them" not in page

    def test_a_closed_alert_calls_nobody_any_more(self, down, settings):
        down.raises()
        post(down.lead, down.alert_at(), do="close", version=1, outcome="With an aunt")
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        time_passes()
        letters_leave()
        assert to() == []


class TestFollowing:
    @pytest.fixture
    def alert(self, week):
        return an_alert(week.case, by=week.assessor)

    def test_taken_up_followed_and_closed(self, week, alert):
        at = week.alert_at(alert)
        assert "Taken up" in post(week.lead, at, do="acknowledge", version=1).content.decode()
        assert "Visited at 18:00" in post(week.head, at, do="step", words="Visited at 18:00").content.decode()
        page = post(week.lead, at, do="close", version=2, outcome="With an aunt").content.decode()
        assert "With an aunt" in page
        assert "Closed" in page
        alert.refresh_from_db()
        assert (alert.acknowledged_by, alert.closed_by, alert.version) == (week.lead, week.lead, 3)
        assert at not in as_(week.head).get("/").content.decode()

    def test_one_who_was_too_late_sees_what_stands_and_keeps_their_words(self, week, alert):
        post(week.lead, week.alert_at(), do="close", version=1, outcome="With an aunt")
        answer = post(week.head, week.alert_at(), do="close", version=1, outcome="My own outcome")
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Closed" in page
        assert "Lee Lead" in page
        assert "My own outcome" in page
        late = post(week.head, week.alert_at(), do="step", words="My own step")
        assert late.status_code == 409
        assert "My own step" in late.content.decode()

    def test_a_close_without_an_outcome_is_refused(self, week, alert):
        assert post(week.lead, week.alert_at(), do="close", version=1).status_code == 422
        assert Alert.objects.get().closed_at is None

    def test_after_an_hour_it_is_late_for_everybody_who_sees_it(self, week, alert):
        assert "Overdue" not in as_(week.lead).get(week.alert_at()).content.decode()
        Alert.objects.update(raised_at=timezone.now() - timedelta(minutes=61))
        for who, page in ((week.lead, week.alert_at()), (week.lead, "/"), (week.assessor, week.raise_at)):
            assert "Overdue: nobody has taken it up within 1 hour" in as_(who).get(page).content.decode()

    def test_each_opening_is_on_record(self, week, alert):
        before = AuditEvent.objects.count()
        as_(week.lead).get(week.alert_at())
        assert [one.verb for one in AuditEvent.objects.filter(sequence__gt=before)] == ["alert.read"]

    def test_the_alert_of_another_inspection_is_not_found_here(self, week, alert):
        other = an_inspection(week.service, programme=week.inspection.programme)
        in_team(week.lead, other, Role.LEAD_INSPECTOR)
        assert as_(week.lead).get(reverse("alert", args=[other.pk, alert.pk])).status_code == 404


class TestOnceOnly:
    def test_sent_twice_there_is_one_alert(self, week):
        for _ in range(2):
            week.raises(key="same")
        assert Alert.objects.count() == 1
        assert len(mail.outbox) == 2

    def test_with_other_words_it_asks_again(self, week):
        week.raises(key="same")
        answer = week.raises(key="same", danger="Other words")
        assert answer.status_code == 422
        assert "Other words" in answer.content.decode()

    def test_a_form_without_anything_asks_for_everything_at_once(self, week):
        answer = week.raises(risk="", danger="", done="")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert all(w in page for w in ("Say who is at risk now", "Say what is wrong", "Say what you have done already"))


def test_two_name_a_director_at_once_and_the_second_sees_both(week):
    at = reverse("director", args=[week.inspection.pk])
    post(week.lead, at, name="Dee", email="dee@example.org", version=0)
    answer = post(week.lead, at, name="Eve", email="eve@example.org", version=0)
    assert answer.status_code == 409
    assert Director.objects.get().name == "Dee"
    assert all(name in answer.content.decode() for name in ("Dee, dee@example.org", "Eve, eve@example.org"))


def test_where_nobody_has_an_account_the_page_says_tell_them_in_person():
    week = Week()
    week.lead.team_roles.update(ended_at=timezone.now())
    week.head.service_roles.update(ended_at=timezone.now())
    page = week.raises().content.decode()
    assert page.count("tell them in person") == 2


@pytest.mark.parametrize("page", ["case", "judge-case"])
def test_it_is_two_clicks_from_a_case(week, page):
    allocate(case=week.case, assessor=week.assessor, by=week.lead)
    address = reverse(page, args=[week.inspection.pk, week.case.number])
    assert week.raise_at in as_(week.assessor).get(address).content.decode()


class TestConflicts:
    """A conflict of interest keeps from an alert as from its case, unless nobody else can follow it."""

    @pytest.fixture
    def alert(self, week):
        return an_alert(week.case)

    def test_it_is_left_to_the_others(self, week, alert):
        record_conflict(user=week.lead, tie=Conflict.Tie.MANAGED, case=week.case, by=week.assessor)
        address = reverse("alerts", args=[week.inspection.pk])
        assert week.alert_at(alert) not in as_(week.lead).get(address).content.decode()
        assert as_(week.lead).get(week.alert_at(alert)).status_code == 404
        assert week.alert_at(alert) not in as_(week.lead).get("/").content.decode()
        assert as_(week.head).get(week.alert_at(alert)).status_code == 200
        assert as_(week.lead).get(address).status_code == 200

    def test_where_nobody_else_can_the_safety_of_the_child_comes_first_and_the_trail_says_so(self, week):
        alert = an_alert(week.case, past_head=True, director=("Di Rector", "director@example.org"))
        record_conflict(user=week.lead, tie=Conflict.Tie.MANAGED, case=week.case, by=week.assessor)
        assert as_(week.lead).get(week.alert_at(alert)).status_code == 200
        read = AuditEvent.objects.filter(verb="alert.read").last()
        assert read.values.get(field="despite").value == "conflict of interest"

    def test_who_is_kept_too_is_nobody_else(self, week, alert):
        for user in (week.lead, week.head):
            record_conflict(user=user, tie=Conflict.Tie.MANAGED, case=week.case, by=week.assessor)
        assert as_(week.lead).get(week.alert_at(alert)).status_code == 200
