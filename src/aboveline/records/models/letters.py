"""Letters by e-mail, each on record from the act that causes it until it has left."""

from django.db import models

from aboveline.domain.letters import LetterKind, LetterState
from aboveline.records.models.accounts import Invitation
from aboveline.records.models.alerts import AlertTold
from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import Programme, Service
from aboveline.records.models.replacement import ReplacementRequest


class Letter(models.Model):
    """One letter to one address. What it says is made when it is sent: no word and no link of it is kept.

    `service`, `inspection` and `programme` say among whose letters it shows; one about a password shows nowhere.
    `invitation`, `told` and `request` are what it is about. It is tried from `next_try_at` on; `settled_at` is when it
    left, or when it was no longer needed or given up.
    """

    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in LetterKind])
    to = models.EmailField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="letters")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, null=True, related_name="letters")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="letters")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, null=True, related_name="letter")
    told = models.OneToOneField(AlertTold, on_delete=models.PROTECT, null=True, related_name="letter")
    request = models.ForeignKey(ReplacementRequest, on_delete=models.PROTECT, null=True, related_name="letters")
    written_at = models.DateTimeField()
    tried = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=[(one.value, one.value) for one in LetterState], default=LetterState.WAITS.value
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="letters_that_wait")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=LetterState.WAITS.value, settled_at=None)
                | (~models.Q(state=LetterState.WAITS.value) & models.Q(settled_at__isnull=False)),
                name="a_letter_waits_until_it_is_settled",
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
