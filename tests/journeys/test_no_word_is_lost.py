"""Saving that is never claimed too early and loses nothing: two tabs, an ended session, no network, a right ended."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from aboveline.records.actions.people import end_role
from aboveline.records.models import AuditEvent
from aboveline.records.queries.cases import answers_of
from tests.account_builders import code_of, with_app
from tests.journeys.checks import PHONE, Watch, check_page
from tests.journeys.test_case_form import Judging, shortened
from tests.records_builders import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
NOTE, STATE = "Note (Q1.1.1)", "[id='Q1.1.1-state']"
SAVED, UNSAVED = re.compile(r"^Saved \d\d:\d\d$"), "Not saved, still on this page"


@pytest.fixture
def judging(live_server, signed_in):
    return Judging(live_server, signed_in)


def note(page: Page):
    return page.get_by_label(NOTE)


def check_with_refusals(page: Page, **options) -> None:
    """As check_page, where the browser itself reports that a save was refused, which is what the journey is about."""
    refused = [text for text in Watch.over(page).complaints if "Failed to load resource" in text]
    Watch.over(page).complaints[:] = [text for text in Watch.over(page).complaints if text not in refused]
    check_page(shortened(page), **options)


@contextmanager
def answering(page: Page, handler):
    """While this lasts every save is answered by `handler(route)` in place of the server."""
    page.route("**/judge/", lambda route: handler(route) if route.request.method == "POST" else route.fallback())
    yield
    page.unroute("**/judge/")


class TestTwoTabs:
    def given_two_tabs(self, judging) -> tuple[Page, Page]:
        first = judging.given_anna_has_opened_the_case()
        second = first.context.new_page()
        second.goto(judging.address)
        judging.when_answered_by_key(first, "Q1.1.1", "s")
        judging.then_saved(first, "Q1.1.1")
        judging.when_answered_by_key(second, "Q1.1.1", "i")
        expect(second.locator(".cf-conflict")).to_contain_text("You saved another answer in another window (")
        return first, second

    def test_both_answers_are_shown_in_their_place_and_mine_can_be_used(self, judging):
        _, tab = self.given_two_tabs(judging)
        expect(tab.locator(STATE)).to_have_text("Not saved: there are two answers. Choose which stands.")
        check_with_refusals(tab)
        tab.get_by_label("What would have made it sufficient (Q1.1.1)").fill("Sooner")
        tab.get_by_label("Use mine, as it stands below").click()  # which takes the choice away
        expect(tab.locator(STATE)).to_have_text(SAVED)
        expect(tab.locator(".cf-conflict")).to_have_count(0)
        stored = judging.then_stored("Q1.1.1")
        assert (stored.answer, stored.improvement, stored.version) == ("insufficient", "Sooner", 2)

    def test_theirs_can_be_kept_and_changed_again(self, judging):
        _, tab = self.given_two_tabs(judging)
        tab.get_by_label("Keep theirs").click()
        expect(tab.locator(STATE)).to_have_text(re.compile("^Saved .* by Anna Bell"))
        expect(tab.locator("[id='Q1.1.1-answer']")).to_be_checked()
        assert judging.then_stored("Q1.1.1").version == 1
        note(tab).fill("and a note")
        expect(tab.locator(STATE)).to_have_text(SAVED)
        assert judging.then_stored("Q1.1.1").version == 2


class TestEndedSession:
    def given_an_ended_session_mid_sentence(self, judging) -> Page:
        page = judging.given_anna_has_opened_the_case()
        note(page).press_sequentially("The plan was writ")
        Session.objects.all().delete()
        note(page).press_sequentially("ten in June, and ")
        expect(page.get_by_role("dialog")).to_be_visible()
        expect(page.get_by_label("Password", exact=True)).to_be_visible()
        return page

    def when_signed_in_over_the_page(self, page, person, password=PASSWORD):
        page.get_by_label("Email address").fill(person.email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("dialog").get_by_role("button", name="Sign in", exact=True).click()

    def test_sign_in_over_the_page_goes_on_where_it_was(self, judging):
        page = self.given_an_ended_session_mid_sentence(judging)
        check_with_refusals(page)
        self.when_signed_in_over_the_page(page, judging.anna, "a wrong password")
        expect(page.get_by_role("dialog")).to_contain_text("The email address or the password is not right")
        self.when_signed_in_over_the_page(page, judging.anna)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(note(page)).to_be_focused()
        note(page).press_sequentially("reviewed.")
        expect(page.locator(STATE)).to_have_text(SAVED)
        stored = judging.then_stored("Q1.1.1")
        assert (stored.note, stored.author) == ("The plan was written in June, and reviewed.", judging.anna)

    def test_the_second_factor_is_asked_over_the_page_too(self, judging, settings):
        page = judging.given_anna_has_opened_the_case()
        secret, _codes = with_app(judging.anna)
        settings.SECOND_FACTOR_WAIVED = False
        note(page).press_sequentially("The plan was writ")
        Session.objects.all().delete()
        note(page).press_sequentially("ten in June, and ")
        self.when_signed_in_over_the_page(page, judging.anna)
        dialog, code = page.get_by_role("dialog"), page.get_by_label("Code", exact=True)
        expect(code).to_be_focused()
        check_with_refusals(page)
        code.fill("000000")
        dialog.get_by_role("button", name="Go on", exact=True).click()
        expect(dialog).to_contain_text("The code is not right, or it was used before")
        expect(code).to_be_focused()
        check_with_refusals(page, viewports=(PHONE,))
        expect(note(page)).to_have_value("The plan was written in June, and ")
        code.fill(code_of(secret))
        dialog.get_by_role("button", name="Go on", exact=True).click()
        expect(dialog).to_have_count(0)
        expect(note(page)).to_be_focused()
        note(page).press_sequentially("reviewed.")
        expect(page.locator(STATE)).to_have_text(SAVED)
        assert judging.then_stored("Q1.1.1").note == "The plan was written in June, and reviewed."

    def test_another_person_saves_nothing_of_it(self, judging):
        page = self.given_an_ended_session_mid_sentence(judging)
        self.when_signed_in_over_the_page(page, judging.ben)
        expect(page.locator("#cf-halted")).to_contain_text("Somebody else is signed in here now")
        expect(page.locator(STATE)).to_have_text(f"{UNSAVED}: somebody else is signed in here")
        expect(note(page)).to_have_value("The plan was written in June, and ")
        assert not AuditEvent.objects.filter(verb="judgement.saved", actor=judging.ben).exists()
        judging.signed_in(judging.anna)
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(STATE)).to_have_text(SAVED)
        assert judging.then_stored("Q1.1.1").author == judging.anna


HTML = {"content_type": "text/html", "body": "<h1>Welcome back</h1>"}
BARE = {"content_type": "application/vnd.aboveline.save+json", "body": '{"ok": true, "at": "10:42", "seen": {}}'}
PLAIN = {
    "content_type": "application/json",
    "body": '{"ok": true, "at": "10:42", "versions": {"Q1.1.1": 1}, "seen": {}}',
}
NO_CONFIRMATIONS = {
    "a page of 200": lambda route: route.fulfill(status=200, **HTML),
    "ok without versions": lambda route: route.fulfill(status=200, **BARE),
    "ok of another maker": lambda route: route.fulfill(status=200, **PLAIN),
    "a redirect": lambda route: route.fulfill(status=302, headers={"Location": "/"}),
    "no network": lambda route: route.abort(),
    **{str(n): lambda route, n=n: route.fulfill(status=n, **HTML) for n in (401, 403, 404, 409, 422, 500, 503)},
}


def test_no_answer_but_the_server_s_own_is_a_confirmation(judging):
    page = judging.given_anna_has_opened_the_case()
    for name, handler in NO_CONFIRMATIONS.items():
        with answering(page, handler):
            note(page).fill(f"sent into {name}")
            note(page).blur()
            expect(page.locator(STATE), name).to_have_text(UNSAVED)
            expect(page.locator("#cf-state"), name).to_have_text(UNSAVED)
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator(STATE), name).to_have_text(SAVED)
        assert judging.then_stored("Q1.1.1").note == f"sent into {name}"


def test_a_save_whose_answer_was_lost_has_one_effect(judging):
    page = judging.given_anna_has_opened_the_case()
    sent = []

    def lose(route):
        sent.append(route.request.post_data)
        route.fetch()
        route.abort()

    with answering(page, lose):
        note(page).fill("once")
        expect(page.locator(STATE)).to_have_text(UNSAVED)
        assert judging.then_stored("Q1.1.1").note == "once"
        note(page).fill("twice")  # meanwhile
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(STATE)).to_have_text(SAVED)
    stored = judging.then_stored("Q1.1.1")
    assert (stored.note, stored.version) == ("twice", 2)
    assert AuditEvent.objects.filter(verb="judgement.saved").count() == 2


def test_what_was_given_offline_is_saved_in_order_when_the_network_is_back(judging):
    page = judging.given_anna_has_opened_the_case()
    page.context.set_offline(True)
    for question, key in (("Q1.1.1", "s"), ("Q1.1.2", "i"), ("Q1.1.1", "i"), ("Q1.1.3", "s")):
        judging.when_answered_by_key(page, question, key)
    note(page).fill("written without a network")
    expect(page.locator("#cf-state")).to_have_text(re.compile("^Not saved"))
    check_with_refusals(page, viewports=(PHONE,))
    page.context.set_offline(False)
    for question in ("Q1.1.1", "Q1.1.2", "Q1.1.3"):
        judging.then_saved(page, question)
    rows = answers_of(judging.inspection.cases.get(number="C001"))
    assert {id: row.answer for id, row in rows.items()} == {
        "Q1.1.1": "insufficient", "Q1.1.2": "insufficient", "Q1.1.3": "sufficient",
    }  # fmt: skip
    assert rows["Q1.1.1"].note == "written without a network"
    events = AuditEvent.objects.filter(verb="judgement.saved").count()
    assert events == sum(row.version for row in rows.values())


def test_a_page_that_goes_sends_what_it_still_has(judging):
    page = judging.given_anna_has_opened_the_case()
    note(page).press_sequentially("last words")
    with page.expect_request(lambda request: request.method == "POST"):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.close(run_before_unload=False)
    judging.eventually(lambda: "Q1.1.1" in answers_of(judging.inspection.cases.get(number="C001")))
    assert judging.then_stored("Q1.1.1").note == "last words"


def test_a_right_that_ended_is_told_and_the_text_can_be_taken_along(judging, tmp_path):
    page = judging.given_anna_has_opened_the_case()
    end_role(held=judging.anna.service_roles.get(), by=judging.ben)
    note(page).fill("Must not be lost")
    expect(page.locator("#cf-halted")).to_contain_text("You may no longer save answers to this case.")
    expect(page.locator(STATE)).to_have_text(f"{UNSAVED}: you may no longer save here")
    check_with_refusals(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download what is not saved").click()
    download.value.save_as(tmp_path / "kept.txt")
    assert download.value.suggested_filename == "C001-not-saved.txt"
    assert "Note: Must not be lost" in Path(tmp_path / "kept.txt").read_text()
    expect(note(page)).to_have_value("Must not be lost")
    assert reverse("judge-case", args=[judging.inspection.pk, "C001"]) in page.url
