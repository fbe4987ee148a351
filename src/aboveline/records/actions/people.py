"""Bring in people and services, and give roles."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from aboveline.records.audit import Happened, record
from aboveline.records.models import Inspection, Role, Service, ServiceRole, TeamRole, User


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


@transaction.atomic
def give_service_role(*, user: User, service: Service, role: Role, by: User | None) -> ServiceRole:
    given = ServiceRole.objects.create(user=user, service=service, role=role)
    record([Happened("role.given", given, {"role": role.value, "user": user.pk}, service_id=service.pk)], by=by)
    return given


@transaction.atomic
def join_team(*, user: User, inspection: Inspection, role: Role, by: User | None) -> TeamRole:
    joined = TeamRole.objects.create(user=user, inspection=inspection, role=role)
    values = {"role": role.value, "user": user.pk}
    record([Happened("team.joined", joined, values, service_id=inspection.service_id)], by=by)
    return joined


@transaction.atomic
def note_sign_in(*, by: User) -> None:
    record([Happened("signed_in", by)], by=by)
