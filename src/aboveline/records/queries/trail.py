"""The audit trail as a person reads it."""

from django.db.models import QuerySet

from aboveline.records.models import AuditEvent, Inspection, Report, Service


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
