"""Which column of a file holds which field of a case list: guessed from the headings, corrected by a person."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from aboveline.domain import caseload_problems as p
from aboveline.domain.caseload import FIELDS, REQUIRED_FIELDS
from aboveline.domain.problems import Problem, ProblemKind
from aboveline.exchange.tables import RawTable

_SYNONYMS: Mapping[str, str] = {
    "case_ref": "case reference|case ref|case id|case no|case number|reference|ref|id|child id|client id|client ref"
    "|yp id|yp ref|young person id|childview id|careworks id|yjms id|urn|unique id",
    "order_type": "order|type of order|disposal|disposal type|sentence|sentence type|intervention|intervention type"
    "|outcome type|order name",
    "order_start": "start|start date|order start date|date of order|order date|sentence date|date started"
    "|intervention start|commenced|order made",
    "order_end": "end|end date|order end date|date ended|expiry|expiry date|intervention end|finish date",
    "age": "age at start|age at order|age at sentence|age in years|age years",
    "sex": "gender|m f|male female",
    "ethnicity": "ethnic group|ethnic origin|ethnic background|ethnic",
    "risk_of_harm": "roh|rosh|risk of serious harm|risk of harm to others|risk of harm level|rosh level|risk level",
    "safety": "vulnerability|safety and wellbeing|safety wellbeing|vulnerability level|swb|safety level",
    "looked_after": "lac|looked after child|looked after status|cla|child looked after|in care",
    "team": "team name|locality|office|local team|area team",
    "case_manager": "case worker|caseworker|worker|officer|case holder|supervising officer|yot worker|allocated worker"
    "|case manager code|staff code|manager|key worker",
}
_NEAR = 0.8


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The column index (from 0) of each field that has one; `unsure` are the fields whose heading was only similar."""

    columns: Mapping[str, int]
    unsure: frozenset[str] = frozenset()
    contested: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def corrected(self, choices: Mapping[str, int | None]) -> "ColumnMapping":
        """Take a person's choice of column for some fields (None: no column holds it); their word is sure."""
        columns = {f: i for f, i in {**self.columns, **choices}.items() if i is not None}
        contested = {f: i for f, i in self.contested.items() if f not in choices}
        return ColumnMapping(columns, self.unsure - choices.keys(), contested)


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A heading or code for comparison: lower case, words joined by single spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


_KNOWN: Mapping[str, str] = {
    **{normal(synonym): name for name, words in _SYNONYMS.items() for synonym in words.split("|")},
    **{normal(name): name for name in FIELDS},
}


def is_known(heading: str) -> bool:
    """Whether a heading is one of the template's or a synonym of one."""
    return normal(heading) in _KNOWN


def guess_mapping(headings: Sequence[str]) -> ColumnMapping:
    """Guess each field's column: the template's own heading first, then a synonym, then a similar spelling."""
    columns: dict[str, int] = {}
    unsure: set[str] = set()
    contested: dict[str, list[int]] = {}
    plain = [normal(h) for h in headings]
    for index, heading in sorted(enumerate(plain), key=lambda pair: (pair[1] not in map(normal, FIELDS), pair[0])):
        name = _KNOWN.get(heading)
        if name in columns:
            contested.setdefault(name, [columns[name]]).append(index)
        elif name:
            columns[name] = index
    for index, heading in enumerate(plain):
        near = _similar(heading, set(FIELDS) - columns.keys()) if index not in columns.values() else None
        if near and not any(index in places for places in contested.values()):
            columns[near] = index
            unsure.add(near)
    return ColumnMapping(columns, frozenset(unsure), {f: tuple(i) for f, i in contested.items()})


def _similar(heading: str, fields: Iterable[str]) -> str | None:
    wanted = set(fields)
    scored = [(SequenceMatcher(None, heading, known).ratio(), name) for known, name in _KNOWN.items() if name in wanted]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= _NEAR and len(heading) > 4 else None


def mapping_problems(table: RawTable, mapping: ColumnMapping) -> list[Problem]:
    """Missing, doubled, guessed and unused columns. Headings are echoed only where row 1 clearly holds headings."""
    if len(mapping.columns) < 2:
        return [p.NOT_A_CASE_LIST.at(table.place(row=1))]
    return [*_absent(table, mapping), *_doubtful(table, mapping), *_unused(table, mapping)]


def _absent(table: RawTable, mapping: ColumnMapping) -> list[Problem]:
    missing = [f for f in FIELDS if f not in mapping.columns and f != "order_end"]
    return [
        (p.MISSING_COLUMN if name in REQUIRED_FIELDS else p.OPTIONAL_COLUMN).at(table.place(row=1), field=name)
        for name in missing
    ]


def _doubtful(table: RawTable, mapping: ColumnMapping) -> list[Problem]:
    """Fields that two columns could hold, columns chosen for two fields, and headings that were only similar."""

    def at(kind: ProblemKind, name: str, index: int) -> Problem:
        heading = table.headings[index]
        return kind.at(table.place(1, heading), field=name, heading=heading)

    columns = mapping.columns
    plain = [normal(heading) for heading in table.headings]
    twins = [(f, [j for j, other in enumerate(plain) if other == plain[i]]) for f, i in columns.items()]
    # No choice between two columns of the same heading can be told from the other, so a person's word cannot settle it.
    contested = {**{f: found for f, found in twins if len(found) > 1}, **mapping.contested}
    shared = [f for f in columns if list(columns.values()).index(columns[f]) != list(columns).index(f)]
    return [
        *(at(p.COLUMN_TWICE, name, places[-1]) for name, places in contested.items()),
        *(at(p.COLUMN_TWICE, name, columns[name]) for name in shared),
        *(at(p.GUESSED_COLUMN, name, columns[name]) for name in FIELDS if name in mapping.unsure),
    ]


def _unused(table: RawTable, mapping: ColumnMapping) -> list[Problem]:
    used = set(mapping.columns.values()).union(*mapping.contested.values())
    problems = []
    for index, heading in enumerate(table.headings):
        if index in used:
            continue
        if heading:
            problems.append(p.UNUSED_COLUMN.at(table.place(1, heading), heading=heading))
        elif any(table.column(index)):
            problems.append(p.UNNAMED_COLUMN.at(table.place(1, str(index + 1))))
    return problems
