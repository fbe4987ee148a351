"""The policy table: what it gives, how far, to whom, when; and that nothing is given by accident."""

from dataclasses import replace

import pytest

from aboveline.domain.access import (
    NOBODY,
    OF_CASES,
    OF_JUDGING,
    TABLE,
    Action,
    Grant,
    Reach,
    RunBy,
    Standing,
    allowed_to,
    may,
    reach_of,
    sees_cases,
)
from aboveline.domain.roles import PLACES_OF, HeldAt, Role, roles_held_at
from aboveline.domain.workflow import Stage

INSPECTED, OWN_EXERCISE = RunBy.PROGRAMME, RunBy.SERVICE
BEFORE_DRAFT = (Stage.SET_UP, Stage.FIELDWORK, Stage.MODERATION, Stage.SIGNED)


def standing(role, run_by=INSPECTED, stage=Stage.FIELDWORK, **changes):
    return Standing(frozenset({role}), run_by, stage, **changes)


def test_every_role_has_a_place_and_none_is_everywhere():
    assert set(PLACES_OF) == set(Role)
    assert all(places and places != frozenset(HeldAt) for places in PLACES_OF.values())
    assert roles_held_at(HeldAt.INSPECTION) == (Role.LEAD_INSPECTOR, Role.INSPECTOR, Role.LOCAL_ASSESSOR)


def test_nobody_may_anything():
    assert [action for action in Action if may(NOBODY, action)] == []


@pytest.mark.parametrize("run_by", RunBy)
@pytest.mark.parametrize("stage", Stage)
def test_an_administrator_never_sees_what_is_said_of_a_child(run_by, stage):
    given = allowed_to(Role.ADMINISTRATOR, run_by, stage)
    assert not given.keys() & OF_CASES
    assert Action.SEE_SCORES not in given
    assert Action.MANAGE_PEOPLE in given


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MONITOR, Role.DEMOCRATIC_SERVICES])
@pytest.mark.parametrize("run_by", RunBy)
@pytest.mark.parametrize("stage", Stage)
def test_aggregates_are_all_that_some_roles_see(role, run_by, stage):
    assert not allowed_to(role, run_by, stage).keys() & OF_CASES


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.QUALITY_MANAGER, Role.CASE_MANAGER])
@pytest.mark.parametrize("stage", BEFORE_DRAFT)
def test_a_service_sees_neither_scores_nor_judgements_before_the_draft_is_sent(role, stage):
    given = allowed_to(role, INSPECTED, stage)
    assert Action.SEE_SCORES not in given
    assert Action.SEE_DRAFT not in given
    assert not given.keys() & OF_CASES


@pytest.mark.parametrize("role", set(Role) - {Role.LEAD_INSPECTOR})
@pytest.mark.parametrize("stage", BEFORE_DRAFT)
def test_live_scores_are_for_the_lead_alone(role, stage):
    assert Action.SEE_SCORES not in allowed_to(role, INSPECTED, stage)
    assert Action.SEE_SCORES in allowed_to(Role.LEAD_INSPECTOR, INSPECTED, stage)


@pytest.mark.parametrize("run_by", RunBy)
def test_a_local_assessor_reaches_own_cases_only(run_by):
    for action in (Action.SEE_CASES, Action.JUDGE, Action.COMMENT, Action.RAISE_ALERT):
        assert reach_of(standing(Role.LOCAL_ASSESSOR, run_by), action) is Reach.OWN
        assert not may(standing(Role.LOCAL_ASSESSOR, run_by), action)
        assert may(standing(Role.LOCAL_ASSESSOR, run_by, allocated=True), action)


def test_owning_a_case_gives_nothing_the_role_does_not():
    assert not may(standing(Role.CASE_MANAGER, manages=True), Action.JUDGE)
    assert not may(standing(Role.CASE_MANAGER, manages=True), Action.SEE_CASES)
    assert may(standing(Role.CASE_MANAGER, stage=Stage.WITH_SERVICE, manages=True), Action.SEE_CASES)
    assert not may(standing(Role.CASE_MANAGER, stage=Stage.WITH_SERVICE), Action.SEE_CASES)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", sorted(OF_CASES))
def test_a_conflict_takes_away_all_that_is_said_of_a_child(role, action):
    for run_by in RunBy:
        for stage in Stage:
            assert not may(standing(role, run_by, stage, allocated=True, manages=True, conflicted=True), action)


