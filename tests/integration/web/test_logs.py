"""Names planted in everything a browser can send, through every route, errors too: in no line of the log."""

import io
import json
import logging
import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.urls import get_resolver
from django.urls.converters import IntConverter

from aboveline.config.json_log import JsonLines
from aboveline.records.models import User
from aboveline.web.views import health
from tests.integration.web.test_nothing_leaks import pages, world  # noqa: F401
from tests.integration.web.test_rights import routes

CANARY = "Quillcanary"
HEADERS = {"User-Agent": CANARY, "Referer": f"https://localhost/{CANARY}", "X-Forwarded-For": CANARY}
NAMES = re.compile(r'<(?:input|textarea|select)[^>]* name="([^"]+)"')
#: without them nothing is sent
KEPT = {"key", "csrfmiddlewaretoken"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(monkeypatch):
    """Everything logged at any level: as lines of ours, and, for control, as Python would write it."""
    streams = {"ours": io.StringIO(), "plain": io.StringIO()}
    root, handlers = logging.getLogger(), []
    for name, formatter in (("ours", JsonLines()), ("plain", logging.Formatter())):
        handlers.append(logging.StreamHandler(streams[name]))
        handlers[-1].setFormatter(formatter)
        root.addHandler(handlers[-1])
    changed = [root, *(logging.getLogger(name) for name in ("django", "aboveline"))]
    for logger in changed:
        monkeypatch.setattr(logger, "level", logging.DEBUG)
        logger.manager._clear_cache()
    yield lambda name: streams[name].getvalue()
    for handler in handlers:
        root.removeHandler(handler)
    root.manager._clear_cache()


def every_page(arguments, fresh):
    """Also those of things the world has none of: what a page that is not there logs counts as well."""
    converters = {name: one for r in routes(get_resolver().url_patterns) for name, one in r.pattern.converters.items()}
    made_up = {name: 1 if isinstance(one, IntConverter) else "made-up" for name, one in converters.items()}
    return pages(made_up | arguments, fresh)


def lines(logged):
    return [json.loads(line) for line in logged("ours").splitlines()]


def test_every_route_read_and_sent_to(world, logged):  # noqa: F811
    client, arguments, fresh = world
    user_id = client.session["_auth_user_id"]
    visited = 0
    for address in every_page(arguments, fresh):
        got = client.get(address, {"q": CANARY, "text": CANARY}, headers=HEADERS)
        fields = set(NAMES.findall(got.getvalue().decode("utf-8", "replace"))) | {"name", "note", "email", "answer"}
        sent = dict.fromkeys(fields - KEPT, CANARY) | {"key": f"{CANARY}-{visited}"}
        client.post(address, sent, headers=HEADERS)
        visited += 1
        client.force_login(User.objects.get(pk=user_id))  # the page may have been the one that signs out
    assert visited > 60
    assert len([line for line in lines(logged) if line["event"] == "request"]) == 2 * visited
    assert CANARY not in logged("ours")


ERRORS = [(RuntimeError, 500), (ValueError, 500), (SuspiciousOperation, 400), (Http404, 404), (PermissionDenied, 403)]


@pytest.mark.parametrize(("error", "status"), ERRORS)
def test_an_error_that_says_a_name(client, logged, monkeypatch, error, status):
    def fail():
        try:
            raise KeyError(CANARY)
        except KeyError as why:
            raise error(CANARY) from why

    monkeypatch.setattr(health, "readiness", fail)
    client.raise_request_exception = False
    answer = client.get(f"/health/ready/?name={CANARY}", headers=HEADERS)
    assert answer.status_code == status
    assert CANARY not in logged("ours")
    assert any(line.get("status_code") == status and line["route"] == "ready" for line in lines(logged))


@pytest.mark.parametrize("address", [f"/{CANARY}/", f"/health/live/{CANARY}?a={CANARY}"])
@pytest.mark.parametrize("host", ["localhost", f"{CANARY}.example"])
def test_an_address_and_a_host_that_are_not_ours(client, logged, address, host):
    assert client.get(address, headers=HEADERS | {"Host": host}).status_code in {302, 400, 404}
    assert CANARY not in logged("ours")


def test_the_control(client, logged, monkeypatch):
    """What the test of errors looks for would be found: Python's own way of writing the same lines has the name."""
    test_an_error_that_says_a_name(client, logged, monkeypatch, RuntimeError, 500)
    assert logged("plain").count(CANARY) >= 2


def test_an_error_is_told_by_type_and_place(client, logged, monkeypatch):
    test_an_error_that_says_a_name(client, logged, monkeypatch, RuntimeError, 500)
    errors = next(line["errors"] for line in lines(logged) if "errors" in line and line["logger"] == "django.request")
    assert [one["type"] for one in errors] == ["RuntimeError", "KeyError"]
    assert errors[0]["frames"][-1].startswith("test_logs.py:")
