"""Case lists for tests and benchmarks: small ones by hand, a plausible caseload of any size from a seed."""

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from aboveline.domain.caseload import FIELDS, Caseload, CaseloadEntry
from aboveline.domain.framework import EligibilityRule, Framework, OrderType, SampleRule, Text
from tests.builders import OWN, a_framework

AS_AT = date(2010, 6, 1)
YRO_FROM = date(2009, 11, 30)

_TYPES = (
    ("referral_order", True, None, None, 30),
    ("reparation_order", True, None, None, 8),
    ("supervision_order", True, None, date(2009, 11, 29), 0),
    ("action_plan_order", True, None, date(2009, 11, 29), 0),
    ("youth_rehabilitation_order", True, YRO_FROM, None, 40),
    ("detention_and_training_order", True, None, None, 15),
    ("other_custody", True, None, None, 4),
    ("out_of_court_disposal", False, None, None, 3),
)


def order_types() -> tuple[OrderType, ...]:
    return tuple(
        OrderType(id_, Text(id_.replace("_", " ").capitalize()), eligible, first, last)
        for id_, eligible, first, last, _ in _TYPES
    )


def caseload_framework(**changes: object) -> Framework:
    """A framework whose order types, eligibility (3 to 12 months) and sample rule are those of the 2009 programme."""
    rules: dict[str, object] = {
        "order_types": order_types(),
        "eligibility": EligibilityRule(3, 12, OWN),
        "sample": SampleRule((38, 50), "order_type", ("order_type", "risk_of_harm", "safety", "age", "sex"), 0.2, OWN),
    }
    return replace(a_framework(), **(rules | changes))  # type: ignore[arg-type]


def an_entry(case_ref: str = "A001", **changes: object) -> CaseloadEntry:
    values: dict[str, object] = {"order_type": "referral_order", "order_start": date(2010, 1, 4), "age": 15}
    return CaseloadEntry(case_ref, **(values | changes))  # type: ignore[arg-type]


def a_caseload(size: int = 600, seed: int = 1, *, eligible_only: bool = True) -> Caseload:
    """A synthetic caseload with linked characteristics; every case is eligible at AS_AT unless asked otherwise."""
    chance = random.Random(seed)
    return Caseload.of(_case(number, chance, eligible_only) for number in range(1, size + 1))


def _case(number: int, chance: random.Random, eligible_only: bool) -> CaseloadEntry:
    weights = [w if eligible or not eligible_only else 0 for _, eligible, _, _, w in _TYPES]
    order = chance.choices([t[0] for t in _TYPES], weights)[0]
    heavy = order in {"detention_and_training_order", "other_custody"}
    first, days = (YRO_FROM, 90) if eligible_only else (YRO_FROM, 180)
    risk = chance.choices(("low", "medium", "high", "very_high"), (1, 4, 6, 2) if heavy else (6, 5, 2, 0))[0]
    safety = chance.choices(("low", "medium", "high", "not_assessed"), (3, 4, 3, 1))[0]
    return CaseloadEntry(
        case_ref=f"C{number:04d}",
        order_type=order,
        order_start=first + timedelta(chance.randrange(days)),
        age=chance.choices(range(10, 19), (1, 2, 4, 7, 12, 18, 22, 22, 4))[0],
        sex=chance.choices(("male", "female", "not_known"), (80, 19, 1))[0],
        ethnicity=chance.choices(("white", "mixed", "asian", "black", "not_known"), (78, 8, 5, 7, 2))[0],
        risk_of_harm=risk,
        safety=safety,
        looked_after=chance.choices(("yes", "no", "not_known"), (15, 80, 5))[0],
        team=chance.choice(("north", "south", "central")),
        case_manager=f"CM{chance.randrange(1, 16):02d}",
    )


def rows_of(caseload: Caseload) -> list[dict[str, str]]:
    return [
        {name: "" if value is None else str(value) for name, value in e.as_dict().items()} for e in caseload.entries
    ]


def csv_of(rows: Iterable[Mapping[str, object]], headings: Sequence[str] = FIELDS) -> bytes:
    """CSV bytes with these headings; a row may say only what matters, the rest is a good case."""
    text = io.StringIO()
    writer = csv.DictWriter(text, headings, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def good_row(case_ref: str = "A001", **changes: str) -> dict[str, str]:
    row = {
        "case_ref": case_ref,
        "order_type": "referral_order",
        "order_start": "2010-01-04",
        "order_end": "2010-10-03",
        "age": "15",
        "sex": "male",
        "ethnicity": "white",
        "risk_of_harm": "medium",
        "safety": "low",
        "looked_after": "no",
        "team": "north",
        "case_manager": "CM01",
    }
    return row | changes
