"""Asking the other side before a case of the sample is replaced, and what became of it."""

from django.db import models

from aboveline.records.models.caseload import DrawnCase
from aboveline.records.models.people import User


class ReplacementRequest(models.Model):
    """One side asks, the other answers by a day, the lead inspector decides. The row stays on record."""

    class Side(models.TextChoices):
        SERVICE = "service", "The service"
        TEAM = "team", "The inspectors"

    class Answer(models.TextChoices):
        AGREED = "agreed", "Agreed"
        OBJECTED = "objected", "Objected"

    class Outcome(models.TextChoices):
        REPLACED = "replaced", "Replaced"
        KEPT = "kept", "Kept in the sample"

    drawn = models.ForeignKey(DrawnCase, on_delete=models.PROTECT, related_name="requests")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    side = models.CharField(max_length=10, choices=Side.choices)
    reason = models.CharField(max_length=60)
    note = models.TextField(max_length=2000)
    answer_by = models.DateField(help_text="Last day for the other side to answer")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answer_words = models.TextField(blank=True, max_length=2000)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_words = models.TextField(blank=True, max_length=2000)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["drawn"], condition=models.Q(outcome=""), name="one_open_request_a_drawn_case"
            )
        ]

    def __str__(self) -> str:
        return f"request {self.pk} to replace a case"

    @property
    def open(self) -> bool:
        return not self.outcome
