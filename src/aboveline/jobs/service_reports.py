"""Committee reports of a service: look at one, build its files, bind its figures again, read and write its text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from aboveline.domain.committee import Objective, ObjectiveList
from aboveline.domain.committee_figures import Binding
from aboveline.domain.governance_rules import RuleSet
from aboveline.domain.problems import Checked, Problem, Severity
from aboveline.exchange import councils
from aboveline.exchange.report_reader import LIMIT_BYTES, read_report
from aboveline.exchange.report_writer import write_report
from aboveline.exchange.yaml_given import read_given_yaml
from aboveline.exchange.yaml_reader import read_yaml
from aboveline.jobs.reports import BuiltReport, build_report, render_report
from aboveline.jobs.service_report_figures import RecordFigures
from aboveline.jobs.service_report_rest import problems_in_the_rest
from aboveline.records.models import Report, Service
from aboveline.records.queries.trail import content_event
from aboveline.rendering.outline import Outline, Para

#: the name that problems carry; a person's own file name is never repeated
FILE = "report.yaml"
TITLE_LIMIT = 200

Tree = dict[str, Any]


@dataclass(frozen=True)
class LookedAt:
    """A report's text as it stands. `built` is there whenever it can be laid out, even where an error forbids files."""

    built: BuiltReport | None
    problems: tuple[Problem, ...] = ()
    tree: Tree = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is not Severity.ERROR)

    @property
    def may_be_made(self) -> bool:
        return self.built is not None and not self.errors


def look_at(document: str, service: Service) -> LookedAt:
    """Read a report's text, bind its figures and check everything that can be read."""
    data = document.encode()
    read = read_report(data, file=FILE, objective_lists=councils.objective_lists())
    tree = tree_of(document).value or {}
    if read.value is None:
        rest = problems_in_the_rest(data, read.problems, RecordFigures(service), file=FILE)
        return LookedAt(None, (*read.problems, *rest), tree)
    built, found = build_report(read.value.report, RecordFigures(service))
    return LookedAt(built, (*read.problems, *map(read.value.placed, found)), tree)


def unreadable(data: bytes) -> tuple[Problem, ...]:
    """Everything that keeps a file from being taken as a report's text, each with its line; warnings beside errors.

    The file is read in a limited child; once kept, its text is read again as it stands, which takes no more.
    What is wrong only in what the report says keeps it from being made, not from being kept.
    """
    lists = councils.objective_lists()
    read = read_report(data, file=FILE, objective_lists=lists, read_text=read_given_yaml)
    return read.problems if read.value is None or read.errors else ()


def build(report: Report, kind: str) -> Checked[bytes]:
    """Return the report as `docx`, `pdf` or `html`, or every problem. Raises KeyError for another kind.

    A report whose figures are no longer those it was written on is not made.
    """
    looked = look_at(report.document, report.service)
    if looked.built is None or looked.errors:
        return Checked(None, looked.problems)
    made = render_report(_on_the_trail(looked.built.outline, report), f".{kind}")
    return Checked(made.value, (*looked.problems, *made.problems))


def _on_the_trail(outline: Outline, report: Report) -> Outline:
    """With the event that put this text on record: a printed hash that a trail written anew would not have."""
    event = content_event(report)
    if event is None:
        return outline
    parts = " ".join(event.hash[start : start + 16] for start in range(0, len(event.hash), 16))
    words = f"This text is on the audit trail as event {event.sequence}. Chain head there: {parts}."
    return replace(outline, blocks=(*outline.blocks, Para(words, quiet=True)))


def tree_of(document: str) -> Checked[Tree]:
    """Return a document's plain values, whatever their shape; an empty document is an empty report."""
    if not document.strip():
        return Checked({})
    read = read_yaml(document.encode(), file=FILE, limit_bytes=LIMIT_BYTES)
    if read.value is None or not isinstance(read.value.tree, dict):
        return Checked(None, read.problems)
    return Checked(cast("Tree", read.value.tree), read.problems)


def text_of(tree: Mapping[str, object]) -> str:
    return write_report(tree)


def too_long(document: str) -> bool:
    return len(document.encode()) > LIMIT_BYTES


def title_of(tree: Mapping[str, object]) -> str:
    """What a report is listed under: its subject, in one line that any database can hold."""
    subject = " ".join(str(tree.get("subject") or "").split())
    return "".join(c for c in subject if c.isprintable())[:TITLE_LIMIT] or "Report without a subject"


def bound_sets(looked: LookedAt) -> Iterator[tuple[str, Binding, str]]:
    """Each set of figures of a report: its name, how it is bound, and the digest it has now (empty: not there)."""
    if looked.built is None:
        return
    for name, binding in looked.built.report.figures.named():
        found = getattr(looked.built.figures, name)
        yield name, binding, found.source_digest if found else ""


def figures_now(looked: LookedAt) -> str:
    """What the bound figures are now, in a short text, so that nobody binds to figures they have not seen."""
    return "-".join(f"{name}:{digest[7:23]}" for name, _, digest in bound_sets(looked))


def bound_as_now(looked: LookedAt) -> str:
    """Return the report's text with every set of figures that is there pinned to what it is now."""
    figures = {name: dict(bound) for name, bound in (looked.tree.get("figures") or {}).items()}
    for name, _, digest in bound_sets(looked):
        if digest:
            figures[name]["digest"] = digest
    return text_of({**looked.tree, "figures": figures})


def meetings_of(tree: Mapping[str, object]) -> tuple[tuple[str, date], ...]:
    """The bodies a report goes to with their dates, as far as both can be read."""
    listed = tree.get("report_to")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    return tuple((str(r["body"]), r["date"]) for r in rows if r.get("body") and isinstance(r.get("date"), date))


def rule_sets() -> tuple[RuleSet, ...]:
    return councils.rule_sets()


def objective_lists() -> Mapping[str, ObjectiveList]:
    return councils.objective_lists()


def objectives_in(list_id: str) -> tuple[Objective, ...]:
    """The objectives of a list, none for a list that is not ours."""
    listed = councils.objective_lists().get(list_id)
    return listed.objectives if listed else ()
