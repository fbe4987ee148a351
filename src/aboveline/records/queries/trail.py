"""The audit trail as a person reads it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import CharField, Count, Max, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from aboveline.records.models import (
    Allocation,
    AllocationPlan,
    Assessment,
    AuditEvent,
    AuditRound,
    AuditValue,
    Case,
    Caseload,
    CaseloadUpload,
    Draw,
    DrawnCase,
    EarlierRecommendation,
    FeedbackGiven,
    FieldworkPlan,
    Inspection,
    InterviewAbsence,
    InterviewPlan,
    MeetingRecord,
    QualityRead,
    ReplacementRequest,
    Report,
    Service,
    ServiceRole,
    Supply,
    TeamRole,
    TimetableStep,
)
from aboveline.records.parts import ways_to

_OF_A_WEEK = (
    Allocation,
    AllocationPlan,
    AuditRound,
    EarlierRecommendation,
    FeedbackGiven,
    FieldworkPlan,
    InterviewAbsence,
    InterviewPlan,
    MeetingRecord,
    QualityRead,
    Supply,
    TimetableStep,
)
#: what an event's object needs beside it to be named on a page
_BESIDE: Mapping[type[Model], tuple[str, ...]] = {
    Assessment: ("case__inspection",),
    Case: ("inspection",),
    Caseload: ("inspection",),
    CaseloadUpload: ("inspection",),
    Draw: ("inspection",),
    DrawnCase: ("case__inspection",),
    ReplacementRequest: ("drawn__case__inspection",),
    ServiceRole: ("service",),
    TeamRole: ("inspection",),
} | dict.fromkeys(_OF_A_WEEK, ("inspection",))
#: how an event names a thing
_TEXT = Cast("pk", CharField())
#: endings of verbs that change nothing
NO_CHANGE = (".read", ".shown", ".downloaded", "signed_in")
DAYS_TOLD = 30
IMPORTS_TOLD = 50


@dataclass(frozen=True, slots=True)
class Changes:
    """What one person did to one thing on one day by one verb: the newest event, and how many there were."""

    newest: AuditEvent
    count: int = 1


def events_at(service: Service) -> QuerySet[AuditEvent]:
    """What happened at a service, newest first."""
    return AuditEvent.objects.filter(service_id=service.pk).select_related("actor").order_by("-sequence")


def events_on(thing: Inspection | Draw | Report) -> QuerySet[AuditEvent]:
    """What happened to one inspection, draw or report itself, newest first."""
    name = thing._meta.model_name
    return (
        AuditEvent.objects.filter(object_type=name, object_id=str(thing.pk))
        .select_related("actor")
        .order_by("-sequence")
    )


def content_event(thing: Draw | Report) -> AuditEvent | None:
    """The newest event by which a draw or report got the content it has: what its printed copy names."""
    events = events_on(thing)
    for ending in NO_CHANGE:
        events = events.exclude(verb__endswith=ending)
    return events.first()


def events_in(inspection: Inspection) -> QuerySet[AuditEvent]:
    """What happened to an inspection and to everything that is part of it, newest first."""
    return events_at(inspection.service).filter(_in(inspection))


def search_events(service: Service, *, without: Iterable[Inspection] = (), **asked: Any) -> QuerySet[AuditEvent]:
    """A service's events, newest first, narrowed (see `_narrowed`); nothing of the inspections in `without`."""
    return _narrowed(_without(events_at(service), without), Case.objects.filter(inspection__service=service), **asked)


def search_inspection(inspection: Inspection, **asked: Any) -> QuerySet[AuditEvent]:
    """One inspection's events, newest first, narrowed (see `_narrowed`)."""
    return _narrowed(events_in(inspection), inspection.cases.all(), **asked)


def _narrowed(
    events: QuerySet[AuditEvent],
    cases: QuerySet[Case],
    *,
    verb: str = "",
    who: str = "",
    case: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEvent]:
    """By verb, part of a name, a case's number among `cases`, and days (both included)."""
    if verb:
        events = events.filter(verb=verb)
    if who:
        events = events.filter(actor__name__icontains=who)
    if case:
        events = events.filter(_on_or_in(Case, cases.filter(number__iexact=case).values("pk")))
    if since:
        events = events.filter(at__gte=_start_of(since))
    if until:
        events = events.filter(at__lt=_start_of(until + timedelta(days=1)))
    return events


