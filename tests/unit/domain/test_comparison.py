"""Comparator sets as at a date, and what may be said of one area against them."""

from datetime import date
from fractions import Fraction

import pytest

from aboveline.domain.comparator import (
    NO_PROGRAMME_SIZE,
    NO_RANK_PRINTED,
    UNFAIR_AVERAGE,
    Basis,
    RowsComparator,
    printed_comparator,
    rows_comparator,
)
from aboveline.domain.comparison import (
    CAUTION,
    NO_CASES,
    NO_SCORE,
    NOTHING_PRINTED,
    WHICH_UNCERTAINTY,
    AreaScore,
    Verdict,
    compare,
)
from aboveline.domain.published import Measure, PrintedTable, PublishedResult, Status
from aboveline.domain.question_set import question_set
from aboveline.domain.scoring import score_inspection
from aboveline.domain.statistics import TOO_FEW_CASES, Interval
from tests.builders import a_framework, framework_of, judgements_of_counts

LATE = date(2012, 12, 31)


def result(
    area: str, percent: int | None, published: str = "2010", kind: str = "core", **more: object
) -> PublishedResult:
    status = Status.PUBLISHED if percent is not None else Status.WORDS_ONLY
    percents = {} if percent is None else {"roh": percent}
    return PublishedResult(area, "North West", kind, published, more.pop("status", status), percents, {}, "a source")


def table(
    printed: str, lowest: int | None, highest: int | None, average: int | None, theme: str = "roh"
) -> PrintedTable:
    cells = zip(Measure, (lowest, highest, average), strict=True)
    return PrintedTable(printed, f"report of {printed}", {(theme, m): p for m, p in cells if p is not None}, "a source")


def compare_roh(score: AreaScore | None, comparator, area: str = "Here", framework=None):
    made = compare(framework or a_framework(), area, {"roh": score} if score else {}, comparator)
    return made.theme_by_id["roh"]


def rows(*percents: int, programme_areas: int | None = None) -> RowsComparator:
    framework = a_framework(programme_areas=len(percents) if programme_areas is None else programme_areas)
    return rows_comparator(framework, [result(f"Area {i:03}", p) for i, p in enumerate(percents)], LATE)


class TestPrinted:
    def test_each_cell_is_the_latest_printed_by_the_date(self) -> None:
        tables = [table("2011-03", 36, None, None), table("2010-12", 40, 85, 62), table("2011-06", 30, 90, 70)]
        found = printed_comparator(a_framework(), tables, [], date(2011, 5, 31))
        cells = {measure: found.figure("roh", measure) for measure in Measure}
        assert [(f.percent, f.published) for f in cells.values()] == [(36, "2011-03"), (85, "2010-12"), (62, "2010-12")]

    def test_of_two_tables_that_count_from_one_day_the_later_listed_stands(self) -> None:
        tables = [table("2011", None, None, 70), table("2011", None, None, 71)]
        assert printed_comparator(a_framework(), tables, [], LATE).figure("roh", Measure.AVERAGE).percent == 71

    def test_never_a_rank_or_quartile(self) -> None:
        found = compare_roh(
            AreaScore.of_percent(70), printed_comparator(a_framework(), [table("2010", 36, 85, 62)], [], LATE)
        )
        assert (found.standing.rank, found.standing.of, found.standing.quartile, found.areas) == (None,) * 4
        assert NO_RANK_PRINTED in found.reasons

    def test_an_extreme_is_held_by_counted_results_of_that_figure_published_by_then(self) -> None:
        results = [
            result("Early", 36, "2009"),
            result("Also", 36, "2010-05"),
            result("Again", 36, "2010-05", kind="reinspection"),
            result("Later", 36, "2012"),
        ]
        found = printed_comparator(a_framework(), [table("2010", 36, 85, 36)], results, date(2011, 1, 1))
        assert found.figure("roh", Measure.LOWEST).holders == ("Also", "Early")
        assert found.figure("roh", Measure.AVERAGE).holders == ()

    def test_nothing_printed_yet(self) -> None:
        found = compare_roh(AreaScore.of_percent(70), printed_comparator(a_framework(), [], [], LATE))
        assert (found.lowest, found.highest, found.average, found.verdict) == (None, None, None, Verdict.NOT_TESTABLE)
        assert NOTHING_PRINTED in found.reasons


