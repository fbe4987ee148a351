"""A caseload: the cases a service lists, its digest, and which of them a framework's rule makes eligible at a date."""

import json
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby
from types import MappingProxyType

from aboveline.domain.framework import EligibilityRule, Framework, OrderType
from aboveline.domain.sentences import Sentence

SEXES = ("male", "female", "other", "not_known")
ETHNICITIES = ("white", "mixed", "asian", "black", "other", "not_known")
RISK_CLASSES = ("low", "medium", "high", "very_high", "not_assessed")
LOOKED_AFTER = ("yes", "no", "not_known")
AGES = range(10, 19)

#: The columns of a case list, in the template's order.
FIELDS = (
    "case_ref",
    "order_type",
    "order_start",
    "order_end",
    "age",
    "sex",
    "ethnicity",
    "risk_of_harm",
    "safety",
    "looked_after",
    "team",
    "case_manager",
)
REQUIRED_FIELDS = ("case_ref", "order_type", "order_start", "age")
#: The codes of each coded column (order types come from the framework). The last code stands for a blank.
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sex": SEXES,
        "ethnicity": ETHNICITIES,
        "risk_of_harm": RISK_CLASSES,
        "safety": RISK_CLASSES,
        "looked_after": LOOKED_AFTER,
    }
)


@dataclass(frozen=True, slots=True)
class CaseloadEntry:
    """One case as the service listed it. Raises ValueError on a value outside its codes.

    `age` is in whole years at the start of the order. `order_end` is None while the order runs or is not given.
    """

    case_ref: str
    order_type: str
    order_start: date
    age: int
    order_end: date | None = None
    sex: str = "not_known"
    ethnicity: str = "not_known"
    risk_of_harm: str = "not_assessed"
    safety: str = "not_assessed"
    looked_after: str = "not_known"
    team: str = ""
    case_manager: str = ""

    def __post_init__(self) -> None:
        wrong = [name for name, codes in CODES.items() if getattr(self, name) not in codes]
        if wrong or self.age not in AGES or not self.case_ref:
            raise ValueError(f"a caseload entry is outside its codes: {wrong or ['case_ref or age']}")

    def as_dict(self) -> dict[str, str | int | None]:
        """The fields in the template's order; dates as ISO text."""
        values = {name: getattr(self, name) for name in FIELDS}
        return {name: v.isoformat() if isinstance(v, date) else v for name, v in values.items()}


@dataclass(frozen=True, slots=True)
class Caseload:
    """Every case listed, sorted by reference, so that nothing depends on the order of rows in a file."""

    entries: tuple[CaseloadEntry, ...]

    @classmethod
    def of(cls, entries: Iterable[CaseloadEntry]) -> "Caseload":
        """Build from entries in any order. Raises ValueError where a reference is repeated."""
        rows = tuple(sorted(entries, key=lambda e: e.case_ref))
        if len({e.case_ref for e in rows}) != len(rows):
            raise ValueError("a case reference is repeated")
        return cls(rows)

    @property
    def digest(self) -> str:
        return frame_digest(self.entries)


def frame_digest(entries: Iterable[CaseloadEntry]) -> str:
    """The SHA-256 (hex) of the cases and all their values; the same whatever the row order or kind of file."""
    lines = [json.dumps(e.as_dict(), sort_keys=True) for e in sorted(entries, key=lambda e: e.case_ref)]
    return sha256("\n".join(["aboveline-frame-1", *lines]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why some cases are not eligible: the reason's id, its words, and the references it took out."""

    reason: str
    words: str
    case_refs: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.case_refs)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The cases that may be drawn at a date (the frame, sorted by reference) and what was left out, and why."""

    as_at: date
    earliest_start: date
    latest_start: date
    entries: tuple[CaseloadEntry, ...]
    exclusions: tuple[Exclusion, ...]


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier (later where negative), or that month's last day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def start_window(rule: EligibilityRule, as_at: date) -> tuple[date, date]:
    """The earliest and the latest start, both included, of an order that is eligible at a date."""
    return months_before(as_at, rule.start_months_max), months_before(as_at, rule.start_months_min)


def start_windows(framework: Framework, as_at: date) -> tuple[tuple[date, date], ...]:
    """The different windows of the eligible order types, the earliest first; one where all share the framework's."""
    rules = [framework.eligibility_of(order) for order in framework.order_types if order.eligible]
    return tuple(sorted({start_window(rule, as_at) for rule in rules or [framework.eligibility]}))


def eligible(caseload: Caseload, framework: Framework, as_at: date) -> Eligibility:
    """Divide the caseload by the framework's rule. Each excluded case has one reason, the first that applies.

    Where order types have windows of their own, the earliest and latest start are those of all windows together.
    Raises KeyError where an order type is not the framework's (the importer refuses such a list).
    """
    windows = start_windows(framework, as_at)
    earliest, latest = min(first for first, _ in windows), max(last for _, last in windows)
    types = framework.order_type_by_id
    own = {id: start_window(framework.eligibility_of(order), as_at) for id, order in types.items()}
    words = _exclusion_words(windows)
    reasoned = [(_reason(e, types[e.order_type], *own[e.order_type]), e) for e in caseload.entries]
    excluded = sorted((r, e.case_ref) for r, e in reasoned if r)
    exclusions = tuple(
        Exclusion(reason, words[reason], tuple(ref for _, ref in group))
        for reason, group in groupby(excluded, key=lambda pair: pair[0])
    )
    return Eligibility(as_at, earliest, latest, tuple(e for r, e in reasoned if not r), exclusions)


def _exclusion_words(windows: tuple[tuple[date, date], ...]) -> Mapping[str, str]:
    """With one window the day is said; with several it depends on the order."""
    order_type = Sentence.of("the framework does not inspect this type of order")
    if len(windows) == 1:
        early = Sentence.of("the order started before {day}", day=windows[0][0].isoformat())
        late = Sentence.of("the order started after {day}", day=windows[0][1].isoformat())
    else:
        early = Sentence.of("the order started longer ago than the framework takes for its type")
        late = Sentence.of("the order started more recently than the framework takes for its type")
    return {"order_type": order_type, "started_too_early": early, "started_too_late": late}


def _reason(entry: CaseloadEntry, order: OrderType, earliest: date, latest: date) -> str:
    if not order.eligible:
        return "order_type"
    if entry.order_start < earliest:
        return "started_too_early"
    return "started_too_late" if entry.order_start > latest else ""


def natural_as_at(caseload: Caseload, framework: Framework, today: date) -> date:
    """The date of eligibility when nobody gave one.

    Today, or the last day on which an eligible order had just run for the shortest time its rule asks, if earlier: so
    a list of years ago is read as at its own time.
    """
    types = framework.order_type_by_id
    listed = [(e.order_start, types[e.order_type]) for e in caseload.entries if types[e.order_type].eligible]
    ripe = [months_before(start, -framework.eligibility_of(order).start_months_min) for start, order in listed]
    return min(today, max(ripe, default=today))
