"""Early quality reads: whose first cases are to be looked at, which these are, and what was seen of them."""

from collections.abc import Mapping, Sequence

from aboveline.records.models import Allocation, Inspection, QualityRead, Role, Submission, User
from aboveline.records.queries.inspections import inspections_of, sampled_cases


def quality_read_of(inspection: Inspection, assessor: User) -> QualityRead | None:
    rows = QualityRead.objects.filter(inspection=inspection, assessor=assessor)
    return rows.select_related("changed_by").first()


def quality_reads_in(inspection: Inspection) -> Mapping[int, QualityRead]:
    """What was seen of each assessor's first cases, by assessor."""
    rows = QualityRead.objects.filter(inspection=inspection).select_related("changed_by")
    return {row.assessor_id: row for row in rows}


def cases_by_assessor(inspection: Inspection) -> Mapping[User, Sequence[str]]:
    """Who has cases under assessment in hand for their first read, by name; and the numbers of those handed in, the
    first handed in first. Leads are not among them: it is they who look."""
    held = inspection.allocations.filter(reading=Allocation.Reading.FIRST, ended_at=None)
    held = held.filter(case__in=sampled_cases(inspection)).exclude(assessor__in=_leads(inspection))
    in_hand = list(held.select_related("assessor", "case").order_by("assessor__name", "assessor_id"))
    submitted = Submission.objects.filter(case__in=[row.case_id for row in in_hand], reopened_at=None)
    order = {pk: place for place, pk in enumerate(submitted.order_by("submitted_at").values_list("case", flat=True))}
    found: dict[User, list[tuple[int, str]]] = {}
    for row in in_hand:
        cases = found.setdefault(row.assessor, [])
        if row.case_id in order:
            cases.append((order[row.case_id], row.case.number))
    return {assessor: [number for _place, number in sorted(cases)] for assessor, cases in found.items()}


def _leads(inspection: Inspection) -> Sequence[int]:
    leads = inspection.team.filter(role=Role.LEAD_INSPECTOR, ended_at=None)
    return list(leads.values_list("user", flat=True))


def to_be_talked_about_with(assessor: User) -> Sequence[QualityRead]:
    """What is to be talked about with a person, in the inspections they have to do with; the newest first."""
    rows = QualityRead.objects.filter(
        assessor=assessor,
        seen=QualityRead.Seen.TO_TALK,
        inspection__in=inspections_of(assessor).values("pk").order_by(),
    )
    return list(rows.select_related("inspection__service", "changed_by").order_by("-changed_at"))
