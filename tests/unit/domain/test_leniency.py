"""Each assessor against everybody else on the same questions, worked by hand, with every declared edge."""

import random
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.leniency import (
    NOBODY_ELSE,
    NOT_ONLY_THE_ASSESSOR,
    TOO_FEW_OTHERS,
    TOO_FEW_OWN,
    FieldworkLeniency,
    Leniency,
    LeniencyVerdict,
    applicable,
    fieldwork_leniency,
    split,
)
from aboveline.domain.statistics import Interval, mover_difference
from tests.leniency_builders import MONDAY, a_reading, readings

HAND = readings(("ana", "ss", 1), ("ana", "si", 2), ("ben", "si", 1), ("ben", "ii", 2), ("cai", "ss", 1))


def whole(found: FieldworkLeniency, assessor: str = "ana") -> Leniency:
    return next(row for row in found.assessors if row.assessor == assessor)


def a_week(lenient: float, cases: int = 12, chance: random.Random | None = None) -> FieldworkLeniency:
    """Three assessors; every answer is sufficient with probability .5, ana's with .5 + lenient."""
    chance = chance or random.Random(5)

    def answers(share: float) -> str:
        return "".join("s" if chance.random() < share else "i" for _ in range(10))

    return fieldwork_leniency(
        readings(
            *(
                (name, answers(0.5 + lenient * (name == "ana")), day % 5 + 1)
                for name in ("ana", "ben", "cai")
                for day in range(cases)
            )
        )
    )


def test_worked_by_hand() -> None:
    found = whole(fieldwork_leniency(HAND))
    assert (found.sufficient, found.applicable, found.cases, found.left_out) == (3, 4, 2, 0)
    assert (found.observed, found.expected, found.difference) == (Fraction(3, 4), Fraction(1, 2), Fraction(1, 4))


def test_the_expected_share_has_its_own_uncertainty_over_the_others_cases() -> None:
    own, others = split(applicable(HAND), "ana")
    share, interval = others.expected(own, 0.5)
    # influences 0, -1/6 and 1/6: variance 3/2 * 2/36 = 1/12; t(2) at 50% is .816497
    half = 0.8164965809 * (1 / 12) ** 0.5
    assert share == Fraction(1, 2)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.5 - half, 0.5 + half), abs=1e-9)


def test_the_difference_takes_both_uncertainties() -> None:
    own, others = split(applicable(HAND), "ana")
    found = whole(fieldwork_leniency(HAND))
    around = others.expected(own, 0.95)[1]
    assert found.interval is not None
    assert around is not None
    exact = Interval(0.75, 0.75)
    narrower = mover_difference(0.5, around, 0.75, exact)
    assert found.interval.low < narrower.low
    assert found.interval.high > narrower.high
    assert found.interval.method == "mover"


def test_a_day_is_set_against_all_days_of_the_others() -> None:
    days = [row for row in fieldwork_leniency(HAND).days if row.assessor == "ana"]
    assert [(row.day, row.observed, row.expected) for row in days] == [
        (MONDAY, Fraction(1), Fraction(1, 2)),
        (date(2026, 11, 17), Fraction(1, 2), Fraction(1, 2)),
    ]


def test_the_mix_of_questions_is_no_leniency() -> None:
    found = fieldwork_leniency(readings(("ana", "s-", 1), ("ana", "s-", 1), ("ben", "si", 1), ("ben", "si", 1)))
    assert whole(found).difference == 0
    assert whole(found, "ben").difference == 0
    assert whole(found, "ben").left_out == 2


def test_verdicts_follow_the_interval() -> None:
    assert whole(a_week(0.4)).verdict is LeniencyVerdict.MORE_LENIENT
    assert whole(a_week(-0.4)).verdict is LeniencyVerdict.STRICTER
    assert whole(a_week(0.0)).verdict is LeniencyVerdict.NO_CLEAR_DIFFERENCE
    assert [str(verdict.words) for verdict in LeniencyVerdict] == [
        "finds work sufficient more often than the others",
        "finds work sufficient less often than the others",
        "the readings cannot show a difference",
    ]


def test_equal_assessors_are_seldom_told_apart() -> None:
    chance = random.Random(8)
    told_apart = sum(
        row.verdict is not LeniencyVerdict.NO_CLEAR_DIFFERENCE
        for _ in range(60)
        for row in a_week(0.0, cases=6, chance=chance).assessors
    )
    assert told_apart <= 15  # 180 verdicts; one in twenty is 9


