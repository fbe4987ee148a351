"""What assessors noted case by case, gathered over the cases that a person may see."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.records.models import Case, CaseNotes, Judgement
from aboveline.web.components import Cell, Column, Table
from aboveline.web.forms.casework import INTEGRITY
from aboveline.web.presenters.case_form_words import flag_words


def integrity_table(found: Sequence[CaseNotes]) -> Table:
    """Cases whose record was not kept in time."""
    columns = (Column("case", _("Case"), sortable=False), Column("what", _("What was seen"), sortable=False))
    words = dict(INTEGRITY)
    rows = tuple((_case(one.case), Cell(str(words[one.integrity]), detail=one.integrity_words)) for one in found)
    return Table("integrity", _("Records not kept in time"), columns, rows)


def flags_table(found: Sequence[Judgement]) -> Table:
    """Answers put forward as good practice or as a concern."""
    columns = (
        Column("case", _("Case"), sortable=False),
        Column("what", _("Put forward as"), sortable=False),
        Column("note", _("Note"), sortable=False),
    )
    rows = tuple(
        (_case(one.assessment.case), Cell(flag_words(one.flag), detail=one.question), Cell(one.note or "–"))
        for one in found
    )
    return Table("flags", _("Put forward by assessors"), columns, rows)


def _case(case: Case) -> Cell:
    return Cell(case.number, href=reverse("case", args=[case.inspection_id, case.number]))
