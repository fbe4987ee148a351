"""Invitations: the only way to an account."""

from django.db import models

from aboveline.domain.roles import HeldAt
from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import Programme, Service, User

Place = Service | Inspection | Programme


class Invitation(models.Model):
    """Someone is asked to hold roles at one place. A row is never deleted.

    The link's token is kept as a digest. It can be made again from `seed`, with the installation's secret only,
    so that a letter can be tried again; earlier invitations have no seed.

    It is open until it is accepted, withdrawn or past `expires_at`. `by` is empty where it came from the command line.
    """

    email = models.EmailField()
    roles = models.JSONField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    staff_code = models.CharField(max_length=60, blank=True)
    body = models.CharField(max_length=60, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    seed = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(service__isnull=False, inspection__isnull=True, programme__isnull=True)
                | models.Q(service__isnull=True, inspection__isnull=False, programme__isnull=True)
                | models.Q(service__isnull=True, inspection__isnull=True, programme__isnull=False),
                name="an_invitation_is_to_one_place",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def place(self) -> Place:
        return next(place for place in (self.service, self.inspection, self.programme) if place is not None)


def held_at(place: Place) -> HeldAt:
    """Which kind of place this is."""
    kinds = {Service: HeldAt.SERVICE, Inspection: HeldAt.INSPECTION, Programme: HeldAt.PROGRAMME}
    return kinds[type(place)]
