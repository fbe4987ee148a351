"""Reads the outside bodies that monitors come from."""

from functools import lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field

from aboveline.domain.framework import Certainty, Source
from aboveline.domain.outside_bodies import OutsideBody
from aboveline.exchange.yaml_reader import read_yaml

ENGLAND_AND_WALES = "england-and-wales"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SourceShape(_Shape):
    text: str
    certainty: Certainty


class _BodyShape(_Shape):
    id: str = Field(max_length=60)
    name: str
    since: int | None = Field(default=None, alias="from")
    until: int | None = None
    source: str


class _BodiesShape(_Shape):
    id: str
    version: int
    title: str
    sources: dict[str, _SourceShape]
    bodies: list[_BodyShape]


@lru_cache(maxsize=4)
def load_bodies(id: str = ENGLAND_AND_WALES) -> tuple[OutsideBody, ...]:
    """Return the bodies in the order of the file. Raises FileNotFoundError, and as `read_bodies` where it is broken."""
    file = resources.files("aboveline") / "data" / "bodies" / f"{id}.yaml"
    return read_bodies(file.read_bytes(), file=file.name)


def read_bodies(data: bytes, *, file: str) -> tuple[OutsideBody, ...]:
    """Return the bodies in `data`. Raises ProblemsFound, pydantic's ValidationError, or ValueError for a body without a
    source or an id given twice."""
    read = _BodiesShape.model_validate(read_yaml(data, file=file).expect().tree)
    unsourced = [body.id for body in read.bodies if body.source not in read.sources]
    if unsourced:
        raise ValueError(f"{file}: no source is given for {', '.join(unsourced)}")
    if len({body.id for body in read.bodies}) < len(read.bodies):
        raise ValueError(f"{file}: an id is given twice")
    sources = {name: Source(given.text, given.certainty) for name, given in read.sources.items()}
    return tuple(OutsideBody(b.id, b.name, b.since, b.until, sources[b.source]) for b in read.bodies)
