"""A programme: its inspections by stage, and who each waits for."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.domain.workflow import Stage
from aboveline.jobs.planning import Week
from aboveline.records.models import Inspection, Programme
from aboveline.web.components import Cell, Column, Crumb, Table
from aboveline.web.presenters.crumbs import to_home
from aboveline.web.presenters.week import waits_for
from aboveline.web.presenters.week_words import STAGE_WORDS
from aboveline.web.presenters.wording import day_of, inspection_name


def to_programme(programme: Programme) -> tuple[Crumb, ...]:
    return (*to_home(), Crumb(programme.name, reverse("programme", args=[programme.slug])))


def by_stage(inspections: Sequence[tuple[Inspection, Week]]) -> tuple[tuple[str, Table], ...]:
    """A table for each stage that has an inspection, in the order of the stages."""
    found = []
    for stage in Stage:
        rows = [_row(inspection, week) for inspection, week in inspections if inspection.stage == stage]
        if rows:
            found.append((str(STAGE_WORDS[stage]), _table(stage, rows)))
    return tuple(found)


def _table(stage: Stage, rows: Sequence[tuple[Cell, ...]]) -> Table:
    columns = (
        Column("service", _("Service"), sortable=False),
        Column("inspection", _("Inspection"), sortable=False),
        Column("held", _("First day of fieldwork"), sortable=False),
        Column("waits", _("Waits for"), sortable=False),
    )
    return Table(f"stage-{stage}", str(STAGE_WORDS[stage]), columns, tuple(rows), caption_hidden=True)


def _row(inspection: Inspection, week: Week) -> tuple[Cell, ...]:
    address = reverse("inspection", args=[inspection.pk])
    return (
        Cell(inspection.service.name, href=address),
        Cell(inspection_name(inspection)),
        Cell(day_of(inspection.held_on)),
        Cell(waits_for(week)),
    )
