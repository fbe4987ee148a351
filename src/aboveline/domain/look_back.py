"""Another look-back than the framework's: how long ago an order may have started for its case to be inspected."""

from dataclasses import replace

from aboveline.domain.framework import Certainty, EligibilityRule, Framework, Source

LONGEST_MONTHS = 60


def with_look_back(framework: Framework, months: int, reason: str) -> Framework:
    """The framework as one inspection uses it. Order types with a window of their own keep it.

    Raises ValueError where the look-back would not be longer than the shortest time an order must have run.
    """
    rule = framework.eligibility
    if not rule.start_months_min < months <= LONGEST_MONTHS:
        raise ValueError(f"a look-back of {months} months leaves no case to inspect, or is no look-back")
    own = EligibilityRule(rule.start_months_min, months, Source(reason, Certainty.OWN), of_one_inspection=True)
    return replace(framework, eligibility=own)
