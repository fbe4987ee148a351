"""Drift over the days and the variance between assessors: hand-worked, simulated, and every declared edge."""

import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.leniency import Reading
from aboveline.domain.severity import (
    NO_SPREAD,
    NO_SPREAD_IN_CASES,
    ONE_DAY,
    TOO_FEW_ASSESSORS,
    TOO_FEW_CASES,
    Drift,
    DriftVerdict,
    Severity,
    drifts,
    severity,
)
from tests.leniency_builders import readings

OTHERS = (("ben", "si" * 5, 1), ("ben", "is" * 5, 5))  # every question sufficient in one of two cases


def ana(*cases: tuple[int, int]) -> list[Reading]:
    """Ana's cases as (how many of ten sufficient, day) beside two cases of Ben's."""
    return readings(*(("ana", "s" * n + "i" * (10 - n), day) for n, day in cases), *OTHERS)


def drift_of(rows: list[Reading]) -> Drift:
    return drifts(rows)[0]


def test_drift_worked_by_hand() -> None:
    # residuals 0, .2, .1, .3 on fieldwork days 1 to 4: slope .4 / 5 = .08, rest .018, s2 = .009, error sqrt(.009 / 5)
    found = drift_of(ana((5, 1), (7, 2), (6, 3), (8, 4)))
    assert (found.cases, found.days, found.slope) == (4, 4, Fraction(2, 25))
    half = 4.302652729911 * math.sqrt(0.009 / 5)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((0.08 - half, 0.08 + half), abs=1e-9)
    assert found.verdict is DriftVerdict.CANNOT_SHOW
    assert found.verdict.words == "the readings cannot show a drift"


def test_a_clear_drift_is_called_by_its_direction() -> None:
    rising = [(2, 1), (3, 1), (4, 2), (6, 3), (7, 4), (9, 5), (9, 5)]
    assert drift_of(ana(*rising)).verdict is DriftVerdict.MORE_LENIENT
    assert drift_of(ana(*((10 - n, day) for n, day in rising))).verdict is DriftVerdict.STRICTER
    assert DriftVerdict.STRICTER.words == "became stricter over the days"


def test_days_are_counted_in_fieldwork_so_that_a_weekend_is_no_gap() -> None:
    through = drift_of(
        readings(("ana", "ii", 4), ("ana", "si", 5), ("ana", "ss", 8), ("ben", "si", 4), ("ben", "is", 8))
    )
    straight = drift_of(
        readings(("ana", "ii", 1), ("ana", "si", 2), ("ana", "ss", 3), ("ben", "si", 1), ("ben", "is", 3))
    )
    assert through.slope == straight.slope == Fraction(1, 2)


def test_a_case_read_over_two_days_stands_between_them() -> None:
    one_day = ana((2, 1), (5, 2), (6, 3))
    moved = [r for r in one_day if r.case == "C002"][5:]
    later = next(r.day for r in one_day if r.case == "C003")
    over_two = [Reading(r.assessor, r.case, r.question, later, r.answer) if r in moved else r for r in one_day]
    # points (1, -.3), (2.5, 0), (3, .1) instead of (1, -.3), (2, 0), (3, .1)
    assert drift_of(over_two).slope == Fraction(1, 5)
    assert drift_of(one_day).slope == Fraction(1, 5)
    assert drift_of(over_two).reason is NO_SPREAD
    assert drift_of(one_day).interval is not None


@pytest.mark.parametrize(
    ("cases", "reason", "slope"),
    [
        ([(5, 1), (7, 2)], TOO_FEW_CASES, None),
        ([(5, 1), (7, 1), (6, 1)], ONE_DAY, None),
        ([(5, 1), (6, 2), (7, 3)], NO_SPREAD, Fraction(1, 10)),
    ],
)
def test_readings_that_cannot_show_a_drift_say_why(cases, reason, slope) -> None:
    found = drift_of(ana(*cases))
    assert (found.slope, found.interval, found.reason) == (slope, None, reason)
    assert found.reason is not None
    assert found.reason.startswith("The readings cannot show a drift")
    assert found.verdict is DriftVerdict.CANNOT_SHOW
    assert found.as_dict()["reason"] == reason


