"""Guessing is slowed; the owner of an account is not locked out by it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from aboveline.config.settings import base
from aboveline.web.throttling import (
    COOKIE,
    TRIES_FROM_EVERYWHERE,
    TRIES_PER_ACCOUNT,
    TRIES_PER_ADDRESS,
    Guard,
    remember_browser,
)


@pytest.fixture(autouse=True, params=["locmem.LocMemCache", "filebased.FileBasedCache"])
def _no_counts(request, tmp_path):
    backend = f"django.core.cache.backends.{request.param}"
    options = base.CACHES["default"]["OPTIONS"]
    caches = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path / "cache"), "OPTIONS": options}}
    with override_settings(CACHES=caches, HOME=tmp_path / "home"):
        cache.clear()
        yield


@pytest.fixture
def clock(monkeypatch):
    """The hour in seconds as a list of one, which a test moves on."""
    hour = [1_000_000.0]
    monkeypatch.setattr(time, "time", lambda: hour[0])
    return hour


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


def test_five_minutes_after_the_first_try_a_person_is_admitted_though_they_went_on_trying(clock):
    exhaust()
    for _minute in range(4):
        clock[0] += 60
        assert not guard().admits()
    clock[0] += 59
    assert not guard().admits()
    clock[0] += 1
    assert guard().admits()


def test_the_count_of_an_address_ends_five_minutes_after_its_first_try(clock):
    for n in range(TRIES_PER_ADDRESS):
        guard(account=f"{n}@example.org").admits()
    clock[0] += 299
    assert not guard(account="new@example.org").admits()
    clock[0] += 1
    assert guard(account="newer@example.org").admits()


def test_tries_at_the_same_time_are_counted_each():
    with ThreadPoolExecutor(8) as pool:
        admitted = list(pool.map(lambda _: guard().admits(), range(3 * TRIES_PER_ACCOUNT)))
    assert sum(admitted) == TRIES_PER_ACCOUNT


def test_whoever_goes_on_past_a_count_waits_longer_each_time(clock):
    waits = []
    for _ in range(6):
        while guard().admits():
            pass
        start = clock[0]
        while not guard().admits():
            clock[0] += 60
        waits.append(round((clock[0] - start) / 60))
    assert waits == sorted(waits)
    assert waits[0] == 5
    assert waits[-1] == 60


def test_a_quiet_while_starts_the_wait_again_from_five_minutes(clock):
    while guard().admits():
        pass
    clock[0] += 2 * 60 * 60
    assert guard().admits()
    clock[0] += 5 * 60
    while guard().admits():
        pass
    clock[0] += 5 * 60
    assert guard().admits()


def test_many_addresses_share_one_count_for_an_account_and_a_known_browser_has_its_own():
    cookie = known().value
    admitted = sum(guard(address=f"198.51.100.{n}").admits() for n in range(250))
    assert admitted == TRIES_FROM_EVERYWHERE
    assert not guard(address="192.0.2.200").admits()
    assert guard(account="other@example.org", address="192.0.2.200").admits()
    assert guard(cookie=cookie).admits()


def test_one_address_does_not_use_up_what_an_account_has_from_everywhere():
    for _ in range(3 * TRIES_FROM_EVERYWHERE):
        guard().admits()
    assert guard(address="192.0.2.9").admits()


def test_one_household_cannot_shut_an_owner_out_with_all_the_addresses_it_has():
    for number in range(TRIES_FROM_EVERYWHERE // TRIES_PER_ACCOUNT + 1):
        exhaust(address=f"2001:db8:1:2::{number:x}")
    assert not guard(address="2001:db8:1:2:ffff::1").admits()
    assert guard(address="2001:db8:9::1").admits()
    assert guard(address="192.0.2.1").admits()
