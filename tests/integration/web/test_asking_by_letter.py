"""Whoever is asked something gets a letter that says only that it waits, and where; who may see how letters stand."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from aboveline.domain.access import Action
from aboveline.domain.letters import LetterKind
from aboveline.domain.roles import Role
from aboveline.jobs.letters import post_to_all
from aboveline.records.actions.replacements import decide_replacement
from aboveline.records.models import Alert, Letter, ReplacementRequest, Supply
from tests.alert_builders import WORDS
from tests.integration.web.test_week import MONDAY, Week, day
from tests.letter_builders import letters_leave
from tests.records_builders import a_draw, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    made = Week()
    made.quality = with_role(a_user("Quinn Quality"), made.service)
    made.admin = with_role(a_user("Ada Admin"), made.service, Role.ADMINISTRATOR)
    return made


@pytest.fixture
def case(week):
    return week.draw.drawn.filter(place="sample").first()


def ask(week, case, by, route):
    return week.send(by, route, case.pk, reason="transferred", note="Moved in May", version=case.version)


def told(to):
    """Who was written to since; every letter says where and nothing of what."""
    letters_leave()
    assert sorted(address for letter in mail.outbox for address in letter.to) == sorted(one.email for one in to)
    letters, mail.outbox = mail.outbox, []
    return letters


def test_the_service_is_told_that_something_is_to_be_supplied(week):
    week.send(week.lead, "ask-supplies")
    for letter in told([week.head, week.quality]):
        assert f"http://localhost:8000{week.at('week')}" in letter.body
        assert week.service.name not in letter.subject + letter.body
    week.send(week.lead, "new-supply", name="A quiet room for Kim", **day("due", MONDAY))
    assert all("Kim" not in letter.body for letter in told([week.head, week.quality]))


def test_asked_twice_by_one_press_each_is_written_to_once(week):
    for _press in range(2):
        week.send(week.lead, "new-supply", name="Parking", key="k1", **day("due", MONDAY))
    told([week.head, week.quality])


def test_what_was_supplied_before_the_letter_left_is_not_asked_for(week):
    week.send(week.lead, "new-supply", name="Parking", **day("due", MONDAY))
    Supply.objects.update(state="supplied")
    told([])
    assert {letter.state for letter in Letter.objects.all()} == {"not_needed"}


@pytest.mark.parametrize(("side", "route"), [("service", "ask-replacement"), ("team", "replace-case")])
def test_the_other_side_is_told_of_a_request_and_who_decides_of_the_answer(week, case, side, route):
    service = [week.head, week.quality]
    ask(week, case, week.head if side == "service" else week.lead, route)
    for letter in told([week.lead] if side == "service" else service):
        found = ReplacementRequest.objects.get()
        assert week.at("replacement", found.pk) in letter.body
        assert all(words not in letter.body for words in (case.case.number, "Moved in May", week.service.name))
    answers = week.lead if side == "service" else week.head
    week.send(answers, "replacement", found.pk, answer="agreed", words="Seen", version=1)
    told([] if side == "service" else [week.lead])


def test_a_request_that_was_decided_meanwhile_calls_nobody(week, case):
    ask(week, case, week.head, "ask-replacement")
    found = ReplacementRequest.objects.get()
    own = {"request": found, "outcome": "kept", "words": "No", "expected_version": 1, "by": week.lead}
    decide_replacement(**own, today=timezone.localdate() + timedelta(30))
    told([])


def test_the_draft_is_announced_to_those_who_may_answer_it(week):
    type(week.inspection).objects.filter(pk=week.inspection.pk).update(stage="with_service")
    week.inspection.refresh_from_db()
    post_to_all(LetterKind.DRAFT, Action.RESPOND_TO_DRAFT, week.inspection, by=week.lead)
    assert all(week.at("draft") in letter.body for letter in told([week.head, week.quality]))


def test_nobody_of_another_service_or_with_an_ended_role_or_a_disabled_account_is_written_to(week):
    with_role(a_user("Other Head"), a_service("elsewhere"), Role.HEAD_OF_SERVICE)
    week.quality.service_roles.update(ended_at=timezone.now())
    type(week.head).objects.filter(pk=week.head.pk).update(is_active=False)
    week.send(week.lead, "ask-supplies")
    told([])


class TestTheListOfLetters:
    def listed(self, week, user):
        return week.as_(user).get(f"/services/{week.service.slug}/people/letters/").content.decode()

    def test_an_administrator_sees_to_whom_and_how_it_stands(self, week):
        assert "No letters" in self.listed(week, week.admin)
        week.send(week.lead, "ask-supplies")
        page = self.listed(week, week.admin)
        assert page.count("On its way since") == 2
        assert week.head.email in page
        letters_leave()
        assert self.listed(week, week.admin).count("Sent ") == 2

    def test_another_service_s_administrator_sees_none_of_them(self, week):
        other = a_service("elsewhere")
        admin = with_role(a_user("Other Admin"), other, Role.ADMINISTRATOR)
        week.send(week.lead, "ask-supplies")
        page = week.as_(admin).get(f"/services/{other.slug}/people/letters/").content.decode()
        assert "No letters" in page
        assert week.as_(admin).get(f"/services/{week.service.slug}/people/letters/").status_code == 404

    def test_an_alert_past_the_head_shows_to_nobody_here_and_an_ordinary_one_to_who_plans(self):
        """In a service's own exercise its head plans too."""
        service = a_service()
        inspection = an_inspection(service)
        head = with_role(a_user("Hana Head"), service, Role.HEAD_OF_SERVICE)
        in_team(a_user("Lee Lead"), inspection, Role.LEAD_INSPECTOR)
        week = Week.__new__(Week)
        week.service, week.inspection = service, inspection
        case = a_draw(inspection, head).drawn.filter(place="sample").first().case
        inspector = in_team(a_user("Ira Inspector"), inspection, Role.INSPECTOR)
        director = {"director_name": "Dee", "director_email": "dee@example.org"}
        week.send(inspector, "raise-alert", case.number, risk="child", past_head="on", **WORDS, **director)
        assert Alert.objects.get().told.count() == 2
        assert "No letters" in week.page(head, "inspection-letters")
        assert "wrote a letter" not in week.as_(head).get(f"/services/{service.slug}/trail/").content.decode()
        week.send(inspector, "raise-alert", case.number, risk="child", **WORDS)
        page = week.page(head, "inspection-letters")
        assert page.count("An alert waits") == 2
        assert case.number not in page.split("<table")[1]
