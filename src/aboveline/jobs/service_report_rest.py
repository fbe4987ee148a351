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
#: parts that others are checked against: while one cannot be read, a warning elsewhere may be about its stand-in
_ASKED_BY_OTHERS = {"report_to", "rule_set", "status", "commitments", "figures"}
_SHAPE = {"report.wrong-shape", "report.missing-key", "report.unknown-key"}


def problems_in_the_rest(
    data: bytes, unread: Iterable[Problem], source: FigureSource, *, file: str
) -> Iterator[Problem]:
    """Yield the problems in what can be read beside the unreadable parts, with the lines of the whole text.

    Nothing is said of an unreadable part or of what holds it. Warnings wait where a part that others are checked
    against cannot be read.
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
    warnings_too = not any(path.partition(".")[0] in _ASKED_BY_OTHERS for path in taken)
    for problem in build_report(rest.report, source)[1]:
        told = warnings_too or problem.severity is Severity.ERROR
        if told and not any(_related(problem.place, path) for path in taken):
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
