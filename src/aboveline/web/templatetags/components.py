"""The components of every page. Each draws one template of `web/components/` from a plain value."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from aboveline.rendering.charts import Band, Chart
from aboveline.web.components import Crumb, ScoreFigure, SummaryRow, Table
from aboveline.web.forms.bound_field import DesignSystemBoundField
from aboveline.web.forms.error_summary import error_links
from aboveline.web.presenters import wording

register = template.Library()


@register.filter_function
def said(text: object) -> str:
    """A framework's wording in the reader's language. A sentence of the domain needs no filter."""
    return wording.said(text)


@register.inclusion_tag("web/components/navigation.html", takes_context=True)
def primary_navigation(context: template.Context) -> dict[str, Any]:
    """The parts of the product that exist, from `navigation`: (url name, words). The part in hand is marked."""
    request = context.get("request")
    path = request.path if request else ""
    items = [(_address(name), words) for name, words in context.get("navigation") or ()]
    return {"items": [(href, words, _current(href, path)) for href, words in items if href]}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _current(href: str, path: str) -> str:
    """The value of aria-current: "page" here, "true" for a page further down, else empty."""
    if path == href:
        return "page"
    return "true" if href != "/" and path.startswith(href) else ""


@register.inclusion_tag("web/components/page_heading.html")
def page_heading(text: str, caption: str = "", size: str = "xl") -> dict[str, Any]:
    return {"text": text, "caption": caption, "size": size}


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """Forms, formsets, or iterables of ErrorLinks; draws nothing where there is no error. Goes above the heading."""
    return {"links": error_links(*sources)}


@register.simple_tag
def field_group(field: DesignSystemBoundField, size: str = "", **options: Any) -> str:
    """One field with presentation options.

    `size` s, m, l or xl of the label or legend; `page_heading` makes it the page's heading; `inline` and `small` for
    radios and checkboxes; `prefix` and `suffix` for inputs; `group_class` for the whole group.
    """
    if size:
        options |= {
            "label_class": f"govuk-label govuk-label--{size}",
            "legend_class": f"govuk-fieldset__legend govuk-fieldset__legend--{size}",
        }
    return field.group(**options)


@register.inclusion_tag("web/components/score_figure.html")
def score_figure(score: ScoreFigure, chart: Chart | None = None, heading: int = 2) -> dict[str, Any]:
    counts = {"sufficient": f"{score.sufficient:,}", "applicable": f"{score.applicable:,}"}
    return {"score": score, "chart": chart, "heading": f"h{heading}"} | counts


@register.inclusion_tag("web/components/chart.html", name="chart")
def chart_figure(chart: Chart) -> dict[str, Any]:
    return {"chart": chart}


@register.inclusion_tag("web/components/band_key.html")
def band_key(bands: Sequence[Band]) -> dict[str, Any]:
    """What the shades of a chart mean: each band's name with its range of whole percents, weakest first."""
    return {"bands": [(band, _range(band)) for band in sorted(bands, key=lambda b: b.low)]}


def _range(band: Band) -> str:
    if band.low == 0:
        return gettext("under {edge}%").format(edge=f"{band.high:g}")
    if band.high == 100:
        return gettext("{edge}% and over").format(edge=f"{band.low:g}")
    return f"{band.low:g}–{band.high - 1:g}%"


@register.simple_tag
def drawing(svg: str) -> SafeString:
    """An SVG made by `aboveline.rendering.charts*`, which escape every text and attribute they are given."""
    return SafeString(svg)


@register.inclusion_tag("web/components/table.html", takes_context=True)
def sortable_table(context: template.Context, table: Table) -> dict[str, Any]:
    request = context.get("request")
    query = request.GET.copy() if request else None
    headings = [heading | {"href": _sort_address(query, table, heading["next"])} for heading in table.headings]
    sortable = any(column.sortable for column in table.columns)
    return {"table": table, "headings": headings, "sortable": sortable}


def _sort_address(query: Any, table: Table, sort: str) -> str:
    if query is None:
        return f"?{table.parameter}={sort}#{table.id}"
    query[table.parameter] = sort
    return f"?{query.urlencode()}#{table.id}"


@register.inclusion_tag("web/components/empty_state.html")
def empty_state(title: str, text: str = "", href: str = "", action: str = "") -> dict[str, Any]:
    return {"title": title, "text": text, "href": href, "action": action}


@register.inclusion_tag("web/components/notification.html")
def notification(text: str, kind: str = "information") -> dict[str, Any]:
    """`kind` is success, information, warning or error. Only a success is announced at once."""
    return {"text": text, "kind": kind}


@register.inclusion_tag("web/components/breadcrumbs.html")
def breadcrumbs(crumbs: Iterable[Crumb]) -> dict[str, Any]:
    return {"crumbs": list(crumbs)}


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: "Page[Any]") -> dict[str, Any]:
    return {
        "page": page,
        "request": context.get("request"),
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
    }


@register.simple_tag
def tag(text: str, tone: int = 0) -> SafeString:
    """A tag. `tone` 1 (weakest) to 4 (strongest) shades it as bands are; 0 is neutral."""
    return format_html('<strong class="ab-tag ab-tag--{}">{}</strong>', tone, text)


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.simple_block_tag
def summary_sentence(content: str) -> SafeString:
    """The sentence a page begins with: what is true, in words, before any figure."""
    return format_html('<p class="ab-summary">{}</p>', content)


@register.inclusion_tag("web/components/summary_list.html")
def summary_list(rows: Iterable[SummaryRow]) -> dict[str, Any]:
    return {"rows": list(rows)}


@register.inclusion_tag("web/components/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, Any]:
    return {"done": done, "total": total, "label": label}


@register.simple_tag
def synthetic_banner() -> str:
    return render_to_string("web/components/synthetic_banner.html")


@register.simple_tag
def draft_mark() -> str:
    return render_to_string("web/components/draft_mark.html")
