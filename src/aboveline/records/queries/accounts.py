"""Accounts: who has one, what it still needs, and where it is signed in."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

from aboveline.domain.roles import Role
from aboveline.records.models import ProgrammeRole, ServiceRole, TeamRole, User
from aboveline.records.queries.people import HELD


def user_by_email(email: str) -> User | None:
    """The person of an address, however it is spelt in capitals."""
    return User.objects.filter(email=email.strip().lower()).first()


def user_by_id(pk: int) -> User | None:
    return User.objects.filter(pk=pk).first()


def roles_anywhere(user: User) -> frozenset[Role]:
    """Every role a person holds at any place."""
    held = (model.objects.filter(user=user, **HELD) for model in (ServiceRole, TeamRole, ProgrammeRole))
    return frozenset(Role(role) for rows in held for role in rows.values_list("role", flat=True))


def second_factor_of(user: User) -> Authenticator | None:
    """A person's authenticator app, where they have set one up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()


def recovery_codes_left(user: User) -> int:
    """How many recovery codes a person has not used yet."""
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


def sessions_of(user: User) -> list[UserSession]:
    """Where a person is signed in, newest use first; what has ended is left out, by whatever it ended."""
    now = timezone.now()
    seen = now - timedelta(seconds=settings.SESSION_IDLE_SECONDS + 60)
    begun = now - timedelta(seconds=settings.SESSION_LONGEST_SECONDS)
    rows = UserSession.objects.filter(user=user, last_seen_at__gt=seen, created_at__gt=begun)
    return [row for row in rows.order_by("-last_seen_at", "-id") if row.exists()]


def session_of(user: User, pk: int) -> UserSession | None:
    """One of a person's own sessions."""
    return next((row for row in sessions_of(user) if row.pk == pk), None)
