"""Invite the first administrator of a place, from the command line."""

from django.db import transaction

from aboveline.domain.access import Role
from aboveline.jobs.letters import link_to
from aboveline.records.actions.invitations import invite
from aboveline.records.actions.people import add_programme, add_service
from aboveline.records.models import Programme, Service
from aboveline.records.queries.programmes import programme_by_slug
from aboveline.records.queries.services import service_by_slug


class NoSuchPlace(LookupError):
    """Raised where a service or programme is not there and no name was given to add it under."""


@transaction.atomic
def invite_administrator(
    *, email: str, service: str = "", programme: str = "", name: str = "", framework: str = "cci-2009"
) -> str:
    """Invite the administrator of a service or programme from the command line and return the link to hand over.

    With a `name`, a place that is not there yet is added. Raises NoSuchPlace.
    """
    place = _service(service, name) if service else _programme(programme, name, framework)
    _made, token = invite(email=email, roles=[Role.ADMINISTRATOR], place=place, by=None)
    return link_to("invitation", token)


def _service(slug: str, name: str) -> Service:
    found = service_by_slug(slug)
    if found is None and not name:
        raise NoSuchPlace(slug)
    return found or add_service(slug=slug, name=name, area=name, by=None)


def _programme(slug: str, name: str, framework: str) -> Programme:
    found = programme_by_slug(slug)
    if found is None and not name:
        raise NoSuchPlace(slug)
    return found or add_programme(slug=slug, name=name, framework_id=framework, by=None)
