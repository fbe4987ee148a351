"""Discussions of answers: one of them, those of a case, and the open ones that wait for somebody."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Min, Q, QuerySet

from aboveline.records.models import Allocation, Case, Comment, Discussion, Inspection, User
from aboveline.records.queries.inspections import inspections_of, sampled_cases


def discussion_on(case: Case, question: str) -> Discussion | None:
    return Discussion.objects.filter(case=case, question=question).select_related("case", "changed_by").first()


def comments_of(discussion: Discussion) -> Sequence[Comment]:
    """Everything said, in order."""
    return list(discussion.comments.select_related("by"))


def discussed_in(case: Case) -> Mapping[str, Discussion]:
    """The discussions of a case's answers, by question."""
    return {row.question: row for row in Discussion.objects.filter(case=case).select_related("changed_by")}


def discussions_in(inspection: Inspection, *, resolved: bool = False) -> QuerySet[Discussion]:
    """The discussions of cases under assessment that are open, or resolved, by case; each with how many comments it
    has (`said`) and since when (`since`)."""
    rows = Discussion.objects.filter(case__in=sampled_cases(inspection), resolved=resolved)
    counted = rows.annotate(said=Count("comments"), since=Min("comments__at"))
    return counted.select_related("case", "changed_by").order_by("case__number", "id")


def discussions_waiting_for(user: User) -> Sequence[Discussion]:
    """Every open discussion on an answer of a case that a person reads first, or began where it is in nobody's hands;
    and each in which they had a word, but not the last one. Newest word first."""
    held = Allocation.objects.filter(reading=Allocation.Reading.FIRST, ended_at=None)
    theirs = Q(case__in=held.filter(assessor=user).values("case"))
    begun = Q(case__assessment__assessor=user) & ~Q(case__in=held.values("case"))
    answered = Q(pk__in=Comment.objects.filter(by=user).values("discussion")) & ~Q(changed_by=user)
    around = Q(case__inspection__in=inspections_of(user).values("pk").order_by())
    rows = Discussion.objects.filter(around, theirs | begun | answered, resolved=False)
    return list(rows.select_related("case__inspection__service", "changed_by").order_by("-changed_at", "-id"))
