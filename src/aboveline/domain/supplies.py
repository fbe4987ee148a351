"""What a service is asked for before an inspection, each thing with the working day it is wanted by."""

from dataclasses import dataclass
from datetime import date

from aboveline.domain.calendar import WorkingCalendar
from aboveline.domain.framework import Source, Text


@dataclass(frozen=True, slots=True)
class SupplyItem:
    """One thing to supply: `offset` is in working days from the first day of fieldwork (0)."""

    id: str
    name: Text
    offset: int
    source: Source


def due_on(item: SupplyItem, first_day: date, calendar: WorkingCalendar) -> date:
    """The day an item is wanted by. Raises ProblemsFound where it lies outside the calendar."""
    return calendar.add(first_day, item.offset)
