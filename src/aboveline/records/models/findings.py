"""What is said of an inspection: findings, verdict and statement, and who had a hand in any of it."""

from django.db import models

from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import User
from aboveline.records.models.planning import Kept


class Finding(Kept):
    """One strength, area for improvement or recommendation, in its place among its kind. Withdrawn ones stay on record.

    Only a recommendation is made `to` somebody.
    """

    class Kind(models.TextChoices):
        STRENGTH = "strength", "Strength"
        IMPROVEMENT = "improvement", "Area for improvement"
        RECOMMENDATION = "recommendation", "Recommendation"

    class To(models.TextChoices):
        SERVICE = "service", "The service"
        BOARD = "board", "The management board"
        PARTNER = "partner", "A partner"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="said")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    to = models.CharField(max_length=20, choices=To.choices, blank=True)
    text = models.TextField(max_length=2000)
    place = models.PositiveIntegerField(help_text="Order among its kind, from 1")
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="recommendation") & ~models.Q(to="")
                | ~models.Q(kind="recommendation") & models.Q(to=""),
                name="a_recommendation_is_to_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Statement(Kept):
    """The verdict in a line, the statement, how it was done, and what readers should know of its quality."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="statement")
    verdict = models.CharField(max_length=300, blank=True)
    statement = models.TextField(max_length=10000, blank=True)
    method = models.TextField(max_length=10000, blank=True)
    quality = models.TextField(max_length=10000, blank=True)

    def __str__(self) -> str:
        return f"statement on inspection {self.inspection_id}"


class Authorship(models.Model):
    """That somebody wrote a part of what is signed. Nobody stops being an author by being written over."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="authorships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "user", "part"], name="one_authorship_of_a_part")]

    def __str__(self) -> str:
        return f"{self.user_id} wrote {self.part} of inspection {self.inspection_id}"
