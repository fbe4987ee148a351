"""A committee report: its text as structured data; its figures are bound to scores when it is built."""

from django.db import models

from aboveline.records.models.people import Service, User


class Report(models.Model):
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reports")
    title = models.CharField(max_length=200)
    document = models.TextField(help_text="The report as YAML, as the command line reads it")
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return self.title
