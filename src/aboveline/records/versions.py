"""The version a person saw against the newest: what every change of a kept row begins and ends with."""

from typing import TypeVar

from django.db.models import Model
from django.utils import timezone

from aboveline.records.actions.saving import Stale
from aboveline.records.models import User
from aboveline.records.models.planning import Kept

M = TypeVar("M", bound=Model)
K = TypeVar("K", bound=Kept)


def locked(row: M, expected_version: int) -> M:
    """The row as it is now, held until the transaction ends. Raises Stale where its version is another."""
    newest: M = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if newest.version != expected_version:  # type: ignore[attr-defined]
        raise Stale(newest)
    return newest


def changed(row: K, by: User) -> K:
    """The row with its next version, and who makes it; it is still to be saved."""
    row.version, row.changed_by, row.changed_at = row.version + 1, by, timezone.now()
    return row
