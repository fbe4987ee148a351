"""From home to the judgement of one case and back, as a head of service's eye and fingers go."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from aboveline.records.models import Role
from tests.inspection_builders import a_pair
from tests.journeys.checks import check_error_summary, check_page
from tests.records_builders import a_service, a_user, an_inspection, with_role

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwll and the Vale of Somewhere Combined Youth Justice Service"


@pytest.fixture
def service():
    return a_service(name=LONG, area="Sefton", slug="sefton")


@pytest.fixture
def manager(service):
    return with_role(with_role(a_user(), service), service, Role.HEAD_OF_SERVICE)


class Journey:
    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def given_home(self):
        self.page.goto(self.address)
        self.then_heading("Home")

    def when_follows(self, name, exact=False):
        self.page.get_by_role("main").get_by_role("link", name=name, exact=exact).first.click()

    def when_goes_up(self, name):
        self.page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name=name).click()

    def then_heading(self, words):
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)
        check_page(self.page)


@pytest.fixture
def journey(manager, signed_in, live_server):
    return Journey(signed_in(manager), live_server.url)


def test_from_home_down_to_a_case_and_back(journey, manager, service):
    a_pair(manager, service, cases=3)
    journey.given_home()
    journey.when_follows("September 2010 re-inspection", exact=True)
    journey.then_heading("September 2010 re-inspection")
    journey.when_follows(re.compile(r"^2\.1 "))
    journey.then_heading("2.1 Protecting the public")
    journey.when_follows(re.compile(r"reviewed|review", re.I))
    journey.then_heading("?")
    journey.when_follows("C002", exact=True)
    journey.then_heading("C002")
    journey.page.get_by_role("button", name="Show the service’s own reference").click()
    expect(journey.page.get_by_text(re.compile(r"^REF\d{4}$"))).to_be_visible()
    journey.when_goes_up("September 2010 re-inspection")
    journey.when_goes_up(LONG)
    journey.then_heading("Llanfair")
    journey.when_follows("Audit trail")
    journey.then_heading("Audit trail")
    expect(journey.page.locator("#trail").get_by_text("was shown a case’s own reference").first).to_be_visible()


def test_an_inspection_is_set_up_with_its_errors_put_right(journey):
    journey.given_home()
    journey.when_follows("Set up an inspection")
    page = journey.page
    page.get_by_role("button", name="Set up").click()
    check_error_summary(page)
    check_page(page)
    page.get_by_label("Local audit: your own people").check()
    page.get_by_label("Core Case Inspection of youth offending work").check()
    for part, value in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        page.get_by_role("group", name="First day of fieldwork").get_by_label(part).fill(value)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("Next, upload the case list")).to_be_visible()
    journey.then_heading("November 2026 local audit")
    journey.when_goes_up(LONG)
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Inspect").click()
    journey.then_heading("Inspections")


def test_two_people_record_the_first_plan(journey, manager, service, live_server):
    again = an_inspection(service, kind="reinspection", original=an_inspection(service), held_on="2010-09-13")
    page = journey.page
    page.goto(f"{live_server.url}/inspections/{again.pk}/first-plan/")
    page.get_by_role("button", name="Save").click()
    check_error_summary(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Carried out", exact=True).check()
    other.get_by_role("button", name="Save").click()
    page.get_by_label("Partly carried out").check()
    page.get_by_label("What shows it").fill("Two of five actions done")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not saved: another value was saved")).to_be_visible()
    expect(page.get_by_label("What shows it")).to_have_value("Two of five actions done")
    check_page(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: what was found of the first plan")).to_be_visible()


def test_an_area_is_compared_as_at_a_day(journey, live_server):
    page = journey.page
    page.goto(f"{live_server.url}/compare/")
    journey.then_heading("Compare an area")
    page.get_by_role("button", name="Compare").click()
    check_error_summary(page)
    check_page(page)
    page.get_by_label("Name of the area").fill("Sefton")
    page.get_by_label("‘Safeguarding’ work").fill("75")
    for part, value in (("Day", "18"), ("Month", "1"), ("Year", "2011")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("The printed tables").check()
    page.get_by_role("button", name="Compare").click()
    journey.then_heading("Sefton beside the others")
    expect(page.get_by_text("No rank and no quartile: a printed table").first).to_be_visible()
    page.get_by_label("own published scores").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("in the programme")).to_be_visible()
    check_page(page)


def test_reference_pages(journey, live_server):
    for path, heading in (
        ("frameworks/", "Frameworks"),
        ("frameworks/cci-2009/", "Core Case Inspection"),
        ("accessibility/", "Accessibility statement"),
    ):
        journey.page.goto(f"{live_server.url}/{path}")
        journey.then_heading(heading)


@pytest.fixture
def without_scripts(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context
    context.close()


def test_the_inspection_page_works_without_scripts_and_prints(without_scripts, manager, service, live_server):
    _first, second = a_pair(manager, service, cases=3)
    client = Client()
    client.force_login(manager)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    without_scripts.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = without_scripts.new_page()
    page.goto(f"{live_server.url}/inspections/{second.pk}/")
    page.locator("#criteria").get_by_role("link", name="Improvement required").click()
    expect(page.locator("#criteria [aria-sort=ascending]")).to_have_text("Improvement required")
    page.get_by_label("Criterion", exact=True).select_option("1.1")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#questions tbody tr")).to_have_count(14)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Menu")).to_be_hidden()
    expect(page.locator("#criteria")).to_be_visible()
