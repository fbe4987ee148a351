"""What saving means: one effect for one key, and never over someone else's newer value."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from aboveline.records.models import SavedRequest, User

#: PostgreSQL's name for it (SQLite has one writer at a time, so none waits for another)
DEADLOCK = "40P01"
DEADLOCKS_BORNE = 3


class KeyReused(ValueError):
    """Raised where an idempotency key comes back with another body (HTTP 422)."""


class Stale(ValueError):
    """Raised where the version a person saw is no longer the newest (HTTP 409). `current` is the newest."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__("someone saved a newer version meanwhile")


def once(*, by: User, key: str, body: Mapping[str, Any], act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Carry out `act` the first time this person sends this key; afterwards return the outcome it had.

    Raises KeyReused where the key came with another body, ValueError where it is empty or over 80 characters.
    """
    if not 0 < len(key) <= 80:
        raise ValueError("a save needs a key of 1 to 80 characters")
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
    for _ in range(DEADLOCKS_BORNE):
        try:
            return _once(by, key, digest, act)
        except OperationalError as error:
            if not _undone_by_deadlock(error):
                raise
    return _once(by, key, digest, act)


def _once(by: User, key: str, digest: str, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    with transaction.atomic():
        mine = _claimed(by, key, digest)
        if mine is not None:
            mine.outcome = outcome = act()
            mine.save(update_fields=["outcome"])
            return outcome
        earlier = SavedRequest.objects.get(user=by, key=key)
        if earlier.body_digest != digest:
            raise KeyReused("this key was used for another save")
        return dict(earlier.outcome)


def _claimed(by: User, key: str, digest: str) -> SavedRequest | None:
    """Take the key before acting, so that the same request sent twice at once waits here for the first to end.

    None where the first carried it out. Had it acted before, the second would be told that its version is stale.
    """
    try:
        with transaction.atomic():
            return SavedRequest.objects.create(user=by, key=key, body_digest=digest, outcome={}, at=timezone.now())
    except IntegrityError:
        return None


def _undone_by_deadlock(error: OperationalError) -> bool:
    """Whether the database undid the whole transaction because two waited for each other: nothing of it happened."""
    return getattr(error.__cause__, "sqlstate", None) == DEADLOCK and not connection.in_atomic_block
