"""Set up an inspection; record what a re-inspection found of the first plan."""

import secrets
from datetime import date

from django.db import transaction

from aboveline.domain.signing import Part
from aboveline.domain.workflow import Progress, Stage, check_move
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import call_off_waiting, wrote
from aboveline.records.audit import Happened, record
from aboveline.records.models import Inspection, Programme, Service, User


@transaction.atomic
def set_up_inspection(
    *,
    service: Service,
    framework_id: str,
    framework_digest: str,
    kind: Inspection.Kind,
    held_on: date,
    by: User | None,
    original: Inspection | None = None,
    published_on: date | None = None,
    seed: str | None = None,
    synthetic: bool = False,
    programme: Programme | None = None,
) -> Inspection:
    """Create an inspection, in an inspectorate's programme or (without one) run by the service itself.

    Its seed is made here, before any case list exists that it could favour.
    """
    inspection = Inspection.objects.create(
        service=service,
        framework_id=framework_id,
        framework_digest=framework_digest,
        kind=kind,
        original=original,
        held_on=held_on,
        published_on=published_on,
        seed=seed or secrets.token_hex(16),
        synthetic=synthetic,
        programme=programme,
    )
    values = {"framework": framework_digest, "kind": kind, "held_on": held_on, "seed": inspection.seed}
    record([Happened("inspection.set_up", inspection, values, service_id=service.pk)], by=by)
    return inspection


@transaction.atomic
def record_first_plan(
    *, inspection: Inspection, outcome: Inspection.FirstPlan, note: str, expected_version: int, by: User
) -> Inspection:
    """Record whether the first plan was carried out. Raises Stale where someone saved meanwhile."""
    newest = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if newest.version != expected_version:
        raise Stale(newest)
    newest.first_plan, newest.first_plan_note, newest.version = outcome, note, newest.version + 1
    newest.save(update_fields=["first_plan", "first_plan_note", "version"])
    wrote(inspection=newest, part=Part.STATEMENT, what="what was found of the first plan was changed", by=by)
    values = {"outcome": outcome, "note": note}
    record([Happened("first_plan.recorded", newest, values, service_id=newest.service_id)], by=by)
    return newest


@transaction.atomic
def move_to_stage(
    *, inspection: Inspection, to: Stage, progress: Progress, expected_version: int, by: User
) -> Inspection:
    """Take an inspection to another stage. Raises MoveRefused where its progress does not allow it, Stale where someone
    changed it meanwhile."""
    newest = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if newest.version != expected_version:
        raise Stale(newest)
    check_move(Stage(newest.stage), to, progress)
    before, newest.stage, newest.version = newest.stage, to, newest.version + 1
    newest.save(update_fields=["stage", "version"])
    if to.order < Stage.SIGNED.order:
        call_off_waiting(inspection=newest, why="it went back to be changed", by=by)
    values = {"from": before, "to": to, "why": progress.correction_reason}
    record([Happened("inspection.moved", newest, values, service_id=newest.service_id)], by=by)
    return newest
