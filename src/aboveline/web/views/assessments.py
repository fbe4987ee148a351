"""The cases under assessment, and the form for one of them."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aboveline.domain.access import reach_of
from aboveline.domain.framework import Framework
from aboveline.jobs.assessing import save_case
from aboveline.jobs.inspections import framework_asked
from aboveline.records.actions.assessments import ReadSubmitted
from aboveline.records.actions.casework import CaseSubmitted
from aboveline.records.actions.reading import note_case_read
from aboveline.records.actions.saving import KeyReused
from aboveline.records.actions.second_reads import note_second_read
from aboveline.records.models import Case, Inspection, SecondRead
from aboveline.records.queries.assessing import case_counts, under_assessment
from aboveline.records.queries.cases import answers_of, findings_of
from aboveline.records.queries.casework import submission_of
from aboveline.records.queries.people import reads_again
from aboveline.web.forms.case_form import CaseFormData, read_case_form
from aboveline.web.policies import Action, case_page, may, own_cases_page, within_reach
from aboveline.web.presenters.case_form import CaseForm, Returned
from aboveline.web.presenters.case_form_list import case_list
from aboveline.web.presenters.case_form_saved import conflicts_said, problems_said, seen_after
from aboveline.web.presenters.case_form_words import attribute_rows, moment_words
from aboveline.web.presenters.crumbs import to_cases, to_inspection
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.views.discussions import marks_beside
from aboveline.web.views.requests import SignedInRequest

CASES_ON_A_PAGE = 100
ANSWER_TYPE = "application/vnd.aboveline.save+json"


@own_cases_page(Action.LIST_CASES)
@require_safe
def cases(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Who judges which case and how far each has come; filter, sort and page are in the address."""
    shown = within_reach(request.user, inspection, Action.LIST_CASES, request.standing)
    listed = case_list(
        [count for count in case_counts(inspection) if shown(count.number)],
        inspection,
        len(framework_asked(inspection).questions),
        state=request.GET.get("state", ""),
        sort=request.GET.get("sort"),
        judges=within_reach(request.user, inspection, Action.JUDGE, request.standing),
        again=reads_again(request.user, inspection),
    )
    page = Paginator(listed.table.rows, CASES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection,
        "inspection_name": inspection_name(inspection),
        "crumbs": to_inspection(inspection),
        "service_name": inspection.service.name,
        "listed": listed,
        "page": page,
        "table": listed.on(page),
        "may_judge": reach_of(request.standing, Action.JUDGE) is not None,
        "may_import": may(request.standing, Action.IMPORT_JUDGEMENTS),
    }
    return render(request, "web/assessments/cases.html", context)


@case_page(Action.JUDGE)
@require_http_methods(["GET", "HEAD", "POST"])
def judge_case(request: HttpRequest, case: Case) -> HttpResponse:
    """The form of one case; a part of it, or the whole, is saved by a post. A script that asks learns who is signed in
    here now, and the token their posts need. A case handed in is no form any more."""
    if request.method != "POST" and not _wants_json(request) and submission_of(case):
        return redirect("submit-case", case.inspection_id, case.number)
    return case_form(request, case)


def case_form(request: HttpRequest, case: Case, read: SecondRead | None = None) -> HttpResponse:
    """The form of a case's first read or, where one is given, of its second."""
    if not under_assessment(case):
        raise Http404
    framework = framework_asked(case.inspection)
    if request.method == "POST":
        return _save(request, case, framework, read)
    if _wants_json(request):
        return _told({"ok": True, "person": str(request.user.pk), "token": get_token(request)})
    return _page(request, case, framework, read=read)


def _save(request: HttpRequest, case: Case, framework: Framework, read: SecondRead | None) -> HttpResponse:
    data = read_case_form(request.POST, framework)
    wants_json = _wants_json(request)
    key = request.POST.get("key", "")
    if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        return _of_another(request, case, framework, data, read)
    try:
        outcome = save_case(case=case, framework=framework, sent=data.sent, key=key, by=request.user, read=read)  # type: ignore[arg-type]
    except (CaseSubmitted, ReadSubmitted):
        return _of_submitted(request, case, framework, data)
    except (KeyReused, ValueError):
        if wants_json:
            return _told({"ok": False, "error": "key_reused"}, HTTPStatus.UNPROCESSABLE_ENTITY)
        message = _("Nothing was saved: this page had been sent before with other answers. Check them, then save again")
        returned = Returned(data.typed, data.seen, message=message)
        return _page(request, case, framework, returned, HTTPStatus.UNPROCESSABLE_ENTITY, read)
    if wants_json:
        return _told(_answer(outcome, case, framework, data, key, request.user.pk, read), _status(outcome))
    if outcome["conflicts"] or outcome["problems"]:
        return _page(request, case, framework, _returned(data, outcome), _status(outcome), read)
    return HttpResponseRedirect(f"{request.path}#{_anchor(request, framework)}", status=HTTPStatus.SEE_OTHER)


