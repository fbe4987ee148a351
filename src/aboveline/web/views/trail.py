"""The audit trail of a service."""

from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aboveline.records.models import Service
from aboveline.records.queries.trail import no_events, objects_of, search_events, verbs_at
from aboveline.web.forms.trail import TrailFilter
from aboveline.web.policies import Action, service_page
from aboveline.web.presenters.crumbs import to_service
from aboveline.web.presenters.trail import trail_table

PER_PAGE = 50


@service_page(Action.SEE_TRAIL)
def trail(request: HttpRequest, service: Service) -> HttpResponse:
    """With a filter that cannot be understood, no events and the reason."""
    form = TrailFilter(request.GET, verbs=verbs_at(service))
    asked = form.cleaned_data if form.is_valid() else {}
    found = search_events(service, **asked) if asked else no_events()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    events = list(page.object_list)
    context = {
        "form": form,
        "service": service,
        "service_name": service.name,
        "crumbs": to_service(service),
        "page": page,
        "counted": f"{page.paginator.count:,}",
        "narrowed": any(asked.values()),
        "table": trail_table(events, objects_of(events)),
    }
    status = HTTPStatus.OK if asked else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "web/trail/trail.html", context, status=status)