class TestEdges:
    def test_nobody_else_judged_it(self) -> None:
        found = whole(fieldwork_leniency(a_reading("ana", "C001", "si") + a_reading("ben", "C002", "--")))
        assert (found.difference, found.left_out, found.reason) == (None, 2, NOBODY_ELSE)
        assert found.verdict is LeniencyVerdict.NO_CLEAR_DIFFERENCE

    def test_one_case_of_ones_own(self) -> None:
        found = whole(fieldwork_leniency(readings(("ana", "si", 1), ("ben", "ss", 1), ("ben", "is", 1))))
        assert (found.difference, found.interval, found.reason) == (Fraction(-1, 4), None, TOO_FEW_OWN)

    def test_one_case_of_the_others(self) -> None:
        found = whole(fieldwork_leniency(readings(("ana", "si", 1), ("ana", "ss", 1), ("ben", "ss", 1))))
        assert (found.interval, found.reason) == (None, TOO_FEW_OTHERS)

    def test_others_who_always_agree_still_have_an_uncertainty(self) -> None:
        own, others = split(applicable(readings(("ana", "si", 1), ("ben", "ss", 1), ("ben", "ss", 1))), "ana")
        share, interval = others.expected(own, 0.95)
        assert share == 1
        assert interval is not None
        assert (interval.high, interval.method) == (1, "wilson-t")
        assert interval.low < 0.9

    def test_nothing_read(self) -> None:
        found = fieldwork_leniency([])
        assert (found.assessors, found.days, found.notes) == ((), (), ())

    def test_a_reading_twice_is_refused(self) -> None:
        with pytest.raises(ValueError, match="two readings"):
            fieldwork_leniency(a_reading("ana", "C001", "s") * 2)

    def test_one_case_read_by_two_assessors_is_two_clusters(self) -> None:
        together = split(applicable(readings(("ana", "s", 1), ("ben", "s", 1), ("cai", "i", 1))), "ana")
        rows = [*a_reading("ana", "C001", "s"), *a_reading("ben", "C002", "s"), *a_reading("cai", "C002", "i")]
        same_case = split(applicable(rows), "ana")
        assert same_case[1].expected(same_case[0], 0.95) == together[1].expected(together[0], 0.95)


def test_every_row_comes_with_its_caution_and_as_data() -> None:
    found = fieldwork_leniency(HAND)
    assert found.notes[0] == NOT_ONLY_THE_ASSESSOR
    assert "5 figures of single days are exploratory" in found.notes[1]
    data = found.as_dict()
    assert data["assessors"][0] == {  # type: ignore[index]
        "assessor": "ana",
        "day": None,
        "sufficient": 3,
        "applicable": 4,
        "left_out": 0,
        "cases": 2,
        "observed": 0.75,
        "expected": 0.5,
        "difference": 0.25,
        "interval": whole(found).interval.as_dict(),  # type: ignore[union-attr]
        "reason": None,
        "verdict": "no_clear_difference",
    }
    assert data["days"][0]["day"] == "2026-11-16"  # type: ignore[index]


cases = st.tuples(st.sampled_from(["ana", "ben", "cai"]), st.text("si-.", min_size=1, max_size=4), st.integers(1, 5))


@given(st.lists(cases, max_size=8), st.randoms())
def test_order_does_not_matter_and_limits_hold_the_difference(rows, chance) -> None:
    made = readings(*rows)
    found = fieldwork_leniency(made)
    assert fieldwork_leniency(chance.sample(made, len(made))) == found
    for row in (*found.assessors, *found.days):
        assert (row.interval is None) == (row.reason is not None)
        if row.interval and row.difference is not None:
            assert row.interval.low - 1e-12 <= float(row.difference) <= row.interval.high + 1e-12
            assert -1 <= row.interval.low < row.interval.high <= 1


@given(st.lists(cases, min_size=1, max_size=8))
def test_turning_every_answer_round_turns_the_difference_round(rows) -> None:
    turned = [(name, answers.translate(str.maketrans("si", "is")), day) for name, answers, day in rows]
    there, back = fieldwork_leniency(readings(*rows)), fieldwork_leniency(readings(*turned))
    for one, other in zip(there.assessors, back.assessors, strict=True):
        assert one.difference == (None if other.difference is None else -other.difference)
        assert one.left_out == other.left_out
