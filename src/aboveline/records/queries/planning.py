"""What is planned around an inspection, and what was asked of the other side."""

from collections.abc import Mapping

from django.db.models import QuerySet

from aboveline.records.models import (
    DrawnCase,
    EarlierRecommendation,
    FieldworkPlan,
    Inspection,
    MeetingRecord,
    Programme,
    ReplacementRequest,
    Supply,
    TimetableStep,
    User,
)


def plan_of(inspection: Inspection) -> FieldworkPlan | None:
    return FieldworkPlan.objects.select_related("changed_by").filter(inspection=inspection).first()


def steps_of(inspection: Inspection) -> Mapping[str, TimetableStep]:
    """What people changed of the timetable, by step."""
    return {row.step: row for row in TimetableStep.objects.filter(inspection=inspection).select_related("changed_by")}


def supplies_of(inspection: Inspection) -> QuerySet[Supply]:
    """What the service was asked for, the earliest first."""
    return Supply.objects.filter(inspection=inspection).select_related("changed_by")


def supply_in(inspection: Inspection, pk: int) -> Supply | None:
    return supplies_of(inspection).filter(pk=pk).first()


def supplies_wanted(inspection: Inspection) -> bool:
    """Whether something the service was asked for is still to come."""
    return Supply.objects.filter(inspection=inspection, state=Supply.State.ASKED).exists()


def recommendations_of(inspection: Inspection) -> QuerySet[EarlierRecommendation]:
    """The recommendations of the inspection before, in the order they were entered."""
    return EarlierRecommendation.objects.filter(inspection=inspection).select_related("changed_by")


def recommendation_in(inspection: Inspection, pk: int) -> EarlierRecommendation | None:
    return recommendations_of(inspection).filter(pk=pk).first()


def meetings_of(inspection: Inspection) -> QuerySet[MeetingRecord]:
    """The records of every meeting, the newest first."""
    return MeetingRecord.objects.filter(inspection=inspection).select_related("changed_by")


def meeting_in(inspection: Inspection, pk: int) -> MeetingRecord | None:
    return meetings_of(inspection).filter(pk=pk).first()


def requests_of(inspection: Inspection) -> QuerySet[ReplacementRequest]:
    """Every request to replace a case, the newest first."""
    return ReplacementRequest.objects.filter(drawn__draw__inspection=inspection).select_related(
        "drawn__case", "asked_by", "answered_by", "decided_by"
    )


def request_in(inspection: Inspection, pk: int) -> ReplacementRequest | None:
    return requests_of(inspection).filter(pk=pk).first()


def open_request_on(drawn: DrawnCase) -> ReplacementRequest | None:
    """The request about a case that is not decided yet."""
    return ReplacementRequest.objects.filter(drawn=drawn, outcome="").first()


def inspections_in(programme: Programme) -> QuerySet[Inspection]:
    """A programme's inspections, the one that begins last first."""
    return programme.inspections.select_related("service", "original", "programme").order_by("-held_on", "-id")


def account_with(email: str) -> User | None:
    """The person who can sign in at an address."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()
