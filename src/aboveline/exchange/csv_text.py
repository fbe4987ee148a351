"""Reads a small CSV file of known columns from bytes: every problem of the file and of its rows' shape at once."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aboveline.domain import csv_problems as kinds
from aboveline.domain.problems import Checked, Place, Problem, ProblemKind, Severity, nearest_of

CELL_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Columns:
    """What a file may hold. Headings are compared trimmed, in lower case."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    limit_bytes: int = 8_000_000
    limit_rows: int = 50_000
    limit_columns: int = 60

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.required, *self.optional)


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row that has as many cells as the heading row; `number` 1 is the heading. An absent column reads blank."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass
class _Reading:
    """The problems found so far in one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def found(self, kind: ProblemKind, place: Place | None = None, **words: object) -> None:
        value, nearest = words.pop("value", None), words.pop("nearest", None)
        self.problems.append(
            kind.at(place, file=self.file, value=value, nearest=None if nearest is None else str(nearest), **words)
        )


def read_csv(data: bytes, *, file: str, columns: Columns) -> Checked[tuple[CsvRow, ...]]:
    """Return the rows in file order; a row of another width is a problem and left out, a blank one is skipped."""
    reading = _Reading(file)
    text = _text(data, columns, reading)
    if text is None:
        return Checked(None, tuple(reading.problems))
    lines = _lines(text, columns, reading)
    headings = _headings(lines, columns, reading)
    if headings is None or reading.failed:
        return Checked(None, tuple(reading.problems))
    rows = tuple(_rows(lines, headings, reading))
    if not rows and not reading.failed:
        reading.found(kinds.EMPTY)
    return Checked(rows, tuple(reading.problems))


def _text(data: bytes, columns: Columns, reading: _Reading) -> str | None:
    if len(data) > columns.limit_bytes:
        reading.found(kinds.TOO_LARGE, limit=f"{columns.limit_bytes / 1_000_000:g} MB")
        return None
    text = _decode(data, reading)
    if text is not None and "\0" in text:
        reading.found(kinds.NUL)
        return None
    return text


def _decode(data: bytes, reading: _Reading) -> str | None:
    codecs = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        # A workbook or a picture decodes as Windows-1252 now and then; its NULs say what it is.
        if codec == "cp1252" and "\0" not in text:
            reading.found(kinds.ENCODING_GUESSED)
        return text
    reading.found(kinds.NUL if b"\0" in data else kinds.ENCODING)
    return None


def _lines(text: str, columns: Columns, reading: _Reading) -> Iterator[tuple[int, list[str]]]:
    """Rows by their place in the sheet, whatever line breaks stand inside cells; unreadable ones become problems."""
    first = text[:2_000].split("\n", 1)[0]
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=max(",;\t", key=first.count), strict=True)
    for number in range(1, columns.limit_rows + 2):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            reading.found(kinds.MALFORMED, Place(row=number), limit=f"{CELL_CHARACTERS:,}")
            continue
        if max(map(len, cells), default=0) > CELL_CHARACTERS:
            reading.found(kinds.MALFORMED, Place(row=number), limit=f"{CELL_CHARACTERS:,}")
        elif any(map(str.strip, cells)) or number == 1:
            yield number, cells
    if stream.read().strip():
        reading.found(kinds.TOO_MANY_ROWS, limit=f"{columns.limit_rows:,}")


def _headings(lines: Iterator[tuple[int, list[str]]], columns: Columns, reading: _Reading) -> list[str] | None:
    """The headings of row 1, or None where it cannot be read or is blank."""
    number, cells = next(lines, (1, []))
    headings = [cell.strip().lower() for cell in cells]
    if number != 1 or not any(headings):
        if not reading.failed:
            reading.found(kinds.EMPTY)
        return None
    if sum(map(bool, headings)) > columns.limit_columns:
        words = {"limit": columns.limit_columns, "expected": ",".join(columns.all)}
        reading.found(kinds.TOO_MANY_COLUMNS, Place(row=1), **words)
        return None
    _check_headings(headings, columns, reading)
    return headings


def _check_headings(headings: Sequence[str], columns: Columns, reading: _Reading) -> None:
    expected = ",".join(columns.all)
    unknown = [heading for heading in headings if heading and heading not in columns.all]
    missing = [column for column in columns.required if column not in headings]
    for column in columns.all:
        if headings.count(column) > 1:
            reading.found(kinds.HEADING_TWICE, Place(row=1, column=column), column=column)
    for column in missing:
        near = nearest_of(column, unknown)
        reading.found(kinds.HEADING_MISSING, Place(row=1), column=column, expected=expected, nearest=near)
    # Without its headings, row 1 may be a row of data, whose values are nobody's to print.
    for heading in () if missing else unknown:
        reading.found(kinds.HEADING_UNKNOWN, Place(row=1, column=heading[:40]), value=heading, expected=expected)


def _rows(lines: Iterator[tuple[int, list[str]]], headings: Sequence[str], reading: _Reading) -> Iterator[CsvRow]:
    for number, cells in lines:
        while len(cells) > len(headings) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(headings):
            reading.found(kinds.RAGGED, Place(row=number), found=len(cells), expected=len(headings))
        else:
            yield CsvRow(number, {h: c.strip() for h, c in zip(headings, cells, strict=True)})
