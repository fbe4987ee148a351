"""Two answers side by side, every standing and move, and every reason a wish is refused with."""

from dataclasses import replace
from itertools import product

import pytest

from aboveline.domain.adjudication import (
    MOVES,
    REASON_LIMIT,
    REQUIRES,
    Adjudication,
    Comparison,
    Read,
    Standing,
    can_adjudicate,
    check_adjudicate,
    side_by_side,
    unsettled,
)
from aboveline.domain.judgement import Answer
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.second_reading_problems import CATALOGUE
from tests.builders import LETTERS

SUF, INS, NA, NOT_YET = LETTERS["s"], LETTERS["i"], LETTERS["-"], LETTERS["."]


def compared(letters: str = "si", adjudication: Adjudication | None = None) -> Comparison:
    return Comparison("C001", "1.1.1", LETTERS[letters[0]], LETTERS[letters[1]], "ana", "ben", adjudication)


def wish(to: Standing = Standing.FIRST, by: str = "lea", reason: str = "the plan is dated", **more) -> Adjudication:
    return Adjudication(to, by, reason, **more)


OTHER = wish(Standing.OTHER, answer=NA)
STANDING_EXAMPLES = {
    Standing.WAITING: compared("s."),
    Standing.AGREED: compared("ii"),
    Standing.CONFLICTED: compared(),
    Standing.FIRST: compared(adjudication=wish()),
    Standing.SECOND: compared(adjudication=wish(Standing.SECOND)),
    Standing.OTHER: compared(adjudication=OTHER),
}


def refused(comparison: Comparison, wanted: Adjudication) -> list[str]:
    assert not can_adjudicate(comparison, wanted)
    with pytest.raises(ProblemsFound) as caught:
        check_adjudicate(comparison, wanted)
    return [problem.code.removeprefix("adjudication.") for problem in caught.value.problems]


def test_the_tables_are_whole() -> None:
    assert set(MOVES) == set(STANDING_EXAMPLES) == set(Standing)
    assert frozenset().union(*MOVES.values()) == set(REQUIRES)
    assert all(standing.words for standing in Standing)


@pytest.mark.parametrize(("standing", "comparison"), STANDING_EXAMPLES.items())
def test_the_standing_follows_from_answers_and_adjudication(standing: Standing, comparison: Comparison) -> None:
    assert comparison.standing is standing


@pytest.mark.parametrize(("standing", "to"), list(product(Standing, Standing)))
def test_exactly_the_moves_of_the_table_are_allowed(standing: Standing, to: Standing) -> None:
    wanted = wish(to, answer=NA if to is Standing.OTHER else None)
    comparison = STANDING_EXAMPLES[standing]
    assert can_adjudicate(comparison, wanted) == (to in MOVES[standing])
    if to in MOVES[standing]:
        check_adjudicate(comparison, wanted)
    else:
        assert len(refused(comparison, wanted)) == 1


def test_only_what_is_settled_has_an_answer_for_the_record() -> None:
    assert {standing: example.settled for standing, example in STANDING_EXAMPLES.items()} == {
        Standing.WAITING: None,
        Standing.AGREED: INS,
        Standing.CONFLICTED: None,
        Standing.FIRST: SUF,
        Standing.SECOND: INS,
        Standing.OTHER: NA,
    }
    assert [c.standing for c in unsettled(STANDING_EXAMPLES.values())] == [Standing.WAITING, Standing.CONFLICTED]


def test_readers_who_come_to_agree_need_no_adjudication_any_more() -> None:
    assert compared("ii", wish()).standing is Standing.AGREED
    assert compared("ii", wish()).settled is INS
    assert compared("s.", wish()).standing is Standing.WAITING


def test_a_question_opened_again_is_conflicted_and_says_who_opened_it() -> None:
    opened = compared(adjudication=wish(Standing.CONFLICTED, reason="new evidence"))
    assert (opened.standing, opened.settled) == (Standing.CONFLICTED, None)
    assert can_adjudicate(opened, wish(Standing.SECOND))
    assert refused(opened, wish(Standing.CONFLICTED)) == ["already-there"]


@pytest.mark.parametrize(
    ("comparison", "wanted", "codes"),
    [
        (compared("ss"), wish(), ["nothing-to-settle"]),
        (compared(".s"), wish(), ["not-both-answered"]),
        (compared(adjudication=wish()), wish(), ["already-there"]),
        (compared(), wish(Standing.AGREED), ["not-an-outcome"]),
        (compared(), wish(by="ana"), ["reader-cannot-settle"]),
        (compared(), wish(by="ben"), ["reader-cannot-settle"]),
        (compared(), wish(reason=" "), ["no-reason"]),
        (compared(), wish(reason="x" * (REASON_LIMIT + 1)), ["reason-too-long"]),
        (compared(), wish(Standing.OTHER), ["no-answer"]),
        (compared(), wish(Standing.OTHER, answer=NOT_YET), ["no-answer"]),
        (compared(), wish(Standing.OTHER, answer=INS), ["answer-of-a-reader"]),
        (compared(), wish(answer=SUF), ["answer-not-wanted"]),
        (compared("ss"), wish(by="ben", reason="", answer=NA), [
            "nothing-to-settle", "reader-cannot-settle", "no-reason", "answer-not-wanted",
        ]),
    ],
)  # fmt: skip
def test_a_refusal_gives_every_reason_at_once(comparison: Comparison, wanted: Adjudication, codes: list[str]) -> None:
    assert refused(comparison, wanted) == codes


def test_every_code_is_in_the_catalogue_once() -> None:
    codes = [kind.code for kind in CATALOGUE]
    assert len(set(codes)) == len(codes)
    assert {code.split(".")[0] for code in codes} == {"second-read", "adjudication"}


def test_a_case_side_by_side_keeps_the_order_of_questions() -> None:
    first, second = Read("ana", {"1": SUF, "2": INS}), Read("ben", {"1": SUF, "2": SUF, "3": NA})
    found = side_by_side("C001", ["2", "1", "3"], first, second, {"2": wish()})
    assert [(row.question, row.first, row.second, row.agrees, row.standing) for row in found] == [
        ("2", INS, SUF, False, Standing.FIRST),
        ("1", SUF, SUF, True, Standing.AGREED),
        ("3", Answer.NOT_ANSWERED, NA, None, Standing.WAITING),
    ]


def test_both_reads_by_one_person_are_no_second_read() -> None:
    with pytest.raises(ValueError, match="second reader"):
        side_by_side("C001", ["1"], Read("ana", {}), Read("ana", {}))


def test_a_conflict_kept_with_a_reason_asks_for_nothing_more_and_is_still_not_settled() -> None:
    open_ = STANDING_EXAMPLES[Standing.CONFLICTED]
    kept = replace(open_, adjudication=wish(Standing.CONFLICTED))
    assert (open_.decided, kept.decided) == (False, True)
    assert kept.standing is Standing.CONFLICTED
    assert unsettled([kept]) == (kept,)
    assert not STANDING_EXAMPLES[Standing.WAITING].decided
    assert STANDING_EXAMPLES[Standing.AGREED].decided
