"""Judging a case in a browser: by keyboard, by phone, by two people at once, offline, and without scripts."""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from aboveline.domain.applicability import CASE_FACTS
from aboveline.records.models import Role
from aboveline.records.queries.cases import answers_of
from tests.inspection_builders import with_cases
from tests.journeys.checks import PHONE, check_error_summary, check_page
from tests.records_builders import PASSWORD, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db(transaction=True)


class Judging:
    """Steps of the journeys below."""

    def __init__(self, live_server, signed_in):
        service = a_service()
        self.anna = with_role(a_user("Anna Bell"), service)
        self.inspection = with_cases(an_inspection(service), self.anna, 2)
        self.ben = in_team(a_user("Ben Cole"), self.inspection, Role.INSPECTOR)
        self.address = live_server.url + reverse("judge-case", args=[self.inspection.pk, "C001"])
        self.signed_in = signed_in

    def given_anna_has_opened_the_case(self) -> Page:
        page = self.signed_in(self.anna)
        page.goto(self.address)
        return page

    def given_ben_has_opened_it_too(self, browser, **options) -> Page:
        client = Client()
        client.force_login(self.ben)
        cookie = next(iter(client.cookies.values()))
        context = browser.new_context(**options)
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        page = context.new_page()
        page.goto(self.address)
        return page

    def when_answered_by_key(self, page, question, key):
        page.locator(f"[id='{question}-answer']").focus()
        page.keyboard.press(key)

    def given_saves_are_held_up(self, page):
        """Hold every save back, so that what the page says meanwhile does not depend on how fast the machine is."""
        held = []

        def hold(route):
            held.append(route) if route.request.method == "POST" else route.continue_()

        page.route("**/judge/", hold)
        return held

    def when_saves_go_on(self, page, held):
        for route in list(held):
            route.continue_()
        page.unroute("**/judge/")  # which lets through by itself what came in between

    def then_saved(self, page, question):
        expect(page.locator(f"[id='{question}-state']")).to_have_text(re.compile(r"Saved \d\d:\d\d"))

    def eventually(self, true, seconds=20):
        until = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < until
            time.sleep(0.1)

    def then_stored(self, question):
        return answers_of(self.inspection.cases.get(number="C001"))[question]


def shortened(page: Page) -> Page:
    """The page with two criteria of its eight: the others repeat the same markup, and checking them all takes long."""
    page.evaluate("[...document.querySelectorAll('.cf-criterion')].slice(2).forEach(criterion => criterion.remove())")
    return page


@pytest.fixture
def judging(live_server, signed_in):
    return Judging(live_server, signed_in)


def test_answers_by_key_are_saved_as_they_are_given(judging):
    page = judging.given_anna_has_opened_the_case()
    judging.when_answered_by_key(page, "Q1.1.1", "s")
    judging.then_saved(page, "Q1.1.1")
    judging.when_answered_by_key(page, "Q1.1.2", "i")
    held = judging.given_saves_are_held_up(page)
    page.get_by_label("What would have made it sufficient (Q1.1.2)").fill("Within five days")
    # although the answer itself was saved
    expect(page.locator("[id='Q1.1.2-state']")).to_have_text(re.compile("^(Not saved yet|Saving)"))
    page.wait_for_timeout(1500)  # long enough for the page to try to save
    judging.when_saves_go_on(page, held)
    expect(page.locator("#cf-progress")).to_have_text("2 of 92 questions that apply, or may, are answered.")
    judging.then_saved(page, "Q1.1.2")
    expect(page.locator("#cf-state")).to_have_text(re.compile("^Saved"))
    page.reload()
    expect(page.get_by_label("What would have made it sufficient (Q1.1.2)")).to_have_value("Within five days")
    judging.when_answered_by_key(page, "Q1.1.1", "x")
    judging.then_saved(page, "Q1.1.1")
    assert judging.then_stored("Q1.1.1").answer == "not_answered"


def test_single_keys_are_switched_off_beside_the_form_and_on_again_on_the_account(judging, live_server):
    page = judging.given_anna_has_opened_the_case()
    page.get_by_role("button", name="Switch single keys off").click()
    expect(page.get_by_text("No single key gives an answer: you switched that off")).to_be_visible()
    for key in "sinx":
        judging.when_answered_by_key(page, "Q1.1.1", key)
    expect(page.locator("[id='Q1.1.1'] input[type=radio][value='']")).to_be_checked()
    expect(page.locator("#cf-state")).to_have_text("Nothing saved yet")
    page.keyboard.press("Space")  # the browser's own keys go on as they were
    judging.then_saved(page, "Q1.1.1")
    assert judging.then_stored("Q1.1.1").answer == "sufficient"
    page.goto(live_server.url + reverse("account"))
    check_page(page)
    page.get_by_role("button", name="Switch single keys on").click()
    expect(page.get_by_text("Single keys give answers again")).to_be_visible()
    page.goto(judging.address)
    judging.when_answered_by_key(page, "Q1.1.1", "i")
    judging.then_saved(page, "Q1.1.1")
    assert judging.then_stored("Q1.1.1").answer == "insufficient"


def test_facts_decide_at_once_what_applies(judging):
    page = judging.given_anna_has_opened_the_case()
    plan = page.locator("[id='Q1.1.9'] .cf-radios")
    expect(plan).to_be_visible()
    page.select_option("#fact-rosh_recorded-option", "low")
    expect(plan).to_be_visible()  # what the file says is not enough
    page.select_option("#fact-rosh_should_be-option", "low")
    expect(plan).to_be_hidden()
    expect(page.locator("#fact-rosh_should_be .cf-state")).to_have_text(re.compile("^Saved"))
    assert judging.then_stored("Q1.1.9").reason == CASE_FACTS
    page.get_by_text("Q1.1.9 Was a plan").first.click()
    page.get_by_label("Note (Q1.1.9)").fill("It was needed all the same")
    judging.when_answered_by_key(page, "Q1.1.9", "i")
    judging.then_saved(page, "Q1.1.9")
    page.select_option("#fact-rosh_should_be-option", "high")
    expect(page.locator("[id='Q1.1.9']")).to_have_attribute("data-applies", "yes")


