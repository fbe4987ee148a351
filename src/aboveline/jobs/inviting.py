"""Invite somebody by letter; and the first administrator of a place, from the command line."""

from collections.abc import Sequence

from django.db import transaction

from aboveline.domain.letters import LetterKind
from aboveline.domain.roles import Role
from aboveline.jobs.letter_words import link_to
from aboveline.jobs.letters import post
from aboveline.records.actions.invitations import invite
from aboveline.records.actions.letters import Draft
from aboveline.records.actions.people import add_programme, add_service
from aboveline.records.models import Invitation, Programme, Service, User
from aboveline.records.models.accounts import Place
from aboveline.records.queries.programmes import programme_by_slug
from aboveline.records.queries.services import service_by_slug


class NoSuchPlace(LookupError):
    """Raised where a service or programme is not there and no name was given to add it under."""


@transaction.atomic
def invite_by_letter(
    *, email: str, roles: Sequence[Role], place: Place, by: User, staff_code: str = "", body: str = ""
) -> Invitation:
    """Invite somebody; the letter with the link follows. Raises what `invite` does."""
    made, _token = invite(email=email, roles=roles, place=place, by=by, staff_code=staff_code, body=body)
    post([Draft(LetterKind.INVITATION, made.email, made.service, made.inspection, made.programme, made)], by=by)
    return made


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
