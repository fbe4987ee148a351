"""The first person and service of an empty installation."""

from django.db import transaction
from django.utils.text import slugify

from aboveline.records.actions.people import add_service, add_user, give_service_role
from aboveline.records.models import Role, Service
from aboveline.records.queries.people import anybody


def nobody_yet() -> bool:
    return not anybody()


@transaction.atomic
def open_first_service(*, email: str, service: str, password: str) -> Service:
    """Add a service and its quality manager, who may do everything a first audit needs."""
    user = add_user(email=email, name=email.split("@")[0], password=password, by=None)
    opened = add_service(slug=slugify(service)[:50] or "service", name=service, area=service, by=user)
    for role in (Role.QUALITY_MANAGER, Role.HEAD_OF_SERVICE):
        give_service_role(user=user, service=opened, role=role, by=user)
    return opened
