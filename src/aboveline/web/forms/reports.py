"""The form of a committee report over its plain values: nothing that a report holds may be dropped by saving it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _

from aboveline.domain.problems import Problem, Severity
from aboveline.jobs.service_reports import Tree, meetings_of
from aboveline.web.forms.numbers import is_number, number_sent
from aboveline.web.forms.reports_finance import Finance
from aboveline.web.forms.reports_groups import Entry, Group, Rows
from aboveline.web.forms.reports_nodes import Flat, Node, Sent
from aboveline.web.forms.reports_schema import top_nodes
from aboveline.web.presenters.wording import told

#: keys of a report that the form shows but does not change
KEPT = ("figures",)


def flat_of(tree: Tree) -> Flat:
    """The form's text of a report's plain values."""
    found: Flat = {}
    for key, node in top_nodes().items():
        found |= node.flatten(key, tree.get(key))
    return found | columns_for(tree)


def columns_for(tree: Tree) -> Flat:
    days = [day for _body, day in meetings_of(tree)]
    return Finance().columns("financial", tree.get("financial"), min(days, default=None))


def tree_from(sent: Sent, saved: Tree) -> Tree:
    """A report's plain values from the form's text; figures as they were saved. What was left empty is not there."""
    values = {key: node.read(key, sent) for key, node in top_nodes().items()}
    kept = {key: saved[key] for key in KEPT if key in saved}
    return (
        {key: value for key, value in values.items() if value is not None}
        | {"report_to": values["report_to"] or []}
        | kept
    )


def lost(tree: Tree) -> list[str]:
    """The paths of what the form cannot hold, in order: such a report is changed through its file."""
    back = set(_leaves(tree_from(flat_of(tree), tree), ()))
    return [".".join(path) for path, words in _leaves(tree, ()) if (path, words) not in back]


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each single value with its path. One text and a list of it are the same; nothing and false are left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, path if len(value) == 1 and isinstance(inner, str) else (*path, str(index)))
    elif value not in (None, False, ""):
        yield path, " ".join(str(value).split())


class ReportForm(forms.Form):
    """All fields of a report, made for the rows, years and objectives that the data speak of. Never required: a draft
    may be saved half done, and the report's own checks say what is missing."""

    def __init__(self, data: Sent, **options: Any) -> None:
        super().__init__(data, **options)
        self.contradictions: list[str] = []
        for key, node in top_nodes().items():
            self.fields |= node.fields(key, data)

    def clean(self) -> dict[str, Any]:
        for name, entry in entries(top_nodes(), self.data):
            if wrong := entry.contradiction(name, self.data):
                self.contradictions.append(wrong[0])
                self.add_error(*wrong)
        return super().clean() or self.cleaned_data

    def show(self, problems: Iterable[Problem]) -> list[Problem]:
        """Put each error beside its input; return those that have no input in this form."""
        elsewhere = []
        for problem in problems:
            name = self.name_at(problem.place.path or "")
            if not name:
                elsewhere.append(problem)
            elif problem.severity is Severity.ERROR and not self._said(name, problem):
                self.add_error(name, self._words(name, problem))
        return elsewhere

    def _said(self, name: str, problem: Problem) -> bool:
        """A date or choice that cannot be read has been refused in better words already."""
        return problem.code == "report.wrong-shape" and name in self.errors

    def _words(self, name: str, problem: Problem) -> str:
        label = str(self.fields[name].label or "")
        if problem.code == "report.missing-key":
            return _("“{label}” is empty: fill it in, or take the row out").format(label=label)
        return f"{label}: {told(problem)}" if problem.code == "report.wrong-shape" and label else told(problem)

    def name_at(self, path: str) -> str:
        """The field that a path of the report is shown in, or empty."""
        steps = [step for step in path.replace("[", ".").replace("]", "").split(".") if step]
        end_of_entry = "reason" if steps[-1:] in (["not_applicable"], ["not_considered"]) else "text"
        for end in range(len(steps), 0, -1):
            for taken in (steps[:end], [steps[0], "text", *steps[1:end]]):
                name = "-".join(taken)
                found = next(
                    (n for n in (name, f"{name}-{end_of_entry}") if n in self.fields), ""
                ) or self._first_under(name)
                if found:
                    return found
        return ""

    def _first_under(self, name: str) -> str:
        under = (n for n in self.fields if n.startswith(f"{name}-"))
        return next((n for n in under if not self.fields[n].widget.is_hidden), "")


def entries(nodes: Mapping[str, Node], data: Sent, prefix: str = "") -> Iterator[tuple[str, Entry]]:
    """Every entry of these parts with its name, also those inside groups and rows."""
    for key, node in nodes.items():
        name = f"{prefix}{key}"
        if isinstance(node, Entry):
            yield name, node
        elif isinstance(node, Group):
            yield from entries(node.nodes, data, f"{name}-")
        elif isinstance(node, Rows):
            for index in range(node.count(name, data)):
                yield from entries(node.row.nodes, data, f"{name}-{index}-")


def with_row(sent: Sent, name: str) -> Flat:
    """The same form with one more empty row."""
    flat = _as_flat(sent)
    return flat | {f"{name}-count": str(number_sent(flat.get(f"{name}-count", "")) + 1)}


def without_row(sent: Sent, name: str, index: int) -> Flat:
    """The same form without one row; those below move up."""
    flat = _as_flat(sent)
    kept: Flat = {}
    for key, value in flat.items():
        head = f"{name}-"
        number, _dash, rest = key.removeprefix(head).partition("-")
        if not key.startswith(head) or not is_number(number):
            kept[key] = value
        elif int(number) != index:
            kept[f"{head}{int(number) - (int(number) > index)}-{rest}"] = value
    return kept | {f"{name}-count": str(max(0, number_sent(flat.get(f"{name}-count", "")) - 1))}


def rows_named(name: str) -> bool:
    """Whether the form has rows under this name."""
    nodes: Mapping[str, Node] = top_nodes()
    if name.endswith("-text"):
        entry = nodes.get(name.removesuffix("-text"))
        return isinstance(entry, Entry) and isinstance(entry.content, Rows)
    return isinstance(nodes.get(name), Rows)


def _as_flat(sent: Sent) -> Flat:
    return {key: str(sent[key]) for key in sent}


def new_key() -> str:
    return str(uuid4())
