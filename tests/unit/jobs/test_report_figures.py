"""Figures of reports from the project's published data, and the report of Sefton made from them."""

import re
from importlib import resources
from pathlib import Path

import pytest

from aboveline.domain.committee_entry import FigureRef
from aboveline.domain.committee_problems import CATALOGUE
from aboveline.jobs.report_figures import PublishedFigures, published_figures, slug
from aboveline.jobs.reports import BuiltReport, open_report
from aboveline.rendering.outline import Grid, Para
from tests.report_builders import FIXTURES

DOCUMENT = Path(__file__).parents[3] / "docs" / "explanation" / "what-the-original-got-wrong.md"
AS_AT = "printed:cci-2009@2011-01-18"


@pytest.fixture(scope="module")
def source() -> PublishedFigures:
    return published_figures()


@pytest.fixture(scope="module")
def sefton(source: PublishedFigures) -> BuiltReport:
    data = (resources.files("aboveline") / "data" / "reports" / "sefton-2011.yaml").read_bytes()
    opened = open_report(data, file="sefton-2011.yaml", source=source)
    assert [p.code for p in opened.problems] == [
        "report.finance-empty",
        "report.action-overdue",
        "report.published-works-only",
    ]
    return opened.expect()


def test_published_scores(source: PublishedFigures) -> None:
    scores = source.scores("published:sefton/2010-reinspection")
    assert scores is not None
    assert {s.theme: (s.percent, s.band, s.cases) for s in scores.scores} == {
        "safeguarding": (75, "Minimum", None),
        "roh": (70, "Moderate", None),
        "lor": (81, "Minimum", None),
    }
    assert (scores.area, scores.when) == ("Sefton", "September 2010")


def test_the_printed_comparator_as_at_a_day(source: PublishedFigures) -> None:
    found = source.comparator(AS_AT, source.scores("published:sefton/2010-reinspection"))
    assert found is not None
    assert [(c.lowest, c.highest, c.average) for c in found.comparators] == [(38, 91, 67), (36, 85, 62), (50, 87, 69)]
    assert {c.lowest_area for c in found.comparators} == {"Sefton"}
    assert {(c.rank, c.quartile, c.verdict) for c in found.comparators} == {(None, None, "not testable")}


def test_a_set_of_rows_that_is_far_from_complete_gives_no_rank(source: PublishedFigures) -> None:
    rows = source.comparator("rows:cci-2009@2012-12-31", source.scores("published:sefton/2010-reinspection"))
    assert rows is not None
    assert {c.rank for c in rows.comparators} == {None}
    assert "157" in rows.comparators[0].no_rank_reason


@pytest.mark.parametrize(
    "reference",
    [
        "published:sefton/2011-core",
        "published:nowhere/2010-core",
        "published:sefton",
        "published:../../etc/2010-core",
        "sefton",
        "",
    ],
)
def test_unknown_scores(source: PublishedFigures, reference: str) -> None:
    assert source.scores(reference) is None


@pytest.mark.parametrize(
    "reference", ["printed:cci-2010@2011-01-18", "printed:cci-2009@2011-02-30", "cci-2009", AS_AT[:-1]]
)
def test_unknown_comparators(source: PublishedFigures, reference: str) -> None:
    assert source.comparator(reference, None) is None


def test_a_withheld_result_has_no_figures(source: PublishedFigures) -> None:
    assert source.scores("published:rochdale/2009-core") is None


def test_names_in_references() -> None:
    assert slug("Bournemouth & Poole") == "bournemouth-poole"


def test_seftons_score_table_is_that_of_the_original(sefton: BuiltReport) -> None:
    table = next(b for b in sefton.outline.blocks if isinstance(b, Grid) and b.headings[0] == "Theme")
    assert table.headings[1:5] == ("Lowest", "Highest", "Average", "Sefton")
    assert [row[1:5] for row in table.rows] == [
        ("38%", "91%", "67%", "75%"),
        ("36%", "85%", "62%", "70%"),
        ("50%", "87%", "69%", "81%"),
    ]
    assert [row[-1] for row in table.rows] == ["Minimum", "Moderate", "Minimum"]


def test_seftons_report_claims_no_quartile_and_says_why(sefton: BuiltReport) -> None:
    text = " ".join(b.text for b in sefton.outline.blocks if isinstance(b, Para))
    assert "no rank and no quartile: a printed table gives only the lowest, the highest and the average" in text
    assert sefton.figures.words_for(FigureRef("change", "safeguarding")) == "37 points higher"
    assert "The change cannot be tested: single cases are not known for both inspections." in text


def test_seftons_two_bodies_objectives_and_commitment(sefton: BuiltReport) -> None:
    report = sefton.report
    assert [(s.meets_on.isoformat(), s.kind) for s in report.submissions] == [
        ("2011-01-18", "executive_member"),
        ("2011-02-08", "scrutiny"),
    ]
    assert [len(impact.marks) for impact in report.objectives] == [1] * 8
    assert report.commitments[0].due.isoformat() == "2011-09-30"
    assert report.report_of.name == report.contact.name == report.contact.telephone == ""


def test_the_faults_of_the_original_are_caught_and_so_documented(source: PublishedFigures) -> None:
    opened = open_report((FIXTURES / "as-the-original.yaml").read_bytes(), file="original.yaml", source=source)
    codes = {problem.code for problem in opened.problems}
    assert opened.value is None
    assert codes == {
        "report.band-claim",
        "report.bad-percent",
        "report.figures-not-pinned",
        "report.finance-empty",
        "report.blank-in-final",
        "report.mixed-script",
        "report.no-reason",
        "report.not-cleared",
        "report.published-works-only",
        "report.rank-claim",
        "report.typed-figure",
        "report.untracked-commitment",
        "report.years-past",
    }
    page = DOCUMENT.read_text("utf-8")
    named = set(re.findall(r"`(report\.[a-z-]+)`", page))
    assert named <= {kind.code for kind in CATALOGUE}, "the page names a code that does not exist"
    shown = codes - {"report.figures-not-pinned", "report.blank-in-final", "report.not-cleared", "report.typed-figure"}
    assert shown <= named
