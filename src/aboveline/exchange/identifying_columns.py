"""Columns that look like a child's name, address, date of birth or number: refused by heading; no value is shown."""

import re
from collections.abc import Callable, Container, Sequence
from datetime import date

from aboveline.domain import caseload_problems as p
from aboveline.domain.problems import Place, Problem
from aboveline.domain.sentences import Sentence
from aboveline.exchange.column_mapping import ColumnMapping, is_known, normal
from aboveline.exchange.dates import read_date
from aboveline.exchange.tables import RawTable

_CHILD = (
    r"(child(ren)?|young (person|people)|yp|y p|client|service user|offender|defendant|victim|sibling|parent|carer"
    r"|guardian|mother|father|son|daughter)"
)
#: what nobody's heading may hold, also in Welsh
_OF_ANYBODY: tuple[tuple[str, str], ...] = (
    (r"\b(date of birth|d ?o ?b|birth ?date|birth ?day|born|birth|geni)\b", Sentence.of("a date of birth")),
    (r"\b(nhs|upn|uln|pnc|croid?|passport|national insurance|ni number|nino)\b", Sentence.of("a personal number")),
)
#: what may be of staff and places of work, and may not be of a child
_OF_A_CHILD: tuple[tuple[str, str], ...] = (
    (
        r"\b(address|addr|postcode|post code|postal|street|road|house|flat|town|lives at|home|cyfeiriad|cod post)\b",
        Sentence.of("an address"),
    ),
    (r"\b(e ?mail|phone|telephone|tel|mobile)\b", Sentence.of("a way to reach a person")),
    (r"names?\b|\b(initials|alias|known as|enw|enwau|cyfenw)\b", Sentence.of("a person's name")),
    (rf"^{_CHILD}s?( {_CHILD}s?)?$|^(youth|subject|person|first|last|given|family)s?$", Sentence.of("a person's name")),
)
#: Headings about staff, teams, orders and places of work, where a name is not a child's.
_NOT_A_CHILD = re.compile(r"\b(staff|worker|manager|officer|team|order|case ?holder|supervis\w+|service|court)\b")
_SAYS_CHILD = re.compile(rf"\b{_CHILD}s?\b")
#: The share of a column's filled cells that decides what it holds.
_SHARE = 0.6
_POSTCODE = re.compile(r"(^|[ ,])[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$", re.IGNORECASE)
_STREET = re.compile(
    r"^(flat )?\d+[a-z]?,? [a-z' ]+(road|rd|street|st|avenue|ave|lane|close|drive|way|crescent)\b", re.I
)
_POSTCODE_ANYWHERE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b", re.IGNORECASE)
_EMAIL_ANYWHERE = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]")
_PHONE_ANYWHERE = re.compile(r"(?<![\w/.-])(\+44|0)(?:[ ()-]*\d){9,10}(?![\w/-])")
_TEN_DIGITS_OR_MORE = re.compile(r"[\d -]{10,}", re.ASCII)
#: row numbers given in one warning
_ROWS_TOLD = 20
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_PHONE = re.compile(r"^(\+44|0)[\d ()-]{9,14}$")
_NAME_WORD = r"(?:(?:Mc|Mac|O['’]|D['’])?[A-ZÀ-Þ][a-zà-ÿ]+(?:[-'’][A-ZÀ-Þ]?[a-zà-ÿ]+)*|[A-ZÀ-Þ]{2,}(?:[-'’][A-ZÀ-Þ]+)*)"
_PERSON = re.compile(rf"^{_NAME_WORD},? (?:[A-ZÀ-Þ]\.? |{_NAME_WORD} )?{_NAME_WORD}$")


def identifying_problems(table: RawTable, mapping: ColumnMapping, *, file: str) -> list[Problem]:
    """One problem for each column that looks identifying, by its heading or by its values."""
    field_of = {index: name for name, index in mapping.columns.items()}
    newest = _newest_start(table, mapping)
    problems = []
    for index, heading in enumerate(table.headings):
        field = field_of.get(index, "")
        kind = kind_by_heading(heading) or kind_by_values(table.column(index), field, heading, newest)
        if kind:
            named = heading or f"column {index + 1}"
            problems.append(p.IDENTIFYING_COLUMN.at(table.place(1, named), file=file, heading=named, kind=kind))
    return problems