def test_a_conflict_leaves_what_is_not_of_cases():
    assert may(standing(Role.LEAD_INSPECTOR, conflicted=True), Action.PLAN)


@pytest.mark.parametrize("run_by", RunBy)
@pytest.mark.parametrize("stage", Stage)
def test_nobody_judges_a_case_they_manage_whatever_their_roles(run_by, stage):
    every = Standing(frozenset(Role), run_by, stage, allocated=True, manages=True, second_reader=True)
    judging = {Action.JUDGE, Action.COMMENT, Action.QUALITY_READ, Action.READ_AGAIN, Action.SECOND_READ, Action.SETTLE}
    assert judging == OF_JUDGING
    assert {action for action in judging if may(every, action)} == set()
    assert may(every, Action.SEE_CASES)
    published = run_by is INSPECTED and stage is Stage.PUBLISHED
    assert may(replace(every, second_reader=False, manages=False), Action.JUDGE) is not published


def test_a_case_manager_who_audits_sees_each_case_in_the_role_that_makes_it_theirs():
    both = frozenset({Role.CASE_MANAGER, Role.LOCAL_ASSESSOR})
    given, managed, neither = (
        Standing(both, RunBy.PROGRAMME, Stage.FIELDWORK, **own) for own in ({"allocated": True}, {"manages": True}, {})
    )
    asked = (Action.SEE_CASES, Action.JUDGE, Action.RAISE_ALERT)
    assert [may(given, action) for action in asked] == [True, True, True]
    assert [may(managed, action) for action in asked] == [False, False, False]
    assert [may(neither, action) for action in asked] == [False, False, False]
    assert may(replace(managed, run_by=RunBy.SERVICE), Action.SEE_CASES)
    assert not may(replace(managed, run_by=RunBy.SERVICE), Action.JUDGE)
    alone = Standing(frozenset({Role.CASE_MANAGER}), RunBy.SERVICE, Stage.FIELDWORK, allocated=True)
    assert not may(alone, Action.SEE_CASES)


def test_the_widest_reach_of_several_roles_counts():
    both = Standing(frozenset({Role.LOCAL_ASSESSOR, Role.LEAD_INSPECTOR}), INSPECTED, Stage.FIELDWORK)
    assert reach_of(both, Action.SEE_CASES) is Reach.ALL


def test_the_service_does_not_draw_or_judge_what_others_inspect():
    for role in (Role.HEAD_OF_SERVICE, Role.QUALITY_MANAGER):
        given = allowed_to(role, INSPECTED, Stage.FIELDWORK)
        assert not given.keys() & {Action.DRAW, Action.JUDGE, Action.ALLOCATE, Action.SIGN_OFF, Action.PUBLISH}
        assert Action.SUPPLY_CASELOAD in given
    assert {Action.DRAW, Action.JUDGE} <= allowed_to(Role.QUALITY_MANAGER, OWN_EXERCISE, Stage.FIELDWORK).keys()


