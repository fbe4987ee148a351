"""The whole week, with three people at once: from an announced inspection to the page that everybody can read."""

import re

import pytest
from playwright.sync_api import expect

from aboveline.domain.roles import Role
from aboveline.exchange import tables
from aboveline.exchange.table_parsers import parse
from aboveline.jobs.inspections import framework_asked
from aboveline.jobs.submitting import submit
from aboveline.records.actions.people import give_programme_role
from aboveline.records.models import Alert, Inspection, SecondRead
from aboveline.records.queries.arranging import first_readers
from aboveline.records.queries.inspections import sampled_cases
from tests.caseload_builders import csv_of, good_row
from tests.journeys.checks import check_page
from tests.journeys.desk import Desk
from tests.journeys.short import judge_the_rest, read_the_rest_again
from tests.records_builders import a_programme, a_service, a_user, in_team, with_role

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"^Saved \d\d:\d\d")
LISTED, SAMPLED = 9, 4


@pytest.fixture(autouse=True)
def _parse_in_this_process(monkeypatch):
    """The confined child is proved in test_tables; here it would only cost time."""
    monkeypatch.setattr(tables, "run_limited", lambda target, data: parse(data))


def a_list(**first_row: str) -> bytes:
    """Nine good cases of three case managers; the first as told."""
    rows = [
        good_row(
            f"YJ{n:03d}", order_start="2026-03-02", order_end="2027-03-01", case_manager=f"CM{n % 3}",
            order_type=("referral_order", "youth_rehabilitation_order")[n % 2],
        )
        for n in range(LISTED)
    ]  # fmt: skip
    return csv_of([rows[0] | first_row, *rows[1:]])


class Week:
    """A service with its head; a programme of the short present-day framework, its administrator, and a lead."""

    def __init__(self, desk_of) -> None:
        self.service = a_service()
        self.programme = a_programme(framework_id="audit-2021")
        self.people = {
            "admin": a_user("Ada Admin"), "lead": a_user("Lee Leader"), "assessor": a_user("Asha Assessor"),
            "second": a_user("Ben Second"), "signer": a_user("Sig Signer"),
            "head": with_role(a_user("Hal Head"), self.service, Role.HEAD_OF_SERVICE),
        }  # fmt: skip
        give_programme_role(user=self.people["admin"], programme=self.programme, role=Role.ADMINISTRATOR, by=None)
        self._desk_of = desk_of

    @property
    def inspection(self) -> Inspection:
        return Inspection.objects.get()

    def at(self, who: str) -> Desk:
        return self._desk_of(self.people[who])

    def open(self, who: str, name: str, *args: object) -> Desk:
        desk = self.at(who)
        desk.open(name, self.inspection.pk, *args)
        return desk

    def home(self, who: str) -> Desk:
        desk = self.at(who)
        desk.open("home")
        return desk


