"""The conflict register keeps a person from a service's cases or from one case, at allocation and at access."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aboveline.domain.roles import Role
from aboveline.records.actions.allocation import CannotHold, allocate, end_allocation
from aboveline.records.actions.conflicts import record_conflict, withdraw_conflict
from aboveline.records.actions.people import LastOfItsKind, end_role
from aboveline.records.actions.saving import Stale
from aboveline.records.models import Allocation, Conflict, Inspection
from aboveline.records.queries.conflicts import COOLING_OFF, conflicted_with, register_of
from aboveline.records.queries.people import managed_case_numbers, readings_in, standing_in
from tests.records_builders import a_draw, a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def lead():
    return a_user("Lead")


@pytest.fixture
def inspection(lead):
    inspection = an_inspection(a_service(), programme=a_programme())
    a_draw(inspection, lead)
    in_team(lead, inspection, Role.LEAD_INSPECTOR)
    return inspection


@pytest.fixture
def case(inspection):
    return inspection.cases.first()


@pytest.fixture
def assessor(inspection):
    return in_team(a_user("Local"), inspection, Role.LOCAL_ASSESSOR)


def tie(user, **changes):
    return record_conflict(user=user, by=a_user(), **({"tie": Conflict.Tie.EMPLOYED} | changes))


@pytest.mark.parametrize(
    ("ended", "kept"),
    [
        (None, True),
        (TODAY, True),
        (TODAY - COOLING_OFF, True),
        (TODAY - COOLING_OFF - timedelta(days=1), False),
        (TODAY + timedelta(days=30), True),
    ],
)
def test_employment_counts_while_it_lasts_and_for_a_while_after(inspection, case, assessor, ended, kept):
    tie(assessor, service=inspection.service, ends=ended)
    assert conflicted_with(assessor, inspection) is kept
    assert conflicted_with(assessor, inspection, case) is kept


def test_a_tie_with_another_service_keeps_from_nothing_here(inspection, case, assessor):
    tie(assessor, service=a_service())
    assert not conflicted_with(assessor, inspection, case)


def test_a_case_once_managed_keeps_from_that_case_alone(inspection, case, assessor):
    tie(assessor, tie=Conflict.Tie.MANAGED, case=case)
    other = inspection.cases.last()
    assert conflicted_with(assessor, inspection, case)
    assert not conflicted_with(assessor, inspection, other)
    assert not conflicted_with(assessor, inspection)


def test_work_for_the_service_is_no_conflict_with_its_own_audit():
    audit = an_inspection(a_service())
    auditor = a_user()
    tie(auditor, service=audit.service)
    assert not conflicted_with(auditor, audit)


def test_a_conflicted_assessor_is_not_given_the_case(inspection, case, assessor, lead):
    tie(assessor, service=inspection.service)
    with pytest.raises(CannotHold, match="conflict register"):
        allocate(case=case, assessor=assessor, by=lead)
    assert not Allocation.objects.exists()


def test_a_case_already_held_is_taken_back_when_the_tie_is_entered(inspection, case, assessor, lead):
    held = allocate(case=case, assessor=assessor, by=lead)
    tie(assessor, tie=Conflict.Tie.DECLARED, case=case)
    held.refresh_from_db()
    assert held.ended_at is not None
    assert held.ended_why == "conflict of interest"
    assert standing_in(assessor, inspection, case).conflicted


def test_a_withdrawn_entry_keeps_from_nothing_and_stays_on_the_register(inspection, case, assessor):
    entry = tie(assessor, case=case, tie=Conflict.Tie.MANAGED)
    withdraw_conflict(entry=entry, why="another child of that name", expected_version=1, by=a_user())
    assert not conflicted_with(assessor, inspection, case)
    assert list(register_of(inspection.service)) == [entry]
    with pytest.raises(Stale):
        withdraw_conflict(entry=entry, why="again", expected_version=1, by=a_user())


@pytest.mark.parametrize("why", ["", "  "])
def test_withdrawing_needs_a_reason(case, assessor, why):
    entry = tie(assessor, case=case)
    with pytest.raises(ValueError, match="reason"):
        withdraw_conflict(entry=entry, why=why, expected_version=1, by=a_user())


def test_a_tie_is_with_a_service_or_a_case_and_ends_after_it_starts(inspection, case, assessor):
    for wrong in ({}, {"service": inspection.service, "case": case}):
        with pytest.raises(ValueError, match="a service or with one case"):
            tie(assessor, **wrong)
    with pytest.raises(ValueError, match="before it starts"):
        tie(assessor, service=inspection.service, starts=TODAY, ends=TODAY - timedelta(days=1))


def test_only_the_team_is_given_cases_and_a_case_is_given_once(inspection, case, assessor, lead):
    with pytest.raises(CannotHold, match="not in the inspection"):
        allocate(case=case, assessor=a_user(), by=lead)
    held = allocate(case=case, assessor=assessor, by=lead)
    assert allocate(case=case, assessor=assessor, by=lead) == held
    with pytest.raises(CannotHold, match="another read"):
        allocate(case=case, assessor=assessor, reading=Allocation.Reading.SECOND, by=lead)


def test_a_case_is_owned_while_it_is_held(inspection, case, assessor, lead):
    held = allocate(case=case, assessor=assessor, by=lead)
    assert standing_in(assessor, inspection, case).allocated
    assert readings_in(assessor, inspection).keys() == {case.number}
    end_allocation(allocation=held, why="ill", by=lead)
    assert not standing_in(assessor, inspection, case).allocated


def test_who_leaves_the_team_leaves_their_cases(inspection, case, assessor, lead):
    held = allocate(case=case, assessor=assessor, by=lead)
    end_role(held=assessor.team_roles.get(), by=lead)
    held.refresh_from_db()
    assert held.ended_at is not None
    assert standing_in(assessor, inspection, case).roles == frozenset()


def test_a_case_manager_manages_the_cases_of_their_staff_code_and_is_given_none_of_them(inspection, case, lead):
    manager = with_role(a_user(), inspection.service, Role.CASE_MANAGER, staff_code="CM-7")
    assert managed_case_numbers(manager, inspection) == frozenset()
    case.attributes["case_manager"] = "CM-7"
    case.save()
    assert managed_case_numbers(manager, inspection) == {case.number}
    standing = standing_in(manager, inspection, case)
    assert (standing.manages, standing.allocated) == (True, False)
    Inspection.objects.filter(pk=inspection.pk).update(programme=None)
    inspection.refresh_from_db()
    case.refresh_from_db()
    in_team(manager, inspection)
    for reading in Allocation.Reading:
        with pytest.raises(CannotHold, match="they manage this case"):
            allocate(case=case, assessor=manager, reading=reading, by=lead)
    assert allocate(case=inspection.cases.exclude(pk=case.pk).first(), assessor=manager, by=lead).pk


def test_the_last_who_can_manage_people_stays():
    service = a_service()
    head = with_role(a_user(), service, Role.HEAD_OF_SERVICE)
    with pytest.raises(LastOfItsKind):
        end_role(held=head.service_roles.get(), by=head)
    with_role(a_user(), service, Role.ADMINISTRATOR)
    end_role(held=head.service_roles.get(), by=head)
    assert head.service_roles.filter(ended_at=None).count() == 0
