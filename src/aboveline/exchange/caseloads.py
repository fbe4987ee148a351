"""A case list from a raw table: every row's every problem at once, or the whole caseload; never a part of it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from aboveline.domain import caseload_problems as p
from aboveline.domain.caseload import AGES, CODES, REQUIRED_FIELDS, Caseload, CaseloadEntry
from aboveline.domain.framework import Framework, OrderType
from aboveline.domain.problems import Checked, Problem, ProblemKind, checked, nearest_of
from aboveline.domain.sentences import Sentence
from aboveline.exchange.column_mapping import ColumnMapping, guess_mapping, mapping_problems, normal
from aboveline.exchange.dates import read_date
from aboveline.exchange.identifying_columns import identifying_problems, identifying_values, looks_like_name
from aboveline.exchange.tables import RawRow, RawTable, read_table

_ORDER_ALIASES: Mapping[str, str] = {
    "ro": "referral_order",
    "yro": "youth_rehabilitation_order",
    "dto": "detention_and_training_order",
    "apo": "action_plan_order",
    "aco": "attendance_centre_order",
    "so": "supervision_order",
    "oocd": "out_of_court_disposal",
    "custody": "other_custody",
}
_ALIASES: Mapping[str, dict[str, str]] = {
    "sex": {"m": "male", "f": "female", "boy": "male", "girl": "female"},
    "ethnicity": {
        "white british": "white",
        "mixed or multiple": "mixed",
        "asian or asian british": "asian",
        "black or black british": "black",
        "chinese or other": "other",
    },
    "looked_after": {"y": "yes", "n": "no", "true": "yes", "false": "no", "1": "yes", "0": "no"},
}
_UNKNOWN = {"unknown", "not stated", "not recorded", "n k", "nk", "not known", "not assessed", "n a", "na"}
_REFERENCE = re.compile(r"^[^\W_][\w ./-]{0,39}$")
#: wrong ages and dates that may be shown, for they can be no name, address or date of birth
_ALMOST_AN_AGE = re.compile(
    r"^(-?\d{1,3}(\.\d{1,3})?|(nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen))$", re.IGNORECASE
)
_ALMOST_A_DATE = re.compile(r"^(20\d\d[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]20\d\d)$")
_CODE_TEXT = re.compile(r"^[^\W_].{0,59}$")


@dataclass
class _Row:
    """One row being read: its cells by field, and where its problems go."""

    cells: Mapping[str, str]
    report: Callable[..., None]
    wrong: bool = False

    def refuse(self, kind: ProblemKind, field: str, **words: object) -> None:
        self.wrong = True
        self.report(kind, field, **words)


@dataclass
class _Reading:
    """The whole list being read, with what has to be looked at across rows."""

    table: RawTable
    mapping: ColumnMapping
    framework: Framework
    file: str
    problems: list[Problem] = field(default_factory=list)
    blanks: dict[str, int] = field(default_factory=dict)
    first_row_of: dict[str, int] = field(default_factory=dict)
    cells_of: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def heading(self, name: str) -> str:
        index = self.mapping.columns.get(name)
        return name if index is None else self.table.headings[index]

    def row(self, raw: RawRow) -> _Row:
        def report(kind: ProblemKind, field: str, **words: Any) -> None:
            place = self.table.place(raw.number, self.heading(field))
            self.problems.append(kind.at(place, file=self.file, field=field, **words))

        return _Row({name: raw.cells[index] for name, index in self.mapping.columns.items()}, report)


def read_case_list(
    data: bytes, framework: Framework, *, file: str, choices: Mapping[str, int | None] | None = None
) -> Checked[Caseload]:
    """Read a case list from a file of any accepted kind. `choices` are a person's columns over the guessed ones."""
    raw = read_table(data, file=file)
    if raw.value is None:
        return Checked(None, raw.problems)
    mapping = guess_mapping(raw.value.headings).corrected(choices or {})
    read = read_caseload(raw.value, mapping, framework, file=file)
    return checked(read.value or Caseload(()), [*raw.problems, *read.problems])


def read_caseload(table: RawTable, mapping: ColumnMapping, framework: Framework, *, file: str) -> Checked[Caseload]:
    """Read every row of a case list by the framework's order types. The value is whole or, after any error, None."""
    refused = identifying_problems(table, mapping, file=file)
    known = {q.place for q in refused}
    refused += identifying_values(table, but={q.place.column for q in refused}, file=file)
    columns = [*refused, *(replace(q, file=file) for q in mapping_problems(table, mapping) if q.place not in known)]
    reading = _Reading(table, mapping, framework, file, columns)
    if any(q.code in {p.NOT_A_CASE_LIST.code, p.COLUMN_TWICE.code} for q in columns):
        return checked(Caseload(()), reading.problems)
    entries = [entry for raw in table.rows if (entry := _entry(reading, raw)) is not None]
    for name, count in reading.blanks.items():
        place = table.place(column=reading.heading(name))
        reading.problems.append(p.BLANK_READ_AS.at(place, file=file, field=name, count=count, read_as=CODES[name][-1]))
    whole = checked((), reading.problems).value is not None
    return checked(Caseload.of(entries) if whole else Caseload(()), reading.problems)


