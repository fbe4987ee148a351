"""Writing a committee report: the form, two people at once, and the report's own file."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aboveline.domain.problems import Problem
from aboveline.jobs.service_reports import LookedAt, Tree, look_at, text_of, title_of, too_long, tree_of
from aboveline.jobs.service_reports import unreadable as why_unreadable
from aboveline.records.actions.reports import save_report
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Report
from aboveline.records.queries.services import report_as_saved, report_by_id
from aboveline.web.forms.numbers import is_number, number_sent
from aboveline.web.forms.reports import (
    ReportForm,
    flat_of,
    lost,
    new_key,
    rows_named,
    tree_from,
    with_row,
    without_row,
)
from aboveline.web.forms.reports_new import SourceForm
from aboveline.web.forms.reports_nodes import Sent
from aboveline.web.policies import Action, report_page
from aboveline.web.presenters.reports import shown, to_report
from aboveline.web.presenters.reports_conflict import Merged, merged
from aboveline.web.presenters.reports_form import cautions, drawn_sections, input_at, references


@report_page(Action.EDIT_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, report: Report) -> HttpResponse:
    looked = look_at(report.document, report.service)
    read = tree_of(report.document)
    if read.value is None or lost(read.value):
        return _only_by_file(request, report, read.value)
    if request.method != "POST":
        form = ReportForm(flat_of(looked.tree))
        form.is_valid()
        return _form_page(request, report, form, looked)
    if "add" in request.POST or "remove" in request.POST:
        return _change_rows(request, report, looked)
    return _save(request, report, looked)


def _only_by_file(request: HttpRequest, report: Report, tree: Tree | None) -> HttpResponse:
    """The report holds what the form cannot show, so the form would drop it."""
    context = {"report": report, "lost": lost(tree) if tree else [], "crumbs": to_report(report)}
    return render(request, "web/reports/only_by_file.html", context | {"service_name": report.service.name})


def _change_rows(request: HttpRequest, report: Report, looked: LookedAt) -> HttpResponse:
    """Show the form again, as it was typed, with one row more or fewer. Nothing is saved by this."""
    added, taken = request.POST.get("add", ""), request.POST.get("remove", "")
    name, _dash, index = taken.rpartition("-")
    data: Sent = request.POST
    goal = ""
    if rows_named(added):
        data = with_row(request.POST, added)
        goal = f"{added}-{int(data[f'{added}-count']) - 1}"
    elif rows_named(name) and is_number(index):
        data, goal = without_row(request.POST, name, number_sent(index)), name
    form = ReportForm(data)
    form.is_valid()
    words = _("Not saved yet: one row was added or taken out. Save when you are done")
    return _form_page(request, report, form, looked, notice=words, goal=goal, saved=False)


def _save(request: HttpRequest, report: Report, looked: LookedAt) -> HttpResponse:
    form = ReportForm(request.POST)
    form.is_valid()
    tree = tree_from(request.POST, looked.tree)
    document = text_of(tree)
    if too_long(document):
        form.add_error(None, _("The report is too long: shorten it to less than 500 kB"))
    if form.contradictions or too_long(document):
        return _form_page(request, report, form, looked, status=HTTPStatus.UNPROCESSABLE_ENTITY, saved=False)
    try:
        _keep(request, report, tree, document)
    except Stale as stale:
        return _conflict(request, stale.current, tree)
    except KeyReused:
        words = _("Nothing was saved: this page had been sent before with other words. Check them, then save again")
        form.add_error(None, words)
        return _form_page(request, report, form, looked, status=HTTPStatus.UNPROCESSABLE_ENTITY, saved=False)
    return _saved(request, report, document)


def _keep(request: HttpRequest, report: Report, tree: Tree, document: str) -> None:
    version = number_sent(request.POST.get("version", ""))
    by: Any = request.user

    def act() -> dict[str, int]:
        saved = save_report(report=report, title=title_of(tree), document=document, expected_version=version, by=by)
        return {"version": saved.version}

    once(
        by=by, key=request.POST.get("key", "")[:80] or new_key(), body={"document": document, "of": report.pk}, act=act
    )


def _saved(request: HttpRequest, report: Report, document: str) -> HttpResponse:
    looked = look_at(document, report.service)
    if looked.may_be_made:
        messages.success(request, _("Saved. This is how the report reads now"))
        return redirect("report", report.pk)
    words = _("Saved; it cannot be made until the problems listed below are put right")
    if looked.built is None or looked.built.report.is_draft:
        words = _("Saved as a draft; it cannot be made until the problems listed below are put right")
    messages.warning(request, words)
    return HttpResponseRedirect(reverse("edit-report", args=[report.pk]))


def _conflict(request: HttpRequest, newest: Report, yours: Tree) -> HttpResponse:
    """Somebody saved meanwhile: show both texts of what clashes; what only one person changed is kept from each."""
    base_text = report_as_saved(newest, number_sent(request.POST.get("version", "")))
    base = tree_of(base_text).value if base_text is not None else None
    theirs = tree_of(newest.document).value or {}
    both = merged(_as_form(base), _as_form(theirs) or {}, yours)
    form = ReportForm(flat_of(both.tree))
    form.is_valid()
    newest = report_by_id(newest.pk) or newest
    looked = look_at(newest.document, newest.service)
    return _form_page(request, newest, form, looked, status=HTTPStatus.CONFLICT, both=both, saved=False)


def _as_form(tree: Tree | None) -> Tree | None:
    """A saved text as the form would write it, so that only what a person changed differs."""
    return None if tree is None else tree_from(flat_of(tree), tree)


def _form_page(
    request: HttpRequest,
    report: Report,
    form: ReportForm,
    looked: LookedAt,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    notice: str = "",
    goal: str = "",
    both: Merged | None = None,
    saved: bool = True,
) -> HttpResponse:
    """`saved` is true where the form shows just what is on record, so that the report's own problems are about it."""
    elsewhere = form.show(looked.errors) if saved else []
    shown_elsewhere = shown(elsewhere, report, form, previewed=False)
    context = {
        "report": report,
        "form": form,
        "elsewhere": shown_elsewhere,
        "cautions": cautions(form, looked.warnings) if saved else [],
        "sections": drawn_sections(form),
        "references": references(looked.built.figures if looked.built else None),
        "version": report.version,
        "key": new_key(),
        "notice": notice,
        "goal": input_at(form, goal.replace("-", ".")) if goal else "",
        "both": both,
        "crumbs": to_report(report),
        "service_name": report.service.name,
    }
    return render(request, "web/reports/edit.html", context, status=status)


