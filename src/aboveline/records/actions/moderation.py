"""Withhold a score or mark it provisional; put another band in place of the computed one, by two people."""

from django.db import transaction
from django.utils import timezone

from aboveline.domain.signing import Part
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import wrote
from aboveline.records.audit import Happened, record
from aboveline.records.models import BandOverride, Inspection, ScoreMark, User
from aboveline.records.versions import changed, locked


class SamePerson(ValueError):
    """Raised where the person who proposed a band would also confirm it."""


class Lapsed(ValueError):
    """Raised where the score that a band was proposed for is in another band by now."""


class AlreadyOpen(ValueError):
    """Raised where another override of the same score is proposed or in force."""


@transaction.atomic
def mark_score(
    *, inspection: Inspection, target: str, state: ScoreMark.State, reason: str, expected_version: int, by: User
) -> ScoreMark:
    """Say how a score is to be shown; an expected version of 0 says that it had no mark. Raises Stale."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    newest = ScoreMark.objects.select_for_update().filter(inspection=held, target=target).first()
    if (newest.version if newest else 0) != expected_version:
        raise Stale(newest)
    row = changed(newest or ScoreMark(inspection=held, target=target, version=0), by)
    row.state, row.reason = state, reason
    row.save()
    wrote(inspection=held, part=Part.MODERATION, what=f"the mark on {target} was changed", by=by)
    values = {"target": target, "state": state, "reason": reason}
    record([Happened("score.marked", row, values, service_id=held.service_id)], by=by)
    return row


@transaction.atomic
def propose_override(
    *, inspection: Inspection, target: str, computed: str, band: str, reason: str, by: User
) -> BandOverride:
    """Propose another band; it changes nothing until a second person confirms it. Raises AlreadyOpen."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    outcomes = (BandOverride.Outcome.PROPOSED, BandOverride.Outcome.CONFIRMED)
    if BandOverride.objects.filter(inspection=held, target=target, outcome__in=outcomes).exists():
        raise AlreadyOpen("this score has an override already")
    now = timezone.now()
    row = BandOverride.objects.create(
        inspection=held, target=target, computed=computed, band=band, reason=reason, proposed_by=by,
        proposed_at=now, changed_by=by, changed_at=now,
    )  # fmt: skip
    wrote(inspection=held, part=Part.MODERATION, what=f"another band was proposed for {target}", by=by)
    values = {"target": target, "computed": computed, "band": band, "reason": reason}
    record([Happened("override.proposed", row, values, service_id=held.service_id)], by=by)
    return row


@transaction.atomic
def decide_override(
    *, override: BandOverride, outcome: BandOverride.Outcome, computed: str, expected_version: int, by: User
) -> BandOverride:
    """Confirm, decline or withdraw; `computed` is the band as computed now.

    Raises SamePerson where the proposer would confirm, Lapsed where what they proposed it for is gone, Stale.
    """
    row = changed(locked(override, expected_version), by)
    if outcome is BandOverride.Outcome.CONFIRMED and row.proposed_by_id == by.pk:
        raise SamePerson("a second person confirms an override")
    if outcome is BandOverride.Outcome.CONFIRMED and row.computed != computed:
        raise Lapsed("the computed band is another one now")
    row.outcome, row.decided_by, row.decided_at = outcome, by, row.changed_at
    row.save()
    wrote(inspection=row.inspection, part=Part.MODERATION, what=f"the override of {row.target} was decided", by=by)
    values = {"target": row.target, "outcome": outcome}
    record([Happened("override.decided", row, values, service_id=row.inspection.service_id)], by=by)
    return row
