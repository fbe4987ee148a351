"""A case read twice: chosen, read blind, handed in, set side by side, left conflicted, settled."""

import re

import pytest
from playwright.sync_api import expect

from aboveline.records.models import Adjudication, SecondRead
from tests.journeys.short import ShortInspection, read_the_rest_again

pytestmark = pytest.mark.django_db(transaction=True)
CASE, QUESTION = "C001", "Q1.1.1"
WHY = "What in the record decides it?"


class Reading(ShortInspection):
    def when_the_lead_chooses_by_the_seed(self):
        lead = self.open("lead", "second-reads")
        lead.is_at("Second reads")
        lead.follow("How far the readers agree")
        lead.reads("Nothing can be said of agreement yet")
        lead.is_at("How far the readers agree")
        lead.open("choose-second-reads", self.made.pk)
        lead.fill("Share of the cases to read twice, in percent", "0")
        lead.press("Save")
        lead.is_refused("There is a problem")
        lead.fill("Share of the cases to read twice, in percent", "25")
        lead.press("Save")
        lead.reads("How the cases were chosen", "The cases are chosen and given out")
        lead.is_at("Second reads")

        read = SecondRead.objects.get()
        self.case = read.case.number
        self.reader = next(who for who, person in self.people.items() if person == read.reader)

    def when_its_second_reader_reads_it_blind(self):
        self.at(self.reader).finds_nothing("case", self.made.pk, self.case)
        reader = self.open(self.reader, "cases")
        reader.follow(self.case)
        reader.reads("Until you hand your read in, you cannot open the first one")
        reader.is_at(f"Case {self.case}")
        reader.page.locator(f"[id='{QUESTION}-answer']").focus()
        reader.page.keyboard.press("i")
        expect(reader.page.locator(f"[id='{QUESTION}-state']")).to_have_text(re.compile(r"^Saved \d\d:\d\d"))

    def then_nobody_sees_both_before_it_is_handed_in(self):
        lead = self.open("lead", "side-by-side", self.case)
        lead.reads("The second read is not handed in yet")
        lead.is_at("both reads")

    def when_it_is_handed_in(self):
        reader = self.at(self.reader)
        reader.follow("Hand your read in")
        reader.press("Try to hand it in")
        reader.reads("There is a problem")
        reader.follow("Answer the questions that are missing")
        expect(reader.page.locator("#missing")).to_be_focused()
        reader.is_at("Hand in the second read")
        read_the_rest_again(SecondRead.objects.get())
        reader.open("submit-second-read", self.made.pk, self.case)
        reader.reads("Every question is answered.")
        reader.press("Hand it in")
        reader.reads("Your read is handed in")
        reader.is_at("Hand in the second read")
        reader.open("case", self.made.pk, self.case)
        reader.is_at(f"Case {self.case}")

    def settle(self, desk, outcome, why):
        desk.tick(outcome)
        desk.fill(WHY, why)
        desk.press("Save")


@pytest.fixture
def reading(desk_of):
    made = Reading(desk_of)
    made.judged(poor=())
    return made


def test_read_blind_set_side_by_side_left_conflicted_and_settled(reading):
    reading.when_the_lead_chooses_by_the_seed()
    reading.when_its_second_reader_reads_it_blind()
    reading.then_nobody_sees_both_before_it_is_handed_in()
    reading.when_it_is_handed_in()
    # when the lead sets both reads side by side
    lead = reading.open("lead", "side-by-side", reading.case)
    lead.reads("The readers agree on 11 of 12 questions; 1 is still to be settled.", "Yes (sufficient)")
    lead.is_at("both reads")
    lead.follow("Settle")
    lead.is_at(f"question {QUESTION}")
    lead.press("Save")
    lead.is_refused("Choose which answer stands")
    # then the question can be left conflicted, and the page says so
    address = lead.page.url
    left = "Neither: leave it conflicted; the first reader’s answer is scored, and the scores say so"
    reading.settle(lead, left, "The record can be read both ways")
    lead.reads("left conflicted: the first reader’s answer is scored", "0 are still to be settled")
    lead.is_at("both reads")
    # and settled later, with what another tab decided meanwhile in view
    lead.page.goto(address)
    other = lead.second_tab()
    other.page.goto(address)
    reading.settle(other, "The first reader’s answer: Yes (sufficient)", "It was signed in time")
    reading.settle(lead, "The second reader’s answer: No (insufficient)", "It was signed late")
    lead.reads("Nothing you wrote is lost", "It was signed in time", "It was signed late")
    lead.is_at(f"question {QUESTION}")
    lead.press("Save")
    lead.reads("The decision is on record", "adjudicated to the second reader's answer")
    assert Adjudication.objects.get().standing == "second"
    # and the reads' own page and the figures of agreement know of it
    lead.open("second-reads", reading.made.pk)
    lead.reads("Settled")
    lead.is_at("Second reads")
    lead.open("agreement", reading.made.pk)
    lead.is_at("How far the readers agree")
    lead.open("case", reading.made.pk, reading.case)
    lead.reads("Settled after two reads")
    lead.is_at(f"Case {reading.case}")


def test_who_read_the_case_settles_nothing_and_full_agreement_says_so(reading):
    # given a case that is not given to whoever read it first
    lead = reading.open("lead", "give-second-read")
    lead.press("Save")
    lead.is_refused("Choose a case")
    lead.choose("Case", CASE)
    lead.choose("Second reader", "Asha Assessor")
    lead.press("Save")
    lead.is_told_no("They had a part in the first read of this case")
    # when the lead reads it themselves
    lead.choose("Second reader", "Lee Leader")
    lead.press("Save")
    lead.open("second-read", reading.made.pk, CASE)
    lead.page.locator(f"[id='{QUESTION}-answer']").focus()
    lead.page.keyboard.press("s")
    expect(lead.page.locator(f"[id='{QUESTION}-state']")).to_have_text(re.compile(r"^Saved \d\d:\d\d"))
    read_the_rest_again(SecondRead.objects.get())
    lead.open("submit-second-read", reading.made.pk, CASE)
    lead.press("Hand it in")
    lead.open("side-by-side", reading.made.pk, CASE)
    lead.reads("somebody else has to settle", "The readers agree on every question")
    lead.is_at("both reads")
