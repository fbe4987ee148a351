"""A service's audit rounds: what each asks and by when, and which case managers have had their feedback."""

from django.db import models

from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import User
from aboveline.records.models.planning import Kept


class AuditRound(Kept):
    """How one audit is run. `questions` are the ids of a short question set, empty where all are asked."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="audit_round")
    title = models.CharField(max_length=100)
    set_title = models.CharField(max_length=100, blank=True)
    questions = models.JSONField(default=list)
    cases = models.PositiveIntegerField(null=True, blank=True, help_text="How many are drawn; all where empty")
    files_close = models.DateField(null=True, blank=True, help_text="Last day to add to the case files")
    audits_due = models.DateField(null=True, blank=True)
    moderation = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True, help_text="When the round was finished; empty while it goes on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(set_title="", questions=[]) | ~models.Q(set_title="") & ~models.Q(questions=[]),
                name="a_short_question_set_has_a_title_and_questions",
            )
        ]

    def __str__(self) -> str:
        return f"round {self.pk}"


class FeedbackGiven(models.Model):
    """That the feedback of a round was talked through with a case manager, named as in the case list."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="feedback_given")
    case_manager = models.CharField(max_length=60)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "case_manager"],
                condition=models.Q(ended_at=None),
                name="feedback_is_marked_once",
            )
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"
