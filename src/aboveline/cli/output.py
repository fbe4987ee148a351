"""What every verb prints and how it ends: table, json or csv; problems; exit codes 0 fine, 1 problems, 2 usage."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NoReturn

import typer

from aboveline.domain.problems import Problem, Severity

#: columns of a table that goes to a file or another program, which have no width of their own
WIDTH_OF_A_FILE = 120

#: rows named where one line stands for several
ROWS_TOLD = 5

PROBLEM_HEADINGS = ("code", "severity", "file", "sheet", "row", "column", "path", "line", "value", "message", "remedy")


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Table:
    """Rows for people and for CSV: a title, column headings and rows of plain values."""

    def __init__(self, title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        self.title, self.headings, self.rows = title, headings, [list(row) for row in rows]


def emit(
    form: Format,
    document: Mapping[str, object],
    tables: Sequence[Table],
    notes: Sequence[str] = (),
    warnings: Sequence[Problem] = (),
) -> None:
    """Print one result. JSON prints `document` alone; csv prints the first table; table prints all, then notes.

    Warnings go to standard error in every form, and into the JSON as its `problems`.
    """
    _print_problems(warnings)
    if form is Format.JSON:
        _print_json({**document, "problems": [warning.as_dict() for warning in warnings]})
    elif form is Format.CSV:
        _print_csv(tables[0])
    else:
        _print_tables(tables, notes)


def _print_json(document: Mapping[str, object]) -> None:
    """JSON is UTF-8, and plain ASCII (which is both) where the terminal's character set is another."""
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=ascii_only, default=str) + "\n")


def _print_csv(table: Table) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(table.headings)
    writer.writerows([neutral(cell) for cell in row] for row in table.rows)


def first_line(error: Exception) -> str:
    """What a database says of an error, without the lines below that point into a statement."""
    return (str(error).strip().splitlines() or ["no answer"])[0].rstrip(".")


def neutral(cell: object) -> object:
    """Keep a spreadsheet from running a text cell as a formula: such text gets a leading apostrophe."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + cell
    return "" if cell is None else cell


def _print_tables(tables: Sequence[Table], notes: Sequence[str]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE)
    for table in tables:
        view = RichTable(title=Text(table.title), title_justify="left", box=box.SIMPLE_HEAD)
        for heading in table.headings:
            view.add_column(Text(heading), overflow="fold")
        for row in table.rows:
            view.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
        console.print(view)
    for note in notes:
        console.print(Text(note))


def end_with_problems(form: Format, problems: Sequence[Problem]) -> NoReturn:
    """Print every problem (JSON and csv on standard output, words on standard error) and leave with exit code 1."""
    if form is Format.JSON:
        _print_json({"problems": [problem.as_dict() for problem in problems]})
    elif form is Format.CSV:
        _print_csv(Table("Problems", PROBLEM_HEADINGS, map(_problem_row, problems)))
    else:
        _print_problems(problems)
    raise typer.Exit(1)


def _problem_row(problem: Problem) -> list[object]:
    shown = {**problem.as_dict(), **problem.place.as_dict()}
    return [shown[heading] for heading in PROBLEM_HEADINGS]


def _print_problems(problems: Sequence[Problem]) -> None:
    for alike in _grouped(problems):
        typer.echo(_line(alike[0]) if len(alike) == 1 else _line_of_many(alike), err=True)
    errors = sum(p.severity is Severity.ERROR for p in problems)
    if errors:
        typer.echo(f"{errors} error(s). Nothing was done.", err=True)


def _grouped(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Warnings that say the same of several rows together, in the order of the first; each error alone."""
    groups: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        same = replace(problem, place=replace(problem.place, row=None))
        groups.setdefault(number if problem.severity is Severity.ERROR else same, []).append(problem)
    return list(groups.values())


def _line_of_many(alike: Sequence[Problem]) -> str:
    rows = [str(problem.place.row) for problem in alike if problem.place.row]
    told = ", ".join(rows[:ROWS_TOLD]) + (" ..." if len(rows) > ROWS_TOLD else "")
    where = f" (row {told})" if rows else ""
    return f"{_line(replace(alike[0], place=replace(alike[0].place, row=None)))} {len(alike)} times{where}."


def _line(problem: Problem) -> str:
    where = ", ".join(part for part in (problem.file or "", problem.place.words()) if part)
    found = f" Found: {problem.value}." if problem.value is not None and problem.value not in problem.message else ""
    head = ": ".join(part for part in (f"{problem.severity.upper()} {problem.code}", where) if part)
    return f"{head}: {problem.message}{found} {problem.remedy}"
