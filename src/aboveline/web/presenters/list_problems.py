"""The problems of a file: grouped by what is wrong, then one by one with their places, and as a file to take away."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from django.utils.translation import gettext as _

from aboveline.domain.problems import Problem, Severity
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.case_words import FIELD_WORDS, breakable, field_words
from aboveline.web.presenters.spreadsheet import inert
from aboveline.web.presenters.wording import said

#: rows named in a group before it ends with how many more there are
ROWS_NAMED = 8


def groups_table(problems: Iterable[Problem]) -> Table:
    """One row for each kind of problem in each column, the most frequent first."""
    columns = (
        Column("what", _("What is wrong"), sortable=False),
        Column("count", _("How many"), numeric=True, sortable=False),
        Column("rows", _("Rows"), sortable=False),
        Column("remedy", _("What to do"), sortable=False),
    )
    groups = [list(group) for _key, group in groupby(sorted(problems, key=_kind), key=_kind)]
    rows = tuple(_group_row(group) for group in sorted(groups, key=lambda group: (-len(group), _kind(group[0]))))
    return Table("kinds", _("What is wrong, by kind"), columns, rows)


def _kind(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.place.column or ""


def _group_row(group: Sequence[Problem]) -> tuple[Cell, ...]:
    first = group[0]
    named = sorted(p.place.row for p in group if p.place.row)
    shown = ", ".join(str(row) for row in named[:ROWS_NAMED])
    if len(named) > ROWS_NAMED:
        shown = _("{rows} and {more} more").format(rows=shown, more=len(named) - ROWS_NAMED)
    what, remedy = breakable(in_words(first)), breakable(in_words(first, first.remedy))
    return (Cell(what), Cell(str(len(group))), Cell(shown or "–"), Cell(remedy))


def problems_table(problems: Iterable[Problem]) -> Table:
    """Every problem in the order of the file, errors first within a row."""
    columns = (
        Column("row", _("Row"), numeric=True),
        Column("column", _("Column")),
        Column("found", _("Found"), sortable=False),
        Column("what", _("What is wrong")),
        Column("remedy", _("What to do"), sortable=False),
    )
    ordered = sorted(problems, key=lambda p: (p.place.row or 0, p.severity is not Severity.ERROR, p.place.column or ""))
    return Table("problems", _("Every problem"), columns, tuple(_problem_row(problem) for problem in ordered))


def _problem_row(problem: Problem) -> tuple[Cell, ...]:
    row = problem.place.row
    return (
        Cell(str(row) if row else "–", order=row),
        Cell(problem.place.column or "–"),
        Cell(problem.value or "–"),
        Cell(in_words(problem)),
        Cell(in_words(problem, problem.remedy)),
    )


def to_show(rows: Iterable[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows whose long words may break on a phone; only for those of one page, since there can be thousands."""
    return tuple(tuple(replace(cell, text=breakable(str(cell.text))) for cell in row) for row in rows)


def in_words(problem: Problem, text: str = "") -> str:
    """A message with a field's name at its head put in words."""
    text = said(text or problem.message)
    head, _space, rest = text.partition(" ")
    return f"{field_words(head)} {rest}" if head in FIELD_WORDS else text


def problems_csv(problems: Iterable[Problem]) -> bytes:
    """The problems as a file for a spreadsheet; nothing in it can run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["severity", "row", "column", "found", "what is wrong", "what to do", "code"])
    for p in problems:
        cells = [
            p.severity,
            p.place.row or "",
            p.place.column or "",
            p.value or "",
            said(p.message),
            said(p.remedy),
            p.code,
        ]
        writer.writerow([inert(str(cell)) for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