class TestOwnScore:
    def test_the_areas_own_earlier_score_is_named(self) -> None:
        comparator = printed_comparator(
            a_framework(), [table("2010-12", 36, 85, 62)], [result("Sefton", 36, "2009")], date(2011, 1, 18)
        )
        assert compare_roh(AreaScore.of_percent(70), comparator, "Sefton").own_score_in_set == (
            "The lowest score of the set is Sefton's own."
        )
        assert compare_roh(AreaScore.of_percent(70), comparator, "Wigan").own_score_in_set is None

    def test_shared_with_others(self) -> None:
        found = compare_roh(AreaScore.of_percent(50), rows(80, 80, 30), "Area 000")
        assert found.own_score_in_set == "The highest score of the set is Area 000's own, shared with others."


class TestRows:
    def test_average_is_the_mean_of_areas_and_extremes_name_every_holder(self) -> None:
        found = rows(30, 30, 81)
        assert found.figure("roh", Measure.AVERAGE).share == Fraction(47, 100)
        assert found.figure("roh", Measure.LOWEST).holders == ("Area 000", "Area 001")
        assert found.figure("safeguarding", Measure.AVERAGE) is None

    def test_who_is_left_out_and_why(self) -> None:
        results = [
            result("Kept", 60, "2010"),
            result("Kept", 70, "2011"),
            result("Again", 80, kind="reinspection"),
            result("Undated", 50, ""),
            result("Later", 50, "2012-12"),
            result("Withheld", None, status=Status.WITHHELD),
            result("Words", None),
        ]
        found = rows_comparator(a_framework(), results, date(2012, 11, 30))
        assert [(entry.area, entry.shares["roh"]) for entry in found.entries] == [("Kept", Fraction(7, 10))]
        assert dict(found.left_out) == {
            "Again": "kind “reinspection” is not counted by the framework",
            "Undated": "its date of publication is not known",
            "Later": "published later (December 2012)",
            "Withheld": "its scores were withheld",
            "Words": "only words were published",
        }

    @pytest.mark.parametrize(("areas", "ranked"), [(12, False), (11, True)])
    def test_rank_needs_four_fifths_of_the_programme(self, areas: int, ranked: bool) -> None:
        found = compare_roh(AreaScore.of_percent(55), rows(*range(10, 100, 10), programme_areas=areas))
        assert (found.standing.rank is not None) == ranked
        assert any("the set holds 9 of the programme's 12 areas; at least 80%" in r for r in found.reasons) != ranked

    def test_no_rank_where_the_programme_has_no_known_size(self) -> None:
        comparator = RowsComparator("test-1", LATE, rows(10, 20).entries)
        assert compare_roh(AreaScore.of_percent(15), comparator).standing.reason == NO_PROGRAMME_SIZE

    def test_an_area_is_not_ranked_against_its_own_earlier_score(self) -> None:
        found = compare_roh(AreaScore.of_percent(85), rows(90, 80, 70, 10), "Area 003")
        assert (found.standing.rank, found.standing.of, found.standing.quartile) == (2, 4, 2)

    def test_ties_share_the_better_rank_and_say_so(self) -> None:
        found = compare_roh(AreaScore.of_percent(80), rows(90, 80, 80, 10))
        assert (found.standing.rank, found.standing.of) == (2, 5)
        assert "Rank shared with 2 other areas of the same score." in found.reasons

    @pytest.mark.parametrize(("percent", "quartile"), [(100, 1), (76, 1), (75, 2), (51, 2), (26, 3), (25, 4), (0, 4)])
    def test_quartiles_of_a_hundred_areas(self, percent: int, quartile: int) -> None:
        others = [p for p in range(1, 101) if p != percent][:99]
        assert compare_roh(AreaScore.of_percent(percent), rows(*others)).standing.quartile == quartile

    def test_an_incomplete_set_carries_no_verdict(self) -> None:
        score = AreaScore(Fraction(9, 10), Interval(0.85, 0.95))
        found = compare_roh(score, rows(30, 40, programme_areas=157))
        assert (found.verdict, found.reasons[0]) == (Verdict.NOT_TESTABLE, UNFAIR_AVERAGE)


