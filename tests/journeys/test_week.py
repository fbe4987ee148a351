"""A lead inspector, a head of service and a case manager arrange a week together."""

from datetime import date

import pytest
from playwright.sync_api import expect

from aboveline.records.models import Allocation, PlannedInterview, ReplacementRequest, Role
from tests.integration.web.test_week import Week
from tests.journeys.checks import check_error_summary, check_page
from tests.records_builders import a_user, with_role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def week(live_server):
    made = Week(count=8)
    made.url = lambda name, *more: live_server.url + made.at(name, *more)
    made.manager = with_role(a_user("Cas Manager"), made.service, Role.CASE_MANAGER, staff_code="CM-1")
    return made


def test_the_lead_shares_out_and_arranges_and_everybody_sees_their_own(week, signed_in):
    # given an inspection with a sample and a team
    page = signed_in(week.lead)
    page.goto(week.url("week"))
    check_page(page)
    # when the lead takes the proposal and changes one case by hand
    page.get_by_role("link", name="Who reads which case").click()
    page.get_by_role("button", name="Allocate the cases").click()
    page.get_by_role("button", name="Propose").click()
    check_page(page)
    page.get_by_role("combobox").first.select_option(label="Ira One")
    page.get_by_role("button", name="Put it on record").click()
    # then every case has a reader
    expect(page.get_by_text("Every case has somebody to read it")).to_be_visible()
    check_page(page)
    assert Allocation.objects.filter(ended_at=None).count() == 6
    # and when somebody is away on Monday morning, the interviews go round it
    page.goto(week.url("interview-absences"))
    page.get_by_label("Who is away?").select_option(label="Ira One")
    for part, value in (("Day", "30"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("From").fill("9:00")
    page.get_by_role("button", name="Add", exact=True).click()
    check_error_summary(page)
    page.get_by_label("To", exact=True).fill("13:00")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Ira One: 30 November 2026, 09:00 to 13:00").first).to_be_visible()
    check_page(page)
    page.goto(week.url("arrange-interviews"))
    page.get_by_role("button", name="Propose a timetable").click()
    check_page(page)
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_text("The interview timetable is on record")).to_be_visible()
    check_page(page)
    held = PlannedInterview.objects.filter(day=date(2026, 11, 30), assessors=week.one)
    assert all(one.starts.hour >= 13 for one in held)
    # and the case manager finds their own
    page = signed_in(week.manager)
    page.goto(week.url("interviews"))
    page.locator("#main").get_by_role("link", name="Cas Manager").click()
    expect(page.get_by_role("heading", name="Interviews of Cas Manager")).to_be_visible()
    check_page(page)


def test_the_service_asks_for_a_case_to_be_replaced_and_the_lead_decides(week, signed_in):
    # given a head of service who knows that an order is going elsewhere
    page = signed_in(week.head)
    page.goto(week.url("sample"))
    page.get_by_role("link", name="Replace").first.click()
    page.get_by_role("button", name="Ask").click()
    check_error_summary(page)
    check_page(page)
    page.get_by_label("The case was transferred to another area").check()
    page.get_by_label("What happened?").fill("It goes to Northtown this week")
    # when they ask, and the lead agrees from the home page
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("To be answered by")).to_be_visible()
    check_page(page)
    page = signed_in(week.lead)
    page.goto(week.url("week").split("/inspections")[0])
    page.get_by_role("link", name="Answer whether case").click()
    page.get_by_label("Agreed").check()
    page.get_by_label("Why?").fill("Seen on the record")
    page.get_by_role("button", name="Answer").click()
    check_page(page)
    page.get_by_label("Replaced by the next reserve").check()
    page.get_by_label("Why?").fill("Both agree")
    page.get_by_role("button", name="Decide").click()
    # then the next reserve is in the sample
    expect(page.get_by_text("Replaced by the next reserve").first).to_be_visible()
    assert ReplacementRequest.objects.get().drawn.replaced_by.place == "sample"


def test_plan_time_and_meeting_pages_are_sound_with_a_conflict_between_two_tabs(week, signed_in):
    page = signed_in(week.lead)
    for name in (
        "plan",
        "interview-week",
        "new-meeting",
        "new-recommendation",
        "meetings",
        "new-supply",
        "replacements",
    ):
        page.goto(week.url(name))
        check_page(page)
    # given two tabs with the plan
    page.goto(week.url("plan"))
    other = page.context.new_page()
    other.goto(week.url("plan"))
    other.get_by_label("Cases to be drawn").fill("6")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("The plan is saved")).to_be_visible()
    # when the first saves another value
    page.get_by_label("Cases to be drawn").fill("5")
    page.get_by_role("button", name="Save").click()
    # then both stand there, and one's own is still in the form
    expect(page.get_by_text("Nothing you wrote is lost")).to_be_visible()
    expect(page.get_by_label("Cases to be drawn")).to_have_value("5")
    check_page(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The plan is saved")).to_be_visible()
