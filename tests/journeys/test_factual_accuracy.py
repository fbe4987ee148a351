"""The draft with the service: points of fact, a challenge, their outcomes, publication, and a correction of it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.journeys.short import ShortInspection

pytestmark = pytest.mark.django_db(transaction=True)
FACT = {
    "Where in the draft": "The first strength", "What the draft says": "Plans were reviewed in time",
    "What you say": "All but one were", "What shows it": "The list of reviews",
}  # fmt: skip
CHALLENGE = {
    "Where in the draft": "1.2 Planning", "What the draft says": "Half was good enough",
    "What you say": "Most was", "What shows it": "Our own audit",
}  # fmt: skip


class Draft(ShortInspection):
    def given_a_draft_with_the_service(self):
        self.in_moderation()
        self.with_a_finding()
        self.signed()
        lead = self.open("lead", "publication")
        lead.reads("It was signed off.")
        lead.is_at("Publication")
        lead.follow("Send the draft to the service")
        lead.fill_day("Last day for the service to answer", 31, 2, 2027)
        lead.press("Send the draft")
        lead.is_refused("There is a problem")
        lead.fill_day("Last day for the service to answer", 15, 1, 2027)
        lead.press("Send the draft")
        lead.reads("The draft is with the service")

    def given_a_head_who_makes_no_point_without_saying_what(self):
        head = self.open("head", "draft")
        head.reads("not to be passed on", "The service answers by 15 January 2027", "No point is made yet")
        head.is_at("Draft")
        head.follow("One page for the management board")
        head.is_at("November 2026 core inspection")
        head.page.go_back()
        head.follow("Make a point on the draft")
        head.is_at("A point on the draft")
        head.press("Send the point")
        head.is_refused("Say what shows it")
        return head

    def when_the_head_makes(self, kind, point):
        head = self.open("head", "new-point")
        head.tick(kind)
        for label, words in point.items():
            head.fill(label, words)
        head.press("Send the point")
        head.reads("Your point is with the lead inspector", "Not decided yet")

    def when_the_lead_decides_on_the_fact_in_two_tabs(self):
        lead = self.open("lead", "draft")
        lead.follow("The first strength")
        lead.is_at("Point of fact")
        lead.press("Save")
        lead.is_refused("Choose an outcome")
        address = lead.page.url
        other = lead.second_tab()
        other.page.goto(address)
        for desk, outcome in ((other, "Not accepted"), (lead, "Accepted: the draft will be changed")):
            desk.tick(outcome)
            desk.fill("Reason", "The list shows it")
            desk.press("Save")
        lead.reads("Nothing you wrote is lost", "Not accepted")
        lead.is_at("Point of fact")
        lead.press("Save")

    def when_decided(self, where, outcome, reason):
        lead = self.open("lead", "draft")
        lead.follow(where)
        lead.tick(outcome)
        lead.fill("Reason", reason)
        lead.press("Save")
        lead.reads("The outcome is saved")

    def when_corrected(self, words):
        lead = self.open("lead", "findings")
        lead.follow("Plans were")
        lead.fill("The finding", words)
        lead.press("Save")
        lead.reads("The finding is saved")

    def signed_again(self):
        self.signed()
        lead = self.open("lead", "publication")
        lead.does_not_read("is void")
        return lead

    def then_the_public_reads(self, *words):
        public = self.open("public", "published-inspection")
        public.reads(*words)
        public.does_not_read(FACT["What you say"], CHALLENGE["What you say"], "C001")
        return public


@pytest.fixture
def draft(desk_of):
    made = Draft(desk_of)
    made.given_a_draft_with_the_service()
    return made


def test_point_by_point_with_an_outcome_each_before_anything_is_public(draft):
    # given a head who reads the draft, and makes no point without saying what
    head = draft.given_a_head_who_makes_no_point_without_saying_what()
    # when a fact is questioned and a judgement challenged
    draft.when_the_head_makes("A fact in the draft is wrong", FACT)
    draft.when_the_head_makes("We challenge a judgement", CHALLENGE)
    head.is_at("Draft")
    # then nothing is published before both have an outcome
    lead = draft.open("lead", "publication")
    lead.does_not_read("Publish")
    lead.open("publish", draft.made.pk)
    lead.press("Publish")
    lead.is_told_no("2 points of fact or challenges have no outcome yet")
    lead.is_told_no("to answer the draft: publish it after that day")
    # and the lead decides, shown what another tab decided meanwhile
    draft.when_the_lead_decides_on_the_fact_in_two_tabs()
    draft.when_decided("1.2 Planning", "Not a point of fact: it is about a judgement", "No fact behind it was wrong")
    # and a draft changed for it is signed again before it goes out
    draft.when_the_answer_is_complete()
    draft.when_corrected("Plans were reviewed in time, but for one")
    lead.open("publication", draft.made.pk)
    lead.reads("is void: a finding was changed")
    lead.does_not_read("Publish")
    lead.is_at("Publication")
    draft.signed_again().follow("Publish")
    lead.press("Publish")
    lead.reads("Publication is decided")
    # and both sides read what became of each point, the public only the result
    head.open("draft", draft.made.pk)
    head.reads("Accepted", "The list shows it", "No fact behind it was wrong", "but for one")
    head.is_at("Draft")
    draft.then_the_public_reads("Plans were reviewed in time, but for one").is_at("core inspection")


def test_publication_at_a_moment_can_be_called_off_and_a_mistake_is_corrected_in_a_new_version(draft):
    # given a publication that is to come, set after two mistakes
    draft.when_the_answer_is_complete()
    lead, public = draft.open("lead", "publish"), draft.at("public")
    public.open("published")
    public.reads("Nothing is published yet")
    public.is_at("Published inspections")
    lead.fill_day("Day, empty for at once", 1, 6, 2010)
    lead.press("Publish")
    lead.is_refused("The day must not be in the past")
    coming = timezone.localdate() + timedelta(days=30)
    lead.fill_day("Day, empty for at once", coming.day, coming.month, coming.year)
    lead.press("Publish")
    lead.reads("Waits for its moment")
    lead.is_at("Publication")
    public.finds_nothing("published-inspection", draft.made.pk)
    # when it is called off, published at once, and found wrong
    lead.follow("Call the publication off")
    lead.press("Call it off")
    lead.is_refused("Say why")
    lead.fill("Why", "The board meets later")
    lead.press("Call it off")
    lead.reads("Called off", "The board meets later")
    lead.follow("Publish", exact=True)
    lead.press("Publish")
    lead.reads("Publication is decided")
    lead.follow("Begin a correction")
    lead.press("Begin the correction")
    lead.is_refused("Say why")
    lead.fill("Why", "A finding was wrong")
    lead.press("Begin the correction")
    lead.reads("What is public stays as it is", "a correction was begun")
    lead.is_at("Publication")
    draft.then_the_public_reads("Plans were reviewed in time")
    # then it goes the same way again, and says what is corrected and why
    draft.when_corrected("Plans were seldom reviewed in time")
    draft.signed_again()
    draft.with_the_service()
    draft.when_the_answer_is_complete()
    lead = draft.open("lead", "publish")
    lead.press("Publish")
    lead.is_refused("Say what is corrected, and why")
    lead.fill("What is corrected, and why", "One finding told of other cases")
    lead.press("Publish")
    lead.reads("Publication is decided")
    # and the new version stands in the old one's place, which stays readable
    public = draft.then_the_public_reads("a correction", "One finding told of other cases", "seldom reviewed")
    public.is_at("core inspection")
    public.main.get_by_role("link", name=re.compile(r"^2$")).click()
    public.reads("This is an older version. It was corrected.", "Plans were reviewed in time")
    public.is_at("core inspection")
    public.follow("Read the newest version")
    public.reads("seldom reviewed")
