"""Claims in prose against the bound figures, and letters that are not what they seem."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.committee_entry import Entry, EntryState, FigureRef, Paragraph
from aboveline.domain.committee_figures import ComparatorSnapshot, Figures
from aboveline.domain.committee_prose import check_prose, check_text
from tests.report_builders import COMPARATOR, FIGURES, SCORES, opened, score_set


def codes(text: str, **replaced: object) -> list[str]:
    def spoil(tree: dict[str, object]) -> None:
        tree["background"] = text

    return [problem.code.removeprefix("report.") for problem in opened(spoil, **replaced).problems]


@pytest.mark.parametrize(
    "text",
    [
        "Grants were cut by 25%.",
        "Grants may fall by 20 per cent, which matters.",
        "Safeguarding was {{score.safeguarding}} good enough.",
        "The improvement required is {{band.roh}}.",
        "38 cases were read.",
        "A minimum of two visits was made.",
        "Safeguarding was {{score.safeguarding}} good enough (95% interval {{interval.safeguarding}}).",
        "Safeguarding has a 95 per cent confidence interval.",
        "Ysgol Llŷn, naïve café, Łódź and Ђорђе and Αθήνα are all words.",
    ],
)
def test_what_is_no_claim_is_left_alone(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was 75%.", ["typed-figure"]),
        ("It was 75 %.", ["typed-figure"]),
        ("Seventy is 70 percent.", ["typed-figure"]),
        ("Likelihood of Re-offending stood at 80%.", ["contradicts-figure"]),
        ("Risk of Harm was 70%.", ["typed-figure"]),
        ("Risk of Harm was 75%.", ["contradicts-figure"]),
        ("Safeguarding was at 95%, with an interval.", ["contradicts-figure"]),
        ("It was 81%0.", ["bad-percent"]),
        ("It was 810%.", ["bad-percent"]),
        ("We are among the top 10 services.", ["rank-claim"]),
        ("The best performing service.", ["rank-claim"]),
        ("The service is in the top quartile of performing services.", ["rank-claim"]),
        ("Only minimal improvements are required.", ["band-claim"]),
        ("{{score.safeguarding", ["unknown-reference"]),
        ("{{nothing}}", ["unknown-reference"]),
    ],
)
def test_claims(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_wrong_band_is_told_once_in_the_word_that_was_typed() -> None:
    drastic = score_set("fake:new", (75, 70, 81), ("Drastic", "Moderate", "Minimum"))
    paragraph = Paragraph.parse("Only minimal improvement is called for.")
    report = replace(opened().expect().report, background=Entry.answered((paragraph,)))
    (problem,) = [p for p in check_prose(report, Figures(drastic)) if p.code == "report.band-claim"]
    assert problem.message == (
        "The text calls the improvement required minimal; by the framework’s bands it is "
        "drastic for Safeguarding; moderate for Risk of Harm to others."
    )


def test_a_rank_with_evidence_may_be_claimed() -> None:
    ranked = tuple(ComparatorSnapshot(s.theme, 38, 91, 67, areas=40, rank=4, quartile=1) for s in SCORES.scores)
    figures = Figures(SCORES, None, type(COMPARATOR)("r", "areas", "1 June 2024", "rows", "rows", ranked))
    assert figures.has_rank
    assert figures.words_for(FigureRef("rank", "roh")) == "Risk of Harm to others: 4 of 40"


def test_without_evidence_the_rank_reference_says_why() -> None:
    assert FIGURES.words_for(FigureRef("rank")) == "no rank: only a printed table"


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "Zs"])))
def test_ascii_text_never_misleads_the_eye(text: str) -> None:
    assert list(check_text(text, "legal")) == []


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200b", "\u00ad", "\x07", "\ufeff", "\u200f"])
def test_unseen_and_turning_characters_are_named(character: str) -> None:
    (problem,) = check_text(f"plain{character}text", "legal")
    assert problem.code == "report.bad-character"
    assert character not in problem.message


def test_a_lookalike_letter_is_named() -> None:
    (problem,) = check_text("Averag\u0435", "legal")
    assert "Cyrillic Small Letter Ie" in problem.message


@given(st.text())
def test_paragraphs_keep_every_typed_word(text: str) -> None:
    paragraph = Paragraph.parse("x" + text)
    if not paragraph.references:
        assert paragraph.typed == " ".join(("x" + text).split())


def test_entries_hold_a_value_exactly_when_answered() -> None:
    with pytest.raises(ValueError, match="exactly when"):
        Entry(EntryState.ANSWERED, None)
    with pytest.raises(ValueError, match="exactly when"):
        Entry(EntryState.BLANK, "words")
    assert Entry[str].not_applicable("no land").words == "Not applicable: no land"
    assert Entry[str]().words == "Not yet completed"
    assert Entry[str].not_considered().words == "Not considered"
