"""A person's interviews as iCalendar (RFC 5545), for their own calendar. No case stands in it, only how many there are.

A calendar file leaves the product: it is synchronised to telephones and shown on locked screens.
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from aboveline.domain.interviews import Interview, Meeting
from aboveline.domain.sentences import Sentence

LONDON = "Europe/London"
MEDIA_TYPE = "text/calendar; charset=utf-8"
_PRODUCT = "-//Aboveline//Interview timetable//EN"
_HOUR = timedelta(hours=1)
#: (component, first change after the rule began, month, offset before, offset after, name): last Sunday, 01:00 UTC
_CHANGES = (
    (TimezoneDaylight, datetime.combine(date(1996, 3, 31), time(1)), 3, timedelta(0), _HOUR, "BST"),
    (TimezoneStandard, datetime.combine(date(1996, 10, 27), time(2)), 10, _HOUR, timedelta(0), "GMT"),
)


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """What the entries say: people's `names` by id (the id where there is none); `say` translates a sentence."""

    name: str
    names: Mapping[str, str]
    say: Callable[[Sentence], str] = str


def interviews_calendar(
    meetings: Sequence[Meeting], *, person: str, words: CalendarWords, inspection: str, key: bytes, made_at: datetime
) -> bytes:
    """The calendar file of one person's interviews, in order of time.

    `key` is a secret of the installation: an entry's identifier is made with it from the inspection and its cases, so
    that it stays the same when the interview moves and tells nobody which cases they are. `made_at` is an aware time.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _printable(words.name))
    calendar.add_component(_london())
    for meeting in sorted(meetings, key=lambda m: (m.span, m.interview.cases)):
        if person in meeting.interview.people:
            calendar.add_component(_event(meeting, person, words, _uid(meeting.interview, inspection, key), made_at))
    written: bytes = calendar.to_ical()
    return written


def _event(meeting: Meeting, person: str, words: CalendarWords, uid: str, made_at: datetime) -> Event:
    zone, span = ZoneInfo(LONDON), meeting.span
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made_at.astimezone(ZoneInfo("UTC")))
    event.add("dtstart", datetime.combine(span.day, span.start, zone))
    event.add("dtend", datetime.combine(span.day, span.end, zone))
    event.add("summary", _printable(words.say(_summary(meeting.interview, person, words.names))))
    event.add("description", _printable(words.say(_description(len(meeting.interview.cases)))))
    if meeting.room:
        event.add("location", _printable(meeting.room))
    event.add("class", "PRIVATE")
    return event


def _summary(interview: Interview, person: str, names: Mapping[str, str]) -> Sentence:
    others = ", ".join(names.get(other, other) for other in sorted(interview.people - {person}))
    return Sentence.of("Inspection interview with {others}", others=others)


def _description(cases: int) -> Sentence:
    return Sentence.counted(
        "About {count} case. Aboveline says which.",
        "About {count} cases. Aboveline says which.",
        count=cases,
    )


def _uid(interview: Interview, inspection: str, key: bytes) -> str:
    told = "\x00".join([inspection, *interview.cases])
    return hmac.new(key, told.encode(), "sha256").hexdigest()[:32]


def _printable(text: str) -> str:
    """Text without control characters, which RFC 5545 has no place for in a value; line breaks become blanks."""
    return "".join(c if c.isprintable() else " " for c in text)


def _london() -> Timezone:
    """The time zone's rule since 1996, written out so that a calendar need not know the zone by name."""
    zone = Timezone()
    zone.add("tzid", LONDON)
    for kind, begins, month, before, after, name in _CHANGES:
        change = kind()
        change.add("dtstart", begins)
        change.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        change.add("tzoffsetfrom", before)
        change.add("tzoffsetto", after)
        change.add("tzname", name)
        zone.add_component(change)
    return zone
