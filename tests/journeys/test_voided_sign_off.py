"""A sign-off that a later edit voids: the pages say so, an author is refused, and it is signed again."""

import pytest

from tests.journeys.short import ShortInspection

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = ("Scores from the judgements", "What moderation decided", "Findings", "Verdict and statement")


class Signing(ShortInspection):
    def given_a_finding_by_the_lead(self):
        lead = self.open("lead", "findings")
        lead.reads("No finding is written yet", "Nobody has signed it off yet.")
        lead.is_at("Findings")
        lead.follow("Write a finding")
        lead.press("Save")
        lead.is_refused("Write the finding")
        lead.tick("A strength")
        lead.fill("The finding", "Plans were reviewed in time")
        lead.press("Save")
        lead.is_at("Findings")

    def then_an_author_is_refused(self, who, parts):
        author = self.open(who, "sign-off")
        author.reads(f"You had a hand in: {parts}")
        author.is_at("Sign-off")
        author.open("sign-it", self.made.pk)
        author.press("Sign it off")
        author.is_told_no(f"You cannot sign it off: you had a hand in {parts}")

    def then_nobody_signs_unread(self):
        signer = self.open("signer", "sign-off")
        signer.reads("Read every part as it stands, then sign.")
        signer.is_at("Sign-off")
        signer.open("sign-it", self.made.pk)
        signer.press("Sign it off")
        signer.is_told_no("Read these parts first")

    def when_read(self, *parts, look=True):
        signer = self.open("signer", "sign-off")
        for part in parts:
            signer.follow(part, exact=True)
            if look:
                signer.is_at(part)
            signer.press("I have read this")
            signer.reads("On record: you have read this part as it stands")

    def when_signed(self):
        signer = self.open("signer", "sign-off")
        signer.follow("Sign it off")
        signer.reads("Any later change voids your signature")
        signer.is_at("Sign it off")
        signer.press("Sign it off")
        signer.reads("Sig Signer signed it off as it stands")
        signer.is_at("Sign-off")

    def when_the_lead_edits(self, words):
        lead = self.open("lead", "findings")
        lead.follow("Plans were")
        lead.fill("The finding", words)
        lead.press("Save")
        lead.reads("The finding is saved")


def test_an_edit_voids_what_was_signed_says_so_and_it_is_signed_again_by_no_author(desk_of):
    signing = Signing(desk_of)
    signing.in_moderation()
    signing.given_a_finding_by_the_lead()
    signing.then_an_author_is_refused("lead", "Findings")
    signing.then_an_author_is_refused("assessor", "Scores from the judgements")
    signing.then_nobody_signs_unread()
    signing.when_read(*PARTS)
    signing.when_signed()
    # when the lead changes a finding, warned that it voids the signature
    lead = signing.open("lead", "findings")
    lead.reads("Sig Signer signed it off as it stands")
    lead.follow("Plans were")
    lead.reads("It is signed off: saving a change voids that.")
    lead.is_at("Change a finding")
    signing.when_the_lead_edits("Plans were mostly reviewed in time")
    # then every page of the team says so
    why = "The sign-off of Sig Signer"
    for who, name, heading in (
        ("lead", "findings", "Findings"), ("lead", "publication", "Publication"), ("signer", "sign-off", "Sign-off"),
        ("lead", "moderation", "Moderation"), ("lead", "draft", "Draft"),
    ):  # fmt: skip
        desk = signing.open(who, name)
        desk.reads(why, "is void: a finding was changed")
        desk.is_at(heading)
    # and the signer is to read that part again, and no other
    signer = signing.at("signer")
    signer.does_not_read("signed it off as it stands")
    row = signer.main.get_by_role("row", name="Findings")
    assert "Not yet" in row.inner_text()
    assert signer.main.get_by_role("cell", name="Yes").count() == len(PARTS) - 1
    # and what is changed while they are about to sign is not signed
    signing.when_read("Findings", look=False)
    signer.follow("Sign it off")
    signing.when_the_lead_edits("Plans were all reviewed in time")
    signer.press("Sign it off")
    signer.is_told_no("It was changed meanwhile")
    signing.when_read("Findings", look=False)
    signing.when_signed()
    signer.reads("a finding was changed")


def test_two_tabs_on_one_finding_show_both_texts(desk_of):
    signing = Signing(desk_of)
    signing.in_moderation()
    finding = signing.with_a_finding()
    lead, second = signing.open("lead", "finding", finding.pk), signing.open("second", "finding", finding.pk)
    for desk, words in ((second, "Plans of Ben"), (lead, "Plans of Lee")):
        desk.fill("The finding", words)
        desk.press("Save")
    lead.reads("Nothing you wrote is lost", "Ben Second saved at", "Plans of Ben", "Plans of Lee")
    lead.is_at("Change a finding")
    lead.press("Save")
    lead.reads("The finding is saved", "Plans of Lee")
