"""Specification: how judgements become a score, a percent and a band. Each table reads as the rule it states.

In a row of judgements `s` is sufficient, `i` insufficient, `-` not applicable and `.` not answered.
"""

import pytest

from aboveline.domain.scoring import score_inspection
from tests.builders import framework_of, judgements

SCORES = [
    # judgements of case 1, case 2, ...    sufficient  of  n/a  blank  percent  why
    (["ss", "ii"], 2, 4, 0, 0, 50, "a score is sufficient over applicable judgements, pooled over cases"),
    (["s-", "i-"], 1, 2, 2, 0, 50, "not applicable leaves both"),
    (["s.", "i."], 1, 2, 0, 2, 50, "not answered leaves both, and is not the same as not applicable"),
    (["ss", "i-"], 2, 3, 1, 0, 67, "it is not the mean of the cases' percents, which would be 50"),
    (["s-", "s-", "-i"], 2, 3, 3, 0, 67, "nor the mean of the questions' percents"),
    (["--", "--"], 0, 0, 4, 0, None, "nothing applicable is not scored: neither 0% nor 100%"),
    (["..", ".."], 0, 0, 0, 4, None, "and so is nothing answered"),
    (["sssiiiii"], 3, 8, 0, 0, 38, "37.5% rounds up"),
]

BANDS = [
    # sufficient of applicable  percent  improvement required
    (0, 10, 0, "drastic"),
    (889, 2000, 44, "drastic"),  # 44.45%
    (89, 200, 45, "substantial"),  # 44.5%: the rounded percent decides
    (59, 100, 59, "substantial"),
    (119, 200, 60, "moderate"),
    (74, 100, 74, "moderate"),
    (149, 200, 75, "minimum"),
    (10, 10, 100, "minimum"),
]


@pytest.mark.parametrize(("cases", "sufficient", "applicable", "left_out", "blank", "percent", "why"), SCORES)
def test_scores(
    cases: list[str], sufficient: int, applicable: int, left_out: int, blank: int, percent: int | None, why: str
) -> None:
    framework = framework_of(len(cases[0]))
    rows = {f"C{n}": {f"1.1.{q}": letter for q, letter in enumerate(case, 1)} for n, case in enumerate(cases)}
    found = score_inspection(framework, judgements(rows), caseload_size=None).theme_by_id["all"]
    assert (found.sufficient, found.applicable, found.not_applicable, found.not_answered, found.percent) == (
        sufficient,
        applicable,
        left_out,
        blank,
        percent,
    ), why


@pytest.mark.parametrize(("sufficient", "applicable", "percent", "band"), BANDS)
def test_bands(sufficient: int, applicable: int, percent: int, band: str) -> None:
    """One question, one case for each judgement."""
    rows = {f"C{n}": {"1.1.1": "s" if n < sufficient else "i"} for n in range(applicable)}
    found = score_inspection(framework_of(1), judgements(rows), caseload_size=None).theme_by_id["all"]
    assert (found.percent, found.band.id) == (percent, band)
