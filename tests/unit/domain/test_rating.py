from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.rating import Decision, band_of, lowest_question, whole_percent
from tests.builders import a_framework


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Fraction(0), 0),
        (Fraction(1), 100),
        (Fraction(285, 1000), 29),  # as a float, 28.499999999999996
        (Fraction(1, 200), 1),
        (Fraction(2, 3), 67),
        (Fraction(4449, 10000), 44),
        (Fraction(445, 1000), 45),
    ],
)
def test_whole_percent_rounds_halves_up_on_the_exact_share(share: Fraction, percent: int) -> None:
    assert whole_percent(share) == percent


def test_band_reads_the_rounded_percent() -> None:
    assert band_of(a_framework(), whole_percent(Fraction(445, 1000))).id == "substantial"
    assert band_of(a_framework(), None) is None


@dataclass(frozen=True)
class Found:
    """A question's score as a rating sees it."""

    id: str
    share: Fraction | None
    applicable: int = 10


def found(*shares: Fraction | int | None, **applicable: int) -> list[Found]:
    ids = "abcdefgh"[: len(shares)]
    return [
        Found(id, None if share is None else Fraction(share), applicable.get(id, 10))
        for id, share in zip(ids, shares, strict=True)
    ]


def test_the_lowest_question_decides() -> None:
    decision = lowest_question(found(Fraction(3, 4), Fraction(1, 2), 1))
    assert (decision.lowest, decision.shown, decision.tied) == (("b",), "b", False)


def test_shares_are_compared_before_they_are_rounded() -> None:
    decision = lowest_question(found(Fraction(501, 1000), Fraction(5, 10)))
    assert (decision.lowest, decision.tied) == (("b",), False)


def test_of_questions_that_tie_the_one_with_the_fewest_judgements_is_shown() -> None:
    decision = lowest_question(found(Fraction(1, 2), Fraction(1, 2), Fraction(1, 2), a=10, b=4, c=4))
    assert (decision.lowest, decision.shown, decision.tied) == (("a", "b", "c"), "b", True)


def test_a_question_that_is_not_scored_takes_no_part() -> None:
    decision = lowest_question(found(None, Fraction(9, 10)))
    assert (decision.lowest, decision.not_scored) == (("b",), ("a",))


def test_where_no_question_is_scored_nothing_decides() -> None:
    decision = lowest_question(found(None, None))
    assert decision == Decision(not_scored=("a", "b"))
    assert decision.as_dict()["caution"] is None


def test_a_withheld_question_keeps_back_the_rating_even_where_another_is_lower() -> None:
    decision = lowest_question(found(0, 1), withheld={"b"})
    assert (decision.lowest, decision.shown, decision.withheld) == ((), None, ("b",))


def test_the_decision_says_that_the_lowest_was_picked_out() -> None:
    assert "picked out after the event" in str(lowest_question(found(0, 1)).as_dict()["caution"])


@given(st.lists(st.none() | st.fractions(0, 1), min_size=1, max_size=8), st.randoms())
def test_the_order_of_questions_does_not_change_the_lowest_share(shares: list, random: object) -> None:
    questions = found(*shares)
    shuffled = list(questions)
    random.shuffle(shuffled)
    assert set(lowest_question(questions).lowest) == set(lowest_question(shuffled).lowest)


@given(st.lists(st.fractions(0, 1), min_size=1, max_size=8))
def test_the_question_shown_has_the_lowest_share_of_all(shares: list) -> None:
    questions = {question.id: question for question in found(*shares)}
    decision = lowest_question(list(questions.values()))
    assert questions[decision.shown].share == min(shares)
    assert decision.shown in decision.lowest