def test_cases_that_nobody_else_can_be_set_against_are_not_counted() -> None:
    found = drifts(readings(*(("ana", "si", day) for day in range(1, 5))))
    assert [(row.cases, row.reason) for row in found] == [(0, TOO_FEW_CASES)]


def a_team(spread: float, chance: random.Random, assessors: int = 5, cases: int = 8) -> list[Reading]:
    """Assessors whose share sufficient is .5 plus a severity of this spread; cases vary with spread .1."""
    rows = []
    for n in range(assessors):
        severe = spread * (-1) ** n
        for _ in range(cases):
            share = 0.5 + severe + chance.gauss(0, 0.1)
            rows.append((f"a{n}", "".join("s" if chance.random() < share else "i" for _ in range(20)), 1))
    return readings(*rows)


def test_severity_worked_by_hand() -> None:
    # residuals from the pooled share 1/2: a -1/2 0, b 0 0, c 0 1/2; MSB 1/8, MSW 1/12, n0 = 2
    found = severity(
        readings(*(("abc"[n // 2], answer, 1) for n, answer in enumerate(("ii", "si", "is", "si", "is", "ss"))))
    )
    assert (found.assessors, found.cases) == (3, 6)
    assert found.spread == pytest.approx(math.sqrt((1 / 8 - 1 / 12) / 2))
    assert found.factor == pytest.approx(1 + (1 / 48) * 2 / (1 / 12))


def test_a_clear_difference_between_assessors_is_found_and_said() -> None:
    found = severity(a_team(0.2, random.Random(3)))
    assert found.shown
    assert found.by_chance == 0.001
    assert 0.15 < (found.spread or 0) < 0.3
    assert f"about {found.factor:.1f} times as large" in found.words


def test_equal_assessors_are_seldom_called_different() -> None:
    chance = random.Random(4)
    called = sum(severity(a_team(0.0, chance, assessors=4, cases=4)).shown for _ in range(40))
    assert called <= 6
    quiet = severity(a_team(0.0, random.Random(1)))
    assert quiet.words == "The readings cannot show that assessors differ in severity."


def test_the_exchange_can_be_repeated_from_its_seed() -> None:
    team = a_team(0.04, random.Random(6))
    assert severity(team) == severity(list(reversed(team)))
    assert severity(team, seed="another").by_chance != severity(team).by_chance
    assert severity(team, seed="another").spread == severity(team).spread


@pytest.mark.parametrize(
    ("cases", "counted", "reason"),
    [
        ([], (0, 0), TOO_FEW_ASSESSORS),
        (
            [("ana", "si", 1), ("ana", "ss", 1), ("ben", "ii", 1), ("ben", "si", 1), ("cai", "si", 1)],
            (2, 4),
            TOO_FEW_ASSESSORS,
        ),
        ([(name, "si", 1) for name in "abcabc"], (3, 6), NO_SPREAD_IN_CASES),
    ],
)
def test_what_cannot_be_estimated_says_why(cases, counted, reason) -> None:
    found = severity(readings(*cases))
    assert found == Severity(*counted, reason=reason)
    assert (found.words, found.shown) == (reason, False)
    assert found.as_dict()["factor"] is None


cases = st.tuples(st.sampled_from(["ana", "ben", "cai"]), st.text("si-", min_size=1, max_size=3), st.integers(1, 5))


@given(st.lists(cases, max_size=8))
def test_nothing_is_ever_not_a_number(rows) -> None:
    made = readings(*rows)
    for drift in drifts(made):
        assert (drift.interval is None) == (drift.reason is not None)
        if drift.interval and drift.slope is not None:
            assert drift.interval.low < drift.slope < drift.interval.high
    found = severity(made)
    assert (found.factor is None) == (found.reason is not None)
    if found.factor is not None and found.spread is not None and found.by_chance is not None:
        assert found.factor >= 1
        assert found.spread >= 0
        assert 0 < found.by_chance <= 1