class Journey(Week):
    # ---- set-up and case list

    def given_an_inspection_set_up_by_the_programme(self):
        admin = self.home("admin")
        admin.follow(self.programme.name)
        admin.is_at(self.programme.name)
        admin.follow("Set up an inspection")
        admin.press("Set up")
        admin.is_refused("There is a problem")
        admin.choose("Which service?", self.service.name)
        admin.tick("Core inspection")
        admin.fill("E-mail address of the lead inspector", self.people["lead"].email)
        admin.fill_day("First day of fieldwork", 30, 11, 2026)
        admin.fill("Cases to be drawn", str(SAMPLED))
        admin.press("Set up")
        admin.reads("Where it is in its week")
        check_page(admin.page)
        for who in ("assessor", "second"):
            in_team(self.people[who], self.inspection)

    def when_the_head_corrects_the_list_and_confirms_it(self):
        head = self.home("head")
        head.follow("case list")
        head.is_at("Case list")
        self.upload(head, a_list(order_start="31/02/2026", age="lots", order_type="an order"))
        head.is_at("Which column holds what?")
        head.press("Read the list")
        head.reads("3 problems to put right")
        head.is_at("The uploaded list")
        head.follow("Upload a corrected file")
        self.upload(head, a_list())
        head.press("Read the list")
        head.press("Put the list on record")
        head.reads(f"{LISTED} cases on record")
        head.is_at("Case list")

    def upload(self, desk: Desk, content: bytes) -> None:
        file = {"name": "list.csv", "mimeType": "text/csv", "buffer": content}
        desk.main.get_by_label("Case list").set_input_files(file)
        desk.press("Upload and look at it")

    # ---- sample

    def when_the_lead_draws_and_both_see_certificate_and_balance(self):
        lead, head = self.home("lead"), self.at("head")
        check_page(lead.page)
        lead.follow("Draw the sample")
        lead.is_at("Sample")
        form = lead.main.locator("form[action$='/sample/draw/']")
        form.get_by_label("Number of cases").fill(str(SAMPLED))
        lead.press("Draw the sample")
        lead.reads("The sample is drawn and on record")
        for desk in (lead, head):
            desk.open("sample", self.inspection.pk)
            desk.reads("Is the sample like the caseload?")
            desk.is_at("Sample")
            desk.follow("Certificate of this draw")
            desk.is_at("Certificate of a draw")
            desk.follow("Check this draw")
            desk.reads("the same cases and the same reserves came out")

    def when_a_case_is_replaced_after_both_were_heard(self):
        head, lead = self.open("head", "sample"), self.at("lead")
        head.follow("Replace")
        head.tick("The case was transferred to another area")
        head.fill("What happened?", "It goes to Northtown this week")
        head.press("Ask")
        head.reads("To be answered by")
        lead.open("home")
        lead.follow("Answer whether case")
        lead.is_at("Replace case")
        lead.tick("Agreed")
        lead.fill("Why?", "Seen on the record")
        lead.press("Answer")
        lead.tick("Replaced by the next reserve")
        lead.fill("Why?", "Both agree")
        lead.press("Decide")
        lead.reads("Replaced by the next reserve")
        head.open("sample", self.inspection.pk)
        head.reads("It goes to Northtown this week")
        head.is_at("Sample")

    # ---- who reads what, who meets whom

    def when_the_lead_shares_the_cases_out(self):
        lead = self.open("lead", "allocate")
        lead.fill("Load of Lee Leader, in percent", "0")
        lead.fill("Load of Ben Second, in percent", "0")
        lead.press("Propose")
        lead.is_at("Allocate the cases")
        lead.press("Put it on record")
        lead.reads("Every case has somebody to read it")
        lead.is_at("Who reads which case")

    def when_interviews_are_arranged_and_everybody_sees_them(self):
        lead = self.open("lead", "arrange-interviews")
        lead.press("Propose a timetable")
        lead.press("Put it on record")
        lead.reads("The interview timetable is on record")
        for who in ("assessor", "head"):
            desk = self.open(who, "interviews")
            desk.reads("Asha Assessor")
            desk.is_at("Interviews")

    # ---- the cases

    def when_the_assessor_judges_a_case_and_hands_it_in(self):
        self.case = sampled_cases(self.inspection).order_by("number").first().number
        assessor = self.open("assessor", "cases")
        assessor.is_at("Cases")
        assessor.follow(self.case)
        assessor.is_at(f"Case {self.case}")
        self.answer_by_key(assessor, "s")
        assessor.follow("What is missing, and submitting")
        assessor.press("Submit the case")
        assessor.reads("The case is not submitted: this is missing")
        assessor.is_at(f"Submit case {self.case}")
        judge_the_rest(self.inspection.cases.get(number=self.case), self.people["assessor"])
        assessor.press("Submit the case")
        assessor.reads("The case is submitted. It changes only after it is reopened")
        assessor.is_at(f"Submit case {self.case}")

    def answer_by_key(self, desk: Desk, key: str) -> None:
        desk.page.locator("[id='Q1.1.1-answer']").focus()
        desk.page.keyboard.press(key)
        expect(desk.page.locator("[id='Q1.1.1-state']")).to_have_text(SAVED)

    def when_an_alert_is_raised_acknowledged_and_closed(self):
        assessor = self.open("assessor", "case", self.case)
        assessor.follow("Raise an alert")
        assessor.tick("The child")
        assessor.fill("What is wrong", "No safe place tonight")
        assessor.fill("What you have done already", "Rang the duty team")
        assessor.press("Raise the alert")
        assessor.reads("The alert is on record")
        head = self.home("head")
        head.is_at("Home")
        head.follow("alert")
        head.is_at(f"Alert on case {self.case}")
        head.press("Take it up")
        head.reads("You have taken the alert up")
        lead = self.home("lead")
        lead.follow("alert")
        lead.reads("Hal Head")
        lead.fill("Outcome", "With an aunt")
        lead.press("Close it")
        lead.reads("The alert is closed")
        assert Alert.objects.get().closed_by == self.people["lead"]

    def when_one_case_is_read_again_and_what_differs_is_settled(self):
        lead, second = self.open("lead", "second-reads"), self.at("second")
        lead.follow("Give a case to a second reader by hand")
        lead.choose("Case", self.case)
        lead.choose("Second reader", "Ben Second")
        lead.press("Save")
        lead.is_at("Second reads")
        second.open("second-read", self.inspection.pk, self.case)
        second.is_at(f"Case {self.case}")
        self.answer_by_key(second, "i")
        read_the_rest_again(SecondRead.objects.get())
        second.follow("Hand your read in")
        second.press("Hand it in")
        second.reads("Your read is handed in")
        lead.open("side-by-side", self.inspection.pk, self.case)
        lead.is_at(f"Case {self.case}, both reads")
        lead.follow("Settle")
        lead.tick("The second reader’s answer: No (insufficient)")
        lead.fill("What in the record decides it?", "The plan was signed late")
        lead.press("Save")
        lead.reads("0 are still to be settled")

    # ---- conclusions

    def given_the_other_cases_are_handed_in(self):
        for number, readers in first_readers(self.inspection).items():
            if number == self.case:
                continue
            case, assessor = self.inspection.cases.get(number=number), readers[0].assessor
            judge_the_rest(case, assessor, first="insufficient")
            submit(case, framework_asked(self.inspection), by=assessor)

    def when_the_lead_moderates_and_writes_findings(self):
        lead = self.open("lead", "publication")
        lead.is_at("Publication")
        lead.follow("Close the fieldwork and moderate")
        lead.press("Close the fieldwork")
        lead.reads("The inspection is in moderation")
        lead.open("moderation", self.inspection.pk)
        lead.is_at("Moderation")
        lead.open("findings", self.inspection.pk)
        lead.is_at("Findings")
        lead.follow("Write a finding")
        lead.press("Save")
        lead.is_refused("Choose what it is")
        lead.tick("A strength")
        lead.fill("The finding", "Plans were reviewed in time")
        lead.press("Save")
        lead.open("statement", self.inspection.pk)
        lead.fill("Verdict, in one sentence", "Most work was good enough")
        lead.press("Save")
        lead.is_at("Findings")

    def when_somebody_who_wrote_none_of_it_signs(self):
        in_team(self.people["signer"], self.inspection)
        signer = self.home("signer")
        signer.open("sign-off", self.inspection.pk)
        signer.is_at("Sign-off")
        for part in ("Scores from the judgements", "What moderation decided", "Findings", "Verdict and statement"):
            signer.follow(part, exact=True)
            signer.is_at(part)
            signer.press("I have read this")
        signer.follow("Sign it off")
        signer.is_at("Sign it off")
        signer.press("Sign it off")
        signer.reads("Sig Signer signed it off as it stands")
        signer.is_at("Sign-off")

    def when_the_draft_goes_to_the_service_and_a_fact_is_put_right(self):
        lead, head = self.open("lead", "publication"), self.at("head")
        head.finds_nothing("draft", self.inspection.pk)
        lead.follow("Send the draft to the service")
        lead.is_at("Send the draft to the service")
        lead.press("Send the draft")
        lead.reads("The draft is with the service")
        head.open("draft", self.inspection.pk)
        head.reads("Plans were reviewed in time")
        head.is_at("Draft")
        head.follow("Make a point on the draft")
        head.tick("A fact in the draft is wrong")
        head.fill("Where in the draft", "The first strength")
        head.fill("What the draft says", "Plans were reviewed in time")
        head.fill("What you say", "They were, but for one")
        head.fill("What shows it", "The review list")
        head.press("Send the point")
        head.reads("Your point is with the lead inspector")
        lead.open("draft", self.inspection.pk)
        lead.follow("The first strength")
        lead.tick("Not accepted")
        lead.fill("Reason", "The one was not due")
        lead.press("Save")
        lead.reads("The outcome is saved")
        head.open("draft", self.inspection.pk)
        head.reads("The one was not due")
        head.follow("Say that the answer is complete")
        head.press("The answer is complete")
        head.reads("the service has said everything")

    def then_it_is_published_for_everybody(self):
        public = self._desk_of(None)
        public.finds_nothing("published-inspection", self.inspection.pk)
        lead = self.open("lead", "publication")
        lead.follow("Publish")
        lead.press("Publish")
        lead.reads("Publication is decided", "It is published.")
        lead.is_at("Publication")
        public.open("published")
        check_page(public.page)
        public.follow(re.compile("inspection"))
        public.reads("Most work was good enough", "Plans were reviewed in time", f"{SAMPLED}")
        public.does_not_read(self.case, "Northtown", "No safe place")
        check_page(public.page)
        for who in ("head", "assessor"):
            self.open(who, "inspection").reads("core inspection", "Case audit by key questions")


def test_three_people_take_an_inspection_from_its_set_up_to_its_published_page(desk_of):
    week = Journey(desk_of)
    week.given_an_inspection_set_up_by_the_programme()
    week.when_the_head_corrects_the_list_and_confirms_it()
    week.when_the_lead_draws_and_both_see_certificate_and_balance()
    week.when_a_case_is_replaced_after_both_were_heard()
    week.when_the_lead_shares_the_cases_out()
    week.when_interviews_are_arranged_and_everybody_sees_them()
    week.when_the_assessor_judges_a_case_and_hands_it_in()
    week.when_an_alert_is_raised_acknowledged_and_closed()
    week.when_one_case_is_read_again_and_what_differs_is_settled()
    week.given_the_other_cases_are_handed_in()
    week.when_the_lead_moderates_and_writes_findings()
    week.when_somebody_who_wrote_none_of_it_signs()
    week.when_the_draft_goes_to_the_service_and_a_fact_is_put_right()
    week.then_it_is_published_for_everybody()
