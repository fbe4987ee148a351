"""The last day of each kind of work in an inspection, as its records tell; None where there is none."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from aboveline.records.models import (
    Adjudication,
    DraftPoint,
    Inspection,
    Judgement,
    MeetingRecord,
    SecondRead,
    SignOff,
    Submission,
)
from aboveline.records.queries.inspections import sampled_cases


def last_handed_in(inspection: Inspection) -> date | None:
    return _last(Submission.objects.filter(case__in=sampled_cases(inspection), reopened_at=None), "submitted_at")


def last_judged(inspection: Inspection) -> date | None:
    return _last(Judgement.objects.filter(assessment__case__in=sampled_cases(inspection)), "saved_at")


def last_settled(inspection: Inspection) -> date | None:
    """When the last second read was handed in, or the last difference decided."""
    reads = SecondRead.objects.filter(case__in=sampled_cases(inspection))
    days = [_last(reads, "submitted_at"), _last(Adjudication.objects.filter(read__in=reads), "changed_at")]
    return max((day for day in days if day), default=None)


def feedback_met(inspection: Inspection) -> date | None:
    met = MeetingRecord.objects.filter(inspection=inspection, kind=MeetingRecord.Kind.FEEDBACK)
    return met.order_by("held_on").values_list("held_on", flat=True).first()


def signed_on(inspection: Inspection) -> date | None:
    """When what stands was signed; None where nothing does."""
    return _last(SignOff.objects.filter(inspection=inspection, voided_at=None), "signed_at")


def last_point_decided(inspection: Inspection) -> date | None:
    return _last(DraftPoint.objects.filter(inspection=inspection).exclude(outcome=""), "changed_at")


def _last(rows: "QuerySet[Any]", field: str) -> date | None:
    moment: datetime | None = rows.aggregate(last=Max(field))["last"]
    return timezone.localdate(moment) if moment else None
