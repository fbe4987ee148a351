"""Invitations that can still be accepted."""

from django.db.models import QuerySet
from django.utils import timezone

from aboveline.records.identity import token_digest
from aboveline.records.models import Invitation
from aboveline.records.models.accounts import Place, held_at

OPEN = {"accepted_at": None, "withdrawn_at": None}


def open_invitation(token: str) -> Invitation | None:
    """The invitation of a link; None where there is none, or it was used, withdrawn or is too old."""
    found = Invitation.objects.select_related("service", "inspection__service", "programme", "by")
    return found.filter(token_digest=token_digest(token), expires_at__gt=timezone.now(), **OPEN).first()


def invitations_at(place: Place) -> QuerySet[Invitation]:
    """What is neither accepted nor withdrawn at a place, newest first; the reader is told which are too old."""
    return Invitation.objects.filter(**{held_at(place).value: place}, **OPEN).select_related("by", "letter")


def invitation_at(place: Place, pk: int) -> Invitation | None:
    return invitations_at(place).filter(pk=pk).first()
