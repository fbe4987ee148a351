"""An alert on a case: what is wrong now, who was told and when, and what followed until its close."""

from django.db import models

from aboveline.domain.alerts import ToldAs
from aboveline.records.models.caseload import Case
from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import User
from aboveline.records.models.planning import Kept


class Director(Kept):
    """To whom an alert goes where the head of service is the concern; no account is needed."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="director")
    name = models.CharField(max_length=200)
    email = models.EmailField()

    def __str__(self) -> str:
        return f"director for inspection {self.inspection_id}"


class Alert(models.Model):
    """What was said is never changed; what follows is added. `past_head`: the head of service is the concern."""

    class Risk(models.TextChoices):
        CHILD = "child", "To the child"
        PUBLIC = "public", "To other people"
        BOTH = "both", "To the child and to other people"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="alerts")
    risk = models.CharField(max_length=10, choices=Risk.choices)
    danger = models.TextField(max_length=5000)
    done = models.TextField(max_length=5000, help_text="Action taken at once")
    past_head = models.BooleanField(default=False)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="alerts_raised")
    raised_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, max_length=5000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | (models.Q(acknowledged_at__isnull=False) & ~models.Q(outcome="")),
                name="a_closed_alert_was_taken_up_and_has_an_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"


class AlertTold(models.Model):
    """One person an alert goes to; whether it left is on its `letter`."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="told")
    told_as = models.CharField(max_length=10, choices=[(one.value, one.value) for one in ToldAs])
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"alert {self.alert_id} to {self.told_as}"


class AlertStep(models.Model):
    """Something done about an alert."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="steps")
    words = models.TextField(max_length=5000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"step of alert {self.alert_id}"
