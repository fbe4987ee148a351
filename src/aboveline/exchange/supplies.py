"""Reads the list of what a service is asked for before an inspection."""

from functools import lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from aboveline.domain.framework import Certainty, Source, Text
from aboveline.domain.supplies import SupplyItem
from aboveline.exchange.yaml_reader import read_yaml


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ItemShape(_Shape):
    id: str
    name: str
    offset: int
    source: str
    certainty: Certainty


class _ListShape(_Shape):
    id: str
    version: int
    items: list[_ItemShape]


@lru_cache(maxsize=1)
def load_supplies() -> tuple[SupplyItem, ...]:
    """The product's own list, in its order. Raises as `read_supplies` does where it is broken."""
    file = resources.files("aboveline") / "data" / "supplies" / "england-and-wales.yaml"
    return read_supplies(file.read_bytes(), file=file.name)


def read_supplies(data: bytes, *, file: str) -> tuple[SupplyItem, ...]:
    """The items in `data`. Raises ProblemsFound, pydantic's ValidationError, or ValueError where an id is repeated."""
    read = _ListShape.model_validate(read_yaml(data, file=file).expect().tree)
    ids = [item.id for item in read.items]
    if len(set(ids)) < len(ids):
        raise ValueError(f"{file}: an item is given twice")
    return tuple(SupplyItem(i.id, Text(i.name), i.offset, Source(i.source, i.certainty)) for i in read.items)
