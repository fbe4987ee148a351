"""A committee report in a real browser: begun, written, refused, put right, made; by two people, by keyboard
and without scripts."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from aboveline.jobs.service_report_start import Beginning, started
from aboveline.records.actions.reports import add_report, save_report
from aboveline.records.models import Report, Role
from tests.inspection_builders import a_pair
from tests.journeys.checks import check_error_summary, check_page
from tests.records_builders import a_service, a_user, with_role

BEGINNING = Beginning(
    "Re-inspection", "A Council", "england", "Cabinet", "executive", date(2011, 1, 18), "Director", "Head"
)


@pytest.fixture
def world(transactional_db):
    user, service = a_user("Quality manager"), a_service(area="Sefton")
    with_role(user, service)
    _, inspection = a_pair(user, service, cases=2)
    report = add_report(service=service, title="Re-inspection", document=started(BEGINNING, inspection), by=user)
    return user, service, report


class Writer:
    """Somebody at a browser."""

    def __init__(self, page: Page, base: str, report: Report) -> None:
        self.page, self.base, self.report = page, base, report

    def opens(self, path: str = "") -> None:
        self.page.goto(f"{self.base}/reports/{self.report.pk}/{path}")

    def answers(self, heading: str, text: str) -> None:
        self.page.get_by_role("group", name=heading, exact=True).get_by_role("textbox").first.fill(text)

    def saves(self) -> None:
        self.page.get_by_role("button", name="Save", exact=True).click()

    def sees_saved(self) -> None:
        expect(self.page.get_by_role("alert")).to_contain_text("Saved")


@pytest.fixture
def writer(signed_in, live_server, world):
    return Writer(signed_in(world[0]), live_server.url, world[2])


def test_from_the_list_to_a_new_report(writer):
    page = writer.page
    page.goto(f"{writer.base}/reports/")
    check_page(page)
    page.get_by_role("link", name="Begin a report").click()
    page.get_by_role("button", name="Begin the report").click()
    check_error_summary(page)
    check_page(page)
    page.get_by_label("September 2010 re-inspection").check()
    page.get_by_label("Subject").fill("Re-inspection of our work")
    page.get_by_label("Council").fill("A Council")
    page.get_by_label("England").check()
    page.get_by_label("First body that receives it").fill("Cabinet")
    page.get_by_label("What is that body?").select_option("executive")
    for part, value in (("Day", "18"), ("Month", "1"), ("Year", "2011")):
        page.get_by_label(part).fill(value)
    page.get_by_label("Report of (post)").fill("Director")
    page.get_by_label("Contact officer (post)").fill("Head of service")
    page.get_by_role("button", name="Begin the report").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Re-inspection of our work")
    expect(page.get_by_role("heading", name="What the checks caught")).to_be_visible()


def test_a_part_is_written_and_read_and_the_files_come(writer):
    page = writer.page
    writer.opens("edit/")
    check_page(page)
    writer.answers(
        "Legal", "The inspection is statutory; Safeguarding was good enough {{score.safeguarding}} of the time."
    )
    writer.saves()
    writer.sees_saved()
    preview = page.get_by_role("region", name="The report as it reads")
    expect(preview).to_contain_text(re.compile(r"Safeguarding was good enough \d+% of the time"))
    check_page(page)
    for name, ending in (("Word (DOCX)", "docx"), ("PDF", "pdf"), ("Web page (HTML)", "html")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename == f"re-inspection.{ending}"
        assert Path(download.value.path()).stat().st_size > 5_000


def test_a_figure_leads_down_to_its_inspection(writer):
    writer.opens()
    writer.page.locator(".rf-sets").get_by_role("link", name="Safeguarding").first.click()
    expect(writer.page.get_by_role("heading", level=1)).to_contain_text("September 2010")


def test_a_problem_leads_to_its_heading_and_to_its_input(writer):
    page = writer.page
    writer.opens()
    item = page.locator(".rf-problems__part", has_text="Legal")
    item.get_by_role("link", name="See it").click()
    expect(page.locator("#report-legal")).to_be_in_viewport()
    item.get_by_role("link", name="Put it right").click()
    expect(page.locator("#id_legal-text")).to_be_in_viewport()


def test_a_half_done_report_is_kept_and_every_error_moves_the_focus(writer):
    page = writer.page
    writer.opens("edit/")
    page.get_by_label("What will be done or reported").fill("Report back")
    page.get_by_role("group", name="By when").get_by_label("Day").fill("31")
    page.get_by_label("Funded by external resources, 2010/11").fill("lots")
    writer.saves()
    expect(page.get_by_text("Saved as a draft; it cannot be made until")).to_be_visible()
    check_error_summary(page)
    check_page(page)


def test_a_row_is_added_by_keyboard_and_nothing_is_lost(writer):
    page = writer.page
    writer.opens("edit/")
    writer.answers("Legal", "Typed before.")
    page.get_by_role("button", name="Add another recommendation").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_recommendations-1-text")).to_be_focused()
    page.keyboard.type("Note the report.")
    page.keyboard.press("Tab")
    page.keyboard.type("Cabinet")
    page.keyboard.press("Enter")
    writer.sees_saved()
    preview = page.get_by_role("region", name="The report as it reads")
    expect(preview).to_contain_text("Cabinet: Note the report.")
    expect(preview).to_contain_text("Typed before.")


def test_two_people_at_once_see_both_texts(writer, world):
    page = writer.page
    writer.opens("edit/")
    writer.answers("Legal", "Mine.")
    other = with_role(a_user("Other writer"), world[1], Role.DEMOCRATIC_SERVICES)
    newer = world[2].document + "legal: Theirs.\n"
    save_report(report=world[2], title="Re-inspection", document=newer, expected_version=1, by=other)
    writer.saves()
    both = page.get_by_role("region", name="Two texts")
    expect(both).to_contain_text("Other writer saved it")
    expect(both).to_contain_text("Theirs.")
    expect(both).to_contain_text("Mine.")
    check_page(page)
    writer.saves()
    writer.sees_saved()
    expect(page.get_by_role("region", name="The report as it reads")).to_contain_text("Mine.")


def test_the_other_pages_are_sound(writer):
    for path in ("bind/", "source/"):
        writer.opens(path)
        check_page(writer.page)
    writer.page.get_by_role("button", name="Replace the report").click()
    check_error_summary(writer.page)


def test_it_works_without_scripts_and_prints_the_report_alone(browser, live_server, world):
    client = Client()
    client.force_login(world[0])
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    writer = Writer(page, live_server.url, world[2])
    writer.opens("edit/")
    page.get_by_role("button", name="Add another commitment").click()
    expect(page.get_by_role("group", name="Commitment 2")).to_be_visible()
    writer.answers("Legal", "Written without scripts.")
    writer.saves()
    expect(page.get_by_role("region", name="The report as it reads")).to_contain_text("Written without scripts.")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="What the checks caught")).to_be_hidden()
    expect(page.get_by_role("heading", name="Legal", exact=True)).to_be_visible()
    context.close()


def test_no_table_runs_past_the_margin_of_a_printed_page(writer):
    writer.opens()
    writer.page.emulate_media(media="print")
    writer.page.set_viewport_size({"width": 600, "height": 900})
    ends = writer.page.locator(".rf-preview table").evaluate_all("all => all.map(t => t.getBoundingClientRect().right)")
    assert ends
    assert max(ends) <= 600


def test_the_chart_keeps_its_size_on_a_phone_and_scrolls_by_itself(writer):
    writer.page.set_viewport_size({"width": 360, "height": 800})
    writer.opens()
    assert writer.page.locator(".rf-preview svg").bounding_box()["width"] >= 570
    assert writer.page.evaluate("document.documentElement.scrollWidth") <= 360
