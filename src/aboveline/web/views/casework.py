"""Beside a case's answers: notes and check of the record, handing it in, reopening it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from aboveline.domain.framework import Framework
from aboveline.jobs.assessing import facts_of
from aboveline.jobs.inspections import framework_asked
from aboveline.jobs.submitting import still_missing, submit
from aboveline.records.actions.casework import CaseSubmitted, NotComplete, NotesValues, reopen_case, save_case_notes
from aboveline.records.actions.reading import note_case_read
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Case
from aboveline.records.queries.assessing import under_assessment
from aboveline.records.queries.cases import findings_of
from aboveline.records.queries.casework import notes_of, submission_of, submissions_of
from aboveline.records.queries.discussions import discussed_in
from aboveline.web.forms.casework import CaseNotesForm, ReopenForm
from aboveline.web.forms.keyed import Confirm, KeyedForm
from aboveline.web.policies import Action, case_page, may
from aboveline.web.presenters.casework import class_lines, history, missing_links, notes_rows
from aboveline.web.presenters.crumbs import to_cases
from aboveline.web.presenters.discussions import open_links
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.presenters.work import Link
from aboveline.web.views.requests import SignedInRequest


def _page(request: SignedInRequest, case: Case, template: str, context: dict[str, Any]) -> HttpResponse:
    note_case_read(case=case, by=request.user)
    inspection = case.inspection
    beside = {
        "case": case,
        "inspection": inspection,
        "name": inspection_name(inspection),
        "service_name": inspection.service.name,
        "crumbs": to_cases(inspection),
    }
    form = context.get("form")
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    status = context.pop("status", wrong)
    return render(request, f"web/casework/{template}.html", beside | context, status=status)


def _renewed(form: KeyedForm) -> HTTPStatus:
    form.renew_key()
    return HTTPStatus.UNPROCESSABLE_ENTITY


@case_page(Action.JUDGE)
def notes(request: SignedInRequest, case: Case) -> HttpResponse:
    """Notes of the interview and the check of the record; no more to be written once the case is handed in."""
    kept = notes_of(case)
    values = {name: getattr(kept, name) for name in ("interview", "integrity", "integrity_words")} if kept else {}
    form = CaseNotesForm(request.POST or None, initial=values | {"version": kept.version if kept else 0})
    context: dict[str, Any] = {"form": form, "submitted": submission_of(case), "rows": notes_rows(kept)}
    if form.is_valid():
        given = form.given
        version = given.pop("version")

        def act() -> dict[str, Any]:
            saved = save_case_notes(case=case, values=NotesValues(**given), expected_version=version, by=request.user)
            return {"version": saved.version}

        try:
            body = form.given | {"case": case.pk}
            once(by=request.user, key=form.cleaned_data["key"], body=body, act=act)
            messages.success(request, _("The notes are saved"))
            return redirect("judge-case", case.inspection_id, case.number)
        except KeyReused:
            context["status"] = _renewed(form)
        except Stale as stale:
            again = CaseNotesForm(initial=given | {"version": stale.current.version})
            context |= {"newest": stale.current, "status": HTTPStatus.CONFLICT, "form": again}
            context |= {"rows": notes_rows(stale.current)}
        except CaseSubmitted:
            context |= {"typed": given, "status": HTTPStatus.CONFLICT, "submitted": submission_of(case)}
    return _page(request, case, "notes", context)


@case_page(Action.JUDGE)
def submit_page(request: SignedInRequest, case: Case) -> HttpResponse:
    """What is missing, with links to it; handing in; and, once handed in, how it stands."""
    if not under_assessment(case):
        raise Http404
    framework = framework_asked(case.inspection)
    form = Confirm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            once(
                by=request.user,
                key=form.cleaned_data["key"],
                body={"submit": case.pk},
                act=lambda: {"submission": submit(case, framework, by=request.user).pk},
            )
            messages.success(request, _("The case is submitted. It changes only after it is reopened"))
            return redirect("submit-case", case.inspection_id, case.number)
        except KeyReused:
            context["status"] = _renewed(form)
        except NotComplete:
            context |= {"refused": True, "status": HTTPStatus.UNPROCESSABLE_ENTITY, "form": Confirm()}
    missing = still_missing(case, framework)
    context |= {
        "submitted": submission_of(case),
        "history": history(submissions_of(case)),
        "missing": missing,
        "links": missing_links(missing, case, framework),
        "classes": class_lines(framework, facts_of(findings_of(case))),
        "may_reopen": may(request.standing, Action.MODERATE),
        "discussed": _discussed(request, case, framework),
    }
    return _page(request, case, "submit", context)


def _discussed(request: SignedInRequest, case: Case, framework: Framework) -> tuple[Link, ...]:
    """The answers still under discussion, for a person who may discuss them."""
    if not may(request.standing, Action.COMMENT):
        return ()
    return open_links(framework, discussed_in(case).values())


@case_page(Action.MODERATE)
def reopen(request: SignedInRequest, case: Case) -> HttpResponse:
    """Open a case that was handed in to change again, with a reason."""
    standing = submission_of(case)
    form = ReopenForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "submitted": standing, "history": history(submissions_of(case))}
    if form.is_valid():
        sent = form.given | {"reopen": case.pk}

        def act() -> dict[str, Any]:
            if standing is None:
                raise Stale(None)
            return {"reopened": reopen_case(submission=standing, why=form.given["why"], by=request.user).pk}

        try:
            once(by=request.user, key=form.cleaned_data["key"], body=sent, act=act)
            messages.success(request, _("The case is open again"))
            return redirect("cases", case.inspection_id)
        except KeyReused:
            context["status"] = _renewed(form)
        except Stale:
            context |= {"submitted": None, "typed": form.given["why"], "status": HTTPStatus.CONFLICT}
            context |= {"history": history(submissions_of(case))}
    return _page(request, case, "reopen", context)
