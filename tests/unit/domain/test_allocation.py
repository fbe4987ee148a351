"""Giving cases to assessors."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveline.domain.allocation import (
    Allocation,
    Assessor,
    CaseToRead,
    Leaving,
    Moved,
    check_by_hand,
    propose,
    weigh,
)

ORDERS, RISKS = ("referral", "supervision", "custody"), ("low", "medium", "high")


def some_cases(count: int, *, pairs: int = 0) -> list[CaseToRead]:
    return [
        CaseToRead(f"C{n:03}", ORDERS[n % 3], RISKS[n // 3 % 3], readers=2 if n < pairs else 1) for n in range(count)
    ]


def a_team(*capacities: int) -> list[Assessor]:
    return [Assessor(f"A{n}", capacity) for n, capacity in enumerate(capacities)]


def loads(allocation: Allocation) -> dict[str, int]:
    return {load.assessor: load.cases for load in allocation.loads}


def codes(problems) -> list[str]:
    return [problem.code.removeprefix("allocation.") for problem in problems]


teams = st.lists(st.sampled_from([0, 40, 60, 100, 100, 100]), min_size=1, max_size=5).filter(any)
conflicts = st.sets(
    st.tuples(st.sampled_from([f"A{n}" for n in range(5)]), st.sampled_from([f"C{n:03}" for n in range(20)]))
)
seeds = st.sampled_from(["a", "b", "2026"])


def test_a_week_of_sixty_cases_and_eight_assessors_is_even_in_load_and_in_kind() -> None:
    found = propose(some_cases(60), a_team(*[100] * 8), seed="week").expect()
    assert set(loads(found).values()) == {7, 8}
    assert max(abs(row.cases - row.even) for row in found.spread) <= 1
    assert found.remarks == ()


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 25), st.integers(1, 6), seeds)
def test_equal_capacities_without_conflicts_differ_by_one_case_at_most(cases: int, team: int, seed: str) -> None:
    found = loads(propose(some_cases(cases), a_team(*[100] * team), seed=seed).expect())
    assert max(found.values()) - min(found.values()) <= 1
    assert sum(found.values()) == cases


@settings(deadline=None, max_examples=60)
@given(teams, conflicts, st.integers(0, 6), seeds)
def test_every_case_is_read_without_conflict_or_somebody_is_told_why_not(team, conflicts, pairs, seed) -> None:
    cases, assessors = some_cases(12, pairs=pairs), a_team(*team)
    found = propose(cases, assessors, conflicts=conflicts, seed=seed)
    present = {a.id for a in assessors if a.capacity}
    able = {c.case: {a for a in present if (a, c.case) not in conflicts} for c in cases}
    short = [c.case for c in cases if len(able[c.case]) < c.readers]
    if found.value is None:
        assert [problem.message.split("ase ")[1].split()[0].rstrip(":") for problem in found.problems] == short
        return
    assert short == []
    for case in cases:
        given = found.value.readers[case.case]
        assert len(set(given)) == len(given) == case.readers
        assert set(given) <= able[case.case]
    assert check_by_hand(found.value.readers, cases, assessors, conflicts=conflicts) == ()


@settings(deadline=None, max_examples=40)
@given(teams, conflicts, conflicts, seeds, st.integers(0, 4), st.sets(st.sampled_from([f"C{n:03}" for n in range(12)])))
def test_mid_week_only_what_must_move_moves(team, before, since, seed, leaver, finished) -> None:
    """An assessor leaves and new conflicts come to light: everything else stays where it was."""
    cases, assessors = some_cases(12), a_team(*team, 100)
    first = propose(cases, assessors, conflicts=before, seed=seed).value
    if first is None:
        return
    staying = [a for a in assessors if a.id != f"A{leaver}"]
    second = propose(cases, staying, conflicts=before | since, kept=first.readers, finished=finished, seed=seed).value
    if second is None:
        return
    for case, (reader,) in first.readers.items():
        must = (reader, case) in since or (reader == f"A{leaver}" and case not in finished)
        assert (second.readers[case] != (reader,)) == must
        assert (case in {m.case for m in second.moved}) == must


@given(st.permutations(range(9)), st.permutations(range(3)), seeds)
@settings(deadline=None, max_examples=20)
def test_the_same_cases_team_and_seed_give_the_same_proposal_in_any_order(cases, team, seed) -> None:
    in_order = propose(some_cases(9), a_team(100, 60, 100), conflicts=[("A0", "C001")], seed=seed).expect()
    mixed = propose(
        [some_cases(9)[n] for n in cases],
        [a_team(100, 60, 100)[n] for n in team],
        conflicts=[("A0", "C001")],
        seed=seed,
    ).expect()
    assert mixed == in_order


def test_the_seed_decides_between_equal_allocations() -> None:
    found = {tuple(propose(some_cases(9), a_team(100, 100), seed=str(n)).expect().readers.values()) for n in range(6)}
    assert len(found) > 1


def test_load_follows_capacity_and_somebody_away_gets_nothing() -> None:
    found = propose(some_cases(18), a_team(100, 60, 20, 0), seed="s").expect()
    assert loads(found) == {"A0": 10, "A1": 6, "A2": 2, "A3": 0}


def test_a_pair_is_two_people_and_the_lead_is_shared() -> None:
    found = propose(some_cases(8, pairs=8), a_team(100, 100), seed="s").expect()
    assert all(set(given) == {"A0", "A1"} for given in found.readers.values())
    assert sum(given[0] == "A0" for given in found.readers.values()) == 4


def test_every_case_nobody_may_take_is_named_at_once() -> None:
    cases = [*some_cases(3), CaseToRead("C009", readers=2)]
    barred = {("A0", "C000"), ("A1", "C000"), ("A0", "C002"), ("A1", "C002"), ("A0", "C009")}
    found = propose(cases, a_team(100, 100, 0), conflicts=barred, seed="s")
    assert found.value is None
    assert codes(found.problems) == ["nobody-may-take", "nobody-may-take", "too-few-for-pair"]
    assert found.problems[0].message == ("Nobody may take case C000: 2 of the team have a conflict and 1 are away.")
    assert "C009 asks for 2 assessors and only 1" in found.problems[2].message


def test_everything_wrong_with_what_is_asked_is_said_at_once() -> None:
    cases = [CaseToRead("C001"), CaseToRead("C001", readers=3)]
    found = propose(cases, [Assessor("A", 0), Assessor("A", -5)], seed="s")
    assert codes(found.problems) == [
        "no-assessor",
        "repeated-case",
        "repeated-assessor",
        "bad-capacity",
        "bad-readers",
    ]
    assert codes(propose([], a_team(100), seed="s").problems) == ["no-case"]


def test_a_finished_case_stays_with_who_has_left_and_weighs_on_nobody_else() -> None:
    kept = {"C000": ("B",), "C001": ("B",), "C002": ("A0",)}
    found = propose(some_cases(4), a_team(100, 100), kept=kept, finished=["C000"], seed="s").expect()
    assert found.readers["C000"] == ("B",)
    assert found.moved == (Moved("C001", "B", Leaving.AWAY),)
    assert sorted(loads(found).values()) == [1, 2]
    assert found.remarks == ("C001 leaves B, who is away.",)


def test_a_conflict_takes_even_a_finished_case() -> None:
    kept = {"C000": ("A0",)}
    found = propose(
        some_cases(1), a_team(100, 100), kept=kept, finished=["C000"], conflicts=[("A0", "C000")], seed="s"
    ).expect()
    assert found.readers["C000"] == ("A1",)
    assert found.remarks == ("C000 leaves A0, who has a conflict.",)


def test_a_pair_no_longer_wanted_keeps_its_lead() -> None:
    found = propose(some_cases(1), a_team(100, 100), kept={"C000": ("A1", "A0")}, seed="s").expect()
    assert found.readers["C000"] == ("A1",)
    assert found.moved == (Moved("C000", "A0", Leaving.NOT_WANTED),)
    assert found.remarks == ("C000 no longer needs A0.",)


def test_a_case_that_becomes_a_pair_keeps_its_lead_and_a_replaced_case_is_forgotten() -> None:
    found = propose(
        some_cases(1, pairs=1), a_team(100, 100), kept={"C000": ("A1",), "C077": ("A0",)}, seed="s"
    ).expect()
    assert dict(found.readers) == {"C000": ("A1", "A0")}
    assert found.moved == ()


def test_what_is_uneven_is_said_in_figures() -> None:
    cases = [CaseToRead(f"C{n:03}", "custody" if n < 6 else "referral") for n in range(12)]
    barred = [("A0", f"C{n:03}") for n in range(3, 12)]
    found = propose(cases, a_team(100, 100), conflicts=barred, seed="s").expect()
    assert found.remarks[0] == "A0 has 3 cases where an equal share is 6.0; 9 may not be theirs."
    assert "A0 has 3 of the 6 cases of custody; an even spread gives 1.5." in found.remarks
    assert found.remarks[0].template.startswith("{assessor} has {cases}")


def test_somebody_away_with_finished_cases_is_not_called_uneven() -> None:
    kept = {f"C{n:03}": ("A0",) for n in range(4)}
    found = propose(some_cases(12), a_team(0, 100, 100), kept=kept, finished=list(kept), seed="s").expect()
    assert loads(found) == {"A0": 4, "A1": 4, "A2": 4}
    assert all(load.within_one for load in found.loads)


def test_an_allocation_changed_by_hand_is_weighed_and_checked() -> None:
    cases, team = some_cases(4, pairs=1), a_team(100, 100)
    readers = {"C000": ("A0", "A0"), "C001": ("A1",), "C002": ("B",)}
    found = check_by_hand(readers, cases, team, conflicts=[("A1", "C001")])
    assert codes(found) == ["twice-on-case", "unread", "in-conflict", "not-in-team", "unread"]
    assert [problem.severity for problem in found if problem.code == "allocation.unread"] == ["warning"] * 2
    assert check_by_hand({"C002": ("B",)}, cases[2:3], team, finished=["C002"]) == ()
    assert loads(weigh({c.case: ("A0",) for c in cases}, cases, team)) == {"A0": 4, "A1": 0}


@pytest.mark.parametrize("variable", ["order_type", "risk"])
def test_the_spread_counts_every_case_once_for_each_variable(variable: str) -> None:
    found = propose(some_cases(12), a_team(100, 60), seed="s").expect()
    rows = [row for row in found.spread if row.variable == variable]
    assert sum(row.cases for row in rows) == 12
    assert sum(row.even for row in rows) == 12
