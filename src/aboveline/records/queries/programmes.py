"""Programmes, and the inspections in each."""

from django.db.models import QuerySet

from aboveline.records.models import Programme, User


def programme_by_slug(slug: str) -> Programme | None:
    return Programme.objects.filter(slug=slug).first()


def programmes_of(user: User) -> QuerySet[Programme]:
    """The programmes a person holds a role in, by name."""
    return Programme.objects.filter(roles__user=user, roles__ended_at=None).distinct().order_by("name")
