"""An inspection: one exercise of one framework on one service."""

from django.db import models

from aboveline.domain.access import RunBy
from aboveline.domain.workflow import Stage, words
from aboveline.records.models.people import Programme, Service


class Inspection(models.Model):
    class Kind(models.TextChoices):
        CORE = "core", "Core inspection"
        REINSPECTION = "reinspection", "Re-inspection"
        LOCAL_AUDIT = "local_audit", "Local audit"

    class FirstPlan(models.TextChoices):
        """Whether the plan that followed the first inspection was carried out, which a re-inspection also judges."""

        NOT_RECORDED = "not_recorded", "Not recorded yet"
        CARRIED_OUT = "carried_out", "Carried out"
        PARTLY = "partly", "Partly carried out"
        NOT_CARRIED_OUT = "not_carried_out", "Not carried out"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="inspections")
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        help_text="The inspectorate's programme; empty where the service runs the exercise itself",
    )
    stage = models.CharField(
        max_length=20, choices=[(stage.value, words(stage)) for stage in Stage], default=Stage.SET_UP
    )
    framework_id = models.CharField(max_length=60)
    framework_digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    original = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reinspections")
    held_on = models.DateField(help_text="First day of fieldwork; the date as at which cases are eligible")
    published_on = models.DateField(null=True, blank=True)
    caseload_size = models.PositiveIntegerField(null=True, blank=True, help_text="Eligible cases; unknown when empty")
    seed = models.CharField(max_length=64, help_text="Made before any case list is seen")
    synthetic = models.BooleanField(default=False)
    first_plan = models.CharField(max_length=20, choices=FirstPlan.choices, default=FirstPlan.NOT_RECORDED)
    first_plan_note = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="reinspection", original__isnull=False)
                | (~models.Q(kind="reinspection") & models.Q(original__isnull=True)),
                name="only_a_reinspection_has_an_original",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.held_on:%B %Y}"

    @property
    def local(self) -> bool:
        """True where a service's own people judge: a local audit, and whatever follows one as its re-inspection."""
        if self.original is not None:
            return self.original.local
        return self.kind == self.Kind.LOCAL_AUDIT

    @property
    def run_by(self) -> RunBy:
        return RunBy.PROGRAMME if self.programme_id else RunBy.SERVICE
