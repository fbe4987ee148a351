"""Invited, account made, second factor set up, signed in, sessions seen and ended: in a browser, each page checked."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from aboveline.domain.roles import Role
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.models import Conflict
from tests.account_builders import code_of, sign_in
from tests.journeys.checks import check_error_summary, check_page
from tests.letter_builders import letters_leave
from tests.records_builders import a_service, a_user, with_role

PASSWORD = "a heron on the weir"


@pytest.fixture(autouse=True)
def _required(settings, live_server):
    settings.SECOND_FACTOR_WAIVED = False
    settings.SITE_ADDRESS = live_server.url
    cache.clear()


@pytest.fixture
def head(transactional_db, settings):
    """A head of service who is past their own second factor: here it is the newcomer's that is looked at."""
    return with_role(a_user("Harriet Head"), a_service(slug="exampleshire"), Role.HEAD_OF_SERVICE)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def invited(page: Page, live_server) -> str:
    """Invite a quality manager, with a mistake on the way; return the letter's link."""
    page.goto(f"{live_server.url}/services/exampleshire/people/")
    check_page(page)
    page.get_by_role("link", name="Invite somebody").click()
    press(page, "Send the invitation")
    check_error_summary(page)
    check_page(page)
    page.get_by_label("Their email address at work").fill("new@example.org")
    page.get_by_label("Quality manager").check()
    press(page, "Send the invitation")
    expect(page.get_by_role("main")).to_contain_text("new@example.org is invited")
    check_page(page)
    page.get_by_role("link", name="Letters that were sent or wait").click()
    expect(page.get_by_role("main")).to_contain_text("On its way since")
    check_page(page)
    letters_leave()
    return re.search(r"http://\S+/invitation/\S+", mail.outbox[0].body)[0]


def account_made(page: Page, link: str) -> None:
    page.goto(link)
    heading(page, "You are invited")
    check_page(page)
    page.get_by_label("Your name").fill("Nell Newcomer")
    page.get_by_label("New password", exact=True).fill("short")
    press(page, "Make my account")
    check_error_summary(page)
    check_page(page)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    press(page, "Make my account")
    heading(page, "Sign in")


def signed_in_by_hand(page: Page) -> None:
    page.get_by_label("Email address").fill("new@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def second_factor_set_up(page: Page) -> str:
    heading(page, "Set up a second factor")
    check_page(page)
    secret = page.locator(".ab-secret").inner_text().replace(" ", "")
    page.get_by_label("Code that the app shows now").fill("000000")
    press(page, "Set it up")
    check_error_summary(page)
    assert page.locator(".ab-secret").inner_text().replace(" ", "") == secret
    page.get_by_label("Code that the app shows now").fill(code_of(secret, -1))
    press(page, "Set it up")
    heading(page, "Your recovery codes")
    expect(page.locator(".ab-codes li")).to_have_count(10)
    check_page(page)
    page.get_by_role("link", name="I have kept them").click()
    return secret


def test_from_an_invitation_to_a_session_list(page: Page, live_server, signed_in, head, settings):
    settings.SECOND_FACTOR_WAIVED = True
    link = invited(signed_in(head), live_server)
    settings.SECOND_FACTOR_WAIVED = False
    page.context.clear_cookies()
    account_made(page, link)
    signed_in_by_hand(page)
    secret = second_factor_set_up(page)
    press(page, "Sign out")
    signed_in_by_hand(page)
    heading(page, "Enter a code")
    check_page(page)
    press(page, "Go on")
    check_error_summary(page)
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    press(page, "Go on")
    page.get_by_role("link", name="Nell Newcomer").click()
    heading(page, "Your account")
    expect(page.get_by_role("cell", name="This one")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("An authenticator app")
    check_page(page)


def test_a_session_about_to_end_warns_and_is_renewed(page: Page, live_server, signed_in, head, settings):
    settings.SECOND_FACTOR_WAIVED = True
    settings.SESSION_WARN_SECONDS = settings.SESSION_IDLE_SECONDS - 2
    page = signed_in(head)
    page.goto(f"{live_server.url}/account/")
    expect(page.get_by_role("dialog", name="You will soon be signed out")).to_be_visible()
    check_page(page)
    settings.SESSION_WARN_SECONDS = 60
    with page.expect_response("**/account/session/") as answered:
        press(page, "Stay signed in")
    assert answered.value.json()["ok"] is True
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_session_that_ended_says_so_on_the_page_that_was_left(page: Page, live_server, signed_in, head, settings):
    settings.SECOND_FACTOR_WAIVED = True
    settings.SESSION_WARN_SECONDS = settings.SESSION_IDLE_SECONDS - 3
    page = signed_in(head)
    page.goto(f"{live_server.url}/account/conflicts/")
    page.get_by_label("What somebody who allocates cases needs to know").fill("half a sentence")
    page.context.clear_cookies()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("You are signed out")
    check_page_but_for_the_refusal(page)
    press(page, "Back to the page")
    expect(page.get_by_label("What somebody who allocates cases needs to know")).to_have_value("half a sentence")


def check_page_but_for_the_refusal(page: Page) -> None:
    """The browser's console tells of the 401 that was asked for; nothing else may be wrong."""
    from tests.journeys.checks import Watch

    watch = Watch.over(page)
    watch.complaints[:] = [text for text in watch.complaints if "401" not in text]
    check_page(page)


def test_people_and_conflicts_at_any_width(page: Page, live_server, signed_in, head, settings):
    settings.SECOND_FACTOR_WAIVED = True
    service = head.service_roles.get().service
    casey = with_role(a_user("Casey Manager"), service, Role.CASE_MANAGER, staff_code="CM-1")
    record_conflict(user=casey, tie=Conflict.Tie.SECONDED, service=service, note="As a police officer", by=head)
    page = signed_in(head)
    for address in (
        "services/exampleshire/people/give/",
        f"services/exampleshire/people/{casey.service_roles.get().pk}/end/",
        "services/exampleshire/conflicts/",
        "services/exampleshire/conflicts/new/",
        f"services/exampleshire/conflicts/{Conflict.objects.get().pk}/withdraw/",
        "account/",
        "account/password/",
        "account/conflicts/",
    ):
        page.goto(f"{live_server.url}/{address}")
        check_page(page)


def test_pages_for_whoever_is_signed_out(page: Page, live_server, head):
    for address, words in (("password/", "Set a new password"), ("invitation/made-up/", "does not work any more")):
        page.goto(f"{live_server.url}/{address}")
        heading(page, words)
        check_page(page)
    page.goto(f"{live_server.url}/password/")
    page.get_by_label("Email address").fill(head.email)
    press(page, "Send the link")
    heading(page, "Look in your mail")
    check_page(page)
    letters_leave()
    page.goto(re.search(r"http://\S+", mail.outbox[0].body)[0])
    heading(page, "Choose a new password")
    check_page(page)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    press(page, "Set the password")
    heading(page, "Sign in")
    _client, answer = sign_in(head, password=PASSWORD)
    assert answer.status_code == 302
