"""People, programmes, the conflict register and allocation."""

from functools import partial

from django.utils import timezone

from aboveline.domain.roles import Role
from aboveline.domain.workflow import Progress, Stage
from aboveline.records.actions.allocation import allocate, end_allocation, end_allocations_of, take_back_conflicted
from aboveline.records.actions.conflicts import record_conflict, take_up_conflict, withdraw_conflict
from aboveline.records.actions.inspections import move_to_stage
from aboveline.records.actions.people import (
    add_programme,
    end_role,
    give_programme_role,
    give_service_role,
)
from aboveline.records.models import Allocation, Conflict, Programme, User
from aboveline.records.queries import assessing, conflicts, people, programmes
from tests.integration.records.parts import Act, Edit
from tests.integration.records.world import World
from tests.records_builders import a_programme, a_user, an_inspection, in_team


def programme(w: World) -> Programme:
    return Programme.objects.first() or a_programme()


def held(w: World) -> Allocation:
    return Allocation.objects.filter(case=w.case).first() or allocate(case=w.case, assessor=w.by, by=w.by)


def entry(w: World) -> Conflict:
    found = Conflict.objects.filter(service=w.service).first()
    return found or record_conflict(user=w.by, tie=Conflict.Tie.EMPLOYED, service=w.service, by=w.by)


def end_a_role(w: World) -> None:
    given = give_service_role(user=w.by, service=w.service, role=Role.CASE_MANAGER, by=w.by)
    end_role(held=given, by=w.by)


def leave_all(w: World) -> None:
    held(w)
    end_allocations_of(user=w.by, inspection=w.drawn, why="left", by=w.by)


def taken_back(w: World) -> None:
    """The tie is entered past the action, which would take the case back by itself."""
    held(w)
    Conflict.objects.create(user=w.by, tie=Conflict.Tie.MANAGED, case=w.case, recorded_at=timezone.now())
    take_back_conflicted(user=w.by, by=w.by)


def taken_up(w: World, seen: int = 1) -> object:
    found = Conflict.objects.filter(service=w.service, proposed=True).first()
    proposal = found or record_conflict(user=w.by, tie=Conflict.Tie.DECLARED, service=w.service, proposed=True, by=w.by)
    return take_up_conflict(entry=proposal, expected_version=seen, by=w.by)


def inspecting(w: World) -> User:
    """Somebody of an inspectorate who inspects the service."""
    found = User.objects.filter(team_roles__inspection__programme__isnull=False).first()
    return found or in_team(a_user("Ina"), an_inspection(w.service, programme=programme(w)))


def programme_role(w: World) -> None:
    made = add_programme(slug=f"p{Programme.objects.count()}", name="P", framework_id="cci-2009", by=w.by)
    give_programme_role(user=w.by, programme=made, role=Role.ANALYST, by=w.by)


def withdrawn(w: World, seen: int, text: str) -> object:
    return withdraw_conflict(entry=entry(w), why=text, expected_version=seen, by=w.by)


ACTS = {
    "people.add_programme": Act(
        lambda w: add_programme(slug="core", name="Core", framework_id="cci-2009", by=w.by),
        ("programme.added",), {"name": "Core"}, at_service=False,
    ),
    "people.give_programme_role": Act(
        programme_role, ("programme.added", "role.given"), {"role": "analyst"}, at_service=False
    ),
    "people.end_role": Act(end_a_role, ("role.given", "role.ended"), {"role": "case_manager"}),
    "allocation.allocate": Act(held, ("case.allocated",), {"reading": "first"}),
    "allocation.end_allocation": Act(
        lambda w: end_allocation(allocation=held(w), why="ill", by=w.by),
        ("case.allocated", "allocation.ended"), {"why": "ill"},
    ),
    "allocation.end_allocations_of": Act(leave_all, ("case.allocated", "allocation.ended"), {"why": "left"}),
    "conflicts.record_conflict": Act(
        lambda w: record_conflict(user=w.by, tie=Conflict.Tie.SECONDED, service=w.service, note="2008", by=w.by),
        ("conflict.recorded",), {"tie": "seconded", "note": "2008"},
    ),
    "allocation.take_back_conflicted": Act(
        taken_back, ("case.allocated", "allocation.ended"), {"why": "conflict of interest"}
    ),
    "conflicts.take_up_conflict": Act(taken_up, ("conflict.proposed", "conflict.taken_up")),
    "conflicts.withdraw_conflict": Act(
        lambda w: withdrawn(w, 1, "wrong person"),
        ("conflict.recorded", "conflict.withdrawn"), {"why": "wrong person"},
    ),
    "inspections.move_to_stage": Act(
        lambda w: move_to_stage(
            inspection=w.drawn, to=Stage.SET_UP, progress=Progress(), expected_version=w.drawn.version, by=w.by
        ),
        ("inspection.moved",), {"from": "fieldwork", "to": "set_up"},
    ),
}  # fmt: skip
EDITS = {"conflict": Edit("Conflict", withdrawn, entry)}


def own(ask, w: World) -> object:
    """Asked once a case is in this person's hands."""
    held(w)
    return ask(w)


def kept(ask, w: World) -> object:
    """Asked once this person is kept from a case."""
    if not Conflict.objects.filter(case=w.case).exists():
        record_conflict(user=w.by, tie=Conflict.Tie.MANAGED, case=w.case, by=w.by)
    return ask(w)


def listed(w: World) -> object:
    entry(w)
    return conflicts.register_of(w.service)


def in_force(w: World) -> object:
    entry(w)
    return conflicts.entries_in_force(w.by)


def of_programmes(w: World) -> object:
    if not User.objects.filter(pk=w.by.pk, programme_roles__isnull=False).exists():
        programme_role(w)
    return programmes.programmes_of(w.by)


OF_INSPECTION = {
    "assessing.under_assessment": lambda w: assessing.under_assessment(w.case),
    "people.places_in": lambda w: people.places_in(w.by, w.drawn),
    "people.standing_in": lambda w: people.standing_in(w.by, w.drawn),
    "people.readings_of": partial(own, lambda w: people.readings_of(w.by, w.case)),
    "people.readings_in": partial(own, lambda w: people.readings_in(w.by, w.drawn)),
    "people.standing_to_report": lambda w: people.standing_to_report(w.by, w.report),
    "conflicts.conflicted_with": partial(kept, lambda w: conflicts.conflicted_with(w.by, w.drawn, w.case)),
    "conflicts.conflicted_case_numbers": partial(kept, lambda w: conflicts.conflicted_case_numbers(w.by, w.drawn)),
}
OF_SERVICE = {
    "people.standing_at": lambda w: people.standing_at(w.by, w.service),
    "people.standing_around": lambda w: people.standing_around(w.by, w.service),
    "conflicts.belongs_to": lambda w: conflicts.belongs_to(w.by, w.service),
    "conflicts.inspects": lambda w: conflicts.inspects(inspecting(w), w.service),
    "conflicts.on_its_side": lambda w: conflicts.on_its_side(w.by, inspecting(w).team_roles.get().inspection),
    "conflicts.register_of": listed,
    "conflicts.entries_in_force": in_force,
    "programmes.programmes_of": of_programmes,
    "programmes.programme_by_slug": lambda w: programmes.programme_by_slug(programme(w).slug),
    "people.standing_to_programme": lambda w: people.standing_to_programme(w.by, programme(w)),
}
