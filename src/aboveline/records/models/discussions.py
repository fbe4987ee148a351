"""Discussions: what is said about one answer of a case's first read, by those who work on it."""

from django.db import models

from aboveline.records.models.caseload import Case
from aboveline.records.models.people import User
from aboveline.records.models.planning import Kept


class Discussion(Kept):
    """The thread on one answer. Its version moves on with every comment; whoever changed it last had the last word."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="discussions")
    question = models.CharField(max_length=40)
    resolved = models.BooleanField(default=False)

    class Meta:
        ordering = ["case", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "question"], name="one_discussion_an_answer")]

    def __str__(self) -> str:
        return self.question


class Comment(models.Model):
    """One thing said, and what it did. Rows are only ever added: who wants to put one right says so in another."""

    class Did(models.TextChoices):
        SAID = "said", "Said"
        RESOLVED = "resolved", "Resolved"
        REOPENED = "reopened", "Reopened"

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="comments")
    did = models.CharField(max_length=10, choices=Did.choices, default=Did.SAID)
    words = models.TextField(blank=True, max_length=5000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words="") | models.Q(did="resolved"), name="only_resolving_needs_no_words"
            )
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


def can_be(discussion: Discussion | None) -> tuple[Comment.Did, ...]:
    """What can be done to a discussion as it stands, or where there is none yet."""
    if discussion is None:
        return (Comment.Did.SAID,)
    return (Comment.Did.REOPENED,) if discussion.resolved else (Comment.Did.SAID, Comment.Did.RESOLVED)
