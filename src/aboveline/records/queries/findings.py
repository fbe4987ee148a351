"""What is said of an inspection."""

from django.db.models import QuerySet

from aboveline.records.models import Finding, Inspection, Statement


def all_findings(inspection: Inspection) -> QuerySet[Finding]:
    """Every finding that was not withdrawn, by kind and place."""
    return Finding.objects.filter(inspection=inspection, withdrawn=False).select_related("changed_by")


def finding_in(inspection: Inspection, pk: int) -> Finding | None:
    return Finding.objects.filter(inspection=inspection, pk=pk).select_related("inspection__service").first()


def statement_of(inspection: Inspection) -> Statement | None:
    return Statement.objects.select_related("changed_by").filter(inspection=inspection).first()
