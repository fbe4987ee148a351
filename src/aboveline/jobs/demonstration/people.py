"""The demonstration's people and service. Everybody is a post, at an address that cannot exist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aboveline.exchange.demonstration import DemonstrationPlan
from aboveline.records.actions.people import add_service, add_user, give_service_role, join_team
from aboveline.records.models import Inspection, Role, Service, User
from aboveline.records.models.people import TEAM_ROLES

#: for made-up cases on one's own machine only
PASSWORD = "made-up-cases-only"  # noqa: S105
SIGN_IN = "quality.manager@example.org"


@dataclass(frozen=True)
class Cast:
    """Who is there, by role."""

    service: Service
    people: Mapping[Role, Sequence[User]]

    def first(self, role: Role) -> User:
        return self.people[role][0]

    @property
    def assessors(self) -> Sequence[User]:
        return (*self.people[Role.INSPECTOR], self.first(Role.LEAD_INSPECTOR))


def bring_in(plan: DemonstrationPlan) -> Cast:
    """Add the people and the service, and give the roles held at the service."""
    people: dict[Role, list[User]] = {}
    for person in plan.people:
        user = add_user(email=person.email, name=person.name, password=PASSWORD, by=None)
        people.setdefault(Role(person.role), []).append(user)
    manager = people[Role.QUALITY_MANAGER][0]
    service = add_service(**plan.service.model_dump(), synthetic=True, by=manager)
    for role, users in people.items():
        for user in users if role not in TEAM_ROLES else ():
            give_service_role(user=user, service=service, role=role, by=manager)
    return Cast(service, people)


def join(cast: Cast, inspection: Inspection) -> None:
    """Put the team of inspectors and assessors into an inspection."""
    for role in TEAM_ROLES:
        for user in cast.people.get(role, ()):
            join_team(user=user, inspection=inspection, role=role, by=cast.first(Role.QUALITY_MANAGER))