def _status(outcome: Mapping[str, Any]) -> HTTPStatus:
    if outcome["conflicts"]:
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if outcome["problems"] else HTTPStatus.OK


def _answer(
    outcome: Mapping[str, Any],
    case: Case,
    framework: Framework,
    data: CaseFormData,
    key: str,
    reader: int | None,
    read: SecondRead | None,
) -> dict[str, Any]:
    """What a page that saves by itself needs: what is saved, in which version, and what is not, for this very key."""
    at = parse_datetime(outcome["saved_at"])
    told = {*outcome["saved"], *(conflict["id"] for conflict in outcome["conflicts"])}
    facts = told & {fact.id for fact in framework.case_facts}
    answers, findings = answers_of(case, read, told - facts), findings_of(case, read, facts)
    form = CaseForm(framework, answers, findings, _returned(data, outcome), reader)
    return {
        "ok": not outcome["conflicts"] and not outcome["problems"],
        "key": key,
        "versions": {**outcome.get("stood", {}), **outcome["saved"]},
        "seen": seen_after(outcome["saved"], answers, findings),
        "at": moment_words(at) if at else "",
        "conflicts": conflicts_said(outcome, form),
        "problems": problems_said(outcome),
    }


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _told(answer: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK) -> JsonResponse:
    """An answer for our script, under a type that nothing between it and us would use."""
    return JsonResponse(answer, status=status, content_type=ANSWER_TYPE)


def _of_another(
    request: HttpRequest, case: Case, framework: Framework, data: CaseFormData, read: SecondRead | None
) -> HttpResponse:
    """The page was opened by one person and sent by another: nothing of it is saved under the wrong name."""
    if _wants_json(request):
        return _told({"ok": False, "error": "another_person"}, HTTPStatus.FORBIDDEN)
    message = _(
        "Nothing was saved: this page was opened by someone else. Check the answers, then save them as your own"
    )
    returned = Returned(data.typed, data.seen, message=message)
    return _page(request, case, framework, returned, HTTPStatus.FORBIDDEN, read)


def _of_submitted(request: HttpRequest, case: Case, framework: Framework, data: CaseFormData) -> HttpResponse:
    """The case was handed in while the page was open: nothing is saved, and what was typed stays in sight."""
    if _wants_json(request):
        return _told({"ok": False, "error": "submitted"}, HTTPStatus.FORBIDDEN)
    message = _("Nothing was saved: the case was submitted meanwhile. It changes only after it is reopened")
    returned = Returned(data.typed, data.seen, message=message)
    return _page(request, case, framework, returned, HTTPStatus.CONFLICT)


def _returned(data: CaseFormData, outcome: Mapping[str, Any]) -> Returned:
    """What to show again as it was typed: only what was not saved."""
    conflicts = frozenset(conflict["id"] for conflict in outcome["conflicts"]) & set(data.typed)
    wrong = conflicts | {problem["place"]["path"] for problem in outcome["problems"]}
    typed = {id: values for id, values in data.typed.items() if id in wrong}
    return Returned(typed, data.seen, problems_said(outcome), conflicts)


def _anchor(request: HttpRequest, framework: Framework) -> str:
    """The part whose own button was pressed; a name that is not one of ours leads to the top."""
    parts = {"case-facts", *(f"section-{section.id}" for section in framework.sections)}
    asked = request.POST.get("go", "")
    return asked if asked in parts else "main"


def _page(
    request: HttpRequest,
    case: Case,
    framework: Framework,
    returned: Returned | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    read: SecondRead | None = None,
) -> HttpResponse:
    if read:
        note_second_read(read=read, by=request.user)  # type: ignore[arg-type]
    else:
        note_case_read(case=case, by=request.user)  # type: ignore[arg-type]
    form = CaseForm(
        framework,
        answers_of(case, read),
        findings_of(case, read),
        returned or Returned(),
        request.user.pk,
        {} if read else marks_beside(request, case, framework),
    )
    context = {
        "case": case,
        "inspection": case.inspection,
        "framework": framework,
        "case_form": form,
        "drawn": form.drawn(),
        "errors": form.error_links(),
        "summary": attribute_rows(case.attributes, framework),
        "key": secrets.token_urlsafe(16),
        "crumbs": to_cases(case.inspection),
        "inspection_name": inspection_name(case.inspection),
        "service_name": case.inspection.service.name,
    }
    template = "web/second_reads/read.html" if read else "web/assessments/judge_case.html"
    return render(request, template, context, status=status)
