"""What can still be checked of a report whose text cannot all be read, so that its problems come in one round."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from aboveline.domain.problems import Place, Problem, Severity
from aboveline.exchange import councils
from aboveline.exchange.report_reader import LIMIT_BYTES, ReportFile, read_report
from aboveline.exchange.report_writer import write_report
from aboveline.exchange.yaml_reader import read_yaml
from aboveline.jobs.reports import FigureSource, build_report

#: what stands for a part without which nothing can be read; no problem with it is told
_STAND_INS: dict[str, Any] = {
    "council": "-",
    "subject": "-",
    "rule_set": "-",
    "report_to": [],
    "report_of": {"post": "-"},
    "contact_officer": {"post": "-"},
}
_SHAPE = {"report.wrong-shape", "report.missing-key", "report.unknown-key"}


def errors_in_the_rest(data: bytes, unread: Iterable[Problem], source: FigureSource, *, file: str) -> Iterator[Problem]:
    """Yield the errors in what can be read beside the unreadable parts, with the lines of the whole text.

    Warnings wait: some would only say that a part is missing which is there and cannot be read.
    """
    whole = read_yaml(data, file=file, limit_bytes=LIMIT_BYTES).value
    if whole is None or not isinstance(whole.tree, dict):
        return
    tree = deepcopy(whole.tree)
    taken = [_take(tree, problem.place) for problem in unread if problem.code in _SHAPE]
    rest = read_report(write_report(tree).encode(), file=file, objective_lists=councils.objective_lists()).value
    if rest is None:
        return
    placed = ReportFile(rest.report, file, whole.lines)
    for problem in build_report(rest.report, source)[1]:
        if problem.severity is Severity.ERROR and not any(_related(problem.place, path) for path in taken):
            yield placed.placed(problem)


def _take(tree: dict[str, Any], place: Place) -> str:
    """Take an unreadable value out of a tree and return its path; inside a list the whole part goes."""
    path = place.path or ""
    top, *below = path.split(".")
    *above, last = below or [""]
    node: Any = tree.get(top)
    for step in above:
        node = node.get(step) if isinstance(node, dict) else None
    if isinstance(node, dict) and last in map(str, node):
        for key in [key for key in node if str(key) == last]:
            del node[key]
        return path
    tree.pop(top, None)
    if top in _STAND_INS:
        tree[top] = _STAND_INS[top]
    return top


def _related(place: Place, taken: str) -> bool:
    """True for the path itself, what is under it, and what holds it."""
    path = place.path or ""
    return f"{path}.".startswith(f"{taken}.") or f"{taken}.".startswith(f"{path}.")
