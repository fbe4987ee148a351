"""An inspection set up in a programme, with all that comes with it: plan, lead, what is asked for, recommendations."""

from collections.abc import Sequence

from django.db import transaction

from aboveline.domain.supplies import SupplyItem
from aboveline.jobs.asking import ask_for
from aboveline.jobs.frameworks import load_framework
from aboveline.jobs.planning import wanted_supplies
from aboveline.records.actions.inspections import set_up_inspection
from aboveline.records.actions.meetings import add_recommendation
from aboveline.records.actions.people import join_team
from aboveline.records.actions.planning import PlanValues, plan_fieldwork
from aboveline.records.models import EarlierRecommendation, Inspection, Programme, Role, Service, User


@transaction.atomic
def set_up_in_programme(
    *,
    programme: Programme,
    service: Service,
    kind: Inspection.Kind,
    original: Inspection | None,
    plan: PlanValues,
    lead: User,
    items: Sequence[SupplyItem],
    recommendations: Sequence[str],
    by: User,
    seed: str | None = None,
) -> Inspection:
    """Set up all of it or nothing. Raises ProblemsFound where a day lies outside the calendar of working days."""
    framework = load_framework(programme.framework_id)
    inspection = set_up_inspection(
        service=service,
        framework_id=framework.id,
        framework_digest=framework.digest,
        kind=kind,
        original=original,
        held_on=plan.held_on,
        programme=programme,
        synthetic=service.synthetic,
        seed=seed,
        by=by,
    )
    plan_fieldwork(inspection=inspection, values=plan, expected_version=0, by=by)
    join_team(user=lead, inspection=inspection, role=Role.LEAD_INSPECTOR, by=by)
    if items:
        ask_for(inspection=inspection, wanted=wanted_supplies(items, plan.held_on), by=by)
    for text in recommendations:
        add_recommendation(inspection=inspection, text=text, to=EarlierRecommendation.To.SERVICE, by=by)
    return inspection
