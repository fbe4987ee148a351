"""What saving means: one effect for one key, and never over someone else's newer value."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from aboveline.records.models import SavedRequest, User


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
    with transaction.atomic():
        earlier = SavedRequest.objects.filter(user=by, key=key).first()
        if earlier is None:
            outcome = act()
            SavedRequest.objects.create(user=by, key=key, body_digest=digest, outcome=outcome, at=timezone.now())
            return outcome
        if earlier.body_digest != digest:
            raise KeyReused("this key was used for another save")
        return dict(earlier.outcome)
