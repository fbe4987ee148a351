"""What belongs to one case beside its answers: the interview, the state of the record, and handing it in."""

from django.db import models

from aboveline.records.models.caseload import Case
from aboveline.records.models.people import User
from aboveline.records.models.planning import Kept


class CaseNotes(Kept):
    """Notes of the interview, and whether the record was kept in time."""

    class Integrity(models.TextChoices):
        SOUND = "sound", "No late or antedated entries"
        LATE = "late", "Late entries"
        ANTEDATED = "antedated", "Antedated entries"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="notes")
    interview = models.TextField(blank=True, max_length=20000)
    integrity = models.CharField(max_length=10, choices=Integrity.choices, blank=True)
    integrity_words = models.TextField(blank=True, max_length=5000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(integrity__in=["", "sound"]) | ~models.Q(integrity_words=""),
                name="a_record_not_kept_in_time_is_described",
            )
        ]

    def __str__(self) -> str:
        return f"notes on {self.case_id}"


class Submission(models.Model):
    """A case handed in, until it is reopened with a reason. Every row stays on record."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="submissions")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_why = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(reopened_at=None), name="a_case_is_handed_in_once"
            ),
            models.CheckConstraint(
                condition=models.Q(reopened_at=None) | ~models.Q(reopened_why=""),
                name="a_reopened_case_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"submission of {self.case_id}"
