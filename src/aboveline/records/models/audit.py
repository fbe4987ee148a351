"""The audit trail: one chained sequence of events, and apart from it the values, which can be erased.

An event holds for each value only a salted commitment: SHA-256 of salt and value. The salt lies with the value in
`AuditValue`; erasing that row leaves nothing to guess from, and the chain still verifies.
"""

from django.db import models

from aboveline.records.models.people import User


class AuditEvent(models.Model):
    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    service_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    commitments = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["service_id", "sequence"], name="events_of_a_service"),
            models.Index(fields=["object_type", "object_id"], name="events_on_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"


class AuditValue(models.Model):
    """The value behind a commitment, with its salt. This row may be erased; the event stays."""

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="values")
    field = models.CharField(max_length=60)
    salt = models.CharField(max_length=64)
    value = models.TextField()

    def __str__(self) -> str:
        return f"{self.event_id} {self.field}"


class AuditHead(models.Model):
    """The end of the chain: one row, so that cutting events off the end shows, and writers take turns.

    The database refuses to move it back (migration 0005).
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return str(self.sequence)
