"""One assessor's judgements on one case. Each answer has its own version, author and time."""

from django.db import models

from aboveline.domain.judgement import Answer, Flag
from aboveline.records.models.caseload import Case
from aboveline.records.models.people import User


class Assessment(models.Model):
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="assessment")
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="assessments")
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"assessment of {self.case_id}"


class FindingFields(models.Model):
    """A case fact as a reader finds it; it decides what questions apply."""

    fact = models.CharField(max_length=60)
    option = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, on_delete=models.PROTECT)
    saved_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.fact


class CaseFinding(FindingFields):
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "fact"], name="one_finding_a_fact")]


class JudgementFields(models.Model):
    """The answer to one question in one case. `improvement`: what would have made the work sufficient; `evidence`:
    where in the record it is seen; `flag`: whether it is put forward as good practice or as a concern."""

    question = models.CharField(max_length=40)
    answer = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Answer])
    reason = models.CharField(max_length=60, blank=True, help_text="Why not applicable")
    note = models.TextField(blank=True, max_length=5000)
    improvement = models.TextField(blank=True, max_length=5000)
    evidence = models.TextField(blank=True, default="", max_length=5000)
    flag = models.CharField(max_length=10, choices=[(f.value, f.value) for f in Flag], blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, on_delete=models.PROTECT)
    saved_at = models.DateTimeField()
    #: whether a query put the answer settled after two reads in the place of the reader's own
    settled = False

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.question


class Judgement(JudgementFields):
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="judgements")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "question"], name="one_judgement_a_question")]
