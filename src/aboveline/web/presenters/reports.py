"""Committee reports as pages show them: the list, and one report with its preview, problems, figures and history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aboveline.domain.committee_figures import Binding
from aboveline.domain.committee_headings import HEADINGS as PRINTED
from aboveline.domain.problems import Problem
from aboveline.domain.sentences import Sentence
from aboveline.jobs.service_report_figures import RecordFigures
from aboveline.jobs.service_reports import LookedAt, bound_sets, meetings_of
from aboveline.records.models import AuditEvent, Report
from aboveline.rendering.outline import Heading, Outline
from aboveline.rendering.report_html import html_fragment
from aboveline.web.components import Cell, Column, Crumb, Table
from aboveline.web.forms.reports import ReportForm
from aboveline.web.presenters.reports_form import input_at
from aboveline.web.presenters.wording import day_of, said

#: the heading of the printed report under which each part of its file stands
HEADINGS: Mapping[str, str] = {
    "purpose": "purpose-and-summary",
    "figures": "scores",
    "reason_decision_required": "reason-why-decision-required",
    "recommendations": "recommendations",
    "key_decision": "key-decision",
    "forward_plan": "forward-plan",
    "commitments": "commitments-to-report-back",
    "implementation_date": "implementation-date",
    "alternative_options": "alternative-options",
    "budget_policy_framework": "budget-and-policy-framework",
    "financial": "financial",
    "legal": "legal",
    "risk_assessment": "risk-assessment",
    "asset_management": "asset-management",
    "corporate_objectives": "corporate-objective-monitoring",
    "ensuring_integration": "links-to-ensuring-integration",
    "childrens_services_targets": "impact-on-children-s-services-targets-and-priorities",
    "background_papers": "background-papers-relied-upon",
    "background": "background",
    "improvement_plan": "improvement-plan",
}
PREFIX = "report-"
SETS = {
    "scores": gettext_lazy("Scores"),
    "original": gettext_lazy("Scores of the first inspection"),
    "comparator": gettext_lazy("Comparison"),
}
VERBS: Mapping[str, object] = {
    "report.added": gettext_lazy("began the report"),
    "report.saved": gettext_lazy("saved the report"),
    "report.bound": gettext_lazy("bound the figures to the scores as they then were"),
    "report.downloaded": gettext_lazy("downloaded the report"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem with where it is read and where it is put right; either address may be empty.

    `parts` are several of one kind, told as one: each has its own addresses, and its heading for a message.
    """

    message: str
    remedy: str
    see: str
    correct: str
    line: int | None = None
    parts: tuple["Shown", ...] = ()


@dataclass(frozen=True, slots=True)
class SetShown:
    """A set of figures, how it is bound, and whether it still is what the report was written on."""

    name: str
    title: str
    href: str
    state: str
    matches: bool
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    when: str
    who: str
    words: str


def reports_table(rows: Iterable[tuple[Report, LookedAt]], *, several: bool) -> Table:
    """Reports with where they go, their state and their last change; `several` adds the service."""
    columns = [Column("title", _("Report")), Column("to", _("Report to")), Column("state", _("State"))]
    columns += [Column("service", _("Service"))] if several else []
    columns += [Column("changed", _("Last changed"))]
    return Table(
        id="reports",
        caption=_("Committee reports"),
        caption_hidden=True,
        columns=tuple(columns),
        rows=tuple(_row(report, looked, several) for report, looked in rows),
    )


def _row(report: Report, looked: LookedAt, several: bool) -> tuple[Cell, ...]:
    meetings = meetings_of(looked.tree)
    to = "; ".join(f"{body}, {day_of(day)}" for body, day in meetings) or _("No meeting given")
    changed = localtime(report.changed_at)
    cells = [
        Cell(report.title, reverse("report", args=[report.pk])),
        Cell(to, order=min((day for _body, day in meetings), default=None)),
        Cell(state_words(looked), detail=_warning_words(looked)),
    ]
    cells += [Cell(report.service.name)] if several else []
    when = date_format(changed, "j F Y, H:i")
    return (*cells, Cell(when, order=changed, detail=report.changed_by.name))


def state_words(looked: LookedAt) -> str:
    if not looked.may_be_made:
        count = len(looked.errors) or 1
        return ngettext("Cannot be made: {n} problem", "Cannot be made: {n} problems", count).format(n=count)
    status = looked.built.report.status if looked.built else ""
    return {"draft": _("Draft"), "cleared": _("Cleared"), "published": _("Published")}.get(status, "")


def _warning_words(looked: LookedAt) -> str:
    count = len(looked.warnings)
    return ngettext("{n} warning", "{n} warnings", count).format(n=count) if count else ""


def to_reports() -> tuple[Crumb, ...]:
    return (Crumb(_("Home"), reverse("home")), Crumb(_("Committee reports"), reverse("reports")))


