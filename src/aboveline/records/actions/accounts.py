"""What changes an account itself: its password, whether it may sign in, where it is signed in."""

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from aboveline.records.audit import Happened, record
from aboveline.records.models import User

DEVICE_LENGTH = 200


@transaction.atomic
def change_password(*, user: User, password: str, by: User | None, keep: str = "") -> None:
    """Set a new password and end the person's sessions but the one of the key `keep`.

    `by` is empty where the person came by a link sent to their address.
    """
    user.password = make_password(password)
    user.save(update_fields=["password"])
    record([Happened("password.changed", user)], by=by or user)
    end_sessions(user=user, by=by or user, keep=keep)


@transaction.atomic
def end_sessions(*, user: User, by: User | None, keep: str = "") -> int:
    """End a person's sessions, all but the one of the key `keep`, and return how many."""
    others = list(UserSession.objects.filter(user=user).exclude(session_key=keep))
    for session in others:
        session.end()
    if others:
        record([Happened("sessions.ended", user, {"sessions": len(others)})], by=by)
    return len(others)


@transaction.atomic
def end_session(*, session: UserSession, by: User) -> None:
    """End one session of a person's own."""
    record([Happened("sessions.ended", session.user, {"sessions": 1})], by=by)
    session.end()


@transaction.atomic
def note_seen(*, key: str, address: str, device: str, by: User) -> None:
    """Keep when and from where a session was last used, for the person's own list of sessions. Not an audit event."""
    seen = {"user": by, "ip": address, "user_agent": device[:DEVICE_LENGTH], "last_seen_at": timezone.now()}
    UserSession.objects.update_or_create(session_key=key, defaults=seen)


@transaction.atomic
def disable_account(*, user: User, by: User | None) -> None:
    """Nobody signs in to this account from now on, and whoever is, is out. Roles stay as they are."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    record([Happened("account.disabled", user)], by=by)
    end_sessions(user=user, by=by)


@transaction.atomic
def enable_account(*, user: User, by: User | None) -> None:
    """Let a disabled account sign in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record([Happened("account.enabled", user)], by=by)


@transaction.atomic
def set_answer_keys(*, on: bool, by: User) -> None:
    """Whether single keys give answers on the case form, for whoever asks. Set as it is already, it stays."""
    if by.answer_keys != on:
        by.answer_keys = on
        by.save(update_fields=["answer_keys"])
        record([Happened("answer_keys.set", by, {"state": "on" if on else "off"})], by=by)


@transaction.atomic
def note_single_sign_on(*, provider: str, by: User) -> None:
    """The account is now also signed in to through this provider."""
    record([Happened("single_sign_on.linked", by, {"provider": provider})], by=by)