def _entry(reading: _Reading, raw: RawRow) -> CaseloadEntry | None:
    """Read one row, reporting each of its problems; None where any of them is an error."""
    row = reading.row(raw)
    for name in REQUIRED_FIELDS:
        if name in row.cells and not row.cells[name]:
            row.refuse(p.MISSING_VALUE, name)
    reference = _reference(reading, raw, row)
    order = _order(reading.framework, row)
    start, end = _date(row, "order_start"), _date(row, "order_end")
    _check_dates(row, order, start, end)
    age = _age(row)
    codes = {name: _coded(reading, row, name) for name in CODES}
    texts = {name: _text(row, name) for name in ("team", "case_manager")}
    if row.wrong or order is None or start is None or age is None:
        return None
    return CaseloadEntry(reference, order.id, start, age, end, **codes, **texts)


def _reference(reading: _Reading, raw: RawRow, row: _Row) -> str:
    """The reference as given. Its text is never shown: it may be a name."""
    text = unicodedata.normalize("NFC", row.cells.get("case_ref", ""))
    if not text:
        return ""
    if not _REFERENCE.match(text):
        row.refuse(p.BAD_REFERENCE, "case_ref", reason=_why_not(text, 40))
    elif looks_like_name(text):
        row.report(p.REFERENCE_LIKE_NAME, "case_ref")
    first = reading.first_row_of.setdefault(text.casefold(), raw.number)
    reading.cells_of[raw.number] = raw.cells
    if first != raw.number:
        same = reading.cells_of[first] == raw.cells
        row.refuse(p.REPEATED_ROW if same else p.REPEATED_REFERENCE, "case_ref", first=first)
    return text


def _why_not(text: str, limit: int) -> str:
    if len(text) > limit:
        return Sentence.of("is longer than {limit} characters", limit=limit)
    if text[0] in "=+-@":
        return Sentence.of("begins like a spreadsheet formula")
    if any(unicodedata.category(c).startswith("C") for c in text):
        return Sentence.of("holds hidden characters")
    return Sentence.of("holds characters that are not accepted")


def _order(framework: Framework, row: _Row) -> OrderType | None:
    text = row.cells.get("order_type", "")
    by_word: dict[str, OrderType] = {}
    for order in framework.order_types:
        by_word |= {normal(order.id): order, normal(order.name.en): order}
    wanted = _ORDER_ALIASES.get(normal(text), text)
    found = by_word.get(normal(wanted))
    if text and found is None:
        _refuse_code(row, "order_type", text, [o.id for o in framework.order_types], by_word)
    return found


def _coded(reading: _Reading, row: _Row, name: str) -> str:
    codes = CODES[name]
    text = row.cells.get(name)
    if text is None:
        return codes[-1]
    if not text:
        reading.blanks[name] = reading.blanks.get(name, 0) + 1
        return codes[-1]
    plain = normal(text)
    by_word: dict[str, str] = (
        {normal(code): code for code in codes} | _ALIASES.get(name, {}) | dict.fromkeys(_UNKNOWN, codes[-1])
    )
    if plain not in by_word:
        _refuse_code(row, name, text, codes, by_word)
        return codes[-1]
    return by_word[plain]


def _refuse_code(row: _Row, name: str, text: str, codes: Iterable[str], words: Mapping[str, object]) -> None:
    """Report a value outside its codes. Only a misspelt or tiny one is shown: a column of names may have slipped."""
    near = nearest_of(normal(text), words)
    meant = words[near] if near else None
    nearest = meant.id if isinstance(meant, OrderType) else meant
    shown = text if near or len(text) <= 2 else None
    likely_first = sorted(codes, key=lambda code: code != nearest)
    row.refuse(p.UNKNOWN_CODE, name, value=shown, nearest=nearest, allowed=", ".join(likely_first))


def _date(row: _Row, name: str) -> date | None:
    text = row.cells.get(name, "")
    if not text:
        return None
    day = read_date(text)
    if day is None:
        row.refuse(p.BAD_DATE, name, value=text if _ALMOST_A_DATE.match(text) else None)
    elif not 2000 <= day.year <= 2099:
        row.refuse(p.IMPLAUSIBLE_DATE, name)
        return None
    return day


def _check_dates(row: _Row, order: OrderType | None, start: date | None, end: date | None) -> None:
    if start and end and end < start:
        row.refuse(p.ENDS_BEFORE_START, "order_end", value=end)
    if order and start and not order.existed_on(start):
        dates = Sentence.joined(
            [
                Sentence.of("from {day}", day=order.first) if order.first else "",
                Sentence.of("until {day}", day=order.last) if order.last else "",
            ]
        )
        row.refuse(p.ORDER_DID_NOT_EXIST, "order_start", name=Sentence.joined([order.name]), dates=dates, value=start)


def _age(row: _Row) -> int | None:
    text = row.cells.get("age", "")
    if not text:
        return None
    if not re.fullmatch(r"\d{1,3}(\.0)?", text) or int(float(text)) not in AGES:
        row.refuse(p.BAD_AGE, "age", value=text if _ALMOST_AN_AGE.match(text) else None)
        return None
    return int(float(text))


def _text(row: _Row, name: str) -> str:
    """A team or staff code as given; its text is never shown."""
    text = unicodedata.normalize("NFC", row.cells.get(name, ""))
    if text and (not _CODE_TEXT.match(text) or any(unicodedata.category(c).startswith("C") for c in text)):
        row.refuse(p.BAD_STAFF_CODE, name, reason=_why_not(text, 60))
    return text
