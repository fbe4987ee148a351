"""What is public: every published inspection, each of its versions, and its figures as files. No sign-in."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.records.models import Publication
from aboveline.records.queries.publishing import published_inspections, versions_out
from aboveline.rendering.spreadsheet_ods import MIME
from aboveline.web.components import Cell, Column, Crumb, Table
from aboveline.web.policies import public
from aboveline.web.presenters.caseloads import moment
from aboveline.web.presenters.published import named, result_page
from aboveline.web.presenters.published_files import DICTIONARY, as_csv, as_json, as_ods

FILES: Mapping[str, tuple[str, Callable[[Publication], bytes]]] = {
    "ods": (MIME, as_ods),
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
}


@public
def published(request: HttpRequest) -> HttpResponse:
    columns = (
        Column("inspection", _("Inspection")),
        Column("service", _("Service")),
        Column("published", _("Published")),
    )
    rows = tuple(
        (
            Cell(named(one.snapshot), href=reverse("published-inspection", args=[one.inspection_id])),
            Cell(one.snapshot["inspection"]["service"]),
            Cell(moment(one.publish_at), detail=_("Corrected") if one.reason else ""),
        )
        for one in published_inspections()
    )
    table = Table("published", _("Published inspections"), columns, rows, caption_hidden=True)
    return render(request, "web/published/list.html", {"table": table})


@public
def published_inspection(request: HttpRequest, published_id: int) -> HttpResponse:
    """The newest version; not found before its moment."""
    return _version(request, published_id, None)


@public
def published_version(request: HttpRequest, published_id: int, ordinal: int) -> HttpResponse:
    return _version(request, published_id, ordinal)


def _found(published_id: int, ordinal: int | None) -> tuple[Publication, list[Publication]]:
    out = list(versions_out(published_id))
    wanted = [one for one in out if ordinal in (None, one.ordinal)]
    if not wanted:
        raise Http404
    return wanted[0], out


def _version(request: HttpRequest, published_id: int, ordinal: int | None) -> HttpResponse:
    publication, out = _found(published_id, ordinal)
    context = {
        "page": result_page(publication.snapshot),
        "publication": publication,
        "newest": out[0],
        "versions": _versions(out),
        "extensions": list(FILES),
        "dictionary": list(DICTIONARY.items()),
        "synthetic_result": publication.snapshot["inspection"]["synthetic"],
        "crumbs": (Crumb(_("Published inspections"), reverse("published")),),
    }
    return render(request, "web/published/result.html", context)


def _versions(out: list[Publication]) -> Table:
    columns = (Column("version", _("Version")), Column("published", _("Published")), Column("why", _("Why")))
    rows = tuple(
        (
            Cell(str(one.ordinal), href=reverse("published-version", args=[one.inspection_id, one.ordinal])),
            Cell(moment(one.publish_at)),
            Cell(one.reason or _("First publication")),
        )
        for one in out
    )
    return Table("versions", _("Versions"), columns, rows, caption_hidden=True)


@public
def published_file(request: HttpRequest, published_id: int, ordinal: int, extension: str) -> HttpResponse:
    publication, _all = _found(published_id, ordinal)
    if extension not in FILES:
        raise Http404
    kind, made = FILES[extension]
    name = f"inspection-{published_id}-version-{ordinal}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made(publication), content_type=kind, headers=headers)
