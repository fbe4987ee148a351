"""One person at their own browser: what they do there and what they see, in the words of a journey."""

import re

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.journeys.checks import Watch, check_error_summary, check_page


class Desk:
    """Steps of a person. What they look for stands in the page's main part unless said otherwise."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        Watch.over(page)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def second_tab(self) -> "Desk":
        """Another page of the same browser."""
        return Desk(self.page.context.new_page(), self.url)

    # ---- what they do

    def open(self, name: str, *args: object) -> None:
        self.page.goto(self.url + reverse(name, args=args))

    def follow(self, name: str | re.Pattern, *, exact: bool = False) -> None:
        """A link, also one that is told as a button."""
        link = self.main.get_by_role("link", name=name, exact=exact)
        link.or_(self.main.locator("a[role=button]").get_by_text(name, exact=exact)).first.click()

    def press(self, name: str) -> None:
        """A button, and the page that answers it: what comes next must not overtake what was sent."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=name, exact=True).first.click()

    def fill(self, label: str, words: str) -> None:
        self.main.get_by_label(label, exact=True).fill(words)

    def tick(self, label: str) -> None:
        self.main.get_by_label(label, exact=True).check()

    def choose(self, label: str, option: str) -> None:
        self.main.get_by_label(label, exact=True).select_option(label=option)

    def fill_day(self, legend: str, day: int, month: int, year: int) -> None:
        group = self.main.get_by_role("group", name=legend)
        for part, value in (("Day", day), ("Month", month), ("Year", year)):
            group.get_by_label(part, exact=True).fill(str(value))

    # ---- what they see

    def reads(self, *words: str | re.Pattern) -> None:
        for one in words:
            expect(self.main).to_contain_text(one)

    def does_not_read(self, *words: str) -> None:
        for one in words:
            expect(self.main).not_to_contain_text(one)

    def is_at(self, heading: str) -> None:
        """At the page of that heading, which is right in every respect that `check_page` knows."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        self.page.wait_for_load_state()
        check_page(self.page)

    def is_refused(self, words: str) -> None:
        """The form is back with what is wrong, each error leads to its input, and the page is right."""
        expect(self.page.locator(".govuk-error-summary")).to_contain_text(words)
        check_error_summary(self.page)
        check_page(self.page)

    def is_told_no(self, words: str) -> None:
        """A step as a whole is refused: no input is wrong, so nothing leads to one. The page is right."""
        expect(self.page).to_have_title(re.compile("^Error: "))
        expect(self.page.locator(".govuk-error-summary")).to_contain_text(words)
        check_page(self.page)

    def finds_nothing(self, name: str, *args: object) -> None:
        """For this person there is no such page."""
        self.open(name, *args)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Page not found")
