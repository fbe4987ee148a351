"""A table from a file of any accepted kind, as raw text cells: CSV, XLSX or ODS, known by its content."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from aboveline.domain import table_problems as p
from aboveline.domain.problems import Checked, Place, Problem, Severity, problem_carried
from aboveline.domain.sentences import Sentence
from aboveline.exchange.limited import ChildStopped, run_limited

FILE_BYTES = 8_000_000
_NAMED = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".ods": "ods", ".xls": "xls", ".xlsm": "xlsm"}
_WORDS = {
    "csv": Sentence.of("plain text"),
    "xlsx": Sentence.of("an XLSX workbook"),
    "ods": Sentence.of("an ODS workbook"),
}
_SIGNATURES = (
    (b"MZ", Sentence.of("a Windows program")),
    (b"\x7fELF", Sentence.of("a program")),
    (b"%PDF", Sentence.of("a PDF document")),
    (b"{\\rtf", Sentence.of("a text document (RTF)")),
    (b"\x89PNG", Sentence.of("a picture")),
    (b"\xff\xd8\xff", Sentence.of("a picture")),
    (b"GIF8", Sentence.of("a picture")),
    (b"\x1f\x8b", Sentence.of("a compressed file")),
    (b"7z\xbc\xaf", Sentence.of("a compressed file")),
    (b"Rar!", Sentence.of("a compressed file")),
    (b"#!", Sentence.of("a program")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as text cells, as many as there are headings; `number` is its row in the file (the heading is 1)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it stands in a file. `kind` is csv, xlsx or ods; `sheet` is None for CSV."""

    kind: str
    sheet: str | None
    headings: tuple[str, ...]
    rows: tuple[RawRow, ...]

    def column(self, index: int) -> tuple[str, ...]:
        return tuple(row.cells[index] for row in self.rows)

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        return Place(self.sheet, row, column)


def read_table(data: bytes, *, file: str) -> Checked[RawTable]:
    """Read a table of at most 5,000 rows and 60 columns. The name serves only in problems and to spot a wrong label.

    Where only some rows are wrong the value still holds the others, so that everything can be told at once; `ok` and
    `expect` go by the problems.
    """
    refusal = _refusal(data, PurePath(file).suffix.lower())
    if refusal:
        return Checked(None, (replace(refusal, file=file),))
    try:
        parsed = run_limited("aboveline.exchange.table_parsers:parse", data)
    except ChildStopped as stopped:
        return Checked(None, (p.READER_STOPPED.at(file=file, reason=stopped.reason),))
    assert isinstance(parsed, dict)
    problems = [replace(problem_carried(item), file=file) for item in parsed["problems"]]
    rows = [(int(number), tuple(cells)) for number, cells in parsed["rows"]]
    if not any(q.severity is Severity.ERROR for q in problems):
        problems += [replace(q, file=file) for q in _shape(parsed["kind"], rows, PurePath(file).suffix.lower())]
    if not rows or any(q.place.row is None and q.severity is Severity.ERROR for q in problems):
        return Checked(None, tuple(problems))
    return Checked(_table(parsed["kind"], parsed["sheet"], rows, problems), tuple(problems))


def _refusal(data: bytes, suffix: str) -> Problem | None:
    """What can be refused from the first bytes and the name alone."""
    if not data.strip():
        return p.EMPTY_FILE.at()
    if len(data) > FILE_BYTES:
        return p.FILE_TOO_LARGE.at(limit=FILE_BYTES // 1_000_000)
    if data.startswith(_OLE):
        return p.PASSWORD.at() if _ENCRYPTED in data else p.OLD_EXCEL.at()
    found = next((words for start, words in _SIGNATURES if data.startswith(start)), None)
    if data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        found = Sentence.of("a web page or XML")
    if found is None:
        return None
    named = _NAMED.get(suffix)
    return p.MISLABELLED.at(named=suffix, found=found) if named else p.NOT_A_TABLE.at(found=found)


def _shape(kind: str, rows: list[tuple[int, tuple[str, ...]]], suffix: str) -> list[Problem]:
    named = _NAMED.get(suffix, kind)
    if named != kind:
        return [p.MISLABELLED.at(named=suffix, found=_WORDS[kind])]
    if not rows or rows[0][0] != 1:
        return [p.NO_HEADING.at(Place(row=1))]
    return [] if len(rows) > 1 else [p.NO_ROWS.at()]


def _table(kind: str, sheet: str | None, rows: list[tuple[int, tuple[str, ...]]], problems: list[Problem]) -> RawTable:
    wrong = {q.place.row for q in problems}
    sound = tuple(RawRow(number, cells) for number, cells in rows[1:] if number not in wrong)
    return RawTable(kind, sheet, rows[0][1], sound)
