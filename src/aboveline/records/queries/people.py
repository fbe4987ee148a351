"""Who holds which role where."""

from django.db.models import Q, QuerySet

from aboveline.records.models import Inspection, Role, Service, ServiceRole, TeamRole, User


def roles_at(user: User, service: Service) -> frozenset[Role]:
    """The roles a person holds at a service."""
    held = ServiceRole.objects.filter(user=user, service=service).values_list("role", flat=True)
    return frozenset(Role(role) for role in held)


def roles_in(user: User, inspection: Inspection) -> frozenset[Role]:
    """The roles a person holds in an inspection: in its team, or at the inspected service."""
    held = TeamRole.objects.filter(user=user, inspection=inspection).values_list("role", flat=True)
    return roles_at(user, inspection.service) | {Role(role) for role in held}


def roles_around(user: User, service: Service) -> frozenset[Role]:
    """The roles a person holds at a service or in any inspection of it: enough to see the service's own page."""
    teams = TeamRole.objects.filter(user=user, inspection__service=service).values_list("role", flat=True)
    return roles_at(user, service) | {Role(role) for role in teams}


def services_of(user: User) -> QuerySet[Service]:
    """The services a person has to do with, by name."""
    mine = Q(roles__user=user) | Q(inspections__team__user=user)
    return Service.objects.filter(mine).distinct().order_by("name")


def anybody() -> bool:
    """True once anyone can sign in."""
    return User.objects.exists()
