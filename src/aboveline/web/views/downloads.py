"""An inspection's whole scores as a file."""

import json

from django.http import HttpRequest, HttpResponse

from aboveline.jobs.inspections import scores_of
from aboveline.records.models import Inspection
from aboveline.web.policies import Action, inspection_page
from aboveline.web.presenters.score_file import as_csv, as_document


@inspection_page(Action.SEE_SCORES)
def scores_csv(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    # The mark at the start makes spreadsheets read the file as Unicode.
    return _file("\ufeff" + as_csv(scores_of(inspection)), "text/csv; charset=utf-8", _name(inspection, "csv"))


@inspection_page(Action.SEE_SCORES)
def scores_json(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    text = json.dumps(as_document(scores_of(inspection)), ensure_ascii=False, indent=2)
    return _file(text, "application/json", _name(inspection, "json"))


def _name(inspection: Inspection, ending: str) -> str:
    return f"{inspection.service.slug}-{inspection.held_on:%Y-%m}-{inspection.kind}-scores.{ending}"


def _file(text: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(text, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