def identifying_values(table: RawTable, *, but: Container[str | None], file: str) -> list[Problem]:
    """A warning for each kind of identifying value in a column, with its rows; columns headed as in `but` are refused
    whole already."""
    tests: list[tuple[Callable[[str], object], str]] = [
        (_POSTCODE_ANYWHERE.search, Sentence.of("a postcode")),
        (_EMAIL_ANYWHERE.search, Sentence.of("an e-mail address")),
        (lambda value: not is_nhs_number(value) and _PHONE_ANYWHERE.search(value), Sentence.of("a telephone number")),
        (is_nhs_number, Sentence.of("an NHS number")),
    ]
    problems = []
    for index, heading in enumerate(table.headings):
        named = heading or f"column {index + 1}"
        for test, kind in () if named in but else tests:
            if rows := [row.number for row in table.rows if test(row.cells[index])]:
                problems.append(_values_at(table.place(rows[0], named), rows, kind, file))
    return problems


def _values_at(place: Place, rows: Sequence[int], kind: str, file: str) -> Problem:
    told = ", ".join(map(str, rows[:_ROWS_TOLD]))
    if len(rows) > _ROWS_TOLD:
        told = Sentence.of("{rows} and {more} more", rows=told, more=len(rows) - _ROWS_TOLD)
    return p.IDENTIFYING_VALUE.at(place, file=file, count=len(rows), kind=kind, rows=told)


def kind_by_heading(heading: str) -> str | None:
    """What a heading says the column holds, unless it is a heading of a case list or speaks of staff."""
    plain = normal(re.sub(r"([a-z])([A-Z])", r"\1 \2", heading))
    if is_known(heading):
        return None
    excused = _NOT_A_CHILD.search(plain) and not _SAYS_CHILD.search(plain)
    patterns = _OF_ANYBODY if excused else (*_OF_ANYBODY, *_OF_A_CHILD)
    return next((kind for pattern, kind in patterns if re.search(pattern, plain)), None)


def kind_by_values(values: Sequence[str], field: str, heading: str, newest: date) -> str | None:
    """What most of the filled cells look like. `newest` is the newest start of an order in the list."""
    filled = [v for v in values if v]
    if len(filled) < 2:
        return None
    staff = field in {"case_manager", "team"} or _NOT_A_CHILD.search(normal(heading))
    tests: list[tuple[Callable[[str], object], str]] = [
        (_POSTCODE.search, Sentence.of("an address")),
        (_STREET.search, Sentence.of("an address")),
        (_EMAIL.search, Sentence.of("a way to reach a person")),
        (_PHONE.search, Sentence.of("a way to reach a person")),
        (is_nhs_number, Sentence.of("a personal number")),
    ]
    if not staff and field in {"", "case_ref"} and len(set(filled)) > len(filled) / 2:
        tests.append((looks_like_name, Sentence.of("a person's name")))
    if not field:
        tests.append((lambda v: _could_be_birth(v, newest), Sentence.of("a date of birth")))
    return next((kind for test, kind in tests if sum(bool(test(v)) for v in filled) > _SHARE * len(filled)), None)


def looks_like_name(value: str) -> bool:
    return _PERSON.search(value) is not None


def is_nhs_number(value: str) -> bool:
    """Ten digits whose last is the modulus-11 check digit of the NHS number."""
    if not _TEN_DIGITS_OR_MORE.fullmatch(value):
        return False
    digits = [int(c) for c in value if c.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(d * w for d, w in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check % 11 == digits[9] and check != 10


def _could_be_birth(value: str, newest: date) -> bool:
    """A date eight years or more before the newest order is no date of an order."""
    day = read_date(value)
    return day is not None and day.year <= newest.year - 8


def _newest_start(table: RawTable, mapping: ColumnMapping) -> date:
    """The newest start of an order; the far future where there is none, so that any date could be a birth."""
    index = mapping.columns.get("order_start")
    days = [read_date(v) for v in table.column(index)] if index is not None else []
    return max((d for d in days if d), default=date.max)