def _in(inspection: Inspection) -> Q:
    return _on_or_in(Inspection, Inspection.objects.filter(pk=inspection.pk).values("pk"))


def _without(events: QuerySet[AuditEvent], inspections: Iterable[Inspection]) -> QuerySet[AuditEvent]:
    """The events but those of these inspections and of everything that is part of them."""
    kept = [one.pk for one in inspections]
    return (
        events.exclude(_on_or_in(Inspection, Inspection.objects.filter(pk__in=kept).values("pk"))) if kept else events
    )


def _on_or_in(whole: type[Model], ids: QuerySet[Any, Any]) -> Q:
    """Events on the things of a table with these ids, or on anything that is part of one of them."""
    wanted = Q(object_type=whole._meta.model_name, object_id__in=ids.values(key_as_text=_TEXT))
    for part, way in ways_to(whole).items():
        parts = part._default_manager.filter(**{f"{way}__in": ids}).values(key_as_text=_TEXT)
        wanted |= Q(object_type=part._meta.model_name, object_id__in=parts)
    return wanted


def older_than(events: QuerySet[AuditEvent], last: AuditEvent) -> QuerySet[AuditEvent]:
    """Those of the events that come below `last` where the newest is at the top."""
    return events.filter(sequence__lt=last.sequence)


def no_events() -> QuerySet[AuditEvent]:
    return AuditEvent.objects.none()


def verbs_at(service: Service, without: Iterable[Inspection] = ()) -> list[str]:
    """Every verb that has happened at a service, in order of name; nothing of the inspections in `without`."""
    events = _without(AuditEvent.objects.filter(service_id=service.pk), without)
    return list(events.order_by("verb").values_list("verb", flat=True).distinct())


def verbs_in(inspection: Inspection) -> list[str]:
    """Every verb that has happened in an inspection, in order of name."""
    return list(events_in(inspection).order_by("verb").values_list("verb", flat=True).distinct())


def newest_changes(services: Iterable[Service], without: Iterable[Inspection] = ()) -> list[Changes]:
    """What people changed at several services in the DAYS_TOLD days up to the newest change, newest first.

    Nothing of the inspections in `without`. Reading changes nothing; what nobody did (set-up from a file) is left out;
    of an import only the import is told.
    """
    ids = [service.pk for service in services]
    events = AuditEvent.objects.filter(service_id__in=ids, actor__isnull=False)
    for ending in NO_CHANGE:
        events = events.exclude(verb__endswith=ending)
    for first, end in _imported(ids):
        events = events.exclude(sequence__gte=first, sequence__lt=end)
    counts = {newest: count for day in _days(events) for newest, count in _counted(day)}
    # Each group is of one thing, so what is kept back goes whole, and is looked for once rather than day by day.
    found = _without(AuditEvent.objects.filter(sequence__in=counts), without)
    newest = found.select_related("actor").order_by("-sequence")
    return [Changes(event, counts[event.sequence]) for event in newest]


def _days(events: QuerySet[AuditEvent]) -> Iterator[QuerySet[AuditEvent]]:
    """The events of each day on which something happened, cut by sequence: a database cannot tell local days fast."""
    newest = events.order_by("-sequence").first()
    earliest = _start_of(timezone.localdate(newest.at) - timedelta(days=DAYS_TOLD)) if newest else None
    while newest and earliest and newest.at >= earliest:
        upto = events.filter(sequence__lte=newest.sequence)
        start = _start_of(timezone.localdate(newest.at))
        newest = upto.filter(at__lt=start).order_by("-sequence").first()
        yield upto.filter(sequence__gt=newest.sequence) if newest else upto


def _counted(day: QuerySet[AuditEvent]) -> Iterable[tuple[int, int]]:
    """The newest event of each person, verb and thing, and how many there were."""
    # An order left on the query would make every event a group of its own.
    groups = day.order_by().values("actor", "verb", "object_type", "object_id")
    return groups.annotate(last=Max("sequence"), events=Count("sequence")).values_list("last", "events")


def _imported(services: Iterable[int]) -> list[tuple[int, int]]:
    """The events of the newest imports, each from the first up to the import's own, which is written after them."""
    sizes = AuditValue.objects.filter(
        event__verb="judgements.imported", event__service_id__in=services, field="answers"
    ).order_by("-event_id")
    newest = sizes.values_list("event_id", "value")[:IMPORTS_TOLD]
    return [(event - int(answers), event) for event, answers in newest]


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
