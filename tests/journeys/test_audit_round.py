"""A quality manager's audit round: set up on one page, judged, told by team and to a case manager, then done again."""

import time

import pytest
from playwright.sync_api import Page, expect

from aboveline.records.actions.assessments import AnswerChange, import_answers
from aboveline.records.models import AuditRound, Role
from aboveline.records.queries.inspections import inspection_by_id, sampled_cases
from tests.integration.web.test_rounds import House
from tests.journeys.checks import check_error_summary, check_page
from tests.records_builders import a_user, with_role

#: what a quality manager has for setting up a round, in seconds, and what this journey may take of it in clicks
TWO_MINUTES, CLICKS = 120, 14


@pytest.fixture
def house(transactional_db):
    return House()


@pytest.fixture
def work(house, signed_in, live_server):
    return Work(signed_in(house.manager), live_server.url, house)


class Work:
    """What the quality manager does and sees on the way; `clicks` counts everything they had to click or fill in."""

    def __init__(self, page: Page, url: str, house: House) -> None:
        self.page, self.url, self.house, self.clicks = page, url, house, 0

    def heading(self, words):
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def press(self, name):
        self.clicks += 1
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name):
        self.clicks += 1
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def tick(self, name):
        self.clicks += 1
        self.page.get_by_label(name).check()

    def fill(self, name, value):
        self.clicks += 1
        self.page.get_by_label(name, exact=True).fill(value)

    def given_the_service(self):
        self.page.goto(f"{self.url}/services/{self.house.service.slug}/")

    def given_the_empty_history(self):
        self.given_the_service()
        self.follow("Audit rounds")
        self.heading("Audit rounds")

    def when_a_short_round_is_set_up(self):
        self.press("Set up a round")
        self.heading("Set up an audit round")
        for part, value in zip(("day", "month", "year"), ("1", "10", "2026"), strict=True):
            self.clicks += 1
            self.page.locator(f"[name=held_on_{part}]").fill(value)
        for name in ("files_close", "audits_due", "moderation"):
            for part in ("day", "month", "year"):
                self.page.locator(f"[name={name}_{part}]").fill("")
        self.tick("A short set, chosen below")
        self.page.get_by_text("Choose a short set of questions").click()
        self.fill("What is the set called?", "Monthly")
        for question in ("Q1.1.1", "Q1.1.2", "Q1.2.1"):
            self.tick(question)
        self.tick("Casey Manager")
        self.press("Set up the round")

    def when_every_case_is_judged(self):
        inspection = self.made()
        for place, case in enumerate(sampled_cases(inspection)):
            answer = "sufficient" if place % 3 else "insufficient"
            changes = [
                AnswerChange(q, answer, 0, note="Seen in the plan", improvement="Ask the school")
                for q in ("Q1.1.1", "Q1.1.2", "Q1.2.1")
            ]
            import_answers(case=case, answers=changes, by=self.house.manager)

    def made(self):
        return inspection_by_id(AuditRound.objects.latest("pk").inspection_id)

    def then_the_page_is_right(self, words):
        self.heading(words)
        check_page(self.page)


def test_a_round_from_nothing_to_feedback_and_the_next_one(work):
    work.given_the_empty_history()
    check_page(work.page)
    began, before = time.monotonic(), work.clicks
    work.when_a_short_round_is_set_up()
    work.then_the_page_is_right("local audit")
    assert work.clicks - before <= CLICKS
    assert time.monotonic() - began < TWO_MINUTES
    expect(work.page.get_by_text("The round is set up")).to_be_visible()
    expect(work.page.get_by_text("Monthly: Q1.1.1, Q1.1.2, Q1.2.1")).to_be_visible()
    work.when_every_case_is_judged()
    work.page.reload()
    expect(work.page.get_by_text("cannot be set beside those of a full inspection").first).to_be_visible()
    expect(work.page.get_by_text("No average of this theme had been published")).to_have_count(0)
    check_page(work.page)
    work.follow("Results by team")
    work.then_the_page_is_right("Results by question and team")
    expect(work.page.get_by_role("heading", name="What to fix first")).to_be_visible()
    work.page.go_back()
    work.follow("Feedback to case managers")
    work.then_the_page_is_right("Feedback to case managers")
    work.follow("CM-1")
    work.then_the_page_is_right("CM-1")
    work.press("Feedback given")
    expect(work.page.get_by_text("feedback given, noted by Quinn Quality")).to_be_visible()
    work.given_the_service()
    work.follow("Audit rounds")
    expect(work.page.get_by_text("Too few rounds to look for a pattern")).to_be_visible()
    work.then_the_page_is_right("Audit rounds")
    work.press("Set up a round like the last")
    expect(work.page.get_by_label("Monthly: 3 questions")).to_be_checked()
    expect(work.page.get_by_label("Casey Manager")).to_be_checked()
    work.then_the_page_is_right("Set up an audit round")


def test_errors_lead_to_their_inputs(work):
    work.page.goto(f"{work.url}/services/{work.house.service.slug}/rounds/new/")
    work.tick("A draw of so many")
    work.fill("What is the round called?", "")
    work.press("Set up the round")
    check_error_summary(work.page)
    check_page(work.page)


def test_a_case_manager_sees_their_own_feedback_only(work, signed_in):
    inspection = work.house.made()
    work.house.judge(inspection)
    own = with_role(a_user("Other Manager"), work.house.service, Role.CASE_MANAGER, staff_code="CM-2")
    page = signed_in(own)
    page.goto(f"{work.url}/inspections/{inspection.pk}/case-managers/")
    expect(page.get_by_role("link", name="CM-2")).to_be_visible()
    expect(page.get_by_role("link", name="CM-1")).to_have_count(0)
    page.get_by_role("link", name="CM-2").click()
    expect(page.get_by_role("button", name="Feedback given")).to_have_count(0)
    check_page(page)
    page.goto(f"{work.url}/inspections/{inspection.pk}/teams/")
    expect(page.get_by_text("Too few to show").first).to_be_visible()
    check_page(page)
