"""Inspections as a table: when, what kind, how far."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.jobs.inspections import framework_of
from aboveline.records.queries.overview import Stage
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.wording import day_of, inspection_name, said
from aboveline.web.presenters.work import stage_words


def inspections_table(stages: Sequence[Stage], *, several: bool) -> Table:
    """`several`: the service of each is named, because they are not all of one."""
    columns = [
        Column("inspection", _("Inspection"), sortable=False),
        Column("held", _("First day of fieldwork"), sortable=False),
        Column("framework", _("Framework"), sortable=False),
        Column("stage", _("How far"), sortable=False),
    ]
    if several:
        columns.insert(1, Column("service", _("Service"), sortable=False))
    rows = tuple(_row(stage, several) for stage in stages)
    return Table("inspections", _("Inspections, newest first"), tuple(columns), rows)


def _row(stage: Stage, several: bool) -> tuple[Cell, ...]:
    inspection = stage.inspection
    cells = [
        Cell(inspection_name(inspection), href=reverse("inspection", args=[inspection.pk])),
        Cell(day_of(inspection.held_on)),
        Cell(said(framework_of(inspection).title)),
        Cell(stage_words(stage)),
    ]
    if several:
        cells.insert(1, Cell(inspection.service.name))
    return tuple(cells)
