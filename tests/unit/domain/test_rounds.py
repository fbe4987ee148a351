"""A history of audit rounds: which rounds compare, and what is said of them."""

from datetime import date
from fractions import Fraction

import pytest

from aboveline.domain.question_set import question_set
from aboveline.domain.rounds import CAUTION, NO_PATTERN, History, RoundScore, history, series_of
from aboveline.domain.scoring import score_inspection
from tests.builders import framework_of, judgements_of_counts

STEADY = (52, 48, 55, 47, 51, 49, 58, 45, 50, 53)
RISEN = (*[42, 40, 44, 41, 45, 39], *[61, 63, 60, 64, 62, 65])


def months(*percents: int | None, series: str = "a") -> list[RoundScore]:
    return [
        RoundScore(date(2025 + n // 12, n % 12 + 1, 1), 8, None if p is None else Fraction(p, 100), None, series)
        for n, p in enumerate(percents)
    ]


def said(found: History) -> str:
    return " ".join(found.sentences())


def test_too_few_rounds_are_said_to_be_too_few():
    found = history(months(*STEADY[:9]))
    assert (found.reading, found.signals) == (None, ())
    assert said(found) == "Too few rounds to look for a pattern: 9 scored rounds that compare, of 10 needed."
    assert said(history([])) == "Too few rounds to look for a pattern: 0 scored rounds that compare, of 10 needed."


def test_a_steady_history_has_a_median_and_no_pattern():
    found = history(months(*STEADY))
    assert found.sentences() == ("The median of 10 rounds is 51%.", NO_PATTERN, CAUTION)


def test_a_rise_is_told_with_its_days_and_the_caution():
    words = said(history(months(*RISEN)))
    assert "6 rounds in a row lie above the median, from 1 July 2025 to 1 December 2025." in words
    assert "6 rounds in a row lie below the median, from 1 January 2025 to 1 June 2025." in words
    assert "2 runs, where 3 to 11 are to be expected" not in words
    assert "2 runs, where 4 to 10 are to be expected" in words
    assert words.endswith(str(CAUTION))


@pytest.mark.parametrize(
    ("percents", "words"),
    [
        ((70, 41, 69, 50, 52, 54, 56, 58, 44, 61), "5 rounds in a row rise, from 1 April 2025 to 1 August 2025."),
        ((41, 70, 40, 58, 56, 54, 52, 50, 62, 44), "5 rounds in a row fall, from 1 April 2025 to 1 August 2025."),
        ((40, 60) * 7, "14 runs, where 4 to 12 are to be expected. Look for two kinds of rounds mixed"),
    ],
)
def test_each_pattern_has_its_words(percents, words):
    assert words in said(history(months(*percents)))


def test_only_rounds_that_compare_with_the_latest_are_read():
    earlier = [RoundScore(date(2024, 1, 1), 8, Fraction(1), None, "b")]
    found = history([*months(*STEADY), *earlier])
    assert (len(found.rounds), found.other_series) == (10, 1)
    assert "1 round under another framework or with other questions is left out." in said(found)
    assert history([*months(*STEADY), RoundScore(date(2027, 1, 1), 8, Fraction(1), None, "b")]).other_series == 10


def test_a_round_with_nothing_scored_takes_no_part_and_is_counted():
    found = history(months(*STEADY, None))
    assert (len(found.rounds), found.not_scored) == (10, 1)
    assert "1 round had nothing to score." in said(found)


def test_rounds_may_come_in_any_order():
    assert history(reversed(months(*RISEN))) == history(months(*RISEN))


def test_a_round_takes_the_interval_of_practice_and_says_what_it_compares_with():
    framework = framework_of(4)
    sheet = judgements_of_counts([(3, 4), (2, 4), (4, 4)])
    whole = score_inspection(framework, sheet, caseload_size=3)
    score = whole.theme_by_id["all"]
    made = RoundScore.of(date(2026, 1, 1), whole, score)
    assert score.interval is None
    assert (made.interval, made.cases, made.share) == (score.practice.interval, 3, Fraction(3, 4))
    assert made.interval is not None
    short = question_set(framework, "Short", [framework.questions[0].id]).expect()
    every = question_set(framework, "All", [q.id for q in framework.questions]).expect()
    asked = [score_inspection(framework, sheet, caseload_size=3, question_set=one) for one in (short, every)]
    assert series_of(asked[0]) != series_of(whole)
    assert series_of(asked[1]) == series_of(whole)


def test_as_a_document_it_holds_rounds_rules_and_sentences():
    document = history(months(*RISEN)).as_dict()
    assert document["rounds"][0] == {"day": "2025-01-01", "cases": 8, "share": 0.42, "interval": None}
    assert (document["median"], document["runs"], document["runs_expected"]) == (0.525, 2, [4, 10])
    assert document["signals"][0] == {"pattern": "shift_below", "first": 0, "last": 5, "count": 6}
    assert history(months(50)).as_dict()["median"] is None
