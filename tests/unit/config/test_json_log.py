"""What a line of the log holds, and what never."""

import json
import logging
import sys

import pytest

from aboveline.config.json_log import JsonLines


def line(name="django.request", message="Not Found: %s", args=("/Zebedee/",), **more):
    record = logging.LogRecord(name, logging.WARNING, "/srv/some/file.py", 7, message, args, None)
    record.__dict__.update(more)
    return json.loads(JsonLines().format(record))


def test_a_library_is_quoted_without_its_values():
    told = line()
    assert (told["event"], told["at"], told["level"]) == ("Not Found: %s", "file.py:7", "warning")


def test_a_library_that_filled_its_values_in_is_not_quoted():
    assert line(message="Invalid host: Zebedee", args=())["event"] == ""


def test_an_exception_logged_as_a_message_is_not_quoted():
    assert line(message=ValueError("Zebedee"), args=("x",))["event"] == ""


def test_our_own_words_are_whole():
    assert (
        line(name="aboveline.jobs.letters", message="not sent: %s", args=("OSError",))["event"] == "not sent: OSError"
    )


def test_a_name_that_only_begins_like_ours_is_not_ours():
    assert line(name="abovelines", message="Zebedee", args=())["event"] == ""


@pytest.mark.parametrize(("method", "told"), [("POST", "POST"), ("ZEBEDEE", "other")])
def test_a_request_is_its_method_and_route(method, told):
    request = type("Request", (), {"method": method, "resolver_match": None})()
    found = line(request=request, status_code=404, milliseconds=3)
    assert (found["method"], found["route"], found["status_code"], found["milliseconds"]) == (told, None, 404, 3)


def test_errors_that_lead_to_each_other_end():
    try:
        raise ValueError("Zebedee")
    except ValueError as error:
        error.__context__ = error
        record = logging.LogRecord("aboveline.x", logging.ERROR, "f", 1, "m", (), sys.exc_info())
    text = JsonLines().format(record)
    assert "Zebedee" not in text
    assert len(json.loads(text)["errors"]) == 10
