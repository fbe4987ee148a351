"""The components, the form controls and the error pages as a browser shows them; and that the checks can fail."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import conftest
from tests.journeys.checks import Watch, check_error_summary, check_page


@pytest.fixture(autouse=True)
def _gallery(settings):
    settings.ROOT_URLCONF = "tests.journeys.gallery"


def test_every_component_is_accessible_and_fits_a_phone(page: Page, live_server):
    page.goto(live_server.url)
    check_page(page)


def test_a_chart_is_named_and_its_figures_can_be_opened(page: Page, live_server):
    page.goto(live_server.url)
    picture = page.get_by_role("img", name="Safeguarding: score on the bands")
    expect(picture).to_be_visible()
    figures = page.get_by_role("table", name="Safeguarding: score on the bands")
    expect(figures).to_be_hidden()
    page.get_by_text("The figures in this chart: Safeguarding: score").click()
    expect(figures.get_by_role("row", name="Average 67")).to_be_visible()


def test_a_table_sorts_by_link_without_scripts(browser, browser_context_args, live_server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    first = page.locator("#criteria tbody tr").first
    expect(first).to_contain_text("2.1")
    page.get_by_role("link", name="2010", exact=True).click()
    assert re.search(r"\?sort=-score#criteria$", page.url)
    expect(first).to_contain_text("2.3")
    expect(page.locator("#criteria tbody tr").last).to_contain_text("Not scored")
    context.close()


def test_a_form_sent_empty_leads_to_each_wrong_input(page: Page, live_server):
    page.goto(f"{live_server.url}/form/")
    check_page(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator(".govuk-error-summary__list a")).to_have_count(9)
    check_error_summary(page)
    check_page(page)


def test_the_wrong_part_of_a_date_gets_the_focus(page: Page, live_server):
    page.goto(f"{live_server.url}/form/")
    page.get_by_label("Day").fill("14")
    page.get_by_label("Year").fill("2009")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Fieldwork began must include a month").click()
    expect(page.get_by_label("Month")).to_be_focused()


@pytest.mark.parametrize("address", ["nowhere/", "refused/", "fault/"])
def test_error_pages_are_accessible_and_offer_a_way_on(page: Page, live_server, address):
    page.goto(f"{live_server.url}/{address}")
    check_page(page)
    page.get_by_role("link", name="Go to the home page").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("September 2010")


def test_the_keyboard_reaches_the_content_first(page: Page, live_server):
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_checks_find_what_is_wrong_on_a_bad_page(page: Page, live_server):
    page.goto(f"{live_server.url}/bad-page/")
    with pytest.raises(AssertionError) as found:
        check_page(page)
    for fault in ("axe at 1280: label", "console: ", "style-src", "pixels wide at 320"):
        assert fault in str(found.value)


def test_asking_for_something_elsewhere_is_stopped_and_noted(page: Page, live_server):
    page.goto(live_server.url)
    page.evaluate("window.open && fetch('https://example.org/elsewhere.json').catch(() => 0)")
    page.goto("about:blank")
    watch = Watch.over(page)
    assert watch.complaints  # the policy of the page refuses it before the network is asked
    with pytest.raises(Exception, match="ERR_FAILED"):
        page.goto("https://example.org/")
    assert watch.asked_outside == ["https://example.org/"]
    watch.asked_outside.clear()


def test_a_broken_error_link_is_found(page: Page, live_server):
    page.goto(f"{live_server.url}/bad-link/")
    with pytest.raises(AssertionError, match="leads to"):
        check_error_summary(page)


def test_a_missing_browser_fails_with_the_line_that_installs_it(tmp_path):
    with pytest.raises(pytest.fail.Exception, match=r"apt-get install .*chromium"):
        conftest.chromium(tmp_path / "none")
