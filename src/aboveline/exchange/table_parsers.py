"""The child's half of reading a table: bytes to rows of text. Runs inside `limited`; returns only JSON values."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from aboveline.domain import table_problems as p
from aboveline.domain.problems import Place, Problem, Severity
from aboveline.exchange import zip_safety

ROWS = 5_000
COLUMNS = 60
#: rows looked at, blank ones included
BLANK_ROWS = 50 * ROWS
CELL_CHARACTERS = 2_000
#: The second sheet of our own template; it never holds the list.
CODES_SHEET = "Codes"

Row = tuple[int, list[str]]


class Unreadable(Exception):
    """The file cannot be read at all; carries why."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems


def parse(data: bytes) -> dict[str, object]:
    """Return {kind, sheet, rows, problems}: rows as [number, cells], the heading first, blank rows left out."""
    try:
        if data.startswith(b"PK"):
            return _as_json(*_workbook(data))
        return _as_json(*_csv(data))
    except Unreadable as stop:
        return _as_json("", None, [], list(stop.problems))


def _as_json(kind: str, sheet: str | None, rows: list[Row], problems: list[Problem]) -> dict[str, object]:
    return {"kind": kind, "sheet": sheet, "rows": rows, "problems": [q.carried() for q in problems]}


def _csv(data: bytes) -> tuple[str, None, list[Row], list[Problem]]:
    text, problems = _decode(data)
    if "\0" in text:
        raise Unreadable(p.NUL.at())
    # Shared by the whole process: only ever raised, so that no other reader of CSV finds its limit lowered.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    first_line = text[:20_000].split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, found = _bounded(_numbered(reader), sheet=None)
    return "csv", None, rows, [*problems, *found, *_ragged(rows)]


def _decode(data: bytes) -> tuple[str, list[Problem]]:
    """Text in UTF-16 where the bytes say so, else in UTF-8, else in Windows-1252 (with a warning)."""
    tries = ["utf-8-sig", "cp1252"]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tries = ["utf-16"]
    elif data[:200].count(0) > len(data[:200]) // 3:
        tries = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    for codec in tries:
        try:
            return data.decode(codec), [p.READ_AS_WINDOWS.at()] if codec == "cp1252" else []
        except UnicodeDecodeError:
            continue
    raise Unreadable(p.NOT_DECODABLE.at())


def _numbered(reader: Iterator[list[str]]) -> Iterator[Row]:
    """Rows by their place in the table (the heading is 1), whatever line breaks stand inside cells."""
    number = 0
    while True:
        number += 1
        try:
            yield number, [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(p.QUOTES.at(Place(row=number))) from error


def _ragged(rows: list[Row]) -> list[Problem]:
    expected = len(rows[0][1]) if rows else 0
    return [p.RAGGED.at(Place(row=number), expected=expected) for number, cells in rows[1:] if len(cells) != expected]


def _workbook(data: bytes) -> tuple[str, str, list[Row], list[Problem]]:
    kind, problems = zip_safety.examine(data)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise Unreadable(*problems)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [s.name for s in book.sheets_metadata if _visible(s)]
        hidden = any(s.visible is not SheetVisibleEnum.Visible for s in book.sheets_metadata)
        name, table = _first_with_content(book, shown)
    except PasswordError as error:
        raise Unreadable(p.PASSWORD.at()) from error
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable(p.DAMAGED.at()) from error
    rows, found = _bounded(((n, [as_text(c) for c in row]) for n, row in table), sheet=name)
    notes = [*problems, *([p.HIDDEN_SHEET.at()] if hidden else [])]
    if any(other not in (name, CODES_SHEET) for other in shown):
        notes.append(p.SHEET_CHOSEN.at(Place(sheet=name), sheet=name))
    return kind, name, rows, notes + found


def _visible(sheet: object) -> bool:
    return sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet  # type: ignore[attr-defined]


def _first_with_content(book: CalamineWorkbook, names: list[str]) -> tuple[str, Iterator[tuple[int, Sequence[object]]]]:
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if name != CODES_SHEET and sheet.end is not None:
            if sheet.total_height > BLANK_ROWS or sheet.total_width > 50 * COLUMNS:
                raise Unreadable(p.BOMB.at(reason=f"{sheet.total_height:,} rows by {sheet.total_width:,} columns"))
            return name, enumerate(sheet.iter_rows(), start=1)
    raise Unreadable(p.NO_SHEET.at())


def _bounded(rows: Iterable[tuple[int, list[str]]], *, sheet: str | None) -> tuple[list[Row], list[Problem]]:
    """Drop blank rows and blank trailing columns; stop where there are too many rows, columns or characters."""
    kept: list[Row] = []
    problems: list[Problem] = []
    for number, cells in rows:
        if not any(cells) and number <= BLANK_ROWS:
            continue
        if number > 1 and (len(kept) > ROWS or number > BLANK_ROWS):
            problems.append(p.TOO_MANY_ROWS.at(Place(sheet, number), limit=f"{ROWS:,}"))
            break
        if len(_trimmed(cells)) > COLUMNS:
            problems.append(p.TOO_MANY_COLUMNS.at(Place(sheet, number), limit=COLUMNS))
            break
        long = [i for i, cell in enumerate(cells) if len(cell) > CELL_CHARACTERS]
        problems += [p.CELL_TOO_LONG.at(Place(sheet, number, str(i + 1)), limit=f"{CELL_CHARACTERS:,}") for i in long]
        kept.append((number, ["" if i in long else cell for i, cell in enumerate(cells)]))  # small enough to carry
    return _same_width(kept), problems


def _same_width(rows: list[Row]) -> list[Row]:
    """Cut the blank columns that a spreadsheet leaves on the right of every row."""
    width = max((len(_trimmed(cells)) for _, cells in rows), default=0)
    return [(number, cells[:width]) for number, cells in rows]


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def as_text(cell: object) -> str:
    """A spreadsheet's value as the text a person would type: whole numbers without a point, dates as ISO."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.min.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()
