"""Second reads, in tables of their own: who asks for the first read cannot come upon the second, nor the other way."""

from django.core.validators import MinValueValidator
from django.db import models

from aboveline.domain.adjudication import REASON_LIMIT, Standing
from aboveline.domain.judgement import Answer
from aboveline.domain.second_reading import HowChosen
from aboveline.records.models.assessment import FindingFields, JudgementFields
from aboveline.records.models.caseload import Case
from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import User
from aboveline.records.models.planning import Kept
from aboveline.records.models.team import Allocation


class SecondReadChoice(models.Model):
    """The random choice of an inspection, made once, and all it takes to make it again (domain/second_reading)."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="second_read_choice")
    percent = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    seed = models.CharField(max_length=100)
    generator = models.CharField(max_length=40)
    first_readers = models.JSONField(help_text="Who was to read each case first, by case number")
    chosen = models.JSONField(help_text="Why each chosen case was, by case number")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"second reads of inspection {self.inspection_id}"


class SecondRead(models.Model):
    """One case in the hands of its second reader. In force until the allocation ends; one submitted always is.

    `compared_at` is when anybody first saw both reads side by side: a first answer saved later is not blind.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="second_reads")
    allocation = models.OneToOneField(Allocation, on_delete=models.PROTECT, related_name="second_read")
    how = models.CharField(max_length=20, choices=[(how.value, how.value) for how in HowChosen])
    submitted_at = models.DateTimeField(null=True, blank=True)
    compared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=~models.Q(submitted_at=None), name="one_submitted_second_read"
            )
        ]

    def __str__(self) -> str:
        return f"second read of {self.case_id}"

    @property
    def reader(self) -> User:
        return self.allocation.assessor


class SecondFinding(FindingFields):
    assessment = models.ForeignKey(SecondRead, on_delete=models.PROTECT, related_name="findings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "fact"], name="one_second_finding_a_fact")]


class SecondJudgement(JudgementFields):
    assessment = models.ForeignKey(SecondRead, on_delete=models.PROTECT, related_name="judgements")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="one_second_judgement_a_question")
        ]


class Adjudication(Kept):
    """The last decision on one question where two readers differ. `answer` is the one decided on, empty where it was
    left conflicted. It holds only while the readers' answers are `first` and `second`."""

    read = models.ForeignKey(SecondRead, on_delete=models.PROTECT, related_name="adjudications")
    question = models.CharField(max_length=40)
    standing = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Standing])
    answer = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Answer], blank=True)
    reason = models.TextField(max_length=REASON_LIMIT)
    first = models.CharField(max_length=20)
    second = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["read", "question"], name="one_adjudication_a_question"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="an_adjudication_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.question
