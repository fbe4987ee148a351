"""What pages ask of outside bodies."""

from aboveline.domain.outside_bodies import OutsideBody
from aboveline.exchange.bodies import load_bodies


def outside_bodies() -> tuple[OutsideBody, ...]:
    return load_bodies()


def body_name(id: str) -> str:
    """The name of a body; the id itself where it is not among those known, empty for none."""
    return next((body.name for body in outside_bodies() if body.id == id), id)
