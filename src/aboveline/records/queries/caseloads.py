"""The case list on record, what stands on it, and every draw made from it."""

from datetime import datetime

from django.db.models import QuerySet

from aboveline.records.models import AuditEvent, Case, Caseload, Draw, DrawnCase, Inspection


def caseload_on_record(inspection: Inspection) -> Caseload | None:
    """The list in force: the one confirmed last."""
    return inspection.caseloads.select_related("confirmed_by").order_by("-id").first()


def digests_of(inspection: Inspection) -> dict[str, str]:
    """The digest of each list ever confirmed, with when that was."""
    return {one.digest: one.confirmed_at.isoformat() for one in inspection.caseloads.all()}


def cases_on(caseload: Caseload) -> QuerySet[Case]:
    """Every case of a list, eligible or not, by number."""
    return caseload.cases.order_by("number")


def set_up_at(inspection: Inspection) -> datetime | None:
    """When the inspection was set up, and with it its seed made."""
    events = AuditEvent.objects.filter(object_type="inspection", object_id=str(inspection.pk))
    return events.filter(verb="inspection.set_up").values_list("at", flat=True).first()


def assessment_began(inspection: Inspection) -> bool:
    return inspection.cases.filter(assessment__isnull=False).exists()


def draws_of(inspection: Inspection) -> QuerySet[Draw]:
    """Every draw, the newest first."""
    return inspection.draws.select_related("drawn_by", "caseload").order_by("-ordinal")


def draw_by_ordinal(inspection: Inspection, ordinal: int) -> Draw | None:
    return draws_of(inspection).filter(ordinal=ordinal).first()


def places_in(draw: Draw) -> QuerySet[DrawnCase]:
    """Every case of a draw in its place; whom a case replaced, and who replaced it, are at hand."""
    return draw.drawn.select_related("case__assessment", "replaced_by__case", "replaces__case").order_by("position")


def drawn_case(draw: Draw, pk: int) -> DrawnCase | None:
    return places_in(draw).filter(pk=pk).first()
