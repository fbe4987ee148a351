"""What moderation decides of scores: withheld or provisional, and a band other than the computed one."""

from django.db import models

from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import User
from aboveline.records.models.planning import Kept


class ScoreMark(Kept):
    """How one score is to be shown. `target` is the id of a theme, section, criterion or question."""

    class State(models.TextChoices):
        SHOWN = "shown", "Shown as computed"
        PROVISIONAL = "provisional", "Provisional"
        WITHHELD = "withheld", "Withheld"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="score_marks")
    target = models.CharField(max_length=60)
    state = models.CharField(max_length=20, choices=State.choices)
    reason = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["target"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "target"], name="one_mark_a_score"),
            models.CheckConstraint(
                condition=models.Q(state="shown") | ~models.Q(reason=""), name="a_marked_score_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.state}"


class BandOverride(Kept):
    """A band put in place of the computed one by two people: it holds once a second one has confirmed it."""

    class Outcome(models.TextChoices):
        PROPOSED = "proposed", "Waits for a second person"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="band_overrides")
    target = models.CharField(max_length=60)
    computed = models.CharField(max_length=60, help_text="Band id as computed when this was proposed")
    band = models.CharField(max_length=60)
    reason = models.TextField(max_length=2000)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.PROPOSED)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "target"],
                condition=models.Q(outcome__in=["proposed", "confirmed"]),
                name="one_override_a_score",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="an_override_has_a_reason"),
            models.CheckConstraint(
                condition=~models.Q(outcome="confirmed")
                | (models.Q(decided_by__isnull=False) & ~models.Q(decided_by=models.F("proposed_by"))),
                name="an_override_is_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.band} {self.outcome}"