class TestVerdict:
    comparator = printed_comparator(a_framework(), [table("2010", 36, 85, 62)], [], LATE)

    @pytest.mark.parametrize(
        ("low", "high", "verdict"),
        [
            (0.63, 0.8, Verdict.ABOVE),
            (0.4, 0.61, Verdict.BELOW),
            (0.5, 0.7, Verdict.NO_CLEAR_DIFFERENCE),
            (0.6249, 0.8, Verdict.NO_CLEAR_DIFFERENCE),  # a printed 62% can be as much as 62.5%
            (0.4, 0.6151, Verdict.NO_CLEAR_DIFFERENCE),
        ],
    )
    def test_the_whole_interval_must_clear_the_printed_average(self, low: float, high: float, verdict: Verdict) -> None:
        found = compare_roh(AreaScore(Fraction(1, 2), Interval(low, high)), self.comparator)
        assert found.verdict == verdict
        assert WHICH_UNCERTAINTY in found.reasons

    def test_a_score_without_its_cases_is_not_testable(self) -> None:
        found = compare_roh(AreaScore.of_percent(90), self.comparator)
        assert (found.verdict, NO_CASES in found.reasons) == (Verdict.NOT_TESTABLE, True)

    def test_no_score_given(self) -> None:
        found = compare_roh(None, self.comparator)
        assert (found.verdict, found.reasons) == (Verdict.NOT_TESTABLE, (NO_SCORE,))
        assert found.as_dict()["area"] is None

    def test_own_score_takes_the_interval_without_the_finite_population(self) -> None:
        counts = [(3, 5), (8, 10), (10, 10), (2, 6)]
        score = score_inspection(framework_of(10), judgements_of_counts(counts), caseload_size=5).theme_by_id["all"]
        assert AreaScore.of_score(score) == AreaScore(Fraction(74, 100), score.practice.interval)
        with pytest.raises(ValueError, match="finite-population"):
            AreaScore(score.share, score.interval)

    def test_own_score_without_an_interval_says_why(self) -> None:
        scores = score_inspection(framework_of(2), judgements_of_counts([(1, 2), (0, 0)]), caseload_size=None)
        assert TOO_FEW_CASES in AreaScore.of_score(scores.theme_by_id["all"]).no_interval_reason
        assert AreaScore.of_score(scores.question_by_id["1.1.2"]) is not None

    def test_a_score_outside_0_to_1_is_refused(self) -> None:
        with pytest.raises(ValueError, match="between 0 and 1"):
            AreaScore.of_percent(101)


def test_json_shape_and_caution() -> None:
    document = compare(a_framework(), "Here", {"roh": AreaScore.of_percent(70)}, rows(30, 30, 81)).as_dict()
    assert (document["area"], document["as_at"], document["basis"]) == ("Here", "2012-12-31", str(Basis.ROWS))
    assert document["caution"] == CAUTION
    assert document["set"]["areas"] == ["Area 000", "Area 001", "Area 002"]
    roh = next(theme for theme in document["themes"] if theme["id"] == "roh")
    assert {
        key: roh[key] for key in ("area", "lowest", "lowest_area", "highest", "highest_area", "average", "areas")
    } == {
        "area": 70,
        "lowest": 30,
        "lowest_area": "Area 000, Area 001",
        "highest": 81,
        "highest_area": "Area 002",
        "average": 47,
        "areas": 3,
    }
    assert (roh["rank"], roh["of"], roh["quartile"], roh["verdict"]) == (2, 4, 2, "not_testable")
    assert [theme["id"] for theme in document["themes"]] == ["safeguarding", "roh", "lor"]


def test_a_score_over_some_of_its_questions_is_not_compared() -> None:
    framework = framework_of(10)
    some = question_set(framework, "Short", [framework.questions[0].id]).expect()
    short, full = (
        score_inspection(framework, judgements_of_counts([(5, 10)] * 3), caseload_size=None, question_set=asked)
        for asked in (some, None)
    )
    assert AreaScore.of_score(short.theme_by_id["all"]) is None
    assert AreaScore.of_score(full.theme_by_id["all"]) is not None
