"""Signing in: it says nothing of who exists, is slowed when guessed at, and leads only to this site."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from aboveline.records.actions.people import add_user
from aboveline.web.throttling import TRIES_PER_ACCOUNT
from tests.journeys.checks import check_error_summary, check_page

EMAIL, PASSWORD = "quality@example.org", "correct horse battery"
WRONG = "The email address or the password is not right"


@pytest.fixture(autouse=True)
def _pages(settings):
    settings.ROOT_URLCONF = "tests.journeys.gallery"
    cache.clear()


@pytest.fixture
def user(transactional_db):
    return add_user(email=EMAIL, name="Quality manager", password=PASSWORD, by=None)


def answer(client, email, password, **extra):
    return client.post("/sign-in/", {"username": email, "password": password}, **extra)


def test_a_person_signs_in_by_keyboard_and_out_again(page: Page, live_server, user):
    page.goto(f"{live_server.url}/sign-in/?next=/form/")
    check_page(page)
    page.get_by_label("Email address").fill(EMAIL.upper())
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A form")
    check_page(page)
    expect(page.get_by_role("link", name="Inspect")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_an_empty_form_and_a_wrong_password_lead_to_the_inputs(page: Page, live_server, user):
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Sign in").click()
    check_error_summary(page)
    check_page(page)
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name=WRONG)).to_be_visible()
    check_error_summary(page)


def test_too_many_tries_are_told_to_wait(page: Page, live_server, user):
    page.goto(f"{live_server.url}/sign-in/")
    for _ in range(TRIES_PER_ACCOUNT + 1):
        page.get_by_label("Email address").fill(EMAIL)
        page.get_by_label("Password", exact=True).fill("wrong")
        page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("Wait five minutes")
    check_error_summary(page)
    check_page(page)


def test_a_signed_in_page_needs_no_form(live_server, signed_in, user):
    page = signed_in(user)
    page.goto(live_server.url)
    expect(page.get_by_role("banner")).to_contain_text("Quality manager")


def test_unknown_inactive_and_known_accounts_get_the_same_answer(client, user):
    def page_for(email):
        return answer(client, email, "wrong").content.decode().replace(email, "EMAIL")

    known, unknown = page_for(EMAIL), page_for("nobody@example.org")
    user.is_active = False
    user.save()
    inactive = answer(client, EMAIL, PASSWORD).content.decode().replace(EMAIL, "EMAIL")
    assert WRONG in known
    assert len({_without_token(html) for html in (known, unknown, inactive)}) == 1


def test_while_refused_a_right_password_is_answered_like_a_wrong_one(client, user):
    for _ in range(TRIES_PER_ACCOUNT):
        answer(client, EMAIL, "wrong")
    right, wrong = answer(client, EMAIL, PASSWORD), answer(client, EMAIL, "wrong")
    assert (right.status_code, wrong.status_code) == (429, 429)
    assert _without_token(right.content.decode()) == _without_token(wrong.content.decode())
    assert "_auth_user_id" not in client.session


def test_the_owner_gets_in_from_elsewhere_and_from_a_browser_known_before(client, user):
    assert answer(client, EMAIL, PASSWORD).status_code == 302
    client.post("/sign-out/")
    guesser = type(client)()
    for _ in range(TRIES_PER_ACCOUNT + 1):
        answer(guesser, EMAIL, "wrong")
    assert answer(guesser, EMAIL, PASSWORD).status_code == 429
    assert answer(type(client)(), EMAIL, PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 302
    assert answer(client, EMAIL, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "elsewhere", ["//e.example", "/\\e.example", "https:e.example", "/\t/e.example", "javascript:x"]
)
def test_the_page_asked_for_is_never_elsewhere(client, user, elsewhere):
    response = client.post("/sign-in/", {"username": EMAIL, "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/"


def _without_token(html: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", html)
