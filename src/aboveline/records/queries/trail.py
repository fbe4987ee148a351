"""The audit trail as a person reads it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone

from aboveline.records.models import (
    Assessment,
    AuditEvent,
    Case,
    Caseload,
    CaseloadUpload,
    Draw,
    Inspection,
    Report,
    Service,
)

#: what an event's object needs beside it to be named on a page
_BESIDE: Mapping[type[Model], tuple[str, ...]] = {
    Assessment: ("case__inspection",),
    Case: ("inspection",),
    Caseload: ("inspection",),
    CaseloadUpload: ("inspection",),
    Draw: ("inspection",),
}


def events_at(service: Service) -> QuerySet[AuditEvent]:
    """What happened at a service, newest first."""
    return AuditEvent.objects.filter(service_id=service.pk).select_related("actor").order_by("-sequence")


def events_on(thing: Inspection | Report) -> QuerySet[AuditEvent]:
    """What happened to one inspection or report, newest first."""
    name = thing._meta.model_name
    return (
        AuditEvent.objects.filter(object_type=name, object_id=str(thing.pk))
        .select_related("actor")
        .order_by("-sequence")
    )


def search_events(
    service: Service, *, verb: str = "", who: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AuditEvent]:
    """A service's events, newest first, narrowed by verb, part of a name, and days (both included)."""
    events = events_at(service)
    if verb:
        events = events.filter(verb=verb)
    if who:
        events = events.filter(actor__name__icontains=who)
    if since:
        events = events.filter(at__gte=_start_of(since))
    if until:
        events = events.filter(at__lt=_start_of(until + timedelta(days=1)))
    return events


def no_events() -> QuerySet[AuditEvent]:
    return AuditEvent.objects.none()


def verbs_at(service: Service) -> list[str]:
    """Every verb that has happened at a service, in order of name."""
    return list(
        AuditEvent.objects.filter(service_id=service.pk).order_by("verb").values_list("verb", flat=True).distinct()
    )


def newest_events(services: Iterable[Service], limit: int) -> list[AuditEvent]:
    """The newest events at several services, newest first; events that nobody did (set-up from a file) are left out."""
    ids = [service.pk for service in services]
    events = AuditEvent.objects.filter(service_id__in=ids, actor__isnull=False).select_related("actor")
    return list(events.order_by("-sequence")[:limit])


def objects_of(events: Iterable[AuditEvent]) -> Mapping[tuple[str, str], Any]:
    """What events happened to, by type and id, as far as it is still there; one query for each type."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for event in events:
        wanted[event.object_type].add(event.object_id)
    found: dict[tuple[str, str], Any] = {}
    for kind, ids in wanted.items():
        model = apps.get_model("records", kind)
        beside = _BESIDE.get(model, ())
        for row in model._default_manager.filter(pk__in=ids).select_related(*beside or (None,)):
            found[kind, str(row.pk)] = row
    return found


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
