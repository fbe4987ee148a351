"""Scores, bands, comparison and change as sentences and marks."""

from datetime import date

import pytest

from aboveline.domain.comparator import Basis
from aboveline.domain.rating import NOT_ANSWERED
from aboveline.domain.reinspection import reinspect
from aboveline.domain.scoring import score_inspection
from aboveline.jobs.inspections import ScoredInspection, change_between, comparison_of
from aboveline.records.models import Inspection, Service
from aboveline.web.presenters import summary
from aboveline.web.presenters.comparison import comparison_page, verdict_sentence
from aboveline.web.presenters.headlines import headlines, score_figure_of
from aboveline.web.presenters.reinspection import change_sentence, points_words, themes_sentence
from aboveline.web.presenters.scale import bands_on_scale, interval_words, tone_of
from aboveline.web.presenters.wording import inspection_name, listed, short_band, signed
from tests.builders import (
    a_criterion,
    a_framework,
    a_question,
    a_section,
    framework_of,
    judgements,
    judgements_of_counts,
)


def an_inspection(kind="core", held_on=date(2009, 6, 1), **changes) -> Inspection:
    service = Service(slug="sefton", name="Sefton service", area="Sefton")
    return Inspection(pk=changes.pop("pk", 1), service=service, kind=kind, held_on=held_on, **changes)


def scored(counts, *, caseload_size=None, framework=None, **changes) -> ScoredInspection:
    framework = framework or framework_of(max(m for _, m in counts))
    scores = score_inspection(framework, judgements_of_counts(counts), caseload_size=caseload_size)
    inspection = an_inspection(framework_id=framework.id, framework_digest=framework.digest, **changes)
    return ScoredInspection(inspection, framework, scores)


@pytest.mark.parametrize(
    ("points", "words"), [(37.4, "+37"), (36.5, "+37"), (-3.5, "−4"), (0.4, "0"), (-0.4, "0"), (0, "0")]
)
def test_points_carry_their_sign(points, words):
    assert signed(points) == words


def test_words_are_joined_as_a_person_would():
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_an_inspection_is_named_by_month_and_kind():
    assert inspection_name(an_inspection("reinspection", date(2010, 9, 13))) == "September 2010 re-inspection"


def test_a_band_loses_the_words_that_head_its_column():
    framework = a_framework()
    assert short_band(framework, framework.band_for(10)) == "Drastic"
    assert short_band(framework, None) == "Not scored"


def test_bands_are_drawn_from_the_weakest_without_gap():
    framework = a_framework(bands=tuple(reversed(a_framework().bands)))
    drawn = bands_on_scale(framework)
    assert [(band.low, band.high, band.tone) for band in drawn] == [(0, 45, 1), (45, 60, 2), (60, 75, 3), (75, 100, 4)]
    assert tone_of(framework, framework.band_for(80)) == 4
    assert tone_of(framework, None) == 0


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([(3, 4), (3, 4)], "about eight times in ten"),
        ([(0, 4), (0, 4)], "hardly ever"),
        ([(4, 4), (4, 4)], "nearly always"),
    ],
)
def test_how_often_is_told_in_tenths(counts, words):
    assert summary.how_often(scored(counts).scores) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (4, 8, "four to eight times in ten"),
        (4, 10, "four times in ten to nearly always"),
        (0, 6, "at most six times in ten"),
        (0, 10, "hardly ever in one theme and nearly always in another"),
    ],
)
def test_how_often_names_the_lowest_and_the_highest_theme(low, high, words):
    often = {"1.1.1": low, "1.2.1": high, "2.1.2": high}
    rows = {f"C{n}": {q: "s" if n < times else "i" for q, times in often.items()} for n in range(10)}
    scores = score_inspection(a_framework(), judgements(rows), caseload_size=None)
    assert summary.how_often(scores) == words


def test_nothing_scored_says_nothing():
    scores = score_inspection(a_framework(), judgements({}), caseload_size=None)
    assert summary.how_often(scores) == ""
    assert summary.bands_sentence(a_framework(), scores) == ""
    assert summary.few_cases(scores) == ""


def test_bands_are_counted_from_the_weakest_and_the_weakest_is_named():
    rows = {"C1": {"1.1.1": "i", "1.2.1": "s"}, "C2": {"1.1.1": "i", "1.2.1": "s"}}
    scores = score_inspection(a_framework(), judgements(rows), caseload_size=None)
    assert summary.bands_sentence(a_framework(), scores) == (
        "Improvement required: drastic in one, minimum in one and not scored in one of the three criteria. "
        "Weakest: 1.1 Criterion 1.1, 0%."
    )


def test_few_cases_are_warned_of():
    assert "Only 1 case was" in summary.few_cases(scored([(3, 4)]).scores)
    assert "Only 19 cases were" in summary.few_cases(scored([(3, 4)] * 19).scores)
    assert summary.few_cases(scored([(3, 4)] * 20).scores) == ""


def test_a_figure_counts_the_cases_where_something_applied():
    one = scored([(3, 4), (2, 4), (0, 0)], caseload_size=30)
    figure = score_figure_of(one.framework, one.scores.themes[0])
    assert (figure.percent, figure.sufficient, figure.applicable, figure.cases) == (63, 5, 8, 2)
    assert figure.low < 63 < figure.high


def test_without_an_interval_the_reason_is_given():
    one = scored([(3, 4)], caseload_size=30)
    figure = score_figure_of(one.framework, one.scores.themes[0])
    assert figure.low is None
    assert figure.reason.startswith("No interval")
    assert interval_words(one.scores.themes[0].interval) == "–"


