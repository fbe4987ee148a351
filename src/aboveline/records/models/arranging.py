"""How cases are shared out among assessors, and who talks with whom about them and when."""

from django.db import models

from aboveline.records.models.caseload import Case
from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import User
from aboveline.records.models.planning import Kept


class AllocationPlan(Kept):
    """What the allocation of an inspection was made by. Its version moves on with every change of who reads what."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="allocation_plan")
    capacities = models.JSONField(default=dict, help_text="Percent of a full load by user, where it is not 100")
    pairs = models.JSONField(default=list, help_text="Numbers of the cases that two assessors read together")

    def __str__(self) -> str:
        return f"allocation of inspection {self.inspection_id}"


class InterviewPlan(Kept):
    """The time and rooms there are for interviews. Its version moves on with every change of the timetable too."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="interview_plan")
    sessions = models.JSONField(help_text="Day, start and end of each stretch of time, in order")
    minutes = models.PositiveSmallIntegerField(default=75)
    further = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Minutes for each further case")
    step = models.PositiveSmallIntegerField(default=15)
    pause = models.PositiveSmallIntegerField(default=15)
    rooms = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"interviews of inspection {self.inspection_id}"


class InterviewAbsence(models.Model):
    """When somebody cannot be interviewed or interview; without times the whole day. Why is nobody's business here."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="absences")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    staff_code = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["day", "starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, staff_code="")
                | (models.Q(user__isnull=True) & ~models.Q(staff_code="")),
                name="an_absence_is_one_person_s",
            )
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"


class PlannedInterview(models.Model):
    """One interview people are told of, until it ends: moved, called off, or no longer needed."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="interviews")
    case_manager = models.CharField(max_length=60, help_text="As the case list names them")
    assessors = models.ManyToManyField(User, related_name="+")
    cases = models.ManyToManyField(Case, related_name="interviews")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    room = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["day", "starts", "id"]

    def __str__(self) -> str:
        return f"interview {self.pk}"
