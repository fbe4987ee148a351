"""A score that is withheld: why, and what each reader sees of it from moderation to the published page."""

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import Desk
from tests.journeys.short import ShortInspection

pytestmark = pytest.mark.django_db(transaction=True)
CRITERION, QUESTION = "1.2 Planning", "Does the plan set out well enough"
WHY = "Records of planning were written late"
SHOWN = f"Withheld: {WHY}"


class Withholding(ShortInspection):
    def row(self, desk: Desk, name: str):
        return desk.main.get_by_role("row", name=name).first

    def when_the_lead_withholds_the_criterion(self):
        lead = self.open("lead", "moderation")
        lead.is_at("Moderation")
        expect(self.row(lead, CRITERION)).to_contain_text("As computed")
        lead.follow(CRITERION)
        lead.is_at("Planning")
        lead.tick("Not at all: withheld, with the reason")
        lead.press("Save")
        lead.is_refused("Say why")
        lead.fill("Reason, as readers will see it", WHY)
        lead.press("Save")
        lead.reads("How the score is shown is saved")

    def then_moderation_still_shows_its_lead_what_was_computed(self):
        lead = self.at("lead")
        expect(self.row(lead, CRITERION)).to_contain_text("50%")
        expect(self.row(lead, CRITERION)).to_contain_text("Withheld")
        expect(self.row(lead, CRITERION)).to_contain_text(WHY)
        lead.is_at("Moderation")

    def then_the_pages_of_scores_give_the_reason_and_no_figure(self, who):
        desk = self.open(who, "inspection")
        desk.reads(SHOWN)
        expect(self.row(desk, CRITERION)).not_to_contain_text("50%")
        desk.is_at("core inspection")
        for name, what in (("criterion", "1.2"), ("question", "Q1.2.1")):
            desk.open(name, self.made.pk, what)
            desk.reads(SHOWN)
            desk.does_not_read("50%", "2 of 4")
            desk.is_at("Planning" if name == "criterion" else QUESTION)

    def then_a_result_gives_the_reason_and_no_figure(self, who, name):
        desk = self.open(who, name)
        for score in (CRITERION, QUESTION):
            expect(self.row(desk, score)).to_contain_text(SHOWN)
            expect(self.row(desk, score)).not_to_contain_text("%")
        expect(self.row(desk, "1.1 Assessment")).to_contain_text("100%")
        return desk


def test_every_reader_gets_the_reason_in_place_of_the_figure(desk_of):
    # given a criterion whose records cannot be relied on
    withholding = Withholding(desk_of)
    withholding.in_moderation()
    # when the lead withholds its score
    withholding.when_the_lead_withholds_the_criterion()
    # then moderation goes on with the figure, and every other page gives the reason in its place
    withholding.then_moderation_still_shows_its_lead_what_was_computed()
    withholding.then_the_pages_of_scores_give_the_reason_and_no_figure("lead")
    withholding.signed()
    withholding.with_the_service()
    withholding.then_the_pages_of_scores_give_the_reason_and_no_figure("head")
    withholding.then_a_result_gives_the_reason_and_no_figure("head", "draft").is_at("Draft")
    # and so does the published page
    withholding.when_the_answer_is_complete()
    lead = withholding.open("lead", "publish")
    lead.press("Publish")
    lead.reads("Publication is decided")
    withholding.then_a_result_gives_the_reason_and_no_figure("public", "published-inspection").is_at("core inspection")


def test_two_tabs_on_one_score_show_both_and_it_can_be_shown_again(desk_of):
    withholding = Withholding(desk_of)
    withholding.in_moderation()
    lead = withholding.open("lead", "moderated-score", "1.2")
    other = lead.second_tab()
    other.open("moderated-score", withholding.made.pk, "1.2")
    for desk, state in ((other, "Not at all: withheld, with the reason"), (lead, "As provisional, with the reason")):
        desk.tick(state)
        desk.fill("Reason, as readers will see it", WHY)
        desk.press("Save")
    lead.reads("Nothing you wrote is lost", "Not at all: withheld", "As provisional")
    lead.is_at("Planning")
    lead.press("Save")
    lead.reads("How the score is shown is saved", "Provisional")
    lead.is_at("Moderation")
    lead.follow(CRITERION)
    lead.tick("As computed")
    lead.press("Save")
    expect(withholding.row(lead, CRITERION)).not_to_contain_text(WHY)
