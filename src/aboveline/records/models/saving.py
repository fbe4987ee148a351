"""Requests already carried out, so that sending one again has one effect and the same answer."""

from django.db import models

from aboveline.records.models.people import User


class SavedRequest(models.Model):
    """One write by its idempotency key. The body is kept as a digest only.

    Rows are kept for good: a request sent again after any time has no second effect. Should one be missing all the
    same (a restored database), answers are still safe: what is stored already is no change, anything else conflicts.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT)
    key = models.CharField(max_length=80)
    body_digest = models.CharField(max_length=64)
    outcome = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_request_a_key")]

    def __str__(self) -> str:
        return self.key
