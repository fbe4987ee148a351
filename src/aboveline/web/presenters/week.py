"""Where an inspection is in its week: a sentence, the timetable, the plan, and what the service must supply."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aboveline.domain.framework import Framework
from aboveline.domain.timetable import StepStanding, StepState
from aboveline.jobs.planning import Week, default_supplies
from aboveline.records.models import EarlierRecommendation, FieldworkPlan, Inspection, MeetingRecord, Supply
from aboveline.web.components import Cell, Column, SummaryRow, Table
from aboveline.web.presenters.case_words import breakable
from aboveline.web.presenters.sample_size import size_page
from aboveline.web.presenters.week_words import (
    MEETING_WORDS,
    OWNER_WORDS,
    PROGRESS_WORDS,
    STAGE_WORDS,
    STATE_WORDS,
    STEP_WORDS,
    TO_WORDS,
)
from aboveline.web.presenters.wording import day_of, listed, said, told


@dataclass(frozen=True, slots=True)
class WeekPage:
    sentence: str
    problems: tuple[str, ...]
    timetable: Table | None
    plan: tuple[SummaryRow, ...]


def week_page(
    inspection: Inspection, week: Week, plan: FieldworkPlan | None, framework: Framework, *, may_plan: bool
) -> WeekPage:
    return WeekPage(
        sentence=week_sentence(inspection, week),
        problems=tuple(told(problem) for problem in week.problems),
        timetable=_timetable(inspection, week, may_plan) if week.steps else None,
        plan=plan_rows(inspection, plan, framework),
    )


def week_sentence(inspection: Inspection, week: Week) -> str:
    """The stage, what is late, and what comes next with whom it waits for."""
    if week.closed_on:
        return _("The round was closed on {day}.").format(day=day_of(week.closed_on))
    parts = [_("Stage: {stage}.").format(stage=str(STAGE_WORDS[inspection.stage]).lower())]
    late = [one for one in week.steps if one.state is StepState.LATE]
    if late and not week.over:
        words = ngettext("{count} step is late: {names}.", "{count} steps are late: {names}.", len(late))
        parts.append(words.format(count=len(late), names=listed([_named(one) for one in late[:3]])))
    coming = next((one for one in week.steps if one.state is StepState.NEXT), None)
    if coming and not week.over:
        words = _("Next: {name}, by {day}.")
        parts.append(words.format(name=_named(coming), day=day_of(coming.due_step.due)))
    return " ".join(parts)


def waits_for(week: Week) -> str:
    """Who the inspection waits for now, with the step: the first late one, else the next."""
    open_ = [one for one in week.steps if one.state in {StepState.LATE, StepState.NEXT} and not one.waits_for]
    if not open_ or week.over:
        return "–"
    first = min(open_, key=lambda one: one.due_step.due)
    words = _("{owner}: {name} (late)") if first.state is StepState.LATE else _("{owner}: {name}")
    return words.format(owner=owner_words(first.due_step.step.owner), name=said(first.due_step.step.name))


def owner_words(owner: str) -> str:
    return str(OWNER_WORDS.get(owner, owner))


def _named(one: StepStanding) -> str:
    return _("{name} ({owner})").format(
        name=said(one.due_step.step.name), owner=owner_words(one.due_step.step.owner).lower()
    )


def _timetable(inspection: Inspection, week: Week, may_plan: bool) -> Table:
    columns = [
        Column("step", _("Step"), sortable=False),
        Column("owner", _("Who"), sortable=False),
        Column("due", _("Due"), sortable=False),
        Column("state", _("How it stands"), sortable=False),
    ]
    rows = tuple(_step_row(inspection, week, one, may_plan) for one in week.steps)
    return Table("timetable", _("Timetable"), tuple(columns), rows)


def _step_row(inspection: Inspection, week: Week, one: StepStanding, may_plan: bool) -> tuple[Cell, ...]:
    step = one.due_step.step
    href = reverse("timetable-step", args=[inspection.pk, step.id]) if may_plan else ""
    moved = _("moved from {day}").format(day=day_of(one.due_step.computed)) if one.due_step.moved else ""
    return (
        Cell(said(step.name), href=href),
        Cell(owner_words(step.owner)),
        Cell(day_of(one.due_step.due), detail=moved),
        _state_cell(week, one),
    )


def _state_cell(week: Week, one: StepStanding) -> Cell:
    if one.state is StepState.DONE and one.done_on:
        late = ngettext("{count} working day late", "{count} working days late", one.days_late)
        return Cell(
            _("Done on {day}").format(day=day_of(one.done_on)),
            detail=late.format(count=one.days_late) if one.days_late and not week.over else "",
        )
    if week.over:
        return Cell(_("Not recorded"))
    if one.state is StepState.LATE:
        late = ngettext("by {count} working day", "by {count} working days", one.days_late)
        return Cell(str(STEP_WORDS[one.state]), detail=late.format(count=one.days_late))
    names = [said(week.timetable.by_id[need].name) for need in one.waits_for]
    waits = _("for: {names}").format(names=listed(names)) if names else ""
    return Cell(str(STEP_WORDS[one.state]), detail=waits)


def plan_rows(inspection: Inspection, plan: FieldworkPlan | None, framework: Framework) -> tuple[SummaryRow, ...]:
    open_ = _("Not decided yet")
    last = day_of(plan.last_day) if plan and plan.last_day else _("Five working days")
    size = _size(inspection, plan.sample_size) if plan and plan.sample_size else _("Decided with the draw")
    share = f"{plan.second_read_percent}%" if plan and plan.second_read_percent is not None else open_
    return (
        SummaryRow(_("First day of fieldwork"), day_of(inspection.held_on)),
        SummaryRow(_("Last day of fieldwork"), last),
        SummaryRow(_("Look-back"), _look_back(plan, framework)),
        SummaryRow(_("Cases to be drawn"), size),
        SummaryRow(_("Share of cases read twice"), share),
    )


def _size(inspection: Inspection, size: int) -> str:
    """The size, with what it buys once it is known of how many."""
    eligible = inspection.caseload_size
    return f"{size}. {size_page(eligible, size).sentence}" if eligible and size <= eligible else str(size)


def _look_back(plan: FieldworkPlan | None, framework: Framework) -> str:
    if plan and plan.look_back_months:
        words = _("{months} months, where the framework says {own}. Why: {reason}")
        own = framework.eligibility.start_months_max
        return words.format(months=plan.look_back_months, own=own, reason=plan.look_back_reason)
    return _("{months} months, as the framework says").format(months=framework.eligibility.start_months_max)


def supply_name(supply: Supply) -> str:
    """The thing in the reader's language where it is of the product's list, else as it was written."""
    known = {item.id: item.name for item in default_supplies()}
    return said(known[supply.item]) if supply.item in known else supply.name


def supplies_table(inspection: Inspection, supplies: Iterable[Supply], today: date, *, linked: bool) -> Table:
    columns = (
        Column("what", _("What"), sortable=False),
        Column("due", _("Wanted by"), sortable=False),
        Column("state", _("How it stands"), sortable=False),
    )
    rows = tuple(_supply_row(inspection, one, today, linked) for one in supplies)
    return Table("supplies", _("What the service supplies"), columns, rows)


def _supply_row(inspection: Inspection, supply: Supply, today: date, linked: bool) -> tuple[Cell, ...]:
    late = supply.state == Supply.State.ASKED and supply.due < today
    return (
        Cell(supply_name(supply), href=reverse("supply", args=[inspection.pk, supply.pk]) if linked else ""),
        Cell(day_of(supply.due), detail=_("late") if late else ""),
        Cell(str(STATE_WORDS[supply.state]), detail=supply.note),
    )


def meetings_table(inspection: Inspection, meetings: Sequence[MeetingRecord], *, linked: bool) -> Table:
    columns = (
        Column("when", _("When"), sortable=False),
        Column("kind", _("Meeting"), sortable=False),
        Column("present", _("Who was there"), sortable=False),
        Column("notes", _("Notes"), sortable=False),
    )
    rows = tuple(
        (
            Cell(
                _("{day}, {time}").format(day=day_of(one.held_on), time=f"{one.began:%H:%M}"),
                href=reverse("meeting", args=[inspection.pk, one.pk]) if linked else "",
            ),
            Cell(str(MEETING_WORDS[one.kind])),
            Cell(breakable(one.present)),
            Cell(breakable(one.notes), detail=one.changed_by.name),
        )
        for one in meetings
    )
    return Table("meetings", _("Meetings, newest first"), columns, rows)


def recommendations_table(inspection: Inspection, found: Iterable[EarlierRecommendation], *, linked: bool) -> Table:
    columns = (
        Column("text", _("Recommendation"), sortable=False),
        Column("to", _("To"), sortable=False),
        Column("progress", _("Progress"), sortable=False),
    )
    rows = tuple(
        (
            Cell(one.wording, href=reverse("recommendation", args=[inspection.pk, one.pk]) if linked else ""),
            Cell(str(TO_WORDS[one.to])),
            Cell(str(PROGRESS_WORDS[one.progress]), detail=one.note),
        )
        for one in found
    )
    return Table("recommendations", _("Recommendations of the inspection before"), columns, rows)
