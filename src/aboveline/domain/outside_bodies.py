"""Outside bodies whose people follow a service's work as monitors."""

from dataclasses import dataclass

from aboveline.domain.framework import Source


@dataclass(frozen=True, slots=True)
class OutsideBody:
    """`since` and `until` are the years it has had this name, both included; None where open or not known."""

    id: str
    name: str
    since: int | None
    until: int | None
    source: Source
