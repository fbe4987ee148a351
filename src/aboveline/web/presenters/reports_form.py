"""The form of a committee report as a page draws it: sections of parts, each with its template."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from aboveline.domain.committee_entry import FigureRef
from aboveline.domain.committee_figures import Figures
from aboveline.domain.problems import Problem
from aboveline.web.forms.bound_field import DesignSystemBoundField
from aboveline.web.forms.reports import ReportForm
from aboveline.web.forms.reports_finance import MONEY, Finance
from aboveline.web.forms.reports_groups import Entry, Group, Objectives, Rows
from aboveline.web.forms.reports_nodes import Node
from aboveline.web.forms.reports_schema import Section, sections


@dataclass(frozen=True)
class Drawn:
    """One part: `kind` names its template. What it holds is fields, other parts, or lines of a table of fields."""

    kind: str
    name: str
    label: str = ""
    hint: str = ""
    fields: tuple[Any, ...] = ()
    parts: tuple["Drawn", ...] = ()
    columns: tuple[str, ...] = ()
    lines: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    level: int = 3

    @property
    def template(self) -> str:
        return f"web/reports/parts/{self.kind}.html"

    @property
    def plain(self) -> bool:
        """True where it holds single fields only, which may stand side by side."""
        return all(part.kind == "field" for part in self.parts)


@dataclass(frozen=True)
class DrawnSection:
    id: str
    heading: str
    parts: tuple[Drawn, ...]
    errors: int


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning with the input it is about; `target` is empty where the form has none."""

    words: str
    remedy: str
    target: str


def drawn_sections(form: ReportForm) -> list[DrawnSection]:
    return [_section(section, form) for section in sections()]


def _section(section: Section, form: ReportForm) -> DrawnSection:
    parts = tuple(draw(node, key, form) for key, node in section.nodes.items())
    errors = sum(name.partition("-")[0] in section.nodes for name in form.errors)
    return DrawnSection(section.id, str(section.heading), parts, errors)


def draw(node: Node, name: str, form: ReportForm, level: int = 3) -> Drawn:
    if isinstance(node, Finance):
        return _finance(node, name, form)
    if isinstance(node, Entry):
        return _entry(node, name, form, level)
    if isinstance(node, Group):
        parts = tuple(draw(inner, f"{name}-{key}", form, level + 1) for key, inner in node.nodes.items())
        return Drawn("group", name, str(node.label), str(node.hint), parts=parts, level=level)
    if isinstance(node, Rows):
        return _rows(node, name, form, level)
    if isinstance(node, Objectives):
        marks = tuple(form[f"{name}-impacts-{code}"] for code, _mark in node.marks(name, form.data))
        return Drawn("objectives", name, str(node.label), fields=(form[f"{name}-list"], *marks))
    return Drawn("field", name, fields=(form[name],))


def _entry(node: Entry, name: str, form: ReportForm, level: int) -> Drawn:
    fields = (form[f"{name}-state"], form[f"{name}-reason"])
    content = draw(node.content, f"{name}-text", form, level + 1)
    # Its heading stands just above: the label of the box itself is for those who do not see it.
    content = replace(content, kind="answer") if content.kind == "field" else content
    return Drawn("entry", name, str(node.label), str(node.hint), fields, (content,), level=level)


def _rows(node: Rows, name: str, form: ReportForm, level: int) -> Drawn:
    count = node.count(name, form.data)
    parts = tuple(_row(node, name, index, form, level + 1) for index in range(count))
    return Drawn("rows", name, str(node.label), str(node.one), (form[f"{name}-count"],), parts, level=level)


def _row(node: Rows, name: str, index: int, form: ReportForm, level: int) -> Drawn:
    label = _("{what} {number}").format(what=node.one, number=index + 1)
    inner = draw(node.row, f"{name}-{index}", form, level)
    return Drawn("row", f"{name}-{index}", label, parts=inner.parts, level=level)


def _finance(node: Finance, name: str, form: ReportForm) -> Drawn:
    columns = tuple(MONEY.columns(name, form.data))
    lines = tuple(
        (str(words), tuple(form[MONEY.cell(name, row, year)] for year in columns)) for row, words in MONEY.rows
    )
    parts = {key: draw(inner, f"{name}-{key}", form, 4) for key, inner in node.nodes.items()}
    money = Drawn("money", name, fields=(form[f"{name}-columns"],), columns=columns, lines=lines)
    ordered = (parts["statement"], money, parts["years"], parts["external_funding"])
    return Drawn("group", name, str(node.label), parts=ordered)


def cautions(form: ReportForm, problems: tuple[Problem, ...]) -> list[Caution]:
    """Warnings, each with the id of the input it is about."""
    return [Caution(p.message, p.remedy, input_at(form, p.place.path or "")) for p in problems]


def input_at(form: ReportForm, path: str) -> str:
    """The id of the input that a path of the report is shown in, or empty."""
    name = form.name_at(path)
    field: DesignSystemBoundField | None = form[name] if name else None  # type: ignore[assignment]
    return field.first_input_id if field else ""


def references(figures: Figures | None) -> list[tuple[str, str]]:
    """What can be written into a text to print a bound figure, and what it prints now."""
    if figures is None:
        return []
    return [("{{" + known + "}}", words) for known, words in _known(figures)]


def _known(figures: Figures) -> Iterator[tuple[str, str]]:
    for known in figures.known_references():
        kind, _dot, theme = known.partition(".")
        yield known, figures.words_for(FigureRef(kind, theme)) or ""
