"""Services and their reports."""

from django.db.models import QuerySet

from aboveline.records.models import AuditEvent, Report, Service, User
from aboveline.records.queries.people import services_of


def service_by_slug(slug: str) -> Service | None:
    return Service.objects.filter(slug=slug).first()


def report_by_id(pk: int) -> Report | None:
    return Report.objects.select_related("service", "changed_by").filter(pk=pk).first()


def reports_of(user: User) -> QuerySet[Report]:
    """Every report of the services a person has to do with, newest first."""
    return Report.objects.filter(service__in=services_of(user)).select_related("service", "changed_by")


#: verbs that each make the next version of a report
REPORT_VERSIONS = ("report.added", "report.saved", "report.bound")


def report_as_saved(report: Report, version: int) -> str | None:
    """The text a report had in one of its versions, from the audit trail; None where that value has been erased."""
    events = AuditEvent.objects.filter(object_type="report", object_id=str(report.pk), verb__in=REPORT_VERSIONS)
    event = events.order_by("sequence")[version - 1 : version].first() if version > 0 else None
    value = event.values.filter(field="document").first() if event else None
    return value.value if value else None
