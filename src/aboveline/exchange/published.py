"""Reads published results: the project's own data, and files of the same columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import aboveline
from aboveline.domain import published_problems as kinds
from aboveline.domain.framework import Framework
from aboveline.domain.problems import Checked, Place, Problem, ProblemKind, checked, nearest_of
from aboveline.domain.published import (
    KINDS,
    Conflict,
    Measure,
    PrintedTable,
    PublishedData,
    PublishedRating,
    PublishedResult,
    Status,
    counts_from,
)
from aboveline.exchange.csv_text import Columns, CsvRow, read_csv
from aboveline.exchange.frameworks import load_framework

T = TypeVar("T")
FOLDER = Path(aboveline.__file__).parent / "data" / "published"
RESULT_COLUMNS = ("area", "region", "kind", "published", "status", "source")
RESULT_EXTRAS = ("date_basis", "inspected", "cases", "verdict", "note")
CONFLICT_COLUMNS = ("area", "published", "theme", "used", "used_source", "other", "other_source", "reading")
RATING_COLUMNS = ("service", "published", "framework_version", "standard", "rating", "overall_rating", "source", "note")
RATING_EXTRAS = ("points", "key_question", "pct", "n_cases", "overall_points")


@lru_cache(maxsize=8)
def load_published(framework_id: str) -> PublishedData:
    """Everything published under a framework; empty where nothing is. Raises ProblemsFound where a file is broken."""
    folder = FOLDER / framework_id
    if framework_id not in published_frameworks():
        return PublishedData((), ())
    framework = load_framework(framework_id)
    return PublishedData(
        read_results((folder / "results.csv").read_bytes(), file="results.csv", framework=framework).expect(),
        read_tables(
            (folder / "printed_tables.csv").read_bytes(), file="printed_tables.csv", framework=framework
        ).expect(),
        read_conflicts((folder / "conflicts.csv").read_bytes(), file="conflicts.csv", framework=framework).expect(),
    )


def published_frameworks() -> tuple[str, ...]:
    """The frameworks under which results have been published, in order of id."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/results.csv")))


def load_ratings() -> tuple[PublishedRating, ...]:
    """Published ratings under the frameworks of 2018 and later. Raises ProblemsFound where the file is broken."""
    return read_ratings((FOLDER / "hmip" / "ratings.csv").read_bytes(), file="ratings.csv").expect()


def read_results(data: bytes, *, file: str, framework: Framework) -> Checked[tuple[PublishedResult, ...]]:
    """Read results; a column of percents and a column `<theme>_words` for each theme of the framework."""
    themes = [theme.id for theme in framework.themes]
    extras = (*RESULT_EXTRAS, *themes, *(f"{theme}_words" for theme in themes))
    seen: dict[tuple[str, str, str], int] = {}

    def result(row: CsvRow, check: "_Check") -> PublishedResult:
        made = _result(row, check, themes, [band.id for band in framework.bands])
        first = seen.setdefault((made.area, made.kind, made.published), row.number)
        if first != row.number:
            check.found(kinds.REPEATED, row, "area", first=first)
        return made

    return _read(data, file, Columns(RESULT_COLUMNS, extras), result)


def read_tables(data: bytes, *, file: str, framework: Framework) -> Checked[tuple[PrintedTable, ...]]:
    """Read printed tables; a column `<theme>_<lowest|highest|average>` for each cell."""
    cells = [(theme.id, measure) for theme in framework.themes for measure in Measure]
    columns = Columns(("printed", "report", "source"), ("note", *(f"{t}_{m}" for t, m in cells)))

    def table(row: CsvRow, check: "_Check") -> PrintedTable:
        check.filled(row, "printed", "report", "source")
        check.date(row, "printed")
        found = {(t, m): check.percent(row, f"{t}_{m}") for t, m in cells}
        for theme in framework.themes:
            ordered = [found[theme.id, m] for m in (Measure.LOWEST, Measure.AVERAGE, Measure.HIGHEST)]
            known = [percent for percent in ordered if percent is not None]
            if known != sorted(known):
                check.found(kinds.TABLE_DISORDERED, row, f"{theme.id}_average")
        return PrintedTable(
            row["printed"], row["report"], {k: v for k, v in found.items() if v is not None}, row["source"], row["note"]
        )

    return _read(data, file, columns, table)


