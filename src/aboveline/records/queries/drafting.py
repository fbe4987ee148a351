"""The draft that is with the service, and what the service says of it."""

from django.db.models import QuerySet

from aboveline.records.models import DraftPoint, DraftToService, Inspection


def draft_to_service(inspection: Inspection) -> DraftToService | None:
    return DraftToService.objects.select_related("changed_by").filter(inspection=inspection).first()


def points_of(inspection: Inspection) -> QuerySet[DraftPoint]:
    """Every point of fact and challenge, in the order they were made."""
    return DraftPoint.objects.filter(inspection=inspection).select_related("made_by", "changed_by")


def point_in(inspection: Inspection, pk: int) -> DraftPoint | None:
    return points_of(inspection).filter(pk=pk).first()


def open_points(inspection: Inspection) -> int:
    return DraftPoint.objects.filter(inspection=inspection, outcome="").count()
