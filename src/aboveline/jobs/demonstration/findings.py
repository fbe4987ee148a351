"""Make up what the assessor finds of a case: facts that hang together with the case list and with each other."""

from collections.abc import Mapping
from datetime import timedelta

from aboveline.domain.caseload import CaseloadEntry
from aboveline.exchange.demonstration import PlannedInspection
from aboveline.jobs.demonstration.case_list import CUSTODY
from aboveline.jobs.demonstration.odds import Odds

CLASSES = ("low", "medium", "high", "very_high")
_HOW_MUCH = {"low": -0.9, "medium": 0.1, "high": 1.0, "very_high": 1.6}
_FACTORS = {"education": 0.66, "substance_misuse": 0.5, "mental_health": 0.33, "family": 0.6, "accommodation": 0.22}


def findings(plan: PlannedInspection, entry: CaseloadEntry) -> Mapping[str, str]:
    """Every case fact of the framework with its option. Troubled cases have more of everything."""
    odds = Odds(plan.seed, "findings", entry.case_ref)
    harm, safety = _should_be(plan, odds, entry.risk_of_harm), _should_be(plan, odds, entry.safety)
    trouble = odds.normal(0.6) + 0.5 * (_HOW_MUCH[harm] + _HOW_MUCH[safety])
    looked_after = entry.looked_after == "yes" or odds.happens(0.03, trouble)
    social_care = looked_after or odds.happens(0.25, trouble)
    return {
        "rosh_recorded": entry.risk_of_harm,
        "rosh_should_be": harm,
        "screening_positive": _yes(harm != "low" or odds.happens(0.2)),
        "mappa": _mappa(odds, entry, harm),
        "identifiable_victim": _yes(odds.happens(0.62)),
        "vulnerability_recorded": entry.safety,
        "vulnerability_should_be": safety,
        "social_care": _yes(social_care),
        "looked_after": _yes(looked_after),
        "safeguarding_need_arose": _yes(odds.happens(0.14, _HOW_MUCH[safety] + 0.5 * trouble)),
        "custody": _custody(odds, entry),
        "agencies_involved": _yes(social_care or odds.happens(0.55, trouble)),
        "significant_change": _yes(odds.happens(0.42, trouble)),
        **{f"factor_{name}": _yes(odds.happens(share, trouble)) for name, share in _FACTORS.items()},
        "non_compliance": _yes(odds.happens(0.45, trouble)),
        **_course(plan, odds, entry),
        "record_concern": odds.choice(
            {"none": 100.0 - sum(plan.record_concerns.values()), **plan.record_concerns},
        ),
    }


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"


def _should_be(plan: PlannedInspection, odds: Odds, recorded: str) -> str:
    """The class as it should have been: now and then one higher, as inspectors found at the time."""
    if recorded == "not_assessed":
        return odds.choice({"low": 45, "medium": 40, "high": 15})
    place = CLASSES.index(recorded)
    higher = odds.fraction() < plan.under_classified * (1.0, 0.6, 0.2, 0.0)[place]
    return CLASSES[place + higher]


def _mappa(odds: Odds, entry: CaseloadEntry, harm: str) -> str:
    eligible = entry.order_type == "other_custody" or (harm in CLASSES[2:] and odds.happens(0.5))
    if not eligible:
        return "not_eligible"
    return odds.choice({"level_1": 60, "level_2": 35, "level_3": 5 if harm == "very_high" else 0})


def _custody(odds: Odds, entry: CaseloadEntry) -> str:
    if entry.order_type not in CUSTODY:
        return "none"
    if entry.age < 15:
        return odds.choice({"secure_training_centre": 60, "secure_childrens_home": 40})
    offender_institution = 80 if entry.sex == "male" else 40
    return odds.choice({"young_offender_institution": offender_institution, "secure_training_centre": 20})


def _course(plan: PlannedInspection, odds: Odds, entry: CaseloadEntry) -> Mapping[str, str]:
    """How far the sentence had come by the first day of fieldwork."""
    running = entry.order_end is None
    run = (entry.order_end or plan.held_on) - entry.order_start
    over_three_months = run > timedelta(92)
    return {
        "over_three_months": _yes(over_three_months),
        "reassessed": _yes(over_three_months and odds.happens(0.88)),
        "too_early": _yes(running and run < timedelta(140) and odds.happens(0.5)),
        "ending": _yes(not running or odds.happens(0.12)),
    }
