"""Reads YAML that somebody gave us, in a limited child. Our own files need none: `yaml_reader.read_yaml`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, cast

from aboveline.domain import yaml_problems as kinds
from aboveline.domain.problems import Checked, checked, problem_carried
from aboveline.exchange.limited import ChildStopped, Limits, run_limited
from aboveline.exchange.yaml_reader import LIMIT_BYTES, YamlDocument, read_yaml

#: either of the two ways to read YAML, for readers of one meaning that serve our own files and others
YamlReading = Callable[..., Checked[YamlDocument]]

LIMITS = Limits()


def read_given_yaml(data: bytes, *, file: str, limit_bytes: int = LIMIT_BYTES) -> Checked[YamlDocument]:
    """As `read_yaml`, whatever the file does to its parser; one that breaks or exhausts it is a problem."""
    if len(data) > limit_bytes:
        return Checked(None, (kinds.TOO_LARGE.at(file=file, limit=f"{limit_bytes:,}"),))
    try:
        read: Any = run_limited("aboveline.exchange.yaml_given:parse", data, LIMITS)
    except ChildStopped as stopped:
        return Checked(None, (kinds.READER_STOPPED.at(file=file, reason=stopped.reason),))
    problems = [replace(problem_carried(item), file=file) for item in read["problems"]]
    lines = {tuple(path): line for path, line in read["lines"]}
    return checked(YamlDocument(_uncarried(read["tree"]), lines), problems)


def parse(data: bytes) -> dict[str, object]:
    """The child's half: {tree, lines, problems}, lines as [path, line]."""
    read = read_yaml(data, file="", limit_bytes=len(data))
    tree, lines = (read.value.tree, read.value.lines) if read.value else (None, {})
    return {
        "tree": _carried(tree),
        "lines": [[list(path), line] for path, line in lines.items()],
        "problems": [problem.carried() for problem in read.problems],
    }


def _carried(value: object) -> object:
    """JSON from which `_uncarried` makes the same value. JSON has no dates, so mappings are told from them."""
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, dict):
        return {"mapping": {key: _carried(inner) for key, inner in value.items()}}
    return [_carried(inner) for inner in value] if isinstance(value, list) else value


def _uncarried(value: object) -> object:
    if isinstance(value, list):
        return [_uncarried(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if "day" in value:
        return date.fromisoformat(cast("str", value["day"]))
    return {key: _uncarried(inner) for key, inner in value["mapping"].items()}
