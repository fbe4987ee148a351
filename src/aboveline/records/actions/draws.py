"""Put a draw on record, and replace a drawn case by the next reserve."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from aboveline.domain.signing import Part
from aboveline.domain.workflow import Stage
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import void_sign_off, wrote
from aboveline.records.audit import Happened, record
from aboveline.records.models import Case, Caseload, Draw, DrawnCase, Inspection, User


class NoReserveLeft(ValueError):
    """Raised where a case cannot be replaced because every reserve has been used."""


class AlreadyDrawn(ValueError):
    """Raised where a further draw gives no reason, or cases of the draw in force were already assessed."""


@transaction.atomic
def record_draw(
    *,
    inspection: Inspection,
    caseload: Caseload,
    method: str,
    seed: str,
    certificate: Mapping[str, Any],
    sample: Sequence[Case],
    reserves: Sequence[Case],
    by: User,
    expected_draws: int,
    reason: str = "",
) -> Draw:
    """Put a draw on record. The draws before it stay.

    Raises Stale where another draw was made or another list confirmed meanwhile, AlreadyDrawn where a further draw has
    no reason or comes after assessment began.
    """
    newest = Inspection.objects.select_for_update().get(pk=inspection.pk)
    before = newest.draws.count()
    if before != expected_draws or newest.caseloads.last() != caseload:
        raise Stale(newest.draws.last())
    _check_may_draw(newest, before, reason)
    draw = Draw.objects.create(
        inspection=newest,
        caseload=caseload,
        ordinal=before + 1,
        method=method,
        size=len(sample),
        seed=seed,
        certificate=dict(certificate),
        reason=reason.strip(),
        drawn_by=by,
        drawn_at=timezone.now(),
    )
    places = ((DrawnCase.Place.SAMPLE, sample), (DrawnCase.Place.RESERVE, reserves))
    DrawnCase.objects.bulk_create(
        DrawnCase(draw=draw, case=case, place=place, position=position)
        for place, cases in places
        for position, case in enumerate(cases, start=1)
    )
    if newest.stage == Stage.SET_UP:
        newest.stage = Stage.FIELDWORK
        newest.save(update_fields=["stage"])
    void_sign_off(inspection=newest, why="a sample was drawn", by=by)
    # The reason is free text, so it goes with the values, which can be erased, and not into the chained event.
    values = {"seed": seed, "method": method, "size": len(sample), "frame": caseload.digest, "reason": reason}
    record([Happened("sample.drawn", draw, values, service_id=newest.service_id)], by=by)
    return draw


def _check_may_draw(inspection: Inspection, before: int, reason: str) -> None:
    if before and not reason.strip():
        raise AlreadyDrawn("a second draw needs its reason on record")
    if inspection.cases.filter(assessment__isnull=False).exists():
        raise AlreadyDrawn("assessment has begun; replace single cases instead")


@transaction.atomic
def replace_case(*, drawn: DrawnCase, reason: str, note: str, expected_version: int, by: User) -> DrawnCase:
    """Take a case out of the sample for a reason and put the next reserve in its place; return that one.

    Raises Stale where it was replaced meanwhile, NoReserveLeft where none stands by.
    """
    out = DrawnCase.objects.select_for_update().select_related("draw__inspection").get(pk=drawn.pk)
    if out.version != expected_version or out.place != DrawnCase.Place.SAMPLE:
        raise Stale(out)
    reserve = out.draw.drawn.filter(place=DrawnCase.Place.RESERVE).order_by("position").first()
    if reserve is None:
        raise NoReserveLeft("every reserve has been used")
    reserve.place, reserve.position, reserve.version = DrawnCase.Place.SAMPLE, out.position, reserve.version + 1
    reserve.save(update_fields=["place", "position", "version"])
    out.place, out.replaced_by, out.version = DrawnCase.Place.REPLACED, reserve, out.version + 1
    out.reason, out.note = reason, note
    out.save(update_fields=["place", "replaced_by", "reason", "note", "version"])
    inspection = out.draw.inspection
    wrote(inspection=inspection, part=Part.JUDGEMENTS, what="a case of the sample was replaced", by=by)
    values = {"by": reserve.case_id, "reason": reason, "note": note}
    record([Happened("case.replaced", out, values, reason, inspection.service_id)], by=by)
    return reserve
