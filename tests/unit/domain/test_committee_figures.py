"""Snapshots: what their digest covers, and the printed form of each reference."""

from dataclasses import replace

import pytest

from aboveline.domain.committee_entry import FigureRef
from aboveline.domain.committee_figures import Figures, points_words
from tests.report_builders import COMPARATOR, FIGURES, SCORES, score_set


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (FigureRef("score", "roh"), "70%"),
        (FigureRef("original", "roh"), "36%"),
        (FigureRef("band", "roh"), "moderate"),
        (FigureRef("change", "roh"), "34 points higher"),
        (FigureRef("lowest", "lor"), "50%"),
        (FigureRef("highest", "lor"), "87%"),
        (FigureRef("average", "lor"), "69%"),
        (FigureRef("cases", "lor"), "38 cases"),
        (FigureRef("interval", "lor"), "72% to 89%"),
        (FigureRef("score", "nothing"), None),
        (FigureRef("nothing", "lor"), None),
    ],
)
def test_printed_forms(reference: FigureRef, words: str | None) -> None:
    assert FIGURES.words_for(reference) == words


def test_nothing_bound_prints_nothing() -> None:
    assert Figures().known_references() == ()
    assert Figures().words_for(FigureRef("rank")) is None


def test_a_withheld_score_is_said_to_be_so() -> None:
    withheld = Figures(score_set("fake:new", (None, 70, 81), ("", "Moderate", "Minimum")))
    assert withheld.words_for(FigureRef("score", "safeguarding")) == "not published"
    assert withheld.words_for(FigureRef("band", "safeguarding")) is None


@pytest.mark.parametrize("field", ["percent", "cases", "interval", "band", "sufficient", "applicable"])
def test_the_digest_covers_every_fact_of_a_score(field: str) -> None:
    changed = {"percent": 71, "cases": 39, "interval": None, "band": "Drastic", "sufficient": 1, "applicable": 2}[field]
    scores = (SCORES.scores[0], replace(SCORES.scores[1], **{field: changed}), SCORES.scores[2])
    assert replace(SCORES, scores=scores).source_digest != SCORES.source_digest


@pytest.mark.parametrize("field", ["area", "when", "source"])
def test_the_digest_covers_where_scores_are_from(field: str) -> None:
    assert replace(SCORES, **{field: "other"}).source_digest != SCORES.source_digest


@pytest.mark.parametrize("field", ["lowest", "highest", "average", "areas", "rank", "quartile", "lowest_area"])
def test_the_digest_covers_every_fact_of_a_comparator(field: str) -> None:
    rows = (replace(COMPARATOR.comparators[0], **{field: 1}), *COMPARATOR.comparators[1:])
    assert replace(COMPARATOR, comparators=rows).source_digest != COMPARATOR.source_digest
    assert replace(COMPARATOR, as_at="2 June 2024").source_digest != COMPARATOR.source_digest


def test_the_basis_is_told_and_digested_only_where_it_is_known() -> None:
    known = replace(SCORES.scores[0], sufficient=111, applicable=173, cases=12, applicable_cases=10)
    assert known.basis_words == "111 of 173 judgements in 10 cases"
    assert known.cases_words == "10 cases"
    assert known.facts != replace(known, applicable_cases=9).facts
    assert replace(known, applicable_cases=None).basis_words == ""
    assert len(SCORES.scores[0].facts) == 8


def test_the_digest_leaves_our_own_wording_out() -> None:
    assert replace(SCORES, title="Other", reference="other").source_digest == SCORES.source_digest


def test_points() -> None:
    assert [points_words(p) for p in (-2, -1, 0, 1)] == [
        "2 points lower",
        "1 point lower",
        "no change",
        "1 point higher",
    ]
