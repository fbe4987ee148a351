"""Invite somebody to hold roles, take an invitation back, accept one."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from aboveline.domain.roles import Role, roles_held_at
from aboveline.records.actions.people import add_user, give_role
from aboveline.records.audit import Happened, record
from aboveline.records.identity import link_token, token_digest
from aboveline.records.models import Invitation, Programme, User
from aboveline.records.models.accounts import Place, held_at
from aboveline.records.models.people import Service
from aboveline.records.queries.accounts import user_by_email
from aboveline.records.queries.invitations import OPEN, open_invitation
from aboveline.records.queries.people import held_roles


class NotOpen(ValueError):
    """Raised where an invitation was used, withdrawn or is too old, or is another person's."""


class ToOneself(ValueError):
    """Raised where somebody would give a role to themselves."""


@transaction.atomic
def invite(
    *, email: str, roles: Sequence[Role], place: Place, by: User | None, staff_code: str = "", body: str = ""
) -> tuple[Invitation, str]:
    """Return a new invitation and the token of its link, which is kept nowhere: see models/accounts. An
    earlier open one to the same address and place is withdrawn.

    Raises ToOneself; ValueError where no role is given or one that is not held at such a place.
    """
    if not roles or not set(roles) <= set(roles_held_at(held_at(place))):
        raise ValueError("give one or more roles that are held at this place")
    address, seed, now = email.strip().lower(), secrets.token_urlsafe(32), timezone.now()
    if by and by.email == address:
        raise ToOneself("nobody gives a role to themselves")
    token, where = link_token(seed), {held_at(place).value: place}
    for earlier in Invitation.objects.filter(email=address, **where, **OPEN):
        withdraw_invitation(invitation=earlier, by=by)
    made = Invitation.objects.create(
        email=address,
        roles=[role.value for role in roles],
        **where,
        staff_code=staff_code,
        body=body,
        token_digest=token_digest(token),
        seed=seed,
        by=by,
        at=now,
        expires_at=now + timedelta(seconds=settings.INVITATION_SECONDS),
    )
    values = {"email": address, "role": ", ".join(made.roles), "staff_code": staff_code, "body": body}
    record([Happened("person.invited", made, values, service_id=_service_of(place))], by=by)
    return made, token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User | None) -> None:
    """Take an invitation back; its link leads nowhere from now on. One that is not open is left as it is."""
    newest = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if newest.accepted_at or newest.withdrawn_at:
        return
    newest.withdrawn_at = timezone.now()
    newest.save(update_fields=["withdrawn_at"])
    record([Happened("invitation.withdrawn", newest, service_id=_service_of(newest.place))], by=by)


@transaction.atomic
def accept_invitation(*, token: str, by: User | None, name: str = "", password: str = "") -> User:
    """Give the roles of an invitation to whom it was sent: to a new account, or `by` who has one.

    Raises NotOpen where the link leads nowhere, `by` is somebody else, or an account is there and nobody signed in;
    BelongsToService where it is to a team that inspects the service they belong to; StaffCodeTaken.
    """
    invitation = open_invitation(token)
    # of two at once, the second finds it accepted when the first is done
    if invitation is None or not Invitation.objects.select_for_update().filter(pk=invitation.pk, **OPEN).exists():
        raise NotOpen("this invitation is not open")
    if by is None and user_by_email(invitation.email) is None:
        by = add_user(email=invitation.email, name=name, password=password, by=None)
    if by is None or by.email != invitation.email:
        raise NotOpen("this invitation is somebody else's")
    held = {one.role for one in held_roles(invitation.place) if one.user_id == by.pk}
    for role in map(Role, invitation.roles):
        if role not in held:
            give_role(
                user=by,
                place=invitation.place,
                role=role,
                by=invitation.by,
                staff_code=invitation.staff_code,
                body=invitation.body,
            )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record([Happened("invitation.accepted", invitation, service_id=_service_of(invitation.place))], by=by)
    return by


def _service_of(place: Place) -> int | None:
    """The service whose trail tells what happens at a place; a programme has none."""
    if isinstance(place, Programme):
        return None
    return place.pk if isinstance(place, Service) else place.service_id
