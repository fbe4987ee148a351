"""Programmes, and the inspections in each."""

from django.db.models import QuerySet

from aboveline.records.models import Inspection, Programme, Service, User


def programme_by_slug(slug: str) -> Programme | None:
    return Programme.objects.filter(slug=slug).first()


def programmes_of(user: User) -> QuerySet[Programme]:
    """The programmes a person holds a role in, by name."""
    return Programme.objects.filter(roles__user=user, roles__ended_at=None).distinct().order_by("name")


def every_service() -> QuerySet[Service]:
    """Every service there is, by name: whom a programme may inspect is no secret."""
    return Service.objects.order_by("name")


def inspections_under(framework_id: str) -> QuerySet[Inspection]:
    """Every inspection by an inspectorate under a framework, newest first, for a re-inspection to follow one."""
    return (
        Inspection.objects.filter(framework_id=framework_id)
        .exclude(kind=Inspection.Kind.LOCAL_AUDIT)
        .select_related("service", "original")
        .order_by("service__name", "-held_on", "-id")
    )
