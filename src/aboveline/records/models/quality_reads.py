"""Early quality reads: what the lead saw in the first cases that an assessor handed in."""

from django.db import models

from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import User
from aboveline.records.models.planning import Kept


class QualityRead(Kept):
    """One assessor's first cases were looked at. `looked_at` is when that was first put on record."""

    class Seen(models.TextChoices):
        IN_LINE = "in_line", "In line"
        TO_TALK = "to_talk", "To be talked about"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="quality_reads")
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="quality_reads")
    seen = models.CharField(max_length=10, choices=Seen.choices)
    note = models.TextField(blank=True, max_length=5000)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "assessor"], name="one_quality_read_an_assessor"),
            models.CheckConstraint(
                condition=~models.Q(seen="to_talk") | ~models.Q(note=""), name="what_is_to_be_talked_about_is_said"
            ),
        ]

    def __str__(self) -> str:
        return f"quality read of {self.assessor_id}"