WITHOUT_CASES = {Role.ANALYST, Role.MONITOR, Role.DEMOCRATIC_SERVICES, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
def test_who_needs_a_second_factor(role):
    assert sees_cases({role}) is (role not in WITHOUT_CASES)


def test_a_grant_counts_within_its_stages_only():
    grant = Grant(Action.PUBLISH, frozenset({Role.MONITOR}), since=Stage.SIGNED, until=Stage.WITH_SERVICE)
    reached = [stage for stage in Stage if may(standing(Role.MONITOR, stage=stage), Action.PUBLISH, (grant,))]
    assert reached == [Stage.SIGNED, Stage.WITH_SERVICE]


def test_no_row_is_said_twice():
    assert len(set(TABLE)) == len(TABLE)


def test_the_two_reads_of_a_case_are_kept_apart():
    inspector = Standing(frozenset({Role.INSPECTOR}), RunBy.PROGRAMME, Stage.FIELDWORK, allocated=True)
    blind = replace(inspector, second_reader=True, blind=True)
    handed_in = replace(blind, blind=False)
    seen = {
        who: [may(standing, action) for action in (Action.SEE_CASES, Action.COMMENT, Action.JUDGE, Action.READ_AGAIN)]
        for who, standing in (("first", inspector), ("blind", blind), ("handed in", handed_in))
    }
    assert seen == {
        "first": [True, True, True, False],
        "blind": [False, False, False, True],
        "handed in": [True, True, False, True],
    }
    assert may(blind, Action.RAISE_ALERT)


@pytest.mark.parametrize("action", [Action.SEE_SCORES, Action.SEE_DRAFT, Action.DECIDE_BAND])
def test_scores_would_give_the_first_read_away_to_its_second_reader(action):
    roles = frozenset({Role.INSPECTOR, Role.HEAD_OF_SERVICE})
    reader = Standing(roles, OWN_EXERCISE, Stage.MODERATION)
    assert may(reader, action)
    assert not may(replace(reader, reads_blind=True), action)
    assert may(Standing(frozenset({Role.LEAD_INSPECTOR}), OWN_EXERCISE, Stage.FIELDWORK, reads_blind=True), action)


@pytest.mark.parametrize("role", set(Role) - {Role.ADMINISTRATOR})
def test_scores_of_few_cases_are_for_those_who_open_every_case(role):
    few = standing(role, OWN_EXERCISE, few=True)
    assert may(few, Action.SEE_SCORES) is (reach_of(few, Action.SEE_CASES) is Reach.ALL)
    assert may(replace(few, few=False), Action.SEE_SCORES)
    assert may(replace(few, stage=Stage.MODERATION), Action.SEE_SCORES)


def test_a_difference_is_settled_by_an_inspector_who_has_neither_read():
    for run_by in RunBy:
        inspector = standing(Role.INSPECTOR, run_by)
        assert may(inspector, Action.SETTLE)
        assert not may(replace(inspector, allocated=True), Action.SETTLE)
        assert not may(replace(inspector, second_reader=True), Action.SETTLE)
        assert not may(replace(inspector, conflicted=True), Action.SETTLE)


def test_nobody_signs_what_is_still_in_fieldwork():
    signing = [s for role in Role for run_by in RunBy for s in Stage if may(standing(role, run_by, s), Action.SIGN_OFF)]
    assert min(stage.order for stage in signing) == Stage.MODERATION.order


def test_a_lead_who_reads_a_case_again_sees_the_first_read_and_does_not_judge_it():
    lead = Standing(
        frozenset({Role.LEAD_INSPECTOR}),
        RunBy.PROGRAMME,
        Stage.FIELDWORK,
        allocated=True,
        second_reader=True,
        blind=True,
    )
    assert may(lead, Action.SEE_CASES)
    assert not may(lead, Action.JUDGE)
    assert not may(replace(lead, conflicted=True), Action.READ_AGAIN)


CHANGES_WHAT_IS_SIGNED = (
    Action.DRAW,
    Action.JUDGE,
    Action.IMPORT_JUDGEMENTS,
    Action.READ_AGAIN,
    Action.SECOND_READ,
    Action.MODERATE,
    Action.WRITE_FINDINGS,
    Action.RECORD_FIRST_PLAN,
)


@pytest.mark.parametrize("role", Role)
def test_what_an_inspectorate_published_is_changed_by_nobody_until_a_correction_takes_it_back(role):
    assert not set(CHANGES_WHAT_IS_SIGNED) & allowed_to(role, INSPECTED, Stage.PUBLISHED).keys()


@pytest.mark.parametrize("stage", [Stage.MODERATION, Stage.WITH_SERVICE])
def test_control_until_then_its_lead_does(stage):
    assert set(CHANGES_WHAT_IS_SIGNED) <= allowed_to(Role.LEAD_INSPECTOR, INSPECTED, stage).keys()


@pytest.mark.parametrize("run_by", RunBy)
def test_no_head_and_no_administrator_names_the_director_whatever_else_they_are(run_by):
    for role in (Role.HEAD_OF_SERVICE, Role.ADMINISTRATOR):
        assert not may(standing(role, run_by), Action.NAME_DIRECTOR)
    both = Standing(frozenset({Role.HEAD_OF_SERVICE, Role.LEAD_INSPECTOR}), run_by, Stage.FIELDWORK)
    assert not may(both, Action.NAME_DIRECTOR)
    assert may(standing(Role.LEAD_INSPECTOR, run_by), Action.NAME_DIRECTOR)
