"""Reads frameworks from folders: those that come with the product, and any other folder for checking."""

from functools import lru_cache
from pathlib import Path

import aboveline
from aboveline.domain import framework_problems as kinds
from aboveline.domain.framework import Framework
from aboveline.domain.framework_problems import UnknownFramework
from aboveline.domain.framework_reader import FACTS, MANIFEST, ORDERS, is_section_file, read_framework_documents
from aboveline.domain.problems import Checked, Problem, Severity, nearest_of
from aboveline.exchange.yaml_given import YamlReading
from aboveline.exchange.yaml_reader import LIMIT_BYTES, YamlDocument, read_yaml

FOLDER = Path(aboveline.__file__).parent / "data" / "frameworks"

#: more files than any framework has; the rest of a folder is not looked at
LIMIT_FILES = 60


def framework_ids() -> tuple[str, ...]:
    """The frameworks that come with the product, in order of id."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob(f"*/{MANIFEST}")))


@lru_cache(maxsize=32)
def load_framework(id: str) -> Framework:
    """The framework with this id. Raises UnknownFramework; raises ProblemsFound where its own files are broken."""
    if id not in framework_ids():
        raise UnknownFramework(id, framework_ids())
    return read_framework(FOLDER / id).expect()


def read_framework(folder: Path, read_text: YamlReading = read_yaml) -> Checked[Framework]:
    """Read and prove the framework in a folder; files are named in problems by their name in it.

    A folder that is not our own is read by `read_given_yaml`."""
    if not folder.is_dir():
        return Checked(None, (kinds.NOT_A_FOLDER.at(file=folder.name),))
    names = sorted(path.name for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})[:LIMIT_FILES]
    problems = list(_wrong_files(names))
    documents: dict[str, YamlDocument] = {}
    for name in filter(_belongs, names):
        read = read_text(_bytes(folder / name), file=name)
        problems.extend(read.problems)
        if read.value is not None:
            documents[name] = read.value
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Checked(None, tuple(problems))
    return read_framework_documents(documents)


def _belongs(name: str) -> bool:
    return name in (MANIFEST, FACTS, ORDERS) or is_section_file(name)


def _wrong_files(names: list[str]) -> list[Problem]:
    missing = [name for name in (MANIFEST, FACTS, ORDERS) if name not in names]
    if not any(is_section_file(name) for name in names):
        missing.append("section-….yaml")
    unexpected = [name for name in names if not _belongs(name)]
    return [
        *(kinds.FILE_MISSING.at(file=name, name=name) for name in missing),
        *(kinds.FILE_UNEXPECTED.at(file=name, nearest=nearest_of(name, missing)) for name in unexpected),
    ]


def _bytes(path: Path) -> bytes:
    """No more of the file than decides whether it is too large; nothing of what is not a plain file."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(LIMIT_BYTES + 1)
