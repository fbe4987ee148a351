"""Who reads which case, who may not, and the interviews of a week."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from aboveline.domain.roles import Role
from aboveline.records.models import (
    Allocation,
    AllocationPlan,
    Assessment,
    Inspection,
    InterviewAbsence,
    InterviewPlan,
    PlannedInterview,
    Service,
    ServiceRole,
    User,
)
from aboveline.records.queries.conflicts import conflicted_case_numbers, conflicted_with, on_its_side
from aboveline.records.queries.inspections import sampled_cases
from aboveline.records.queries.people import managed_case_numbers


def allocation_plan_of(inspection: Inspection) -> AllocationPlan | None:
    return AllocationPlan.objects.select_related("changed_by").filter(inspection=inspection).first()


def team_of(inspection: Inspection) -> list[User]:
    """Who is in the team, each once, by name."""
    members = User.objects.filter(team_roles__inspection=inspection, team_roles__ended_at=None)
    return list(members.distinct().order_by("name", "pk"))


def sampled_numbers(inspection: Inspection) -> list[str]:
    """The numbers of the cases under assessment, in order."""
    return list(sampled_cases(inspection).order_by("number").values_list("number", flat=True))


def begun_by(inspection: Inspection) -> Mapping[str, User]:
    """Who began the assessment of each case under assessment, by case number."""
    begun = Assessment.objects.filter(case__in=sampled_cases(inspection)).select_related("assessor", "case")
    return {row.case.number: row.assessor for row in begun if row.assessor}


def first_readers(inspection: Inspection) -> Mapping[str, Sequence[Allocation]]:
    """Who has each case in hand for its first read, by case number, in the order it was given."""
    rows = inspection.allocations.filter(ended_at=None, reading=Allocation.Reading.FIRST)
    found: dict[str, list[Allocation]] = defaultdict(list)
    for row in rows.select_related("case", "assessor").order_by("id"):
        found[row.case.number].append(row)
    return found


def kept_from(inspection: Inspection, users: Iterable[User], numbers: Iterable[str]) -> frozenset[tuple[int, str]]:
    """Each person and case number kept apart: by the conflict register, because the person manages the case, or because
    they belong to the service that is inspected."""
    every = list(numbers)
    found: set[tuple[int, str]] = set()
    for user in users:
        managed = managed_case_numbers(user, inspection)
        of_all = conflicted_with(user, inspection) or on_its_side(user, inspection)
        kept = every if of_all else conflicted_case_numbers(user, inspection) | managed
        found |= {(user.pk, number) for number in kept}
    return frozenset(found)


def case_managers_at(service: Service) -> Mapping[str, User]:
    """Case managers who have an account, by how case lists name them."""
    held = ServiceRole.objects.filter(service=service, role=Role.CASE_MANAGER, ended_at=None).exclude(staff_code="")
    return {row.staff_code: row.user for row in held.select_related("user")}


def interview_plan_of(inspection: Inspection) -> InterviewPlan | None:
    return InterviewPlan.objects.select_related("changed_by").filter(inspection=inspection).first()


def absences_in(inspection: Inspection) -> QuerySet[InterviewAbsence]:
    """The absences that hold, by day."""
    return InterviewAbsence.objects.filter(inspection=inspection, ended_at=None).select_related("user")


def absence_in(inspection: Inspection, pk: int) -> InterviewAbsence | None:
    return absences_in(inspection).filter(pk=pk).first()


def interviews_in(inspection: Inspection) -> list[PlannedInterview]:
    """The interviews people are told of, in order of time, with their people and cases at hand."""
    rows = PlannedInterview.objects.filter(inspection=inspection, ended_at=None).prefetch_related("assessors", "cases")
    return list(rows)


def interviews_no_longer_right(inspection: Inspection) -> list[PlannedInterview]:
    """Those whose cases have other readers or another case manager than people are told, or left the sample."""
    rows = interviews_in(inspection)
    if not rows:
        return []
    holders = {case.pk: str(case.attributes.get("case_manager") or "") for case in sampled_cases(inspection)}
    readers = {number: {row.assessor_id for row in given} for number, given in first_readers(inspection).items()}

    def right(row: PlannedInterview) -> bool:
        told = {user.pk for user in row.assessors.all()}
        return all(
            holders.get(case.pk) == row.case_manager and readers.get(case.number) == told for case in row.cases.all()
        )

    return [row for row in rows if not right(row)]
