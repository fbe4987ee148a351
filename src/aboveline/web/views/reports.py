"""Committee reports: the list, starting one, its page, its files, and binding its figures again."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aboveline.domain.problems import Problem, Severity
from aboveline.jobs.inspections import scores_of
from aboveline.jobs.service_report_figures import RecordFigures, open_to_reports
from aboveline.jobs.service_report_start import started
from aboveline.jobs.service_reports import bound_as_now, build, figures_now, look_at, title_of, tree_of
from aboveline.records.actions.reports import add_report, bind_report, note_report_downloaded
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Inspection, Report, Service, User
from aboveline.records.queries.inspections import inspections_at
from aboveline.records.queries.people import services_of, standing_at
from aboveline.records.queries.services import reports_of
from aboveline.records.queries.trail import events_on
from aboveline.web.forms.numbers import number_sent
from aboveline.web.forms.reports import ReportForm, flat_of, new_key
from aboveline.web.forms.reports_new import NewReportForm
from aboveline.web.policies import Action, allowed, may, report_page, signed_in
from aboveline.web.presenters import reports as page_of

PER_PAGE = 20
HISTORY_SHOWN = 50
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}


@signed_in
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    services = _services(user, Action.SEE_REPORT)
    mine = {service.pk for service in services}
    found = [report for report in reports_of(user) if report.service_id in mine]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    table = page_of.reports_table(
        ((report, look_at(report.document, report.service)) for report in page), several=len(services) > 1
    )
    context = {
        "page": page,
        "table": table.sorted_by(request.GET.get("sort")),
        "may_begin": bool(_services(user, Action.EDIT_REPORT)),
        "crumbs": page_of.to_reports()[:1],
    }
    return render(request, "web/reports/list.html", context)


def _person(request: HttpRequest) -> User:
    """Who is asking. The guard of every page here has made sure that somebody is signed in."""
    return cast("User", request.user)


def _services(user: User, action: Action) -> list[Service]:
    return [service for service in services_of(user) if may(standing_at(user, service), action)]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_report(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    services = _services(user, Action.EDIT_REPORT)
    if not services:
        raise Http404
    inspections = [one for service in services for one in _to_report_on(user, service)]
    form = NewReportForm(request.POST or None, inspections=inspections, initial=_first_choices(request, inspections))
    if form.is_valid():
        try:
            made = _begin(form, user)
        except KeyReused:
            form.data = {name: form.data[name] for name in form.data} | {"key": new_key()}
            form.add_error(None, _("This page was sent before with other values. Check them and send it again"))
        else:
            messages.success(request, _("The report is begun. What is blank says so; nothing is assumed"))
            return redirect("report", made["report"])
    context = {"form": form, "inspections": inspections, "crumbs": page_of.to_reports()}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "web/reports/new.html", context, status=status)


def _to_report_on(user: User, service: Service) -> list[Inspection]:
    """The scored inspections of a service whose scores this person sees, and readers of a report may see."""
    seen = allowed(user, inspections_at(service), Action.SEE_SCORES)
    return [one for one in seen if open_to_reports(one) and _scored(one)]


def _scored(inspection: Inspection) -> bool:
    return scores_of(inspection).scores.scored


def _first_choices(request: HttpRequest, inspections: list[Inspection]) -> dict[str, str]:
    asked = request.GET.get("inspection", "")
    known = {str(one.pk): one for one in inspections}
    chosen = known.get(asked) or (inspections[0] if len(inspections) == 1 else None)
    subject = _("Inspection of youth justice work") if chosen else ""
    return {"key": new_key(), "inspection": str(chosen.pk) if chosen else "", "subject": subject}


def _begin(form: NewReportForm, by: User) -> dict[str, int]:
    inspection, beginning = form.chosen

    def begin() -> dict[str, int]:
        document = started(beginning, inspection)
        title = title_of(tree_of(document).value or {})
        return {"report": add_report(service=inspection.service, title=title, document=document, by=by).pk}

    body = {name: str(value) for name, value in form.cleaned_data.items() if name != "key"}
    return once(by=by, key=form.cleaned_data["key"], body=body, act=begin)


@report_page(Action.SEE_REPORT)
@require_safe
def report(request: HttpRequest, report: Report) -> HttpResponse:
    return _page(request, report)


def _page(request: HttpRequest, report: Report, refused: Sequence[Problem] = ()) -> HttpResponse:
    """`refused` is why a file of the report could not be made, warnings beside errors."""
    looked = look_at(report.document, report.service)
    errors = [problem for problem in refused if problem.severity is Severity.ERROR] or looked.errors
    form = ReportForm(flat_of(looked.tree))
    previewed = looked.built is not None
    context = {
        "report": report,
        "looked": looked,
        "refused": bool(refused),
        "state": page_of.state_words(looked),
        "preview": page_of.preview(looked.built.outline) if looked.built else "",
        "errors": page_of.shown(errors, report, form, previewed=previewed),
        "warnings": page_of.shown(looked.warnings, report, form, previewed=previewed),
        "sets": page_of.sets_shown(looked, RecordFigures(report.service)),
        "history": page_of.history(events_on(report)[:HISTORY_SHOWN]),
        "may_edit": may(request.standing, Action.EDIT_REPORT),  # type: ignore[attr-defined]
        "crumbs": page_of.to_reports(),
        "service_name": report.service.name,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "web/reports/report.html", context, status=status)


@report_page(Action.SEE_REPORT)
@require_safe
def report_file(request: HttpRequest, report: Report, form: str) -> HttpResponse:
    """The report as a file, noted on the trail before it is handed out; where it cannot be made, the page says why."""
    if form not in CONTENT_TYPES:
        raise Http404
    if form == "yaml":
        data = report.document.encode()
    else:
        made = build(report, form)
        if made.value is None:
            return _page(request, report, made.problems)
        data = made.value
    note_report_downloaded(report=report, form=form, by=_person(request))
    name = slugify(report.title)[:60].strip("-") or f"report-{report.pk}"
    disposition = f'attachment; filename="{name}.{form}"'
    return HttpResponse(data, content_type=CONTENT_TYPES[form], headers={"Content-Disposition": disposition})


@report_page(Action.EDIT_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def bind(request: HttpRequest, report: Report) -> HttpResponse:
    """Pin the report to the figures as they are now: an act of its own, after they have been looked at."""
    looked = look_at(report.document, report.service)
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            seen = number_sent(request.POST.get("version", ""))
            if request.POST.get("seen") != figures_now(looked):
                raise Stale(report)
            bind_report(report=report, document=bound_as_now(looked), expected_version=seen, by=_person(request))
        except Stale:
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The figures are bound as they are now"))
            return redirect("report", report.pk)
    context = {
        "report": report,
        "sets": page_of.sets_shown(looked, RecordFigures(report.service)),
        "seen": figures_now(looked),
        "conflict": status == HTTPStatus.CONFLICT,
        "crumbs": page_of.to_report(report),
        "service_name": report.service.name,
    }
    return render(request, "web/reports/bind.html", context, status=status)
