"""A real browser: Debian's chromium, allowed to speak to this machine only."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.journeys.checks import Watch
from tests.journeys.desk import Desk

# A busy machine may take its time; a test that cannot come true still fails.
expect.set_options(timeout=20_000)

CHROMIUM = Path(os.environ.get("ABOVELINE_CHROMIUM", "/usr/bin/chromium"))
MISSING = "The journeys need Debian's chromium: apt-get install --yes --no-install-recommends chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Playwright's own event loop runs in this thread, so Django takes every query of a test for an asynchronous one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def chromium(path: Path = CHROMIUM) -> str:
    """Return the browser's path. Fails the test, never skips it, where the browser is missing."""
    if not path.exists():
        pytest.fail(MISSING, pytrace=False)
    return str(path)


@pytest.fixture(scope="session")
def base_url() -> None:
    """No common address. (The plugin's own fixture warns under pytest 9, and here a warning is an error.)"""
    return None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "en-GB", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """Playwright's page, watched: the test fails if it ever asked for anything that is not on this machine."""
    watch = Watch.over(page)
    yield page
    assert watch.asked_outside == [], f"the page asked for {watch.asked_outside}"


def session_of(user, url: str) -> dict[str, str]:
    """The cookie of a session in which that person is signed in."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value, "url": url}


@pytest.fixture
def signed_in(page: Page, live_server) -> Callable[..., Page]:
    """`signed_in(user)` returns the page with that person signed in to the live server."""

    def sign_in(user) -> Page:
        page.context.add_cookies([session_of(user, live_server.url)])
        return page

    return sign_in


@pytest.fixture
def desk_of(browser: Browser, browser_context_args: dict, live_server) -> Iterator[Callable[..., Desk]]:
    """`desk_of(user)` returns that person's own browser, signed in; nobody's, signed out, for None.

    Each is watched like `page`, and stays open beside the others until the test ends.
    """
    desks: dict[int | None, Desk] = {}

    def sit_down(user) -> Desk:
        key = user and user.pk
        if key not in desks:
            context = browser.new_context(**browser_context_args)
            if user:
                context.add_cookies([session_of(user, live_server.url)])
            desks[key] = Desk(context.new_page(), live_server.url)
        return desks[key]

    yield sit_down
    asked = [address for desk in desks.values() for address in Watch.over(desk.page).asked_outside]
    for desk in desks.values():
        desk.page.context.close()
    assert asked == [], f"the pages asked for {asked}"
