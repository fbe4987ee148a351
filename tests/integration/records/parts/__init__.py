"""What the tests that go over every action, query and version are to go over, part by part of the product.

A module here has any of ACTS, EDITS, OF_INSPECTION and OF_SERVICE (by "module.function"), and OTHERS.
"""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from tests.integration.records.world import World


@dataclass(frozen=True)
class Act:
    """One action as a person would carry it out: what it records, and the values beside the last event."""

    do: Callable[[World], object]
    verbs: tuple[str, ...]
    values: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    at_service: bool = True


@dataclass(frozen=True)
class Edit:
    """How one model is changed on the version a person saw, and which row it is."""

    model: str
    change: Callable[[World, int, str], Any]
    row: Callable[[World], Any]


def gathered(name: str) -> Mapping[str, Any]:
    """What every part gives under a name, in one mapping; two parts must not give the same thing."""
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(__path__):
        given = getattr(import_module(f"{__name__}.{module.name}"), name, {})
        assert not found.keys() & given.keys()
        found |= given
    return found
