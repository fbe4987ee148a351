"""Sign-off, the draft with the service, points of fact and challenges, and what was published."""

from django.db import models

from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import User
from aboveline.records.models.planning import Kept


class PartRead(models.Model):
    """That somebody who may sign has read one part as it stood: `digest` is of what it said."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="parts_read")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "user", "part", "digest"], name="a_part_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.part} read by {self.user_id}"


class SignOff(models.Model):
    """One signature under an inspection as it stood. The database refuses it from anybody who wrote any of it, and
    refuses any change of it but its being voided, once."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="sign_offs")
    content_hash = models.CharField(max_length=64)
    parts = models.JSONField(help_text="Digest of each part signed, by part")
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    voided_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"], condition=models.Q(voided_at=None), name="one_sign_off_stands"
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at=None) | ~models.Q(voided_why=""), name="a_void_sign_off_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"sign-off {self.pk} of inspection {self.inspection_id}"


class DraftToService(Kept):
    """That the draft went to the service, and the last day for its answer."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="draft_to_service")
    sent_at = models.DateTimeField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True, help_text="When the service said that it has said everything")

    def __str__(self) -> str:
        return f"draft of inspection {self.inspection_id}"


class DraftPoint(Kept):
    """One thing the service says of the draft: that a fact is wrong, or that it challenges a judgement."""

    class Kind(models.TextChoices):
        FACT = "fact", "A point of fact"
        CHALLENGE = "challenge", "A challenge"

    class Outcome(models.TextChoices):
        OPEN = "", "Not decided yet"
        ACCEPTED = "accepted", "Accepted"
        PARTLY = "partly", "Partly accepted"
        DECLINED = "declined", "Not accepted"
        NOT_A_FACT = "not_a_fact", "Not a point of fact"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="draft_points")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    where = models.CharField(max_length=200)
    draft_says = models.TextField(max_length=2000)
    service_says = models.TextField(max_length=4000)
    evidence = models.TextField(max_length=4000)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    reason = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="") | ~models.Q(reason=""), name="a_decided_point_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"point {self.pk}"


class Publication(models.Model):
    """One published version, as it stood: public from `publish_at` on. Never changed or deleted; one that has not come
    out yet may be called off, once."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="publications")
    ordinal = models.PositiveIntegerField()
    publish_at = models.DateTimeField()
    snapshot = models.JSONField()
    content_hash = models.CharField(max_length=64, help_text="Of the snapshot in canonical form")
    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="publications")
    reason = models.TextField(max_length=2000, blank=True, help_text="Why it was corrected")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    came_out = models.BooleanField(default=False, help_text="Whether the inspection has been taken to its last stage")
    called_off_at = models.DateTimeField(null=True)
    called_off_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "ordinal"], name="one_publication_ordinal"),
            models.CheckConstraint(
                condition=models.Q(called_off_at=None) | ~models.Q(called_off_why=""),
                name="a_publication_called_off_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"publication {self.ordinal} of inspection {self.inspection_id}"
