"""What is planned around an inspection: dates and sample, what the service must supply, and the steps to its end."""

from django.db import models

from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import User


class Kept(models.Model):
    """A row that people change on the version they saw, with who changed it last and when."""

    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


class FieldworkPlan(Kept):
    """How one inspection is to be carried out. What is empty follows the framework, or is not decided yet."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="fieldwork_plan")
    last_day = models.DateField(null=True, blank=True, help_text="Last day of fieldwork")
    look_back_months = models.PositiveSmallIntegerField(null=True, blank=True)
    look_back_reason = models.TextField(blank=True, max_length=2000)
    sample_size = models.PositiveIntegerField(null=True, blank=True)
    second_read_percent = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(look_back_months=None) | ~models.Q(look_back_reason=""),
                name="another_look_back_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"plan of inspection {self.inspection_id}"


class Supply(Kept):
    """One thing the service must supply by a day. `item` is its id in the product's list, empty for one's own."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        SUPPLIED = "supplied", "Supplied"
        NOT_NEEDED = "not_needed", "Not needed any more"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="supplies")
    item = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    due = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASKED)
    note = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.name


class TimetableStep(Kept):
    """What a person changed of one step of the timetable: the day it was moved to, the day it was done."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="timetable_steps")
    step = models.CharField(max_length=60)
    moved_to = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "step"], name="one_row_a_step")]

    def __str__(self) -> str:
        return self.step


class EarlierRecommendation(Kept):
    """A recommendation of the inspection before, and how far a re-inspection found it carried out."""

    class To(models.TextChoices):
        SERVICE = "service", "The service"
        BOARD = "board", "The management board"
        PARTNER = "partner", "A partner"

    class Progress(models.TextChoices):
        NOT_ASSESSED = "not_assessed", "Not assessed yet"
        NONE = "none", "No progress"
        SOME = "some", "Some progress"
        SUFFICIENT = "sufficient", "Sufficient progress"
        ACHIEVED = "achieved", "Achieved"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="earlier_recommendations")
    wording = models.TextField(max_length=1000)
    to = models.CharField(max_length=20, choices=To.choices, default=To.SERVICE)
    progress = models.CharField(max_length=20, choices=Progress.choices, default=Progress.NOT_ASSESSED)
    note = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"recommendation {self.pk}"


class MeetingRecord(Kept):
    """What was said at a meeting of the week: the team's own each day, or the feedback to the service."""

    class Kind(models.TextChoices):
        DAILY = "daily", "Daily team meeting"
        FEEDBACK = "feedback", "Feedback meeting with the service"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    held_on = models.DateField()
    began = models.TimeField()
    present = models.CharField(max_length=500)
    notes = models.TextField(max_length=10000)

    class Meta:
        ordering = ["-held_on", "-began", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} meeting of {self.held_on}"
