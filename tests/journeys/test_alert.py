"""An alert in a browser: two clicks from a case, told at once, taken up, followed to its close, and past the head."""

import pytest
from django.core import mail

from aboveline.records.models import Alert
from tests.integration.web.test_alerts import DOWN, Week
from tests.journeys.checks import check_page
from tests.journeys.desk import Desk
from tests.letter_builders import letters_leave

pytestmark = pytest.mark.django_db(transaction=True)
DANGER, DONE = "No safe place tonight", "Rang the duty team"
HEADING = "Alert on case"


class Alarm(Week):
    """A case with its assessor, the lead and the head, each at their own browser."""

    def __init__(self, desk_of) -> None:
        super().__init__()
        self.desk_of = desk_of

    def given(self, user, name: str = "home", *args: object) -> Desk:
        desk = self.desk_of(user)
        desk.open(name, *([self.inspection.pk, *args] if name != "home" else []))
        return desk

    def when_raised_from_the_case(self) -> Desk:
        """The first click on the case's page, the second below the three answers."""
        assessor = self.given(self.assessor, "case", self.case.number)
        assessor.follow("Raise an alert")
        assessor.tick("The child")
        assessor.fill("What is wrong", DANGER)
        assessor.fill("What you have done already", DONE)
        assessor.press("Raise the alert")
        letters_leave()
        return assessor

    def given_an_assessor_who_begins_without_a_word(self) -> Desk:
        assessor = self.given(self.assessor, "case", self.case.number)
        assessor.is_at(f"Case {self.case.number}")
        assessor.follow("Raise an alert")
        assessor.reads("ring 999")
        assessor.is_at("Raise an alert")
        assessor.press("Raise the alert")
        assessor.is_refused("Say who is at risk now")
        return assessor

    def then_letters_hold_no_word_of_it(self) -> None:
        for letter in mail.outbox:
            text = letter.subject + letter.body
            assert not [words for words in (DANGER, DONE, self.case.number, self.service.name) if words in text]


@pytest.fixture
def alarm(desk_of):
    return Alarm(desk_of)


def test_it_is_told_at_once_taken_up_and_followed_to_its_close(alarm):
    # given nobody has raised one yet, and an assessor who begins without a word
    lead = alarm.given(alarm.lead, "alerts")
    lead.reads("No alert was raised")
    lead.is_at("Alerts")
    assessor = alarm.given_an_assessor_who_begins_without_a_word()
    # when it is raised
    alarm.when_raised_from_the_case()
    # then lead and head are told, on their home pages and by letters without a word of the case
    assessor.reads("The alert is on record", "Lee Lead, lead inspector", "Hana Head, head of service", "on its way")
    assessor.is_at("Raise an alert")
    assert [letter.to for letter in mail.outbox] == [[alarm.lead.email], [alarm.head.email]]
    alarm.then_letters_hold_no_word_of_it()
    head, lead = alarm.given(alarm.head), alarm.given(alarm.lead)
    lead.is_at("Home")
    for desk in (head, lead):
        desk.follow(f"{HEADING} {alarm.case.number}: take it up")
        desk.reads(DANGER, DONE, "Nobody has taken it up yet")
    lead.is_at(HEADING)
    # and when the head is the quicker, the lead sees who has taken it up
    head.press("Take it up")
    head.reads("You have taken the alert up")
    lead.press("Take it up")
    lead.reads("Somebody else was quicker", "Hana Head")
    lead.is_at(HEADING)
    # and both follow it to its close
    lead.press("Add what was done")
    lead.is_refused("Say what was done")
    lead.fill("What was done", "Visited at 18:00")
    lead.press("Add what was done")
    lead.reads("The step is on record")
    head.page.reload()
    head.reads("Visited at 18:00")
    head.press("Close it")
    head.is_refused("Say how it ended")
    head.fill("Outcome", "With an aunt, who is told whom to ring")
    head.press("Close it")
    head.reads("The alert is closed", "With an aunt")
    head.is_at(HEADING)
    # and whoever raised it reads that it is closed
    assessor.page.reload()
    assessor.reads("Closed")
    lead.open("alerts", alarm.inspection.pk)
    lead.reads("by Hana Head")
    lead.is_at("Alerts")


def test_past_the_head_it_goes_to_the_director_and_leaves_the_head_no_trace(alarm):
    # given a lead who names the director, after a mistake and after somebody else
    lead = alarm.given(alarm.lead, "director")
    lead.press("Save")
    lead.is_refused("Give a name")
    other = lead.second_tab()
    other.open("director", alarm.inspection.pk)
    for desk, name in ((other, "Dan Former"), (lead, "Dee Director")):
        desk.fill("Name", name)
        desk.fill("E-mail address", "director@example.org")
        desk.press("Save")
    lead.reads("A director was named meanwhile", "Dan Former")
    lead.is_at("Name the director")
    lead.press("Save")
    lead.reads("The director is on record")
    # when the head is part of the concern
    assessor = alarm.given(alarm.assessor, "raise-alert", alarm.case.number)
    assessor.reads("It then goes to Dee Director")
    assessor.tick("Other people")
    assessor.fill("What is wrong", DANGER)
    assessor.fill("What you have done already", DONE)
    assessor.tick("The head of service is part of the concern: go past them, to the director")
    assessor.press("Raise the alert")
    letters_leave()
    # then the director is told in place of the head
    assessor.reads("The alert is on record", "Dee Director, director")
    assessor.does_not_read("Hana Head")
    assessor.is_at("Raise an alert")
    assert [letter.to for letter in mail.outbox] == [[alarm.lead.email], ["director@example.org"]]
    alarm.then_letters_hold_no_word_of_it()
    # and the head finds nothing anywhere
    head = alarm.given(alarm.head)
    head.does_not_read("Alert on case", "an alert", "a letter")
    head.is_at("Home")
    head.open("alerts", alarm.inspection.pk)
    head.reads("No alert was raised")
    head.is_at("Alerts")
    head.finds_nothing("alert", alarm.inspection.pk, Alert.objects.get().pk)
    # while the lead follows it
    lead.open("alert", alarm.inspection.pk, Alert.objects.get().pk)
    lead.reads("The head of service does not see this alert.")
    lead.is_at(HEADING)


def test_when_the_mail_is_down_or_an_hour_has_passed_the_page_says_whom_to_ring(alarm, settings, monkeypatch):
    settings.EMAIL_BACKEND = DOWN
    assessor = alarm.when_raised_from_the_case()
    assessor.page.reload()
    assessor.reads("could not be sent yet: tried once", "Ring them")
    assessor.is_at("Raise an alert")
    monkeypatch.setattr("aboveline.web.presenters.alerts.overdue", lambda *times: True)
    lead = alarm.given(alarm.lead)
    lead.reads("Overdue: nobody has taken it up within 1 hour")
    check_page(lead.page)
    lead.follow(HEADING)
    lead.is_at(HEADING)
