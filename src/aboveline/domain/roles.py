"""What a person can be, and where. A role is held at one service, in one inspection or in one programme."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person can be. The places at which it can be held are in `PLACES_OF`."""

    HEAD_OF_SERVICE = "head_of_service"
    QUALITY_MANAGER = "quality_manager"
    CASE_MANAGER = "case_manager"
    DEMOCRATIC_SERVICES = "democratic_services"
    MONITOR = "monitor"
    LEAD_INSPECTOR = "lead_inspector"
    INSPECTOR = "inspector"
    LOCAL_ASSESSOR = "local_assessor"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


class HeldAt(StrEnum):
    SERVICE = "service"
    INSPECTION = "inspection"
    PROGRAMME = "programme"


PLACES_OF: Mapping[Role, frozenset[HeldAt]] = {
    Role.HEAD_OF_SERVICE: frozenset({HeldAt.SERVICE}),
    Role.QUALITY_MANAGER: frozenset({HeldAt.SERVICE}),
    Role.CASE_MANAGER: frozenset({HeldAt.SERVICE}),
    Role.DEMOCRATIC_SERVICES: frozenset({HeldAt.SERVICE}),
    Role.MONITOR: frozenset({HeldAt.SERVICE}),
    Role.LEAD_INSPECTOR: frozenset({HeldAt.INSPECTION}),
    Role.INSPECTOR: frozenset({HeldAt.INSPECTION}),
    Role.LOCAL_ASSESSOR: frozenset({HeldAt.INSPECTION}),
    Role.ANALYST: frozenset({HeldAt.SERVICE, HeldAt.PROGRAMME}),
    Role.ADMINISTRATOR: frozenset({HeldAt.SERVICE, HeldAt.PROGRAMME}),
}


def roles_held_at(place: HeldAt) -> tuple[Role, ...]:
    """The roles that can be given at such a place, in the order of `Role`."""
    return tuple(role for role in Role if place in PLACES_OF[role])
