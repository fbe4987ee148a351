"""The case list a service supplies, the cases in it, and every draw made from it."""

from django.db import models

from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import User


class CaseloadUpload(models.Model):
    """A case list that was uploaded and is being looked at: nothing of it counts before a person confirms it.

    The file is kept encrypted and is emptied when the upload is confirmed or discarded.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="uploads")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT)
    uploaded_at = models.DateTimeField()
    content = models.BinaryField()
    kind = models.CharField(max_length=10)
    mapping = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"upload {self.pk} for inspection {self.inspection_id}"


class Caseload(models.Model):
    """The confirmed list of one inspection; a later list makes a new row and the older one stays on record."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="caseloads")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT)
    confirmed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="Of the rows, whatever their order or kind of file")
    eligible = models.PositiveIntegerField()
    exclusions = models.JSONField(default=list, help_text="Reason and count of each kind of ineligible case")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["inspection", "digest"], name="the_same_list_only_once")]

    def __str__(self) -> str:
        return f"caseload {self.pk} of inspection {self.inspection_id}"


class Case(models.Model):
    """One child's order under inspection. `number` (C001) is ours; the service's reference is encrypted and hashed."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="cases")
    caseload = models.ForeignKey(Caseload, on_delete=models.PROTECT, null=True, related_name="cases")
    number = models.CharField(max_length=12)
    reference_hash = models.CharField(max_length=64)
    reference_sealed = models.BinaryField()
    attributes = models.JSONField(
        default=dict, help_text="Order, dates, age, classes and team as the service gave them"
    )
    not_eligible = models.CharField(max_length=60, blank=True, help_text="Why the case could not be drawn")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="one_case_number"),
            models.UniqueConstraint(fields=["inspection", "reference_hash"], name="one_case_reference"),
        ]

    def __str__(self) -> str:
        return self.number


class Draw(models.Model):
    """One draw of a sample. Draws are never deleted; the newest is in force and says why there was another."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="draws")
    caseload = models.ForeignKey(Caseload, on_delete=models.PROTECT)
    ordinal = models.PositiveIntegerField()
    method = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    seed = models.CharField(max_length=80)
    certificate = models.JSONField()
    reason = models.TextField(blank=True, max_length=2000)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT)
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "ordinal"], name="one_draw_ordinal"),
            models.CheckConstraint(
                condition=models.Q(ordinal=1) | ~models.Q(reason=""), name="a_second_draw_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"draw {self.ordinal} of inspection {self.inspection_id}"


class DrawnCase(models.Model):
    """A case's place in a draw: in the sample, standing by as a reserve, or replaced with its reason."""

    class Place(models.TextChoices):
        SAMPLE = "sample", "In the sample"
        RESERVE = "reserve", "Reserve"
        REPLACED = "replaced", "Replaced"

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="drawn")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="drawn")
    place = models.CharField(max_length=10, choices=Place.choices)
    position = models.PositiveIntegerField(help_text="Order within the sample or among the reserves, from 1")
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    reason = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["draw", "place", "position"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "case"], name="a_case_once_in_a_draw"),
            models.CheckConstraint(
                condition=~models.Q(place="replaced") | (models.Q(replaced_by__isnull=False) & ~models.Q(reason="")),
                name="a_replaced_case_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.place} {self.position}"
