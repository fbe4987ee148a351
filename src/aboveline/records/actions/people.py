"""Bring in people and services, and give roles."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from aboveline.domain.roles import Role
from aboveline.records.actions.allocation import end_allocations_of, take_back_conflicted
from aboveline.records.audit import Happened, record
from aboveline.records.models import Inspection, Programme, ProgrammeRole, Service, ServiceRole, TeamRole, User
from aboveline.records.models.accounts import Place
from aboveline.records.queries.conflicts import on_its_side
from aboveline.records.queries.people import holder_of

Held = ServiceRole | TeamRole | ProgrammeRole
#: roles that can give and take away roles at a place
MANAGING = (Role.ADMINISTRATOR, Role.HEAD_OF_SERVICE)


@transaction.atomic
def add_user(*, email: str, name: str, password: str, by: User | None) -> User:
    user = User.objects.create(email=email.lower(), name=name, password=make_password(password))
    record([Happened("user.added", user)], by=by)
    return user


@transaction.atomic
def add_service(
    *, slug: str, name: str, area: str, by: User | None, region: str = "", synthetic: bool = False
) -> Service:
    service = Service.objects.create(slug=slug, name=name, area=area, region=region, synthetic=synthetic)
    record([Happened("service.added", service, {"name": name}, service_id=service.pk)], by=by)
    return service


class StaffCodeTaken(ValueError):
    """Raised where case lists already name another person by a staff code; the message is their name."""


@transaction.atomic
def give_service_role(
    *, user: User, service: Service, role: Role, by: User | None, staff_code: str = "", body: str = ""
) -> ServiceRole:
    """Give a role at a service. `staff_code` is how case lists name a case manager; `body` whom a monitor is from.

    From now on the person belongs to the service: cases of it that an inspectorate gave them are taken back.
    Raises StaffCodeTaken.
    """
    Service.objects.select_for_update(no_key=True).get(pk=service.pk)  # two at once would both find the code free
    if (holder := holder_of(service, staff_code)) and holder != user:
        raise StaffCodeTaken(holder.name)
    given = ServiceRole.objects.create(user=user, service=service, role=role, staff_code=staff_code, body=body)
    values = {"role": role.value, "user": user.pk, "staff_code": staff_code, "body": body}
    take_back_conflicted(user=user, by=by)
    record([Happened("role.given", given, values, service_id=service.pk)], by=by)
    return given


class BelongsToService(ValueError):
    """Raised where somebody of the service that an inspectorate inspects would join the team that inspects it."""


@transaction.atomic
def join_team(*, user: User, inspection: Inspection, role: Role, by: User | None) -> TeamRole:
    """Take somebody into a team. Raises BelongsToService."""
    if on_its_side(user, inspection):
        raise BelongsToService("they belong to the service that is inspected")
    joined = TeamRole.objects.create(user=user, inspection=inspection, role=role)
    values = {"role": role.value, "user": user.pk}
    record([Happened("team.joined", joined, values, service_id=inspection.service_id)], by=by)
    return joined


@transaction.atomic
def add_programme(*, slug: str, name: str, framework_id: str, by: User | None) -> Programme:
    programme = Programme.objects.create(slug=slug, name=name, framework_id=framework_id)
    record([Happened("programme.added", programme, {"name": name, "framework": framework_id})], by=by)
    return programme


@transaction.atomic
def give_programme_role(*, user: User, programme: Programme, role: Role, by: User | None) -> ProgrammeRole:
    given = ProgrammeRole.objects.create(user=user, programme=programme, role=role)
    record([Happened("role.given", given, {"role": role.value, "user": user.pk})], by=by)
    return given


@transaction.atomic
def give_role(*, user: User, place: Place, role: Role, by: User | None, staff_code: str = "", body: str = "") -> Held:
    """Give a role at whatever place. A staff code goes only with a case manager, a body only with a monitor."""
    if isinstance(place, Service):
        beside = {
            "staff_code": staff_code if role is Role.CASE_MANAGER else "",
            "body": body if role is Role.MONITOR else "",
        }
        return give_service_role(user=user, service=place, role=role, by=by, **beside)
    if isinstance(place, Inspection):
        return join_team(user=user, inspection=place, role=role, by=by)
    return give_programme_role(user=user, programme=place, role=role, by=by)


class LastOfItsKind(ValueError):
    """Raised where taking a role away would leave nobody who could give it back."""


@transaction.atomic
def end_role(*, held: Held, by: User) -> None:
    """Take a role away from now on; the row stays on record. A role already ended is left as it is.

    Cases in this person's hands in an inspection they leave go back to be allocated. Raises LastOfItsKind where the
    last person who can manage the people of a place would go.
    """
    newest: Held = type(held)._default_manager.select_for_update().get(pk=held.pk)
    if newest.ended_at is not None:
        return
    _check_not_last(newest)
    newest.ended_at = timezone.now()
    newest.save(update_fields=["ended_at"])
    if isinstance(newest, TeamRole):
        end_allocations_of(user=newest.user, inspection=newest.inspection, why="left the team", by=by)
    record([Happened("role.ended", newest, {"role": newest.role}, service_id=_service_of(newest))], by=by)


def _check_not_last(held: Held) -> None:
    if isinstance(held, TeamRole) or held.role not in MANAGING:
        return
    beside: QuerySet[Any] = held.service.roles.all() if isinstance(held, ServiceRole) else held.programme.roles.all()
    if not beside.filter(role__in=MANAGING, ended_at=None).exclude(user=held.user).exists():
        raise LastOfItsKind("give somebody else the right to manage people first")


def _service_of(held: Held) -> int | None:
    if isinstance(held, ServiceRole):
        return held.service_id
    return held.inspection.service_id if isinstance(held, TeamRole) else None


@transaction.atomic
def note_sign_in(*, by: User) -> None:
    record([Happened("signed_in", by)], by=by)
