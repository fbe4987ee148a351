"""A person's interviews in their own calendar."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from aboveline.domain.interviews import Interview, Meeting
from aboveline.domain.span import Span
from aboveline.rendering.icalendar import CalendarWords, interviews_calendar

MADE = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
NAMES = {"m1": "Mo Ahmed", "a1": "Jo Lee", "a2": "Zoë Price"}
FOLD = re.compile(rb"\r\n[ \t]")


def a_meeting(*cases: str, day: date = date(2026, 11, 30), at: time = time(9, 30), room: str = "") -> Meeting:
    return Meeting(Interview("m1", ("a1", "a2"), cases or ("C001",)), Span(day, at, time(at.hour + 1, at.minute)), room)


def written(*meetings: Meeting, person: str = "m1", words: CalendarWords | None = None, key: bytes = b"key") -> bytes:
    words = words or CalendarWords("Interviews", NAMES)
    return interviews_calendar(meetings, person=person, words=words, inspection="17", key=key, made_at=MADE)


def events(data: bytes) -> list:
    return Calendar.from_ical(data).walk("VEVENT")


def lines(data: bytes) -> list[str]:
    return FOLD.sub(b"", data).decode().split("\r\n")


def test_an_entry_says_who_when_and_where() -> None:
    (event,) = events(written(a_meeting(room="Room 2")))
    assert event["summary"] == "Inspection interview with Jo Lee, Zoë Price"
    assert event["location"] == "Room 2"
    assert event["class"] == "PRIVATE"
    assert event["dtstamp"].dt == MADE
    assert (event["dtend"].dt - event["dtstart"].dt) == timedelta(hours=1)


def test_the_file_begins_and_ends_as_the_standard_asks() -> None:
    found = lines(written(a_meeting()))
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-2:] == ["END:VCALENDAR", ""]
    assert {"VERSION:2.0", "METHOD:PUBLISH", "PRODID:-//Aboveline//Interview timetable//EN"} <= set(found)
    assert "LOCATION" not in written(a_meeting()).decode()


def test_no_case_stands_in_the_file_only_how_many() -> None:
    data = written(a_meeting("C012", "YOT-4711"))
    assert b"About 2 cases. Aboveline says which." in data
    assert not re.search(rb"C012|4711", FOLD.sub(b"", data))


def test_only_the_persons_own_interviews_in_order_of_time() -> None:
    later, other = a_meeting(at=time(14)), Meeting(Interview("m9", ("a1",), ("C9",)), a_meeting().span)
    found = events(written(later, other, a_meeting("C002")))
    assert [event["dtstart"].dt.hour for event in found] == [9, 14]
    assert len(events(written(later, other, person="a1"))) == 2
    assert events(written(later, person="nobody")) == []


def test_an_identifier_stays_when_the_interview_moves_and_is_the_same_for_everybody() -> None:
    uid = events(written(a_meeting()))[0]["uid"]
    moved = a_meeting(day=date(2026, 12, 2), at=time(14), room="Room 1")
    assert events(written(moved))[0]["uid"] == events(written(moved, person="a2"))[0]["uid"] == uid
    assert events(written(a_meeting("C002")))[0]["uid"] != uid
    assert events(written(a_meeting(), key=b"another"))[0]["uid"] != uid


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 3, 27), "09:30"),
        (date(2026, 3, 30), "08:30"),
        (date(2026, 10, 23), "08:30"),
        (date(2026, 10, 26), "09:30"),
        (date(2010, 9, 6), "08:30"),
    ],
)
def test_the_clock_on_the_wall_is_right_on_both_sides_of_a_change(day: date, utc: str) -> None:
    data = written(a_meeting(day=day))
    assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T093000" in lines(data)
    assert f"{events(data)[0]['dtstart'].dt.astimezone(UTC):%H:%M}" == utc


@pytest.mark.parametrize("year", [2009, 2026, 2028])
def test_the_rule_of_the_zone_in_the_file_agrees_with_the_zone(year: int) -> None:
    """A reader that knows only the file finds the same offset at every noon, and beside every change of the clock."""
    (zone,) = Calendar.from_ical(written(a_meeting())).walk("VTIMEZONE")
    alone = zone.to_tz(lookup_tzid=False)
    known = events(written(a_meeting()))[0]["dtstart"].dt.tzinfo
    for number in range(365):
        noon = datetime.combine(date(year, 1, 1) + timedelta(days=number), time(12))
        assert alone.utcoffset(noon) == known.utcoffset(noon)


def test_words_are_translated_where_a_translator_is_given() -> None:
    words = CalendarWords("Cyfweliadau", NAMES, lambda sentence: f"cy:{sentence.template}:{dict(sentence.words)}")
    (event,) = events(written(a_meeting(), words=words))
    assert event["summary"] == "cy:Inspection interview with {others}:{'others': 'Jo Lee, Zoë Price'}"


@settings(deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_folded_escaped_and_cannot_break_out(name: str, room: str) -> None:
    data = written(a_meeting(room=room), words=CalendarWords(name, {"a1": name}))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    plain = "".join(c if c.isprintable() else " " for c in room)
    (event,) = events(data)
    assert str(event.get("location", "")) == plain
    assert sum(line.startswith("BEGIN:") for line in lines(data)) == 5
