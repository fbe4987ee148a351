"""The demonstration: one made-up service, inspected twice, whose headline percentages are published facts.

Beside it a fieldwork week is going on at a neighbouring service.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from aboveline.exchange.demonstration import demonstration_plan
from aboveline.jobs.demonstration.audits import hold_audits
from aboveline.jobs.demonstration.inspecting import inspect
from aboveline.jobs.demonstration.people import PASSWORD, SIGN_IN, bring_in
from aboveline.jobs.demonstration.reporting import add_committee_report
from aboveline.jobs.demonstration.week import begin_week
from aboveline.jobs.frameworks import load_framework
from aboveline.records.database.plans import plan_anew
from aboveline.records.models import Inspection, Role
from aboveline.records.queries.programmes import programme_by_slug
from aboveline.records.queries.services import service_by_slug

__all__ = ["PASSWORD", "SIGN_IN", "demonstration_is_loaded", "load_demonstration"]

FRAMEWORK = "cci-2009"


def demonstration_is_loaded() -> bool:
    return service_by_slug(demonstration_plan().service.slug) is not None


@transaction.atomic
def load_demonstration(*, say: Callable[[str], object]) -> None:
    """Make the whole demonstration or, where anything fails, nothing. Loading it again does nothing.

    `say` is given a line about each step. Raises CannotReach where the scores would not be the published ones.
    """
    if demonstration_is_loaded():
        return
    plan, framework = demonstration_plan(), load_framework(FRAMEWORK)
    cast = bring_in(plan)
    made: Inspection | None = None
    for planned in plan.inspections:
        say(f"  {planned.held_on:%B %Y}: {planned.listed} cases listed, {planned.sample} drawn and judged")
        made = inspect(planned, framework, cast, made)
    if plan.week and programme_by_slug(plan.week.programme.slug) is None:
        say("  a fieldwork week going on at a neighbouring service")
        begin_week(plan.week, framework, cast)
    if made and made.original:
        say(f"  committee report on {made.held_on:%B %Y}")
        add_committee_report(cast, made)
    say("  a year of monthly audits at a third service")
    hold_audits(cast.first(Role.QUALITY_MANAGER), PASSWORD, timezone.localdate())
    plan_anew()
