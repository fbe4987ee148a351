"""Guessing is slowed; the owner of an account is not locked out by it."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from aboveline.web.throttling import COOKIE, TRIES_PER_ACCOUNT, TRIES_PER_ADDRESS, Guard, remember_browser


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


def guard(account="a@example.org", address="192.0.2.1", cookie=""):
    request = RequestFactory().post("/sign-in/", REMOTE_ADDR=address)
    request.COOKIES[COOKIE] = cookie
    return Guard.of(request, account)


def known(account="a@example.org"):
    response = HttpResponse()
    remember_browser(response, account, secure=True)
    return response.cookies[COOKIE]


def exhaust(**who):
    return [guard(**who).admits() for _ in range(TRIES_PER_ACCOUNT)]


def test_ten_tries_are_admitted_and_the_eleventh_is_not():
    assert all(exhaust())
    assert not guard().admits()


def test_the_spelling_of_the_account_does_not_give_more_tries():
    exhaust()
    assert not guard(account=" A@Example.ORG ").admits()


def test_guessing_elsewhere_does_not_lock_the_owner_out():
    exhaust()
    assert guard(address="192.0.2.2").admits()


def test_guessing_behind_the_same_address_does_not_lock_a_known_browser_out():
    exhaust()
    assert guard(cookie=known().value).admits()


def test_a_known_browser_is_known_for_its_own_account_only_and_slowed_too():
    exhaust()
    assert not guard(cookie=known("other@example.org").value).admits()
    assert not guard(cookie=known().value + "x").admits()
    mine = known().value
    assert all(exhaust(cookie=mine))
    assert not guard(cookie=mine).admits()


def test_many_accounts_from_one_address_are_slowed():
    admitted = [guard(account=f"{n}@example.org").admits() for n in range(TRIES_PER_ADDRESS + 1)]
    assert all(admitted[:-1])
    assert not admitted[-1]


def test_a_right_password_starts_the_count_again():
    exhaust()
    guard().forget()
    assert guard().admits()


def test_the_cookie_is_out_of_reach_of_scripts_and_names_nobody():
    cookie = known()
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert "example" not in cookie.value
