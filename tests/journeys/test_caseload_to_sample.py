"""From a case list to a sample: a quality manager uploads it, a lead inspector draws and replaces, anyone checks."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from aboveline.exchange import tables
from aboveline.exchange.table_parsers import parse
from aboveline.records.models import Role
from tests.caseload_builders import a_caseload, csv_of, rows_of
from tests.journeys.checks import check_error_summary, check_page
from tests.records_builders import a_service, a_user, an_inspection, in_team, with_role

FAULTS = Path(__file__).parents[1] / "fixtures" / "caseloads" / "twenty-faults.csv"


@pytest.fixture(autouse=True)
def _parse_in_this_process(monkeypatch):
    """The confined child is proved in test_tables; here it would only cost time."""
    monkeypatch.setattr(tables, "run_limited", lambda target, data: parse(data))


@pytest.fixture
def inspection(transactional_db):
    return an_inspection(a_service(), held_on=date(2010, 6, 1))


@pytest.fixture
def person(inspection):
    """Quality manager of the service and lead inspector of the inspection, to walk the whole way."""
    return in_team(with_role(a_user("Alex Morgan"), inspection.service), inspection, Role.LEAD_INSPECTOR)


@pytest.fixture
def work(inspection, person, signed_in, live_server, tmp_path):
    return Work(signed_in(person), f"{live_server.url}/inspections/{inspection.pk}/", tmp_path)


def a_list(number=60) -> bytes:
    return csv_of(rows_of(a_caseload(number)))


class Work:
    """What a person does and sees on the way."""

    def __init__(self, page: Page, address: str, folder: Path) -> None:
        self.page, self.address, self.folder = page, address, folder

    def heading(self, words):
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def given_the_case_list_page(self):
        self.page.goto(f"{self.address}caseload/")
        self.heading("Case list")

    def given_a_confirmed_list(self, data):
        self.given_the_case_list_page()
        self.when_a_file_is_uploaded(data)
        self.press("Read the list")
        self.press("Put the list on record")

    def given_a_sample(self):
        self.given_a_confirmed_list(a_list())
        self.page.goto(f"{self.address}sample/")
        self.press("Draw the sample")

    def when_a_file_is_uploaded(self, data, name="list.csv"):
        file = self.folder / name
        file.write_bytes(data)
        self.page.get_by_label("Case list").set_input_files(file)
        self.press("Upload and look at it")

    def then_the_page_is_right(self, words):
        self.heading(words)
        check_page(self.page)


def test_a_list_with_twenty_faults_is_told_whole_and_a_corrected_one_goes_on_record(work):
    work.given_the_case_list_page()
    check_page(work.page)
    work.when_a_file_is_uploaded(FAULTS.read_bytes())
    work.then_the_page_is_right("Which column holds what?")
    work.press("Read the list")
    work.then_the_page_is_right("The uploaded list")
    expect(work.page.get_by_text("20 problems in 20 rows to put right")).to_be_visible()
    work.page.get_by_role("link", name="Row", exact=True).click()
    work.page.get_by_role("button", name="Upload a corrected file").click()
    work.when_a_file_is_uploaded(a_list())
    work.press("Read the list")
    work.then_the_page_is_right("The uploaded list")
    work.press("Put the list on record")
    work.then_the_page_is_right("Case list")
    expect(work.page.get_by_text("60 cases on record, of which 60 can be drawn.")).to_be_visible()


def test_long_work_says_so_at_once_and_moves(work):
    work.given_the_case_list_page()
    work.page.locator("form[data-busy]").dispatch_event("submit")
    expect(work.page.get_by_text("Reading the list. This takes a few seconds.")).to_be_visible()
    expect(work.page.get_by_role("progressbar", name="Reading the list.")).to_be_visible()
    check_page(work.page)


def test_a_refused_file_and_a_column_chosen_twice_lead_to_their_inputs(work):
    work.given_the_case_list_page()
    work.press("Upload and look at it")
    check_error_summary(work.page)
    work.when_a_file_is_uploaded(b"<html><table></table></html>", "list.xlsx")
    check_error_summary(work.page)
    check_page(work.page)
    work.when_a_file_is_uploaded(a_list())
    work.page.get_by_label("Sex").select_option("age")
    work.press("Read the list")
    check_error_summary(work.page)
    check_page(work.page)


def test_the_size_is_weighed_the_sample_drawn_and_a_case_replaced(work):
    work.given_a_confirmed_list(a_list())
    work.page.get_by_role("link", name="Go on to the sample").click()
    work.then_the_page_is_right("Sample")
    work.page.locator("#calculator").get_by_label("Number of cases").fill("0")
    work.press("Show what it buys")
    check_error_summary(work.page)
    work.page.locator("#calculator").get_by_label("Number of cases").fill("30")
    work.press("Show what it buys")
    expect(work.page.get_by_text("With 30 of 60 cases")).to_be_visible()
    work.press("Draw the sample")
    work.then_the_page_is_right("Sample")
    expect(work.page.get_by_text("The sample is drawn and on record")).to_be_visible()
    assert work.page.locator("#sample tbody tr").count() == 30
    work.page.get_by_role("link", name="Replace C").first.click()
    work.press("Replace the case")
    check_error_summary(work.page)
    check_page(work.page)
    work.page.get_by_label("The case file cannot be had in time").check()
    work.page.get_by_label("What happened?").fill("The archive was flooded.")
    work.press("Replace the case")
    expect(work.page.locator("#replaced")).to_contain_text("The archive was flooded.")


def test_references_are_shown_on_request(work):
    work.given_a_sample()
    expect(work.page.get_by_text("The service's reference")).to_have_count(0)
    work.press("Show the service's own references")
    expect(work.page.get_by_role("link", name="The service's reference")).to_be_visible()
    check_page(work.page)


def test_the_certificate_is_checked_by_keyboard_and_downloaded(work):
    work.given_a_sample()
    work.page.get_by_role("link", name="Certificate of this draw").focus()
    work.page.keyboard.press("Enter")
    work.then_the_page_is_right("Certificate of a draw")
    work.page.get_by_role("button", name="Check this draw").focus()
    work.page.keyboard.press("Enter")
    expect(work.page.get_by_text("the same cases and the same reserves came out")).to_be_visible()
    with work.page.expect_download() as download:
        work.page.get_by_role("link", name="Download the certificate (JSON)").click()
    assert download.value.suggested_filename == "certificate.json"


def test_without_scripts_the_whole_way_can_be_walked(work, browser, live_server):
    cookies = work.page.context.cookies()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    context.add_cookies(cookies)
    bare = Work(context.new_page(), work.address, work.folder)
    bare.given_a_sample()
    expect(bare.page.locator("#sample tbody tr").first).to_be_visible()
    context.close()
