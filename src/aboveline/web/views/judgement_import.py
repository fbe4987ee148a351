"""Judgements of a whole inspection from a file: choose, look, confirm."""

import secrets
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from aboveline.domain.problems import Checked, ProblemsFound
from aboveline.jobs.inspections import framework_of
from aboveline.jobs.judgement_import import ImportPlan, import_staged, plan_import, stage, staged
from aboveline.records.actions.casework import CaseSubmitted
from aboveline.records.actions.saving import KeyReused, Stale
from aboveline.records.identity import CannotUnseal
from aboveline.records.models import Inspection
from aboveline.web.forms.judgement_import import JudgementFileForm
from aboveline.web.policies import Action, inspection_page
from aboveline.web.presenters.crumbs import to_cases
from aboveline.web.presenters.judgement_import import plan_view, problem_rows
from aboveline.web.presenters.wording import inspection_name


@inspection_page(Action.IMPORT_JUDGEMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_judgements(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """A post with a file shows what it would do; a post of the page shown does it."""
    if request.method != "POST":
        return _choose(request, inspection, JudgementFileForm())
    if "sealed" in request.POST:
        return _confirm(request, inspection)
    form = JudgementFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, inspection, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    file = form.cleaned_data["file"]
    return _look(request, inspection, file.read(), file.name)


def _confirm(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    try:
        file = staged(inspection, request.POST["sealed"], by=request.user)  # type: ignore[arg-type]
    except CannotUnseal:
        refused = [(_("The page was not whole, so nothing was imported. Choose the file again"), "id_file")]
        return _choose(
            request, inspection, JudgementFileForm(), refused=refused, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    try:
        done = import_staged(inspection, file, key=request.POST.get("key", ""), by=request.user)  # type: ignore[arg-type]
    except Stale:
        message = _("Judgements were saved while you looked, so nothing was imported. Look again, then confirm")
        return _look(request, inspection, file.data, file.name, message, HTTPStatus.CONFLICT)
    except CaseSubmitted:
        message = _("Nothing was imported: a case in the file is submitted. Have it reopened, then confirm")
        return _look(request, inspection, file.data, file.name, message, HTTPStatus.CONFLICT)
    except (KeyReused, ProblemsFound, ValueError):
        message = _("Nothing was imported. Look again, then confirm")
        return _look(request, inspection, file.data, file.name, message, HTTPStatus.UNPROCESSABLE_ENTITY)
    words = ngettext("%(answers)s answer saved", "%(answers)s answers saved", done["answers"]) % done
    messages.success(request, words)
    return HttpResponseRedirect(reverse("cases", args=[inspection.pk]), status=HTTPStatus.SEE_OTHER)


def _about(inspection: Inspection) -> dict[str, Any]:
    return {
        "inspection": inspection,
        "inspection_name": inspection_name(inspection),
        "crumbs": to_cases(inspection),
        "service_name": inspection.service.name,
    }


def _choose(request: HttpRequest, inspection: Inspection, form: JudgementFileForm, **extra: Any) -> HttpResponse:
    status = extra.pop("status", HTTPStatus.OK)
    context = {**_about(inspection), "form": form, "framework": framework_of(inspection), **extra}
    return render(request, "web/assessments/import.html", context, status=status)


def _look(
    request: HttpRequest,
    inspection: Inspection,
    data: bytes,
    name: str,
    message: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Every problem at once, or what the file would do."""
    found: Checked[ImportPlan] = plan_import(inspection, data, file=name)
    if not found.ok:
        rows = problem_rows(found.problems)
        words = ngettext(
            "%(file)s has %(count)s problem. Nothing was imported",
            "%(file)s has %(count)s problems. Nothing was imported",
            rows.count,
        )
        refused = [(words % {"file": name, "count": rows.count}, "id_file")]
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _choose(request, inspection, JudgementFileForm(), found=rows, refused=refused, status=status)
    context = {
        **_about(inspection),
        "plan": plan_view(found.expect(), framework_of(inspection)),
        "warnings": problem_rows(found.problems),
        "file": name,
        "message": message,
        "sealed": stage(inspection, data, file=name, by=request.user),  # type: ignore[arg-type]
        "key": secrets.token_urlsafe(16),
    }
    return render(request, "web/assessments/import_preview.html", context, status=status)
