"""An outline as JSON and back again, to hand it to another process."""

import json
from dataclasses import fields
from typing import Any

from aboveline.rendering.outline import Block, Facts, Grid, Heading, Items, Outline, Para, Picture

_KINDS = {kind.__name__: kind for kind in (Heading, Para, Items, Facts, Grid, Picture)}
_SETS = {"numeric", "strong"}


def outline_as_json(outline: Outline) -> bytes:
    return json.dumps(plain_outline(outline)).encode()


def plain_outline(outline: Outline) -> dict[str, object]:
    """Return an outline as JSON values; each block names its `type`."""
    return _plain(outline) | {"blocks": [{"type": type(block).__name__, **_plain(block)} for block in outline.blocks]}


def outline_from_json(data: bytes) -> Outline:
    """Return what `outline_as_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    plain = json.loads(data)
    return Outline(**plain | {"blocks": tuple(_block(**block) for block in plain["blocks"])})


def _plain(thing: Outline | Block) -> dict[str, Any]:
    values = {field.name: getattr(thing, field.name) for field in fields(thing)}
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}


def _block(type: str, **values: object) -> Block:
    return _KINDS[type](**{k: frozenset(v) if k in _SETS else _tuples(v) for k, v in values.items()})  # type: ignore


def _tuples(value: object) -> object:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
