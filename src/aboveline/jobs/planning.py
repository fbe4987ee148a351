"""An inspection's plan put to use: its look-back, its timetable as at a day, and what is asked of the service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from aboveline.domain.framework import Framework
from aboveline.domain.look_back import with_look_back
from aboveline.domain.problems import Problem, ProblemsFound
from aboveline.domain.supplies import SupplyItem, due_on
from aboveline.domain.timetable import StepStanding, Timetable, due_dates, standing
from aboveline.domain.workflow import Stage
from aboveline.exchange.calendars import load_calendar
from aboveline.exchange.supplies import load_supplies
from aboveline.exchange.timetables import timetable_for
from aboveline.jobs.inspections import framework_of
from aboveline.jobs.milestones import done_days
from aboveline.records.actions.planning import WantedSupply
from aboveline.records.models import AuditRound, Inspection, TimetableStep
from aboveline.records.queries.planning import plan_of, steps_of
from aboveline.records.queries.rounds import round_of


def planned_framework(inspection: Inspection) -> Framework:
    """The inspection's framework, with the look-back of its plan where that is another."""
    framework, plan = framework_of(inspection), plan_of(inspection)
    if plan is None or plan.look_back_months is None:
        return framework
    return with_look_back(framework, plan.look_back_months, plan.look_back_reason)


@dataclass(frozen=True)
class Week:
    """Where an inspection is in its timetable. Without steps, `problems` say why there are no due days.

    `changes` are what people changed, by step; `over` is whether the result is out, or a round closed, so that nothing
    is late any more. `closed_on` is when that round was.
    """

    timetable: Timetable
    steps: tuple[StepStanding, ...]
    changes: Mapping[str, TimetableStep]
    problems: tuple[Problem, ...]
    over: bool
    closed_on: date | None = None


#: the steps whose days an audit round settles itself, with its own names for them
ROUND_STEPS = {
    "files_closed": "files_close",
    "assessments_submitted": "audits_due",
    "scores_moderated": "moderation",
}


def week_of(inspection: Inspection, as_at: date) -> Week:
    """The timetable of an inspection as at a day."""
    timetable, changes, held = timetable_for(_kind(inspection)), steps_of(inspection), round_of(inspection)
    closed = held.closed_on if held else None
    over = inspection.published_on or closed or inspection.stage == Stage.PUBLISHED
    week = Week(timetable, (), changes, (), bool(over), closed)
    moved = {step: row.moved_to for step, row in changes.items() if row.moved_to}
    try:
        checked = due_dates(timetable, inspection.held_on, load_calendar(), moved=moved, agreed=_agreed(held))
    except ProblemsFound as found:
        return replace(week, problems=tuple(found.problems))
    if checked.value is None:
        return replace(week, problems=checked.problems)
    done = done_days(inspection) | {step: row.done_on for step, row in changes.items() if row.done_on}
    steps = standing(checked.value, done, inspection.published_on or closed or as_at, load_calendar())
    return replace(week, steps=steps, problems=checked.problems)


def _agreed(held: AuditRound | None) -> dict[str, date]:
    """The days that a round settled."""
    days = {step: getattr(held, name) for step, name in ROUND_STEPS.items()} if held else {}
    return {step: day for step, day in days.items() if day}


def _kind(inspection: Inspection) -> str:
    """A re-inspection of a local audit is a local audit's round again."""
    return Inspection.Kind.LOCAL_AUDIT if inspection.local else str(inspection.kind)


def check_moves(inspection: Inspection, step: str, moved_to: date | None) -> tuple[Problem, ...]:
    """What would be wrong with the timetable if a step were due on another day."""
    moved = {id: row.moved_to for id, row in steps_of(inspection).items() if row.moved_to and id != step}
    if moved_to:
        moved[step] = moved_to
    try:
        timetable, agreed = timetable_for(_kind(inspection)), _agreed(round_of(inspection))
        checked = due_dates(timetable, inspection.held_on, load_calendar(), moved=moved, agreed=agreed)
    except ProblemsFound as found:
        return tuple(found.problems)
    return checked.errors


def default_supplies() -> tuple[SupplyItem, ...]:
    return load_supplies()


def wanted_supplies(items: Sequence[SupplyItem], first_day: date) -> list[WantedSupply]:
    """Those items with the days they are wanted by. Raises ProblemsFound where a day lies outside the calendar."""
    calendar = load_calendar()
    return [WantedSupply(item.name.en, due_on(item, first_day, calendar), item.id) for item in items]


def working_days_after(day: date, count: int) -> date:
    """The last of so many working days after a day. Raises ProblemsFound outside the calendar."""
    return load_calendar().add(day, count)


def is_working_day(day: date) -> bool:
    """Raises ProblemsFound outside the calendar."""
    return load_calendar().is_working_day(day)


def fieldwork_days(inspection: Inspection) -> tuple[date, ...]:
    """The working days of fieldwork: to the last day planned, or the five that a week has."""
    calendar, plan = load_calendar(), plan_of(inspection)
    last = plan.last_day if plan and plan.last_day else calendar.add(inspection.held_on, 4)
    return calendar.between(inspection.held_on, max(last, inspection.held_on))


def check_first_day(day: date) -> None:
    """Raises ProblemsFound where fieldwork cannot begin on a day: closed, or outside the calendar."""
    if not is_working_day(day):
        due_dates(timetable_for(str(Inspection.Kind.CORE)), day, load_calendar()).expect()
