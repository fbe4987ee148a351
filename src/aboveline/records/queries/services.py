"""Services and their reports."""

from django.db.models import QuerySet

from aboveline.records.models import Report, Service, User
from aboveline.records.queries.people import services_of


def service_by_slug(slug: str) -> Service | None:
    return Service.objects.filter(slug=slug).first()


def report_by_id(pk: int) -> Report | None:
    return Report.objects.select_related("service", "changed_by").filter(pk=pk).first()


def reports_at(service: Service) -> QuerySet[Report]:
    return service.reports.select_related("changed_by")


def reports_of(user: User) -> QuerySet[Report]:
    """Every report of the services a person has to do with, newest first."""
    return Report.objects.filter(service__in=services_of(user)).select_related("service", "changed_by")
