"""What a service is asked for, as data."""

from datetime import date

import pytest

from aboveline.domain.supplies import due_on
from aboveline.exchange.calendars import load_calendar
from aboveline.exchange.supplies import load_supplies, read_supplies

TWICE = b"""
id: x
version: 1
items:
  - {id: rooms, name: Rooms, offset: -5, source: s, certainty: own}
  - {id: rooms, name: Rooms, offset: -5, source: s, certainty: own}
"""


def test_each_thing_is_wanted_before_fieldwork_and_says_where_it_comes_from():
    items = load_supplies()
    assert len(items) >= 5
    assert all(item.offset < 0 and item.source.text and item.name.en for item in items)


def test_the_day_is_counted_in_working_days_over_christmas():
    rooms = next(item for item in load_supplies() if item.id == "rooms")
    assert due_on(rooms, date(2027, 1, 4), load_calendar()) == date(2026, 12, 23)


def test_an_item_given_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        read_supplies(TWICE, file="x.yaml")
