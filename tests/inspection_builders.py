"""Inspections with judgements for tests of the pages, made through the actions."""

import random
from collections.abc import Mapping
from datetime import date

from aboveline.exchange.frameworks import load_framework
from aboveline.records.actions.assessments import AnswerChange, import_answers
from aboveline.records.actions.caseloads import CaseRow, confirm_caseload
from aboveline.records.models import Inspection, Service, User
from tests.records_builders import an_inspection

#: how often each theme's work is good enough in an example inspection
RATES = {"safeguarding": 0.75, "roh": 0.70, "lor": 0.81}
ATTRIBUTES = {
    "order_type": "referral_order",
    "order_start": "2009-01-12",
    "age": 15,
    "sex": "male",
    "risk_of_harm": "medium",
    "team": "North",
}


def with_cases(inspection: Inspection, by: User, number: int = 5) -> Inspection:
    """A confirmed list of so many eligible cases, none drawn: all of them are under assessment."""
    rows = [CaseRow(f"REF{i:04d}", ATTRIBUTES) for i in range(number)]
    confirm_caseload(inspection=inspection, rows=rows, digest=f"{inspection.pk}-{number}", exclusions=[], by=by)
    inspection.refresh_from_db()
    return inspection


def judged(
    inspection: Inspection,
    by: User,
    *,
    rates: Mapping[str, float] = RATES,
    cases: int | None = None,
    questions: int | None = None,
    not_applicable: float = 0.1,
    note: str = "",
    seed: int = 1,
) -> Inspection:
    """Judge some cases on some questions at random, sufficient as often as `rates` say."""
    chance = random.Random(seed)
    framework = load_framework(inspection.framework_id)
    for case in list(inspection.cases.all())[:cases]:
        shift = chance.gauss(0, 0.12)
        changes = []
        for question in framework.questions[:questions]:
            rate = rates.get(question.themes[0] if question.themes else "lor", 0.6) + shift
            answer = "sufficient" if chance.random() < rate else "insufficient"
            if not question.applies.always and chance.random() < not_applicable:
                answer = "not_applicable"
            changes.append(AnswerChange(question.id, answer, 0, note=note))
        import_answers(case=case, answers=changes, by=by)
    return inspection


def a_judged_inspection(by: User, service: Service, *, cases: int = 5, rates=RATES, **changes) -> Inspection:
    seed = changes.pop("chance", 1)
    note = changes.pop("note", "")
    inspection = with_cases(an_inspection(service, **changes), by, cases)
    return judged(inspection, by, rates=rates, seed=seed, note=note)


def a_pair(by: User, service: Service, *, cases: int = 6) -> tuple[Inspection, Inspection]:
    """The June 2009 inspection and its re-inspection of September 2010, much better."""
    low = {"safeguarding": 0.38, "roh": 0.36, "lor": 0.50}
    first = a_judged_inspection(by, service, cases=cases, rates=low, chance=2)
    again = {"kind": Inspection.Kind.REINSPECTION, "original": first, "held_on": date(2010, 9, 13)}
    return first, a_judged_inspection(by, service, cases=cases, published_on=date(2011, 1, 18), **again)
