"""The case list: what is on record, a new one uploaded, its columns, its problems, and confirming or discarding it."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.domain.caseload import FIELDS
from aboveline.domain.caseload_problems import SAME_LIST
from aboveline.domain.problems import Problem, ProblemsFound, Severity
from aboveline.jobs import casework
from aboveline.jobs.caseloads import BLANK_KINDS, CaseListColumns, blank_case_list
from aboveline.jobs.inspections import framework_of
from aboveline.records.actions.caseloads import AssessmentsExist, SameList, discard_upload
from aboveline.records.actions.saving import Stale
from aboveline.records.models import CaseloadUpload, Inspection
from aboveline.records.queries.caseloads import caseload_on_record, cases_on, draws_of, set_up_at
from aboveline.records.queries.cases import open_upload
from aboveline.records.queries.overview import stage_of
from aboveline.web.components import Cell, Column, Crumb, Table
from aboveline.web.forms.caseloads import ColumnsForm, UploadForm, shown_headings
from aboveline.web.forms.numbers import number_sent
from aboveline.web.policies import Action, inspection_page, may
from aboveline.web.presenters import caseloads as page_of
from aboveline.web.presenters.case_words import cases_words, field_words
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.list_problems import groups_table, problems_csv, problems_table, to_show
from aboveline.web.presenters.wording import inspection_name, told
from aboveline.web.views.requests import SignedInRequest

PER_PAGE = 50


@inspection_page(Action.SEE_SAMPLE)
def caseload(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    return _caseload(request, inspection, UploadForm())


@inspection_page(Action.SUPPLY_CASELOAD)
def upload(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Stage a file and go on to its columns; a file that is refused comes back with every reason, and is not kept."""
    if request.method != "POST" or _fixed(inspection):
        return redirect("caseload", inspection.pk)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _caseload(request, inspection, form)
    file = form.cleaned_data["list"]
    staged = casework.stage(inspection=inspection, content=file.read(), file_name=file.name, by=request.user)
    if staged.value is None:
        for problem in staged.errors:
            form.add_error("list", told(problem))
        return _caseload(request, inspection, form)
    return redirect("caseload-columns", inspection.pk)


@inspection_page(Action.SEE_SAMPLE)
def template(request: SignedInRequest, inspection: Inspection, extension: str) -> HttpResponse:
    """The blank case list, with the framework's own order types."""
    if extension not in BLANK_KINDS:
        raise Http404
    blank = blank_case_list(framework_of(inspection), extension)
    return _file(blank, f"case-list-{inspection.framework_id}.{extension}", BLANK_KINDS[extension])


