"""The lead looks at an assessor's first cases and says what is to be talked about; the assessor finds it."""

import pytest
from playwright.sync_api import expect

from tests.integration.web.test_quality_reads import NOTE, Week
from tests.journeys.checks import check_error_summary, check_page

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_whom_nobody_looked_at_to_the_assessor_s_home_page(live_server, signed_in):
    # given a week in which nobody has looked at anybody's first cases
    week = Week()
    page = signed_in(week.lead)
    page.goto(live_server.url + week.at("week"))
    page.get_by_role("link", name="Record an early quality read").click()
    check_page(page)
    page.get_by_role("link", name="Ira One").click()
    check_page(page)
    # when the lead says what is to be talked about
    page.get_by_label("To be talked about").check()
    page.get_by_role("button", name="Save").click()
    check_error_summary(page)
    check_page(page)
    page.get_by_label("Note for the assessor").fill(NOTE)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("table")).to_contain_text("To be talked about")
    # then the assessor is led to it from home
    page = signed_in(week.one)
    page.goto(live_server.url)
    page.get_by_role("link", name="Talk with Lee Leader about your first cases").click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    check_page(page)
