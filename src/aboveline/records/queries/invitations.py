"""Invitations that can still be accepted."""

from django.db.models import QuerySet
from django.utils import timezone

from aboveline.records.identity import token_digest
from aboveline.records.models import Invitation
from aboveline.records.models.accounts import Place, held_at
from aboveline.records.queries.people import gives_roles

OPEN = {"accepted_at": None, "withdrawn_at": None}


def open_invitation(token: str) -> Invitation | None:
    """The invitation of a link; None where there is none, or it does not work any more."""
    found = Invitation.objects.select_related("service", "inspection__service", "programme", "by")
    invitation = found.filter(token_digest=token_digest(token), **OPEN).first()
    return invitation if invitation and works(invitation) else None


def works(invitation: Invitation) -> bool:
    """Whether an open invitation can be accepted: it is not too old, and who sent it could send it still."""
    by = invitation.by
    return invitation.expires_at > timezone.now() and (by is None or gives_roles(by, invitation.place))


def invitations_at(place: Place) -> QuerySet[Invitation]:
    """What is neither accepted nor withdrawn at a place, newest first; the reader is told which do not work."""
    return Invitation.objects.filter(**{held_at(place).value: place}, **OPEN).select_related(
        "by", "letter", "service", "inspection__service", "programme"
    )


def invitation_at(place: Place, pk: int) -> Invitation | None:
    return invitations_at(place).filter(pk=pk).first()
