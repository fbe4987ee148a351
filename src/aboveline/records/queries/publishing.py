"""What was published and is out, by the clock alone: no work in the background has to be done for it."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from aboveline.domain.workflow import Stage
from aboveline.records.models import Inspection, Publication


def _out() -> QuerySet[Publication]:
    return Publication.objects.filter(called_off_at=None, publish_at__lte=timezone.now()).select_related(
        "inspection__service"
    )


def published_inspections() -> QuerySet[Publication]:
    """The newest version that is out of each inspection, the one last published first."""
    newest = _out().filter(inspection=OuterRef("inspection")).order_by("-ordinal").values("pk")[:1]
    return _out().filter(pk=Subquery(newest)).order_by("-publish_at", "-pk")


def versions_out(inspection_id: int) -> QuerySet[Publication]:
    """Every version of one inspection that is out, the newest first."""
    return _out().filter(inspection=inspection_id).order_by("-ordinal")


def publications_of(inspection: Inspection) -> QuerySet[Publication]:
    """Every version, also those still to come out and those called off, the newest first."""
    return Publication.objects.filter(inspection=inspection).select_related("decided_by", "sign_off__signed_by")


def publication_in(inspection: Inspection, pk: int) -> Publication | None:
    return publications_of(inspection).filter(pk=pk).first()


def due_publication(inspection: Inspection) -> Publication | None:
    """The version whose moment has come while the inspection is still on record as being with the service."""
    if inspection.stage != Stage.WITH_SERVICE:
        return None
    return versions_out(inspection.pk).filter(came_out=False).first()


def stage_now(inspection: Inspection) -> Stage:
    """The stage on record, or published where its moment has come meanwhile."""
    return Stage.PUBLISHED if due_publication(inspection) else Stage(inspection.stage)
