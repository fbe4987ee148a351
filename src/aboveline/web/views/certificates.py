"""The certificate of a draw: a page, a file, the numbered list it was made from, and drawing again to check it."""

import json
from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.jobs.drawing import check_recorded, numbered_csv
from aboveline.jobs.inspections import framework_of
from aboveline.records.actions.showing import note_caseload_downloaded
from aboveline.records.models import Draw, DrawnCase, Inspection
from aboveline.records.queries.caseloads import cases_on, draw_by_ordinal
from aboveline.records.queries.cases import drawn_cases
from aboveline.records.queries.trail import content_event
from aboveline.web.components import Crumb
from aboveline.web.policies import Action, inspection_page, may, within_reach
from aboveline.web.presenters.certificates import certificate_page, outcome_of
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.views.requests import SignedInRequest


@inspection_page(Action.SEE_SAMPLE)
def certificate(request: SignedInRequest, inspection: Inspection, ordinal: int) -> HttpResponse:
    """The page; with `?check=yes` the draw is made again and compared."""
    draw, framework = _draw(inspection, ordinal), framework_of(inspection)
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "caption": inspection_name(inspection),
        "crumbs": (*to_inspection(inspection), Crumb(_("Sample"), reverse("sample", args=[inspection.pk]))),
        "draw": draw,
        "page": certificate_page(draw, framework, drawn_cases(draw, DrawnCase.Place.REPLACED), content_event(draw)),
        "may_take": _may_take(request, draw),
        "outcome": outcome_of(check_recorded(draw, framework)) if request.GET.get("check") else None,
    }
    return render(request, "web/samples/certificate.html", context, status=HTTPStatus.OK)


@inspection_page(Action.SEE_SAMPLE)
def certificate_json(request: SignedInRequest, inspection: Inspection, ordinal: int) -> HttpResponse:
    """With the event that put the draw on the trail: a printed hash that a chain written anew would not have."""
    draw = _draw(inspection, ordinal)
    event = content_event(draw)
    audit = {"audit": {"event": event.sequence, "hash": event.hash}} if event else {}
    text = json.dumps(draw.certificate | audit, indent=2, ensure_ascii=False) + "\n"
    return _file(text.encode(), "certificate.json", "application/json")


@inspection_page(Action.TAKE_CASELOAD)
def numbered_list(request: SignedInRequest, inspection: Inspection, ordinal: int) -> HttpResponse:
    """The list the draw was made from, under our own numbers; handing it out is on record."""
    draw = _draw(inspection, ordinal)
    if not _may_take(request, draw):
        raise Http404
    note_caseload_downloaded(draw=draw, by=request.user)
    return _file(numbered_csv(draw), "caseload.csv", "text/csv; charset=utf-8")


def _may_take(request: SignedInRequest, draw: Draw) -> bool:
    """The list is of use only whole: whoever is kept from a case on it does not get it, save who supplied it."""
    if not may(request.standing, Action.TAKE_CASELOAD) or may(request.standing, Action.SUPPLY_CASELOAD):
        return may(request.standing, Action.TAKE_CASELOAD)
    listed = within_reach(request.user, draw.inspection, Action.TAKE_CASELOAD)
    return all(listed(case.number) for case in cases_on(draw.caseload))


def _draw(inspection: Inspection, ordinal: int) -> Draw:
    draw = draw_by_ordinal(inspection, ordinal)
    if draw is None:
        raise Http404
    return draw


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