def test_a_theme_that_is_not_scored_has_no_chart():
    framework = a_framework()
    scores = score_inspection(framework, judgements({"C1": {"1.1.1": "s"}}), caseload_size=None)
    inspection = an_inspection(framework_id=framework.id, framework_digest="")
    made = headlines(ScoredInspection(inspection, framework, scores), None, None, None)
    assert [(line.figure.percent, line.chart is None) for line in made] == [(None, True), (100, False), (None, True)]
    assert made[0].figure.reason == NOT_ANSWERED


LOW, HIGH = [(1, 5), (2, 5), (1, 5), (2, 5)] * 6, [(4, 5), (5, 5), (4, 5), (4, 5)] * 6
FLAT = [(2, 5), (1, 5), (2, 5), (2, 5)] * 6


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (LOW, HIGH, "Better than in June 2009 by 55 points."),
        (HIGH, LOW, "Worse than in June 2009 by 55 points."),
        (LOW, FLAT, "The samples cannot show a change since June 2009 (+5 points)."),
    ],
)
def test_a_change_is_told_only_as_far_as_the_samples_show_it(before, after, sentence):
    framework = framework_of(5)
    first, second = scored(before, framework=framework), scored(after, framework=framework)
    change = reinspect(first.scores, second.scores).themes[0]
    assert change_sentence(change, first.inspection) == sentence


def test_a_change_without_interval_gives_the_reason():
    framework = framework_of(5)
    first, second = scored([(1, 5)], framework=framework), scored(HIGH, framework=framework)
    change = reinspect(first.scores, second.scores).themes[0]
    assert change_sentence(change, first.inspection).startswith("Not testable against June 2009: Original: No interval")
    assert points_words(change) == "+65"


def test_themes_that_moved_apart_are_counted():
    sections = [a_section("1", a_criterion("1.1", a_question("a", "roh"), a_question("b", "lor")))]
    framework = a_framework(sections, theme_ids=("roh", "lor"))

    def of(a, b):
        rows = {f"C{n:02}": {"a": "s" if n < a else "i", "b": "s" if n < b else "i"} for n in range(40)}
        scores = score_inspection(framework, judgements(rows), caseload_size=None)
        return ScoredInspection(an_inspection(framework_id=framework.id, framework_digest=""), framework, scores)

    better = reinspect(of(5, 5).scores, of(35, 35).scores)
    assert themes_sentence(better, an_inspection()) == "All two themes are better than in June 2009."
    same = reinspect(of(5, 5).scores, of(6, 6).scores)
    assert themes_sentence(same, an_inspection()) == "The samples cannot show a change in any theme since June 2009."
    change = reinspect(of(5, 20).scores, of(35, 21).scores)
    assert themes_sentence(change, an_inspection()) == (
        "Of two themes since June 2009: one better and one where the samples cannot show a change."
    )


def test_no_change_is_made_up_where_one_has_no_case_or_another_framework():
    framework = framework_of(5)
    first, second = scored(LOW, framework=framework), scored(HIGH, framework=framework)
    second.inspection.first_plan = Inspection.FirstPlan.PARTLY
    assert change_between(first, second).first_plan_carried_out == "partly"
    nothing = score_inspection(framework, judgements({}), caseload_size=None)
    empty = ScoredInspection(first.inspection, framework, nothing)
    assert change_between(empty, second) is None
    other = scored(LOW, framework=a_framework(framework.sections, id_="other", theme_ids=("all",)))
    assert change_between(other, second) is None


@pytest.fixture
def real():
    """Sixty cases under the real framework, two in three sufficient."""
    from aboveline.exchange.frameworks import load_framework

    framework = load_framework("cci-2009")
    numbered = list(enumerate(framework.questions))
    rows = {f"C{n:02}": {q.id: "s" if (n + k) % 3 else "i" for k, q in numbered} for n in range(60)}
    scores = score_inspection(framework, judgements(rows), caseload_size=180)
    return ScoredInspection(
        an_inspection(framework_id="cci-2009", framework_digest=framework.digest), framework, scores
    )


def test_a_verdict_names_the_average_it_stands_to(real):
    themes = comparison_of(real, date(2011, 1, 18)).theme_by_id
    assert verdict_sentence(themes["safeguarding"]) == "No clear difference from the average (67%)."
    assert verdict_sentence(themes["roh"]) == "Above the average (62%)."


def test_before_anything_was_printed_nothing_is_compared(real):
    theme = comparison_of(real, date(2009, 7, 1)).themes[0]
    assert verdict_sentence(theme) == "No average of this theme had been published by this date."


def test_each_cell_has_its_own_holder_date_and_source(real):
    theme = comparison_page(real.framework, comparison_of(real, date(2011, 7, 1))).themes[1]
    lowest, average, highest = ([str(cell.text) for cell in row] for row in theme.cells.rows)
    assert lowest[:4] == ["Lowest", "36%", "Sefton", "June 2011"]
    assert '<a class="govuk-link" href="https://bournemouthecho' in lowest[4]
    assert average[:4] == ["Average", "62%", "–", "December 2010 to January 2011"]
    assert highest[1] == "85%"
    assert theme.standing.startswith("No rank and no quartile: a printed table")
    assert theme.standing not in theme.reasons


def test_rows_list_their_areas_and_say_why_others_are_left_out(real):
    page = comparison_page(real.framework, comparison_of(real, date(2012, 7, 1), Basis.ROWS))
    assert "Wigan" in page.areas
    assert ("Rochdale", "its scores were withheld") in page.left_out
    assert page.themes[0].standing.startswith("No rank and no quartile: the set holds")


def test_a_changed_framework_is_noticed(real):
    assert not real.framework_changed
    real.inspection.framework_digest = "another"
    assert real.framework_changed
