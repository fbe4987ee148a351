"""Reads the timetables that come with the product: the steps of an inspection, and of a local audit round."""

from functools import lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from aboveline.domain.framework import Certainty, Source, Text
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.timetable import Step, Timetable, check_timetable
from aboveline.exchange.yaml_reader import read_yaml


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _StepShape(_Shape):
    id: str
    name: str
    offset: int
    owner: str
    needs: list[str] = []
    source: str
    certainty: Certainty


class _TimetableShape(_Shape):
    id: str
    version: int
    title: str
    kinds: list[str]
    steps: list[_StepShape]


@lru_cache(maxsize=1)
def load_timetables() -> tuple[Timetable, ...]:
    """Every timetable, in order of id. Raises ProblemsFound or pydantic's ValidationError where one is broken."""
    files = (resources.files("aboveline") / "data" / "timetables").iterdir()
    found = [read_timetable(f.read_bytes(), file=f.name) for f in files if f.name.endswith(".yaml")]
    return tuple(sorted(found, key=lambda timetable: timetable.id))


def timetable_for(kind: str) -> Timetable:
    """The timetable of a kind of inspection. Raises LookupError where there is none."""
    for timetable in load_timetables():
        if kind in timetable.kinds:
            return timetable
    raise LookupError(f"no timetable serves the kind {kind}")


def read_timetable(data: bytes, *, file: str) -> Timetable:
    """Return the timetable in `data`. Raises ProblemsFound or pydantic's ValidationError where it is broken."""
    read = _TimetableShape.model_validate(read_yaml(data, file=file).expect().tree)
    timetable = Timetable(read.id, read.version, Text(read.title), tuple(read.kinds), tuple(map(_step, read.steps)))
    if problems := check_timetable(timetable, file=file):
        raise ProblemsFound(problems)
    return timetable


def _step(read: _StepShape) -> Step:
    source = Source(read.source, read.certainty)
    return Step(read.id, Text(read.name), read.offset, read.owner, tuple(read.needs), source)