def to_report(report: Report) -> tuple[Crumb, ...]:
    return (*to_reports(), Crumb(report.title, reverse("report", args=[report.pk])))


def preview(outline: Outline) -> str:
    """The report's own HTML to stand inside a page: headings one level down, ids that no other part of a page has."""
    blocks = tuple(
        replace(block, level=block.level + 1, id=f"{PREFIX}{block.id}") if isinstance(block, Heading) else block
        for block in outline.blocks
    )
    # The writer's words are escaped in the fragment, so its own title is the only h1 there is.
    fragment = html_fragment(replace(outline, blocks=blocks))
    return fragment.replace("<h1>", '<h2 id="report-title">').replace("</h1>", "</h2>")


def shown(problems: Sequence[Problem], report: Report, form: ReportForm, *, previewed: bool) -> list[Shown]:
    """Each problem with a link to its heading in the preview and to its input in the form; blanks are told as one."""
    edit = reverse("edit-report", args=[report.pk])
    pairs = [(problem, _shown(problem, edit, form, report, previewed)) for problem in problems]
    blank = [
        replace(one, message=PRINTED.get(problem.place.path or "", one.message))
        for problem, one in pairs
        if problem.code in _BLANK
    ]
    if len(blank) < 2:
        return [one for _problem, one in pairs]
    rest = [one for problem, one in pairs if problem.code not in _BLANK]
    return [*rest, _blank_together(blank)]


def _blank_together(blank: Sequence[Shown]) -> Shown:
    message = _("{n} headings are blank.").format(n=len(blank))
    remedy = _("Answer each, or say that it is not applicable (with the reason) or not considered.")
    return Shown(message, remedy, "", "", parts=tuple(blank))


def _shown(problem: Problem, edit: str, form: ReportForm, report: Report, previewed: bool) -> Shown:
    path = problem.place.path or ""
    key = path.replace("[", ".").partition(".")[0]
    see = (f"#{PREFIX}{HEADINGS[key]}" if key in HEADINGS else "#report-title") if previewed else ""
    target = input_at(form, path)
    correct = f"{edit}#{target}" if target else reverse("report-source", args=[report.pk])
    if key == "figures":
        correct = reverse("bind-report", args=[report.pk])
    # The remedy for a file says what to write in it; here a button does that.
    remedy = _REMEDIES.get(problem.code, problem.remedy)
    return Shown(_message(problem, path), said(remedy), see, correct, problem.place.line)


def _message(problem: Problem, path: str) -> str:
    """The message; a set of figures by what it is instead of by its reference."""
    words = _MESSAGES.get(problem.code)
    name = path.rpartition(".")[2]
    return str(words).format(set=SETS[name]) if words and name in SETS else problem.message


_BLANK = {"report.left-blank", "report.blank-in-final"}
_MESSAGES = {
    "report.figure-changed": gettext_lazy("{set}: the figures are no longer those this report was written on."),
    "report.figures-not-pinned": gettext_lazy("{set}: the report does not record which figures it was written on."),
    "report.unknown-figures": gettext_lazy("{set}: there are no such figures on record or in what is published."),
}
_REMEDIES = {
    "report.figure-changed": gettext_lazy("Read the report against the new figures, then bind it to them."),
    "report.figures-not-pinned": gettext_lazy("Bind the figures; a later change of them will then stop the report."),
}


def sets_shown(looked: LookedAt, figures: RecordFigures) -> list[SetShown]:
    """Where each figure comes from, set by set."""
    return [_set(name, binding, digest, looked, figures) for name, binding, digest in bound_sets(looked)]


def _set(name: str, binding: Binding, digest: str, looked: LookedAt, figures: RecordFigures) -> SetShown:
    inspection = figures.inspection(binding.reference)
    found = getattr(looked.built.figures, name) if looked.built else None
    href = reverse("inspection", args=[inspection.pk]) if inspection else ""
    if name == "comparator" and found:
        href = reverse("comparison")
    when = getattr(found, "when", "") or found.as_at if found else ""
    title = Sentence.joined([found.title, when], ", ") if found else binding.reference
    values = getattr(found, "scores", ()) if found else ()
    return SetShown(
        name=str(SETS[name]),
        title=title,
        href=href,
        state=_state(binding, digest),
        matches=bool(digest) and binding.digest == digest,
        figures=tuple((score.name, said(score.words)) for score in values),
    )


def _state(binding: Binding, digest: str) -> str:
    if not digest:
        return _("Not there: nothing on record has this name")
    if not binding.digest:
        return _("Not bound yet")
    return _("As it was bound") if binding.digest == digest else _("Changed since it was bound")


def history(events: Iterable[AuditEvent]) -> list[Line]:
    return [
        Line(
            date_format(localtime(event.at), "j F Y, H:i"),
            event.actor.name if event.actor else _("set-up"),
            str(VERBS.get(event.verb, event.verb)),
        )
        for event in events
    ]
