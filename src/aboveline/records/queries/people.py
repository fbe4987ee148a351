"""Who holds which role where, and what a person is to the thing in hand."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from aboveline.domain.access import FEWEST_CASES, OF_FIRST_READS, Action, Reach, RunBy, Standing, may, reach_of
from aboveline.domain.roles import HeldAt, Role
from aboveline.domain.workflow import Stage
from aboveline.records.models import (
    Allocation,
    Case,
    Inspection,
    Programme,
    ProgrammeRole,
    Report,
    Service,
    ServiceRole,
    TeamRole,
    User,
)
from aboveline.records.models.accounts import Place
from aboveline.records.queries.conflicts import conflicted_with, on_its_side
from aboveline.records.queries.inspections import sampled_cases
from aboveline.records.queries.publishing import stage_now

HELD = {"ended_at": None}
Held = ServiceRole | TeamRole | ProgrammeRole


def _roles(held: QuerySet[Any]) -> frozenset[Role]:
    return frozenset(Role(role) for role in held.filter(**HELD).values_list("role", flat=True))


def roles_at(user: User, service: Service) -> frozenset[Role]:
    """The roles a person holds at a service."""
    return _roles(ServiceRole.objects.filter(user=user, service=service))


def roles_in(user: User, inspection: Inspection) -> frozenset[Role]:
    """The roles a person holds in an inspection, of those that count there (see `places_in`)."""
    return _held(user, inspection, places_in(user, inspection))


def places_in(user: User, inspection: Inspection) -> frozenset[HeldAt]:
    """Where the roles are held that count for a person in an inspection.

    In a service's own exercise: at the service and in the team. An inspectorate's has two sides and nobody is on both:
    for whoever belongs to the inspected service it is the service alone, for all others the team and the programme.
    """
    if inspection.run_by is RunBy.SERVICE:
        return frozenset({HeldAt.SERVICE, HeldAt.INSPECTION})
    if on_its_side(user, inspection):
        return frozenset({HeldAt.SERVICE})
    return frozenset({HeldAt.INSPECTION, HeldAt.PROGRAMME})


def _held(user: User, inspection: Inspection, places: frozenset[HeldAt]) -> frozenset[Role]:
    held: dict[HeldAt, QuerySet[Any]] = {
        HeldAt.SERVICE: ServiceRole.objects.filter(user=user, service=inspection.service_id),
        HeldAt.INSPECTION: TeamRole.objects.filter(user=user, inspection=inspection),
        HeldAt.PROGRAMME: ProgrammeRole.objects.filter(user=user, programme=inspection.programme_id),
    }
    return frozenset[Role]().union(*(_roles(held[place]) for place in places))


def standing_at(user: User, service: Service) -> Standing:
    """What a person is to a service itself."""
    return Standing(roles_at(user, service), held_at=frozenset({HeldAt.SERVICE}))


def standing_around(user: User, service: Service) -> Standing:
    """What a person is to a service's own page: a role at it, or in any inspection of it."""
    team = _roles(TeamRole.objects.filter(user=user, inspection__service=service))
    programme = _roles(ProgrammeRole.objects.filter(user=user, programme__inspections__service=service))
    return Standing(roles_at(user, service) | team | programme)


def standing_to_report(user: User, report: Report) -> Standing:
    return standing_at(user, report.service)


def standing_to_programme(user: User, programme: Programme) -> Standing:
    roles = _roles(ProgrammeRole.objects.filter(user=user, programme=programme))
    return Standing(roles, RunBy.PROGRAMME, held_at=frozenset({HeldAt.PROGRAMME}))


def standing_in(user: User, inspection: Inspection, case: Case | None = None) -> Standing:
    """What a person is to an inspection, or to one case in it."""
    places = places_in(user, inspection)
    roles = _held(user, inspection, places)
    held = readings_of(user, case) if roles and case is not None else {}
    found = Standing(
        roles=roles,
        run_by=inspection.run_by,
        stage=stage_now(inspection),
        allocated=bool(held),
        manages=Role.CASE_MANAGER in roles and case is not None and manages(user, case),
        conflicted=bool(roles) and conflicted_with(user, inspection, case),
        second_reader=Allocation.Reading.SECOND in held,
        blind=held.get(Allocation.Reading.SECOND, False),
        held_at=places,
    )
    return found if case is not None or not roles else _as_to_scores(user, inspection, found)


def _as_to_scores(user: User, inspection: Inspection, found: Standing) -> Standing:
    """What scores would tell this person. The database is asked only where the answer makes a difference."""
    kept = any(reach_of(replace(found, reads_blind=True), one) != reach_of(found, one) for one in OF_FIRST_READS)
    if kept and _reads_blind(user, inspection):
        found = replace(found, reads_blind=True)
    early = found.run_by is RunBy.SERVICE and found.stage.order < Stage.MODERATION.order
    if not early or reach_of(found, Action.SEE_CASES) is Reach.ALL:
        return found
    begun = sampled_cases(inspection).filter(assessment__isnull=False)
    return replace(found, few=begun[:FEWEST_CASES].count() < FEWEST_CASES)