@inspection_page(Action.SUPPLY_CASELOAD)
def columns(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Which column holds what: guessed, and corrected here."""
    staged = open_upload(inspection)
    if staged is None:
        return _nothing_staged(request, inspection)
    found = casework.columns_of(staged)
    if found.value is None:
        return redirect("caseload-check", inspection.pk)
    form = ColumnsForm(request.POST or None, columns=found.value, initial={"version": staged.version})
    if form.is_valid():
        return _save_columns(request, staged, found.value, form)
    return _columns(request, staged, found.value, form)


def _save_columns(
    request: SignedInRequest, staged: CaseloadUpload, found: CaseListColumns, form: ColumnsForm
) -> HttpResponse:
    """Save the choice; where someone else's came first, show theirs with what differs (409)."""
    version = form.cleaned_data["version"]
    try:
        casework.choose_columns(upload=staged, choices=form.choices, expected_version=version, by=request.user)
    except Stale as stale:
        if stale.current.closed_at:
            return _nothing_staged(request, staged.inspection)
        found = casework.columns_of(stale.current).value or found
        fresh = ColumnsForm(columns=found, initial={"version": stale.current.version})
        return _columns(request, stale.current, found, fresh, _differences(found, form))
    return redirect("caseload-check", staged.inspection_id)


def _differences(found: CaseListColumns, form: ColumnsForm) -> Table:
    """Field, the column on record now, and the column this person chose, where they differ."""
    shown: dict[int | None, str] = {None: _("Not in the list"), **dict(enumerate(shown_headings(found)))}
    now, chosen = found.mapping.columns, form.choices
    columns = tuple(Column(key, words) for key, words in (("f", _("Field")), ("n", _("Now")), ("y", _("You chose"))))
    rows = tuple(
        (Cell(field_words(name)), Cell(shown[now.get(name)]), Cell(shown[chosen[name]]))
        for name in FIELDS
        if now.get(name) != chosen[name]
    )
    return Table("differences", _("Where you chose differently"), columns, rows)


def _columns(
    request: SignedInRequest,
    staged: CaseloadUpload,
    found: CaseListColumns,
    form: ColumnsForm,
    conflict: Table | None = None,
) -> HttpResponse:
    used = set(found.mapping.columns.values())
    unused = [heading for index, heading in enumerate(shown_headings(found)) if index not in used]
    context = {"form": form, "columns": found, "unused": unused, "conflict": conflict, "staged": staged}
    status = HTTPStatus.OK if conflict is None else HTTPStatus.CONFLICT
    if form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _render(request, staged.inspection, "columns", context, status)


@inspection_page(Action.SUPPLY_CASELOAD)
def check(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Every problem at once, or what confirming would put on record; a POST confirms."""
    staged = open_upload(inspection)
    if staged is None:
        return _nothing_staged(request, inspection)
    if request.method == "POST":
        return _confirm(request, staged)
    return _check(request, staged)


def _confirm(request: SignedInRequest, staged: CaseloadUpload) -> HttpResponse:
    version = number_sent(request.POST.get("version", ""))
    try:
        made = casework.confirm(upload=staged, expected_version=version, by=request.user)
    except Stale as stale:
        if stale.current.closed_at:
            return _nothing_staged(request, staged.inspection)
        return _check(request, stale.current, HTTPStatus.CONFLICT)
    except ProblemsFound:
        return _check(request, staged, HTTPStatus.UNPROCESSABLE_ENTITY)
    except SameList:
        messages.info(request, _("This is the list that is on record already. Nothing was changed"))
        discard_upload(upload=staged, by=request.user)
    except AssessmentsExist:
        messages.warning(request, _("Cases of the list on record were drawn meanwhile. Nothing was changed"))
    else:
        words = _("The case list is on record: {cases} can be drawn")
        messages.success(request, words.format(cases=cases_words(made.eligible)))
    return redirect("caseload", staged.inspection_id)


def _check(request: SignedInRequest, staged: CaseloadUpload, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    looked = casework.look(staged)
    errors, warnings = looked.read.errors, [p for p in looked.read.problems if p.severity is Severity.WARNING]
    table = problems_table([*errors, *warnings]).sorted_by(request.GET.get("sort"))
    page = Paginator(table.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "staged": staged,
        "errors": errors,
        "warnings": [p for p in warnings if p.code != SAME_LIST.code],
        "same": any(p.code == SAME_LIST.code for p in warnings),
        "sentence": page_of.problems_sentence(len(errors), len({p.place.row for p in errors if p.place.row})),
        "groups": groups_table(errors),
        "table": replace(table, rows=to_show(page.object_list)),
        "page": page,
        "preview": page_of.preview(looked, framework_of(staged.inspection)),
        "replaces": caseload_on_record(staged.inspection),
        "conflict": status is HTTPStatus.CONFLICT,
    }
    return _render(request, staged.inspection, "check", context, status)


@inspection_page(Action.SUPPLY_CASELOAD)
def problems(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Every problem of the staged list as a file."""
    staged = open_upload(inspection)
    if staged is None:
        return _nothing_staged(request, inspection)
    found: tuple[Problem, ...] = casework.look(staged).read.problems
    return _file(problems_csv(found), "case-list-problems.csv", "text/csv; charset=utf-8")


@inspection_page(Action.SUPPLY_CASELOAD)
def discard(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Ask, then discard the staged list and empty its file."""
    staged = open_upload(inspection)
    if staged is None:
        return _nothing_staged(request, inspection)
    if request.method != "POST":
        return _render(request, inspection, "discard", {"staged": staged})
    discard_upload(upload=staged, by=request.user)
    messages.success(request, _("The uploaded list was discarded. What is on record has not changed"))
    return redirect("caseload", inspection.pk)


def _caseload(request: SignedInRequest, inspection: Inspection, form: UploadForm) -> HttpResponse:
    on_record = caseload_on_record(inspection)
    cases = list(cases_on(on_record)) if on_record else []
    may_supply = may(request.standing, Action.SUPPLY_CASELOAD)
    context = {
        "page": page_of.caseload_page(inspection, framework_of(inspection), on_record, cases),
        "seed": page_of.seed_sentence(inspection, set_up_at(inspection)),
        "form": form,
        "may_supply": may_supply,
        "fixed": _fixed(inspection),
        "staged": open_upload(inspection) if may_supply else None,
        "on_record": on_record,
        "draws": len(draws_of(inspection)),
        "extensions": list(BLANK_KINDS),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _render(request, inspection, "caseload", context, status)


def _fixed(inspection: Inspection) -> bool:
    """True where the list on record can no longer give way to another."""
    stage = stage_of(inspection)
    return bool(stage.draws or stage.begun)


def _nothing_staged(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Someone (perhaps this person's own second click) confirmed or discarded it."""
    messages.info(
        request, _("No uploaded list is waiting: it was put on record or discarded. This is what is on record")
    )
    return redirect("caseload", inspection.pk)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _render(
    request: SignedInRequest, inspection: Inspection, name: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    crumbs = to_inspection(inspection)
    if name != "caseload":
        crumbs = (*crumbs, Crumb(_("Case list"), reverse("caseload", args=[inspection.pk])))
    own = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "caption": inspection_name(inspection),
        "crumbs": crumbs,
    }
    return render(request, f"web/caseloads/{name}.html", own | context, status=status)
