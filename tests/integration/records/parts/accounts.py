"""Accounts: invitations, passwords, second factors, sessions; and roles at whatever place."""

import time
from datetime import timedelta
from functools import partial

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from aboveline.domain.roles import Role
from aboveline.records.actions.accounts import (
    change_password,
    disable_account,
    enable_account,
    end_session,
    end_sessions,
    note_seen,
    note_single_sign_on,
    set_answer_keys,
)
from aboveline.records.actions.conflicts import withdraw_conflict
from aboveline.records.actions.invitations import accept_invitation, invite, withdraw_invitation
from aboveline.records.actions.people import give_role
from aboveline.records.actions.second_factor import (
    new_recovery_codes,
    set_up_second_factor,
    spend_code,
    take_second_factor_away,
)
from aboveline.records.identity import token_digest
from aboveline.records.models import Invitation, ServiceRole
from aboveline.records.queries import accounts, conflicts, invitations, people
from tests.integration.records.parts import Act
from tests.integration.records.parts.people import entry
from tests.integration.records.world import World
from tests.records_builders import a_user, with_role

PASSWORD = "a heron on the weir"


def code_of(secret: str, step: int = 0) -> str:
    """What an authenticator app with this secret shows, `step` steps from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def invited(w: World, email: str = "new@example.org") -> tuple[Invitation, str]:
    return invite(email=email, roles=[Role.HEAD_OF_SERVICE], place=w.service, by=w.by)


def managing(w: World) -> World:
    """The world once its person manages people, without which their invitations lead nowhere."""
    ServiceRole.objects.get_or_create(user=w.by, service=w.service, role=Role.ADMINISTRATOR)
    return w


@transaction.atomic
def accepted(w: World) -> object:
    """An invitation that was there before, so that every event is of the one who accepts."""
    until = timezone.now() + timedelta(days=1)
    managing(w)
    Invitation.objects.create(
        email=w.by.email, roles=["head_of_service"], service=w.service, by=w.by, at=until, expires_at=until,
        token_digest=token_digest("the link"),
    )  # fmt: skip
    return accept_invitation(token="the link", by=w.by)


def withdrawn(w: World) -> None:
    withdraw_invitation(invitation=invited(w)[0], by=w.by)


def with_app(w: World) -> list[str]:
    secret = generate_totp_secret()
    return set_up_second_factor(secret=secret, code=code_of(secret), by=w.by, keep="") or []


def spent(w: World) -> None:
    assert spend_code(by=w.by, code=with_app(w)[0])


def seen(w: World) -> UserSession:
    store = SessionStore()
    store.create()
    note_seen(key=str(store.session_key), address="192.0.2.7", device="Firefox", by=w.by)
    return UserSession.objects.get(session_key=store.session_key)


SET_UP = ("second_factor.set_up", "recovery_codes.given")
elsewhere = partial(Act, at_service=False)

ACTS = {
    "people.give_role": Act(
        lambda w: give_role(user=w.by, place=w.service, role=Role.MONITOR, by=w.by, staff_code="x", body="moj"),
        ("role.given",), {"role": "monitor", "staff_code": "", "body": "moj"},
    ),
    "invitations.invite": Act(
        invited, ("person.invited",), {"email": "new@example.org", "role": "head_of_service"}
    ),
    "invitations.withdraw_invitation": Act(withdrawn, ("person.invited", "invitation.withdrawn")),
    "invitations.accept_invitation": Act(
        accepted, ("role.given", "invitation.accepted")
    ),
    "accounts.change_password": elsewhere(
        lambda w: change_password(user=w.by, password=PASSWORD, by=w.by), ("password.changed",)
    ),
    "accounts.end_session": elsewhere(
        lambda w: end_session(session=seen(w), by=w.by), ("sessions.ended",), {"sessions": "1"}
    ),
    "accounts.end_sessions": elsewhere(
        lambda w: (seen(w), seen(w), end_sessions(user=w.by, by=w.by)), ("sessions.ended",), {"sessions": "2"}
    ),
    "accounts.disable_account": elsewhere(lambda w: disable_account(user=w.by, by=w.by), ("account.disabled",)),
    "accounts.enable_account": elsewhere(lambda w: enable_account(user=w.by, by=w.by), ("account.enabled",)),
    "accounts.set_answer_keys": elsewhere(
        lambda w: set_answer_keys(on=False, by=w.by), ("answer_keys.set",), {"state": "off"}
    ),
    "accounts.note_single_sign_on": elsewhere(
        lambda w: note_single_sign_on(provider="organisation", by=w.by),
        ("single_sign_on.linked",), {"provider": "organisation"},
    ),
    "second_factor.set_up_second_factor": elsewhere(with_app, SET_UP),
    "second_factor.new_recovery_codes": elsewhere(lambda w: new_recovery_codes(by=w.by), SET_UP[1:]),
    "second_factor.spend_code": elsewhere(spent, (*SET_UP, "recovery_code.used")),
    "second_factor.take_second_factor_away": elsewhere(
        lambda w: take_second_factor_away(user=w.by, by=w.by), ("second_factor.taken_away",)
    ),
}  # fmt: skip


def after(prepare, ask, w: World) -> object:
    """Asked once something is there; made the first time only."""
    if not ask(w):
        prepare(w)
    return ask(w)


def by_its_link(w: World) -> object:
    """The link of the world's own invitation, whoever else is invited."""
    token = w.__dict__.get("token") or invited(managing(w))[1]
    object.__setattr__(w, "token", token)
    return invitations.open_invitation(token)