def _reads_blind(user: User, inspection: Inspection) -> bool:
    """Whether a case under assessment is still to be read by this person a second time."""
    waiting = [number for number, blind in reads_again(user, inspection).items() if blind]
    return bool(waiting) and sampled_cases(inspection).filter(number__in=waiting).exists()


def reads_again(user: User, inspection: Inspection) -> dict[str, bool]:
    """The numbers of the cases given to a person for a second read, and of each whether it is still to be submitted."""
    held = inspection.allocations.filter(assessor=user, reading=Allocation.Reading.SECOND, ended_at=None)
    rows = held.values_list("case__number", "second_read__submitted_at")
    return {number: submitted is None for number, submitted in rows}


def readings_of(user: User, case: Case) -> dict[str, bool]:
    """The readings for which a case is in a person's hands; of a second one, whether it is still to be submitted."""
    rows = Allocation.objects.filter(case=case, assessor=user, ended_at=None)
    return {reading: at is None for reading, at in rows.values_list("reading", "second_read__submitted_at")}


def manages(user: User, case: Case) -> bool:
    """Whether the service's case list names a person as a case's manager, by the code they have there."""
    code = case.attributes.get("case_manager")
    return bool(code) and code in _codes(user, case.inspection.service)


def readings_in(user: User, inspection: Inspection) -> dict[str, dict[str, bool]]:
    """The numbers of the cases that are in a person's hands in an inspection, each with its `readings_of`."""
    held: dict[str, dict[str, bool]] = {}
    rows = Allocation.objects.filter(inspection=inspection, assessor=user, ended_at=None)
    for number, reading, at in rows.values_list("case__number", "reading", "second_read__submitted_at"):
        held.setdefault(number, {})[reading] = at is None
    return held


def managed_case_numbers(user: User, inspection: Inspection) -> frozenset[str]:
    """The numbers of the cases that a person manages at the service."""
    codes = _codes(user, inspection.service)
    if not codes:
        return frozenset()
    cases = inspection.cases.filter(attributes__case_manager__in=codes)
    return frozenset(cases.values_list("number", flat=True))


def _codes(user: User, service: Service) -> Iterable[str]:
    held = ServiceRole.objects.filter(user=user, service=service, role=Role.CASE_MANAGER, **HELD)
    return [code for code in held.values_list("staff_code", flat=True) if code]


def services_of(user: User) -> QuerySet[Service]:
    """The services a person has to do with, by name."""
    at = Q(roles__user=user, roles__ended_at=None)
    team = Q(inspections__team__user=user, inspections__team__ended_at=None)
    programme = Q(inspections__programme__roles__user=user, inspections__programme__roles__ended_at=None)
    return Service.objects.filter(at | team | programme).distinct().order_by("name")


def held_roles(place: Place) -> list[Held]:
    """Every role held at a service, in an inspection's team or in a programme, with its person, by name."""
    rows: QuerySet[Any] = place.team.all() if isinstance(place, Inspection) else place.roles.all()
    return list(rows.filter(**HELD).select_related("user").order_by("user__name", "user_id", "role"))


def held_role(place: Place, pk: int) -> Held | None:
    """One role held at a place, by its number."""
    return next((one for one in held_roles(place) if one.pk == pk), None)


def people_of(inspection: Inspection) -> list[User]:
    """Everybody with a role in an inspection, at its service or in its programme, by name."""
    held = [*held_roles(inspection), *held_roles(inspection.service)]
    held += held_roles(inspection.programme) if inspection.programme else []
    return list(User.objects.filter(pk__in=[one.user_id for one in held], is_active=True).order_by("name", "pk"))


def holder_of(service: Service, staff_code: str) -> User | None:
    """The case manager whom a service's case lists name by a staff code."""
    held = ServiceRole.objects.filter(service=service, staff_code=staff_code, **HELD).exclude(staff_code="")
    found = held.select_related("user").first()
    return found.user if found else None


def gives_roles(user: User, place: Place) -> bool:
    """Whether a person may give roles at a place, now and while their account is open."""
    if isinstance(place, Service):
        allowed = may(standing_at(user, place), Action.MANAGE_PEOPLE)
    elif isinstance(place, Inspection):
        allowed = may(standing_in(user, place), Action.PLAN)
    else:
        allowed = may(standing_to_programme(user, place), Action.MANAGE_PROGRAMME)
    return user.is_active and allowed


def people_around(place: Place) -> list[User]:
    """Who can be given a role without an invitation, by name: those of the place itself and, for a team, those of the
    service that runs the exercise or of the programme's teams; never who belongs to the service that others inspect."""
    held = Q(pk__in=[one.user_id for one in held_roles(place)])
    if isinstance(place, Inspection) and place.programme:
        teams = TeamRole.objects.filter(inspection__programme=place.programme_id, **HELD)
        held |= Q(pk__in=teams.values("user")) | Q(pk__in=[one.user_id for one in held_roles(place.programme)])
    elif isinstance(place, Inspection):
        held |= Q(pk__in=[one.user_id for one in held_roles(place.service)])
    found = User.objects.filter(held, is_active=True).order_by("name", "pk")
    return [user for user in found if not (isinstance(place, Inspection) and on_its_side(user, place))]


def anybody() -> bool:
    """True once anyone can sign in."""
    return User.objects.exists()
