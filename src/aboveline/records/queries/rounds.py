"""A service's audit rounds, what each asks, and who has had feedback."""

from collections.abc import Mapping

from django.db.models import QuerySet

from aboveline.domain.question_set import QuestionSet
from aboveline.records.models import (
    AuditRound,
    Case,
    Caseload,
    FeedbackGiven,
    Inspection,
    Role,
    Service,
    ServiceRole,
    User,
)
from aboveline.records.queries.inspections import sampled_cases


def round_of(inspection: Inspection) -> AuditRound | None:
    return AuditRound.objects.select_related("changed_by").filter(inspection=inspection).first()


def question_set_of(inspection: Inspection) -> QuestionSet | None:
    """The short question set of an inspection, or None where it asks every question."""
    found = AuditRound.objects.filter(inspection=inspection).values_list("set_title", "questions").first()
    return QuestionSet(found[0], tuple(found[1])) if found and found[1] else None


def rounds_at(service: Service) -> QuerySet[AuditRound]:
    """A service's rounds, the newest first."""
    rounds = AuditRound.objects.filter(inspection__service=service, inspection__programme=None)
    return rounds.select_related("inspection__service").order_by("-inspection__held_on", "-pk")


def last_round_at(service: Service) -> AuditRound | None:
    return rounds_at(service).first()


def round_at(service: Service, pk: int) -> AuditRound | None:
    return rounds_at(service).filter(pk=pk).first()


def audits_at(service: Service) -> QuerySet[Inspection]:
    """The audits that a service ran itself, the newest first, with a round's settings or without."""
    audits = service.inspections.filter(kind=Inspection.Kind.LOCAL_AUDIT, programme=None)
    return audits.select_related("service", "original", "audit_round").order_by("-held_on", "-pk")


def last_list_at(service: Service, framework_id: str) -> Caseload | None:
    """The list confirmed last in an exercise that the service ran itself under this framework."""
    lists = Caseload.objects.filter(
        inspection__service=service, inspection__programme=None, inspection__framework_id=framework_id
    )
    return lists.select_related("inspection").order_by("-confirmed_at", "-pk").first()


def possible_auditors(service: Service) -> list[User]:
    """Who at a service can judge cases of its own audit, by name."""
    roles = (Role.HEAD_OF_SERVICE, Role.QUALITY_MANAGER, Role.CASE_MANAGER)
    held = ServiceRole.objects.filter(service=service, role__in=roles, ended_at=None)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk"))


def cases_by(inspection: Inspection, attribute: str) -> Mapping[str, tuple[Case, ...]]:
    """The cases under assessment by a column of the case list; those without a value under an empty one."""
    found: dict[str, list[Case]] = {}
    for case in sampled_cases(inspection).select_related("assessment").order_by("number"):
        found.setdefault(str(case.attributes.get(attribute) or ""), []).append(case)
    return {name: tuple(found[name]) for name in sorted(found)}


def feedback_given(inspection: Inspection) -> Mapping[str, FeedbackGiven]:
    """The marks that stand, by case manager as the case list names them."""
    rows = FeedbackGiven.objects.filter(inspection=inspection, ended_at=None).select_related("by")
    return {row.case_manager: row for row in rows}
