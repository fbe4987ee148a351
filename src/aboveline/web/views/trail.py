"""The audit trail of a service and of one inspection: searched, read, and taken away as a file without values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aboveline.records.actions.reading import note_trail_downloaded
from aboveline.records.models import AuditEvent, Inspection, Service
from aboveline.records.queries.inspections import inspections_at
from aboveline.records.queries.trail import (
    no_events,
    objects_of,
    older_than,
    search_events,
    search_inspection,
    verbs_at,
    verbs_in,
)
from aboveline.web.components import Crumb
from aboveline.web.forms.trail import TrailFilter
from aboveline.web.policies import Action, allowed, inspection_page, service_page
from aboveline.web.presenters.crumbs import to_inspection, to_service
from aboveline.web.presenters.trail import Objects, trail_table
from aboveline.web.presenters.trail_file import trail_lines
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.views.requests import SignedInRequest

PER_PAGE = 50
PER_PIECE = 500


@dataclass(frozen=True, slots=True)
class Trail:
    """Whose trail is asked for: the filter as it was filled in, and what it found (nothing where it is wrong)."""

    form: TrailFilter
    found: QuerySet[AuditEvent]
    caption: str
    service: Service
    crumbs: tuple[Crumb, ...]
    every: str
    file: str

    @property
    def status(self) -> HTTPStatus:
        return HTTPStatus.OK if self.form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY


@service_page(Action.SEE_TRAIL)
@require_safe
def trail(request: SignedInRequest, service: Service) -> HttpResponse:
    """Without what belongs to inspections whose own trail this person may not read yet."""
    return _page(request, _of_service(request, service))


@service_page(Action.SEE_TRAIL)
@require_safe
def trail_csv(request: SignedInRequest, service: Service) -> HttpResponse:
    return _file(request, _of_service(request, service), service, f"trail-{service.slug}.csv")


@inspection_page(Action.SEE_TRAIL)
@require_safe
def inspection_trail(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    return _page(request, _of_inspection(request, inspection))


@inspection_page(Action.SEE_TRAIL)
@require_safe
def inspection_trail_csv(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    return _file(request, _of_inspection(request, inspection), inspection, f"trail-inspection-{inspection.pk}.csv")


def _of_service(request: SignedInRequest, service: Service) -> Trail:
    every = list(inspections_at(service))
    readable = allowed(request.user, every, Action.SEE_TRAIL)
    without = [one for one in every if one not in readable]
    form = TrailFilter(request.GET, verbs=verbs_at(service, without))
    found = search_events(service, without=without, **form.cleaned_data) if form.is_valid() else no_events()
    own = [service.slug]
    crumbs = to_service(service)
    return Trail(form, found, service.name, service, crumbs, reverse("trail", args=own), reverse("trail-csv", args=own))


def _of_inspection(request: SignedInRequest, inspection: Inspection) -> Trail:
    form = TrailFilter(request.GET, verbs=verbs_in(inspection))
    found = search_inspection(inspection, **form.cleaned_data) if form.is_valid() else no_events()
    own = [inspection.pk]
    return Trail(
        form,
        found,
        inspection_name(inspection),
        inspection.service,
        to_inspection(inspection),
        reverse("inspection-trail", args=own),
        reverse("inspection-trail-csv", args=own),
    )


def _page(request: HttpRequest, trail: Trail) -> HttpResponse:
    page = Paginator(trail.found, PER_PAGE).get_page(request.GET.get("page"))
    events = list(page.object_list)
    asked: dict[str, Any] = trail.form.cleaned_data if trail.form.is_valid() else {}
    context = {
        "trail": trail,
        "form": trail.form,
        "service_name": trail.service.name,
        "page": page,
        "counted": f"{page.paginator.count:,}",
        "narrowed": any(asked.values()),
        "query": request.GET.urlencode(),
        "table": trail_table(events, objects_of(events)),
    }
    return render(request, "web/trail/trail.html", context, status=trail.status)


def _file(request: SignedInRequest, trail: Trail, on: Service | Inspection, name: str) -> HttpResponse:
    """All that the filter finds, whole or not at all, not one page. That it was taken away is itself on the trail."""
    if trail.status is not HTTPStatus.OK:
        return _page(request, trail)
    note_trail_downloaded(on=on, by=request.user)
    return HttpResponse(
        trail_lines(_pieces(trail.found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _pieces(found: QuerySet[AuditEvent]) -> Iterator[tuple[Sequence[AuditEvent], Objects]]:
    """Newest first, a few hundred at a time, each from below the last: however long, it needs little memory."""
    piece = list(found[:PER_PIECE])
    while piece:
        yield piece, objects_of(piece)
        piece = list(older_than(found, piece[-1])[:PER_PIECE])
