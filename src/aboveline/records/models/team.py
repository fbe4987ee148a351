"""Who judges which case, and who may not."""

from django.db import models

from aboveline.records.models.caseload import Case
from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import Service, User


class Conflict(models.Model):
    """One entry of the conflict register: a person should not see the cases of a service, or one case.

    `starts` and `ends` are the dates of the tie itself; `ends` is empty while it lasts. An entry is never deleted: one
    made in error is withdrawn, with its reason. One that the inspected service puts forward about who inspects it
    is `proposed`, and keeps from nothing until the inspectorate's side takes it up.
    """

    class Tie(models.TextChoices):
        EMPLOYED = "employed", "Employed by the service"
        SECONDED = "seconded", "Seconded to the service"
        MANAGED = "managed", "Once managed the case"
        DECLARED = "declared", "Declared by the person"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    tie = models.CharField(max_length=20, choices=Tie.choices)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="conflicts")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="conflicts")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    recorded_at = models.DateTimeField()
    proposed = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(service__isnull=False, case__isnull=True)
                | models.Q(service__isnull=True, case__isnull=False),
                name="a_conflict_is_with_a_service_or_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawn_why=""),
                name="a_withdrawn_conflict_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"conflict {self.pk}"


class Allocation(models.Model):
    """A case in the hands of one assessor until it ends; a case judged by a pair has two. Ended rows stay on record."""

    class Reading(models.TextChoices):
        FIRST = "first", "First read"
        SECOND = "second", "Second read"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="allocations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allocations")
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="allocations")
    reading = models.CharField(max_length=10, choices=Reading.choices, default=Reading.FIRST)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "assessor"], condition=models.Q(ended_at=None), name="a_case_once_in_one_hand"
            )
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} with {self.assessor_id}"