def coded(w: World) -> str:
    """A staff code that somebody at the service has."""
    if not w.service.roles.filter(staff_code="CM-1").exists():
        with_role(a_user(), w.service, Role.CASE_MANAGER, staff_code="CM-1")
    return "CM-1"


def one_role(w: World) -> object:
    return people.held_role(w.service, w.by.service_roles.order_by("pk").first().pk)


def one_invitation(w: World) -> object:
    return invitations.invitation_at(w.service, w.service.invitations.order_by("pk").first().pk)


def one_session(w: World) -> object:
    return accounts.session_of(w.by, UserSession.objects.filter(user=w.by).order_by("pk").first().pk)


def withdrawn_entry(w: World) -> object:
    found = entry(w)
    if found.withdrawn_at is None:
        withdraw_conflict(entry=found, why="wrong", expected_version=1, by=w.by)
    return conflicts.withdrawn_by(found)


def one_entry(w: World) -> object:
    return conflicts.entry_in(w.service, entry(w).pk)


OF_SERVICE = {
    "people.people_around": lambda w: people.people_around(w.drawn),
    "people.gives_roles": lambda w: people.gives_roles(w.by, managing(w).service),
    "people.holder_of": lambda w: people.holder_of(w.service, coded(w)),
    "people.held_roles": lambda w: people.held_roles(w.service),
    "people.held_role": one_role,
    "accounts.user_by_email": lambda w: accounts.user_by_email(w.by.email.upper()),
    "accounts.user_by_id": lambda w: accounts.user_by_id(w.by.pk),
    "accounts.roles_anywhere": lambda w: accounts.roles_anywhere(w.by),
    "accounts.second_factor_of": partial(after, with_app, lambda w: accounts.second_factor_of(w.by)),
    "accounts.recovery_codes_left": partial(after, with_app, lambda w: accounts.recovery_codes_left(w.by)),
    "accounts.sessions_of": partial(after, seen, lambda w: accounts.sessions_of(w.by)),
    "accounts.session_of": lambda w: (accounts.sessions_of(w.by) or seen(w)) and one_session(w),
    "invitations.open_invitation": by_its_link,
    "invitations.works": lambda w: invitations.works(invited(managing(w))[0]),
    "invitations.invitations_at": partial(after, invited, lambda w: invitations.invitations_at(w.service)),
    "invitations.invitation_at": lambda w: (w.service.invitations.exists() or invited(w)) and one_invitation(w),
    "conflicts.entry_in": one_entry,
    "conflicts.withdrawn_by": withdrawn_entry,
    "conflicts.entries_of": lambda w: entry(w) and conflicts.entries_of(w.by),
    "conflicts.people_in_reach": lambda w: conflicts.people_in_reach(w.service),
}
