"""A service's page: its story over time."""

from django.http import HttpResponse
from django.shortcuts import render

from aboveline.jobs.inspections import scores_of
from aboveline.records.models import Service
from aboveline.records.queries.inspections import inspections_at
from aboveline.records.queries.people import standing_at, standing_in
from aboveline.web.policies import Action, may, service_page
from aboveline.web.presenters.crumbs import to_home
from aboveline.web.presenters.services import story_charts, story_sentence, story_table
from aboveline.web.views.requests import SignedInRequest

#: the newest inspections that a service's story tells
TOLD = 24


@service_page(Action.SEE_SERVICE)
def service(request: SignedInRequest, service: Service) -> HttpResponse:
    newest = inspections_at(service)[:TOLD]
    shown = [one for one in newest if may(standing_in(request.user, one), Action.SEE_SCORES)]
    inspections = [scores_of(one) for one in shown]
    here = standing_at(request.user, service)
    context = {
        "service": service,
        "service_name": service.name,
        "crumbs": to_home(),
        "sentence": story_sentence(inspections),
        "charts": story_charts(inspections),
        "table": story_table(inspections),
        "inspections": inspections,
        "may_set_up": may(here, Action.SET_UP),
        "may_see_trail": may(here, Action.SEE_TRAIL),
        "may_manage_people": may(here, Action.MANAGE_PEOPLE),
        "may_see_reports": may(here, Action.SEE_REPORT),
    }
    return render(request, "web/services/service.html", context)