def read_conflicts(data: bytes, *, file: str, framework: Framework) -> Checked[tuple[Conflict, ...]]:
    themes = [theme.id for theme in framework.themes]

    def conflict(row: CsvRow, check: "_Check") -> Conflict:
        check.filled(row, *CONFLICT_COLUMNS)
        check.choice(row, "theme", themes)
        check.date(row, "published")
        used, other = (check.percent(row, column) or 0 for column in ("used", "other"))
        return Conflict(
            row["area"],
            row["published"],
            row["theme"],
            used,
            row["used_source"],
            other,
            row["other_source"],
            row["reading"],
        )

    return _read(data, file, Columns(CONFLICT_COLUMNS), conflict)


def read_ratings(data: bytes, *, file: str) -> Checked[tuple[PublishedRating, ...]]:
    def rating(row: CsvRow, check: "_Check") -> PublishedRating:
        check.filled(row, "service", "published", "framework_version", "source")
        return PublishedRating(**{column: row[column] for column in RATING_COLUMNS})

    return _read(data, file, Columns(RATING_COLUMNS, RATING_EXTRAS), rating)


def _result(row: CsvRow, check: "_Check", themes: list[str], bands: list[str]) -> PublishedResult:
    check.filled(row, "area", "region", "kind", "source")
    check.choice(row, "kind", KINDS)
    check.date(row, "published")
    status = Status(check.choice(row, "status", [str(known) for known in Status]) or Status.PUBLISHED)
    percents = {theme: check.percent(row, theme) for theme in themes}
    known = {theme: percent for theme, percent in percents.items() if percent is not None}
    words = {theme: check.choice(row, f"{theme}_words", bands) for theme in themes}
    if (status is Status.PUBLISHED) != bool(known) and not any(row[theme] and theme not in known for theme in themes):
        found = "it has no percent" if not known else "it has a percent"
        check.found(kinds.STATUS_CONTRADICTED, row, "status", value=str(status), found=found)
    return PublishedResult(
        area=row["area"],
        region=row["region"],
        kind=row["kind"],
        published=row["published"],
        status=status,
        percents=known,
        words={theme: word for theme, word in words.items() if word},
        source=row["source"],
        cases=check.count(row, "cases"),
        inspected=row["inspected"],
        date_basis=row["date_basis"],
        verdict=row["verdict"],
        note=row["note"],
    )


@dataclass
class _Check:
    """Reads single cells and keeps every problem found on the way."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def found(self, kind: ProblemKind, row: CsvRow, column: str, *, value: str | None = None, **words: object) -> None:
        near = words.pop("nearest", None)
        nearest = None if near is None else str(near)
        place = Place(row=row.number, column=column)
        self.problems.append(kind.at(place, file=self.file, value=value, nearest=nearest, column=column, **words))

    def filled(self, row: CsvRow, *columns: str) -> None:
        for column in columns:
            if not row[column]:
                self.found(kinds.MISSING, row, column)

    def choice(self, row: CsvRow, column: str, allowed: Iterable[str]) -> str | None:
        """The cell where it is one of `allowed`; a blank cell is None without a problem."""
        value, names = row[column], list(allowed)
        if value in names or not value:
            return value or None
        near = nearest_of(value, names)
        self.found(kinds.NOT_A_CHOICE, row, column, value=value, nearest=near, allowed=", ".join(names))
        return None

    def date(self, row: CsvRow, column: str) -> None:
        try:
            counts_from(row[column])
        except ValueError:
            self.found(kinds.BAD_DATE, row, column, value=row[column])

    def percent(self, row: CsvRow, column: str) -> int | None:
        return self._whole(row, column, kinds.BAD_PERCENT, range(101))

    def count(self, row: CsvRow, column: str) -> int | None:
        return self._whole(row, column, kinds.BAD_COUNT, range(1, 100_000))

    def _whole(self, row: CsvRow, column: str, kind: ProblemKind, allowed: range) -> int | None:
        value = row[column]
        if value.isascii() and value.isdigit() and len(value) < 7 and int(value) in allowed:
            return int(value)
        if value:
            self.found(kind, row, column, value=value)
        return None


def _read(data: bytes, file: str, columns: Columns, make: Callable[[CsvRow, _Check], T]) -> Checked[tuple[T, ...]]:
    table = read_csv(data, file=file, columns=columns)
    check = _Check(file, list(table.problems))
    values = tuple(make(row, check) for row in table.value or ())
    return checked(values, check.problems)
