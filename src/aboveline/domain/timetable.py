"""The steps of an inspection with the day each is due, counted in working days from the first day of fieldwork."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from aboveline.domain import timetable_problems as p
from aboveline.domain.calendar import WorkingCalendar
from aboveline.domain.framework import Source, Text
from aboveline.domain.problems import Checked, Place, Problem, checked, nearest_of
from aboveline.domain.sentences import Sentence

NOTHING: Mapping[str, date] = MappingProxyType({})
_WEEKEND = (Sentence.of("a Saturday"), Sentence.of("a Sunday"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `offset` is in working days from the first day of fieldwork (0), `owner` the id of a role.

    `needs` are the steps that must be done before this one can be.
    """

    id: str
    name: Text
    offset: int
    owner: str
    needs: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Timetable:
    """The steps in order, for the kinds of inspection it serves."""

    id: str
    version: int
    title: Text
    kinds: tuple[str, ...]
    steps: tuple[Step, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Step]:
        return {step.id: step for step in self.steps}


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step with the day it is due, and the day the timetable alone would give."""

    step: Step
    due: date
    computed: date

    @property
    def moved(self) -> bool:
        return self.due != self.computed


class StepState(StrEnum):
    """Where a step stands on a day; next means that all it needs is done."""

    DONE = "done"
    LATE = "late"
    NEXT = "next"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class StepStanding:
    """A step as at a day. `waits_for` are the needed steps that are not done; `days_late` counts working days."""

    due_step: DueStep
    state: StepState
    done_on: date | None
    waits_for: tuple[str, ...]
    days_late: int


def check_timetable(timetable: Timetable, *, file: str | None = None) -> tuple[Problem, ...]:
    """Everything wrong with a timetable as data: steps repeated, and needs that are unknown or do not come before."""
    found: list[Problem] = []
    before: dict[str, int] = {}
    for number, step in enumerate(timetable.steps):
        place = Place(path=f"steps[{number}]")
        if step.id in before:
            found.append(p.REPEATED_STEP.at(place, file=file, step=step.id))
        for need in step.needs:
            if need not in timetable.by_id:
                near = nearest_of(need, timetable.by_id)
                found.append(p.UNKNOWN_NEED.at(place, file=file, step=step.id, need=need, nearest=near))
            elif before.get(need, step.offset + 1) > step.offset:
                found.append(p.NEEDS_LATER_STEP.at(place, file=file, step=step.id, need=need))
        before.setdefault(step.id, step.offset)
    return tuple(found)


def due_dates(
    timetable: Timetable,
    first_day: date,
    calendar: WorkingCalendar,
    *,
    moved: Mapping[str, date] = NOTHING,
    agreed: Mapping[str, date] = NOTHING,
) -> Checked[tuple[DueStep, ...]]:
    """The steps with their due days, in the timetable's order; `moved` are the days a person put steps on.

    `agreed` are days settled elsewhere, which stand in place of those counted. A step after one of them falls as long
    after it as in the timetable, but not after the next of them.
    Raises ProblemsFound where a day lies outside the calendar.
    """
    found = [*_first_day(first_day, calendar), *_moves(timetable, moved, calendar)]
    computed = _computed(timetable, first_day, calendar, agreed)
    due = computed | {id: day for id, day in moved.items() if id in computed}
    found += _order(timetable, due, moved)
    days = [*computed.values(), *due.values()]
    steps = tuple(DueStep(step, due[step.id], computed[step.id]) for step in timetable.steps)
    return checked(steps, [*found, *calendar.provisional(days)])


def _computed(
    timetable: Timetable, first_day: date, calendar: WorkingCalendar, agreed: Mapping[str, date]
) -> dict[str, date]:
    found: dict[str, date] = {}
    start, offset = first_day, 0
    for place, step in enumerate(timetable.steps):
        if step.id in agreed:
            start, offset = agreed[step.id], step.offset
            found[step.id] = start
        else:
            later = [agreed[one.id] for one in timetable.steps[place:] if one.id in agreed]
            found[step.id] = min([calendar.add(start, step.offset - offset), *later])
    return found


def standing(
    steps: tuple[DueStep, ...], done: Mapping[str, date], as_at: date, calendar: WorkingCalendar
) -> tuple[StepStanding, ...]:
    """Where each step stands at the end of a day. What was done after that day counts as not done yet."""
    by_then = {id: day for id, day in done.items() if day <= as_at}
    return tuple(_stands(step, by_then, as_at, calendar) for step in steps)


def _stands(due_step: DueStep, done: Mapping[str, date], as_at: date, calendar: WorkingCalendar) -> StepStanding:
    done_on = done.get(due_step.step.id)
    waits_for = tuple(need for need in due_step.step.needs if need not in done)
    days_late = max(0, calendar.count(due_step.due, done_on or as_at))
    if done_on:
        state = StepState.DONE
    elif days_late:
        state = StepState.LATE
    else:
        state = StepState.WAITING if waits_for else StepState.NEXT
    return StepStanding(due_step, state, done_on, waits_for, days_late)


def _first_day(day: date, calendar: WorkingCalendar) -> Iterator[Problem]:
    if not calendar.is_working_day(day):
        yield p.FIRST_DAY_CLOSED.at(day=day, why=_why(day, calendar), next=calendar.next_working_day(day))


def _moves(timetable: Timetable, moved: Mapping[str, date], calendar: WorkingCalendar) -> Iterator[Problem]:
    for id, day in moved.items():
        if id not in timetable.by_id:
            known = ", ".join(timetable.by_id)
            yield p.UNKNOWN_STEP.at(value=id, nearest=nearest_of(id, timetable.by_id), known=known)
        elif not calendar.is_working_day(day):
            name, after = timetable.by_id[id].name, calendar.next_working_day(day)
            yield p.MOVED_TO_CLOSED_DAY.at(step=name, day=day, why=_why(day, calendar), next=after)


def _order(timetable: Timetable, due: Mapping[str, date], moved: Mapping[str, date]) -> Iterator[Problem]:
    """A problem for each step that a move put before what it needs."""
    for step in timetable.steps:
        for need in step.needs:
            if due[step.id] < due[need] and {step.id, need} & set(moved):
                needed = timetable.by_id[need].name
                yield p.BEFORE_WHAT_IT_NEEDS.at(step=step.name, day=due[step.id], need=needed, need_day=due[need])


def _why(day: date, calendar: WorkingCalendar) -> str:
    return calendar.holiday_name(day) or _WEEKEND[day.weekday() - 5]