def test_not_applicable_waits_for_its_reason_and_save_leads_to_it(judging):
    page = judging.given_anna_has_opened_the_case()
    judging.when_answered_by_key(page, "Q1.1.1", "n")
    expect(page.locator("[id='Q1.1.1-state']")).to_have_text("Not saved yet: choose why it does not apply.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check_error_summary(page)
    page.get_by_label("Why it does not apply (Q1.1.1)").select_option("too_early")
    judging.then_saved(page, "Q1.1.1")


def test_nothing_is_called_saved_before_the_server_said_so(judging):
    page = judging.given_anna_has_opened_the_case()
    page.context.set_offline(True)
    judging.when_answered_by_key(page, "Q1.1.1", "s")
    expect(page.locator("#cf-state")).to_have_text("Not saved, still on this page")
    assert not judging.inspection.cases.filter(assessment__isnull=False).exists()
    page.context.set_offline(False)
    judging.then_saved(page, "Q1.1.1")
    assert judging.then_stored("Q1.1.1").version == 1


def test_signed_out_nothing_typed_is_lost(judging):
    page = judging.given_anna_has_opened_the_case()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.context.add_cookies([cookie for cookie in cookies if cookie["name"] != "sessionid"])
    page.get_by_label("Note (Q1.1.1)").fill("seen on file")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#cf-state")).to_contain_text("you are signed out")
    expect(page.get_by_label("Note (Q1.1.1)")).to_have_value("seen on file")
    judging.signed_in(judging.anna)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#cf-state")).to_have_text(re.compile(r"^Saved \d\d:\d\d"))
    assert judging.then_stored("Q1.1.1").note == "seen on file"


def test_two_people_at_once_see_both_answers_and_choose(judging, browser, browser_context_args):
    page = judging.given_anna_has_opened_the_case()
    other = judging.given_ben_has_opened_it_too(browser, **browser_context_args)
    judging.when_answered_by_key(page, "Q1.1.1", "s")
    judging.then_saved(page, "Q1.1.1")
    judging.when_answered_by_key(other, "Q1.1.1", "i")
    expect(other.locator("[id='Q1.1.1-state']")).to_contain_text("Not saved: there are two answers")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator(".cf-conflict")).to_contain_text("Anna Bell saved another answer")
    check_error_summary(other)
    check_page(shortened(other))
    other.get_by_label("Use mine, as it stands below").check()
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator("#cf-state")).to_contain_text("by Ben Cole")
    assert judging.then_stored("Q1.1.1").answer == "insufficient"
    other.context.close()


def test_the_form_is_accessible_to_its_last_question(judging):
    """Once whole, at one width for the time it takes: every control named, no id twice."""
    check_page(judging.given_anna_has_opened_the_case(), viewports=(PHONE,))


def test_without_scripts_on_a_phone_the_whole_page_is_saved(judging, browser, browser_context_args):
    options = {**browser_context_args, "viewport": PHONE, "java_script_enabled": False}
    page = judging.given_ben_has_opened_it_too(browser, **options)
    page.locator("[id='Q1.1.1'] label", has_text="Insufficient").click()
    page.get_by_label("What would have made it sufficient (Q1.1.1)").fill("A screening")
    page.get_by_role("button", name="Save section 1").click()
    assert page.url.endswith("#section-1")
    expect(page.locator("#cf-state")).to_contain_text("by Ben Cole")
    assert judging.then_stored("Q1.1.1").improvement == "A screening"
    page.context.close()


def test_a_form_sent_signed_out_comes_back_after_sign_in_and_is_sent_again(judging, page, live_server):
    def sign_in():
        page.get_by_label("Email address").fill(judging.anna.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

    page.goto(live_server.url + reverse("set-up-inspection"))
    sign_in()
    page.get_by_label("Local audit: your own people").check()
    page.get_by_label("Day", exact=True).first.fill("31")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    check_page(page)
    sign_in()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your form is back")
    check_page(page)
    page.get_by_role("button", name="Send the form").click()
    expect(page.get_by_label("Local audit: your own people")).to_be_checked()
    expect(page.get_by_label("Day", exact=True).first).to_have_value("31")
    check_error_summary(page)


def test_the_list_of_cases_and_the_import_are_accessible(judging, live_server):
    page = judging.given_anna_has_opened_the_case()
    page.get_by_role("link", name="Cases", exact=True).click()
    check_page(page)
    page.get_by_role("link", name="Import judgements from a file").click()
    check_page(page)
    page.get_by_role("button", name="Look at the file").click()
    check_error_summary(page)
    faulty = {"name": "j.csv", "mimeType": "text/csv", "buffer": b"case,question,answer\nC001,Q9,maybe\n"}
    page.get_by_label("File of judgements").set_input_files(faulty)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("table")).to_contain_text("is not an answer")
    check_error_summary(page)
    check_page(page)
    good = {**faulty, "buffer": b"case,question,answer\nC002,Q1.1.1,yes\n"}
    page.get_by_label("File of judgements").set_input_files(good)
    page.get_by_role("button", name="Look at the file").click()
    check_page(page)
    page.get_by_role("button", name="Save these judgements").click()
    expect(page.get_by_text("1 answer saved")).to_be_visible()