@report_page(Action.EDIT_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, report: Report) -> HttpResponse:
    """The report's own file: take it away, or put another in its place."""
    form = SourceForm(request.POST or None, request.FILES or None, initial={"version": report.version})
    problems: tuple[Problem, ...] = ()
    status = HTTPStatus.OK
    if form.is_valid():
        document, problems = _uploaded(form, report)
        if not problems:
            try:
                tree = tree_of(document).value or {}
                version = form.cleaned_data["version"]
                save_report(
                    report=report,
                    title=title_of(tree),
                    document=document,
                    expected_version=version,
                    by=request.user,  # type: ignore[arg-type]
                )
            except Stale as stale:
                status = HTTPStatus.CONFLICT
                form = SourceForm(initial={"version": stale.current.version})
            else:
                return _saved(request, report, document)
    if problems or form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "report": report,
        "form": form,
        "problems": problems,
        "newest": report_by_id(report.pk) if status == HTTPStatus.CONFLICT else None,
        "looked": look_at(report.document, report.service),
        "crumbs": to_report(report),
        "service_name": report.service.name,
    }
    return render(request, "web/reports/source.html", context, status=status)


def _uploaded(form: SourceForm, report: Report) -> tuple[str, tuple[Problem, ...]]:
    """The text of the file that was sent, or every reason why it cannot take the report's place."""
    data = form.cleaned_data["file"].read()
    problems = why_unreadable(data)
    if problems:
        form.add_error("file", _("The file was not taken: put right what is listed below, then choose it again"))
        return "", problems
    return data.decode("utf-8-sig"), ()
