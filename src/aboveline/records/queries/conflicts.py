"""The conflict register: whom it keeps from which cases."""

from datetime import date, timedelta

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from aboveline.domain.access import RunBy
from aboveline.records.models import (
    AuditEvent,
    Case,
    Conflict,
    Inspection,
    ProgrammeRole,
    Service,
    ServiceRole,
    TeamRole,
    User,
)

#: a tie with a service, or a role at it, that ended longer ago no longer keeps a person from its cases (our own rule)
COOLING_OFF = timedelta(days=3 * 365)


def entries_in_force(user: User, on: date | None = None) -> QuerySet[Conflict]:
    """A person's entries that count on a day (today where none is given)."""
    since = (on or timezone.localdate()) - COOLING_OFF
    return Conflict.objects.filter(Q(ends=None) | Q(ends__gte=since), user=user, withdrawn_at=None, proposed=False)


def conflicted_with(user: User, inspection: Inspection, case: Case | None = None) -> bool:
    """Whether a person is kept from a case, or from every case of an inspection where no case is given.

    A tie with the service itself does not count where the service runs the exercise on its own work, nor for those who
    belong to the service: what they may do they may as its people.
    """
    ties = Q(case=case) if case is not None else Q(pk__in=())
    if inspection.run_by is RunBy.PROGRAMME:
        ties |= Q(~Exists(_belonging(user, inspection.service_id)), service=inspection.service_id)
    return entries_in_force(user).filter(ties).exists()


def belongs_to(user: User, service: Service) -> bool:
    """Whether a person holds any role at a service, or held one until not long ago."""
    return _belonging(user, service.pk).exists()


def _belonging(user: User, service_id: int) -> QuerySet[ServiceRole]:
    counts = Q(ended_at=None) | Q(ended_at__gte=timezone.now() - COOLING_OFF)
    return ServiceRole.objects.filter(counts, user=user, service=service_id)


def inspects(user: User, service: Service) -> bool:
    """Whether a person is or was of an inspectorate's team or programme that inspects a service, and not its own."""
    team = TeamRole.objects.filter(user=user, inspection__service=service, inspection__programme__isnull=False)
    programme = ProgrammeRole.objects.filter(user=user, programme__inspections__service=service)
    return (team.exists() or programme.exists()) and not belongs_to(user, service)


def on_its_side(user: User, inspection: Inspection) -> bool:
    """Whether a person belongs to the service that an inspectorate inspects; never so where it inspects itself."""
    return inspection.run_by is RunBy.PROGRAMME and belongs_to(user, inspection.service)


def conflicted_case_numbers(user: User, inspection: Inspection) -> frozenset[str]:
    """The cases of an inspection that a person is kept from one by one."""
    held = entries_in_force(user).filter(case__inspection=inspection)
    return frozenset(held.values_list("case__number", flat=True))


def register_of(service: Service) -> QuerySet[Conflict]:
    """Every entry that has to do with a service, newest first."""
    return Conflict.objects.filter(Q(service=service) | Q(case__inspection__service=service)).select_related(
        "user", "service", "case__inspection"
    )


def entry_in(service: Service, pk: int) -> Conflict | None:
    """One entry that has to do with a service."""
    return register_of(service).filter(pk=pk).first()


def withdrawn_by(entry: Conflict) -> User | None:
    """Who withdrew an entry; None where nobody did."""
    events = AuditEvent.objects.filter(object_type="conflict", object_id=str(entry.pk), verb="conflict.withdrawn")
    event = events.select_related("actor").first()
    return event.actor if event else None


def entries_of(user: User) -> QuerySet[Conflict]:
    """Every entry about a person, newest first, withdrawn ones too."""
    return Conflict.objects.filter(user=user).select_related("user", "service", "case__inspection")


def people_in_reach(service: Service) -> list[User]:
    """Who holds a role at a service, or in any inspection or programme of it, by name."""
    at = Q(service_roles__service=service, service_roles__ended_at=None)
    team = Q(team_roles__inspection__service=service, team_roles__ended_at=None)
    programme = Q(programme_roles__programme__inspections__service=service, programme_roles__ended_at=None)
    return list(User.objects.filter(at | team | programme).distinct().order_by("name", "pk"))
