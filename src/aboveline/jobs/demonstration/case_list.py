"""Make up the case list a service would supply: linked characteristics, orders of the time, some cases not eligible."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from aboveline.domain.caseload import FIELDS, CaseloadEntry, months_before
from aboveline.domain.framework import Framework
from aboveline.exchange.demonstration import PlannedInspection
from aboveline.jobs.demonstration.odds import Odds

CUSTODY = ("detention_and_training_order", "other_custody")
#: months an order may last, shortest and longest
_MONTHS = {
    "referral_order": (3, 12),
    "reparation_order": (3, 3),
    "supervision_order": (6, 24),
    "action_plan_order": (3, 3),
    "curfew_order": (3, 6),
    "attendance_centre_order": (3, 6),
    "youth_rehabilitation_order": (6, 18),
    "detention_and_training_order": (4, 24),
    "other_custody": (24, 48),
    "out_of_court_disposal": (3, 3),
}
_AGES = {"10": 1, "11": 2, "12": 4, "13": 8, "14": 14, "15": 20, "16": 24, "17": 24, "18": 3}
_SEXES = {"male": 79.0, "female": 20.0, "not_known": 1.0}
_ETHNICITIES = {"white": 91.0, "mixed": 4.0, "asian": 1.5, "black": 1.5, "other": 1.0, "not_known": 1.0}
_TEAMS = {"North": 40.0, "South": 45.0, "Courts and custody": 15.0}
_SATURDAY = 5
_CLOSED = {(12, 25), (12, 26), (12, 28), (1, 1)}
_CLASSES = ("low", "medium", "high", "very_high")


def references(plan: PlannedInspection) -> list[str]:
    """A reference of the service's own for every case, ascending."""
    return [f"{plan.held_on:%y}{10_000 + 37 * i + Odds(plan.seed, str(i)).below(37)}" for i in range(plan.listed)]


def case_list_csv(plan: PlannedInspection, framework: Framework, case_refs: Sequence[str]) -> bytes:
    """The list as a service would send it, in the order of its references. `case_refs` are those of case 1, 2, ..."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    for reference, number in sorted(zip(case_refs, range(1, plan.listed + 1), strict=True)):
        entry = _entry(plan, framework, number, reference)
        writer.writerow({name: "" if value is None else value for name, value in entry.as_dict().items()})
    return text.getvalue().encode()


def _entry(plan: PlannedInspection, framework: Framework, number: int, reference: str) -> CaseloadEntry:
    odds = Odds(plan.seed, "case", str(number))
    start = _start(plan, odds)
    existing = {id_: w for id_, w in plan.orders.items() if framework.order_type_by_id[id_].existed_on(start)}
    order = odds.choice(existing)
    heavy = order in CUSTODY
    team = "Courts and custody" if heavy else odds.choice(_TEAMS)
    return CaseloadEntry(
        case_ref=reference,
        order_type=order,
        order_start=start,
        order_end=_end(plan, order, start, odds),
        age=int(odds.choice({age: w for age, w in _AGES.items() if not heavy or int(age) > 12})),
        sex=odds.choice(_SEXES),
        ethnicity=odds.choice(_ETHNICITIES),
        risk_of_harm=_class(odds, (10, 45, 35, 8, 2) if heavy else (52, 31, 9, 1, 7)),
        safety=_class(odds, (22, 43, 25, 3, 7) if heavy else (47, 33, 11, 1, 8)),
        looked_after=odds.choice({"yes": 30.0 if heavy else 13.0, "no": 82.0, "not_known": 3.0}),
        team=team,
        case_manager=f"CM{1 + odds.below(4) + 4 * sorted(_TEAMS).index(team):02d}",
    )


def _start(plan: PlannedInspection, odds: Odds) -> date:
    """A court's working day from 13 months to 2 months before, so that some fall on either side of what is eligible."""
    first, last = months_before(plan.held_on, 13), months_before(plan.held_on, 2)
    day = first + timedelta(odds.below((last - first).days))
    while day.weekday() >= _SATURDAY or (day.month, day.day) in _CLOSED:
        day += timedelta(1)
    return day


def _end(plan: PlannedInspection, order: str, start: date, odds: Odds) -> date | None:
    """When the order ended; None while it still runs, as a service would leave it blank."""
    shortest, longest = _MONTHS[order]
    end = months_before(start, -(shortest + odds.below(longest - shortest + 1)))
    return end if end <= plan.held_on else None


def _class(odds: Odds, weights: tuple[int, int, int, int, int]) -> str:
    return odds.choice(dict(zip((*_CLASSES, "not_assessed"), weights, strict=True)))
