"""What the command line and the browser ask of frameworks: which there are, one of them, a folder checked."""

from pathlib import Path

from aboveline.domain.framework import Framework
from aboveline.domain.problems import Checked
from aboveline.exchange import frameworks
from aboveline.exchange.yaml_given import read_given_yaml


def framework_ids() -> tuple[str, ...]:
    return frameworks.framework_ids()


def load_framework(id: str) -> Framework:
    """The framework with this id. Raises UnknownFramework (a ProblemsFound) naming the nearest."""
    return frameworks.load_framework(id)


def all_frameworks() -> tuple[Framework, ...]:
    return tuple(load_framework(id) for id in framework_ids())


def check_framework(folder: Path) -> Checked[Framework]:
    """Read and prove a framework in any folder; each of its files is read in a limited child."""
    return frameworks.read_framework(folder, read_given_yaml)
