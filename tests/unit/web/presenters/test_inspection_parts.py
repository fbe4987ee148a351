"""Parts of an inspection's page and of a service's story: questions shown, what changed, what was compared."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.http import QueryDict

from aboveline.domain.comparator import Figure
from aboveline.domain.comparison import Standing, ThemeComparison, Verdict
from aboveline.domain.judgement import Answer
from aboveline.domain.reinspection import reinspect
from aboveline.exchange.frameworks import load_framework
from aboveline.jobs.judgement_import import ImportPlan
from aboveline.records.actions.assessments import AnswerChange
from aboveline.web.presenters import services
from aboveline.web.presenters.comparison import comparators, verdict_sentence
from aboveline.web.presenters.home import latest_scores
from aboveline.web.presenters.inspection import question_part
from aboveline.web.presenters.judgement_import import PROBLEMS_SHOWN, plan_view, problem_rows
from aboveline.web.presenters.reinspection import change_part, change_sentence
from aboveline.web.presenters.score_tables import WEAKEST
from aboveline.web.presenters.services import story_charts, story_sentence, story_table, told
from tests.builders import a_framework, framework_of
from tests.scored_builders import column, pairs, scored, texts

MANY = framework_of(WEAKEST + 3)
EVERY = {f"C{n}": {q.id: "s" if n < k else "i" for k, q in enumerate(MANY.questions)} for n in range(20)}
SMALL = {f"C{n}": {"1.1.1": "s" if n % 2 else "i", "1.2.1": "s", "2.1.2": "i"} for n in range(4)}
BETTER = {f"C{n}": {"1.1.1": "s", "1.2.1": "s", "2.1.2": "s"} for n in range(4)}


class TestQuestions:
    def shown(self, query="", rows=EVERY, framework=MANY):
        return question_part(scored(rows, framework), QueryDict(query))

    def ids(self, query, rows=SMALL):
        return sorted(row[0].detail for row in self.shown(query, rows, a_framework()).table.rows)

    def test_the_weakest_few_come_first_and_the_rest_on_asking(self):
        part = self.shown("sort=name")
        assert (part.shown, part.total, len(part.table.rows)) == (WEAKEST, WEAKEST + 3, WEAKEST)
        assert column(part.table, "score")[0] == "0%"
        assert part.more == "?sort=name&show=all#questions-heading"
        assert part.table.sort == "score"

    def test_all_are_shown_when_asked_and_then_there_is_no_more(self):
        part = self.shown("show=all")
        assert (part.shown, len(part.table.rows), part.more) == (WEAKEST + 3, WEAKEST + 3, "")

    def test_a_show_that_is_not_all_is_the_few(self):
        assert self.shown("show=some").shown == WEAKEST

    def test_the_order_asked_for_holds(self):
        assert column(self.shown("order=-score").table, "score")[0] == "70%"

    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            ("find=WAS+1.2.1", ["1.2.1"]),
            ("find=1.1.2", ["1.1.2"]),
            ("find=1.1", ["1.1.1", "1.1.2", "2.1.1"]),
            ("find=nowhere", []),
            ("criterion=1.2", ["1.2.1", "1.2.2"]),
            ("theme=lor", ["1.2.1", "2.1.1"]),
            ("criterion=2.1&theme=lor", ["2.1.1"]),
            ("criterion=1.1&theme=lor", []),
            ("find=+&criterion=&theme=", ["1.1.1", "1.1.2", "1.2.1", "1.2.2", "2.1.1", "2.1.2"]),
        ],
    )
    def test_questions_are_narrowed_by_words_criterion_and_theme(self, query, ids):
        assert self.ids(query) == ids

    @pytest.mark.parametrize("query", ["find=was", "criterion=1.1", "theme=all"])
    def test_whoever_narrows_sees_all_that_is_found(self, query):
        part = self.shown(query)
        assert part.shown == len(part.table.rows) == WEAKEST + 3


class TestStory:
    @pytest.fixture(autouse=True)
    def _settled(self, monkeypatch):
        monkeypatch.setattr(services, "settled", lambda one: one.inspection.pk != 99)

    def a_story(self):
        first = scored(SMALL, pk=1)
        again = scored(BETTER, pk=2, kind="reinspection", original=first.inspection, held_on=date(2010, 9, 1))
        return [again, first]

    def test_it_is_told_from_the_oldest_of_what_is_settled_and_scored(self):
        again, first = self.a_story()
        assert told([again, first, scored({}, pk=3), scored(SMALL, pk=99)]) == [first, again]

    def test_it_says_how_it_stands_and_since_when(self):
        assert story_sentence(self.a_story()) == (
            "At the September 2010 re-inspection, work was good enough nearly always. "
            "2 scored inspections since June 2009."
        )
        assert story_sentence(self.a_story()[:1]) == (
            "At the September 2010 re-inspection, work was good enough nearly always."
        )
        assert story_sentence([scored({})]) == ""

    def test_each_theme_has_a_chart_that_says_then_and_now(self):
        charts = story_charts(self.a_story())
        assert [chart.sentence for chart in charts] == [
            "Safeguarding: 0% in June 2009, 100% in September 2010.",
            "Roh: 50% in June 2009, 100% in September 2010.",
            "Lor: 100% in June 2009, 100% in September 2010.",
        ]
        assert charts[0].title == "Safeguarding over the years"

    @pytest.mark.parametrize(("first_kind", "apart"), [("local_audit", False), ("core", True)])
    def test_what_follows_a_local_audit_is_joined_with_it_and_with_nothing_else(self, first_kind, apart):
        audit = scored(SMALL, pk=1, kind="local_audit")
        followed = scored(SMALL, pk=2, kind=first_kind, held_on=date(2010, 3, 1)).inspection
        again = scored(BETTER, pk=3, kind="reinspection", original=followed, held_on=date(2010, 9, 1))
        assert ("not joined" in story_charts([again, audit])[0].svg) is apart

    def test_one_reading_is_told_alone_and_a_theme_without_any_has_no_chart(self):
        charts = story_charts([scored({"C1": {"1.1.1": "s"}})])
        assert [chart.sentence for chart in charts] == ["Roh: 100% in June 2009."]
        assert story_charts([scored({})]) == ()

    def test_the_table_has_every_theme_and_a_dash_where_nothing_is_scored(self):
        table = story_table([*self.a_story(), scored({}, pk=3)])
        assert [one.key for one in table.columns] == ["inspection", "safeguarding", "roh", "lor", "cases"]
        assert [one.heading for one in table.columns][-1] == "Cases assessed"
        assert texts(table) == [
            ["September 2010 re-inspection", "100%", "100%", "100%", "4"],
            ["June 2009 core inspection", "0%", "50%", "100%", "4"],
            ["June 2009 core inspection", "–", "–", "–", "0"],
        ]
        assert [row[0].href for row in table.rows] == ["/inspections/2/", "/inspections/1/", "/inspections/3/"]
        assert story_table([]).rows == ()

    def test_a_service_stands_where_its_latest_scored_inspection_does(self):
        found = latest_scores(self.a_story()[0].inspection.service, self.a_story())
        assert (found.inspection, found.inspection_href) == ("September 2010 re-inspection", "/inspections/2/")
        assert found.scores == "Safeguarding 100%, Roh 100%, Lor 100%"
        nothing = latest_scores(self.a_story()[0].inspection.service, [])
        assert (nothing.service, nothing.href, nothing.inspection, nothing.scores) == (
            "Exampleshire service",
            "/services/exampleshire/",
            "",
            "",
        )


class TestChange:
    @pytest.fixture
    def part(self):
        first, second = scored(SMALL, pk=1), scored(BETTER, pk=2, held_on=date(2010, 9, 1))
        return change_part(first, second, reinspect(first.scores, second.scores))

    def test_before_stands_before_after(self, part):
        assert part.chart.columns[1::2] == ("June 2009", "September 2010")
        assert part.chart.title == "Themes in June 2009 and September 2010"
        assert [row[1::2] for row in part.chart.rows] == [("0%", "100%"), ("50%", "100%"), ("100%", "100%")]
        assert part.first == "June 2009 core inspection"

    def test_themes_go_by_name_and_criteria_by_number(self, part):
        assert column(part.themes, "name") == ["Safeguarding", "Roh", "Lor"]
        assert column(part.criteria, "name") == ["1.1 Criterion 1.1", "1.2 Criterion 1.2", "2.1 Criterion 2.1"]
        assert column(part.themes, "before") == ["0%", "50%", "100%"]
        assert column(part.themes, "after") == ["100%"] * 3
        assert [one.heading for one in part.themes.columns][1:3] == ["June 2009", "September 2010"]
        assert [one.numeric for one in part.themes.columns] == [False, True, True, True, False, False]

    def test_a_band_that_stayed_is_named_once(self, part):
        assert column(part.themes, "band") == ["Drastic to Minimum", "Substantial to Minimum", "Minimum"]

    def test_what_was_scored_once_only_has_a_dash(self):
        first, second = scored({"C1": {"1.1.1": "s"}, "C2": {"1.1.1": "i"}}), scored(BETTER)
        part = change_part(first, second, reinspect(first.scores, second.scores))
        assert column(part.themes, "before") == ["–", "50%", "–"]
        assert column(part.themes, "points")[0] == "–"
        assert column(part.themes, "band")[0] == "Not scored to Minimum"

    def test_a_single_theme_is_told_in_its_own_sentence(self):
        first, second = scored(EVERY, MANY), scored(EVERY, MANY)
        change = reinspect(first.scores, second.scores)
        part = change_part(first, second, change)
        assert part.chart.sentence == change_sentence(change.themes[0], first.inspection)


class TestComparison:
    FIGURE = Figure(Fraction(2, 3), "2010-01", "a source", ("Sefton", "Wirral"))
    THEME = ThemeComparison(
        "roh", "Roh", None, replace(FIGURE, share=Fraction(1, 3)), replace(FIGURE, share=Fraction(9, 10), holders=()),
        FIGURE, 3, Standing(None, None, None, "no rank"), Verdict.NOT_TESTABLE, ("too few",),
    )  # fmt: skip

    def test_marks_are_unrounded_with_whole_percents_for_labels(self):
        found = comparators(self.THEME)
        assert (found.lowest.label, found.average.label, found.highest.label) == ("33", "67", "90")
        assert found.average.at == pytest.approx(200 / 3)
        assert (found.lowest_area, found.highest_area) == ("Sefton and Wirral", "")

    def test_no_theme_has_no_marks_and_a_missing_figure_none(self):
        assert comparators(None).average is None
        assert comparators(replace(self.THEME, average=None, lowest=None)).lowest is None

    def test_what_cannot_be_tested_says_the_average_and_why(self):
        assert verdict_sentence(self.THEME) == "Average 67%. too few"
        assert verdict_sentence(replace(self.THEME, reasons=())) == "Average 67%."
        assert verdict_sentence(replace(self.THEME, verdict=Verdict.ABOVE)) == "Above the average (67%)."


class TestImport:
    FRAMEWORK = load_framework("cci-2009")

    def plan(self, **changes):
        new = [AnswerChange("Q1.1.1", "sufficient", 0)]
        values = {"counts": {Answer.SUFFICIENT: 2}, "by_number": 1, "by_reference": 2, "answers": {1: new}}
        return ImportPlan(**(values | {"of_new_cases": {}} | changes))

    def test_answers_are_counted_under_their_words(self):
        made = plan_view(self.plan(), self.FRAMEWORK)
        assert pairs(made.rows)[:2] == [("Sufficient (above the line)", "2"), ("Insufficient (below the line)", "0")]
        assert ("Cases known by our number", "1") in pairs(made.rows)
        assert ("Cases known by your own reference", "2") in pairs(made.rows)

    def test_what_is_nought_is_left_out_below_the_answers(self):
        keys = [row.key for row in plan_view(self.plan(by_number=0), self.FRAMEWORK).rows]
        assert not any("replaced" in key or "our number" in key or "would be added" in key for key in keys)

    def test_the_sentence_counts_what_confirming_would_write(self):
        assert plan_view(self.plan(), self.FRAMEWORK).sentence == "The file would save 1 answer in 3 cases."
        two = self.plan(
            replaced=1, answers={1: [AnswerChange("a", "sufficient", 0), AnswerChange("b", "sufficient", 1)]}
        )
        assert plan_view(two, self.FRAMEWORK).changes == 2

    def test_a_file_with_nothing_new_says_so(self):
        made = plan_view(self.plan(answers={}, same=4), self.FRAMEWORK)
        assert made.changes == 0
        assert made.sentence.startswith("Everything in this file is on record already")

    @pytest.mark.parametrize(("count", "unshown"), [(3, 0), (PROBLEMS_SHOWN, 0), (PROBLEMS_SHOWN + 5, 5)])
    def test_of_very_many_problems_a_page_holds_some_and_counts_the_rest(self, count, unshown):
        made = problem_rows([None] * count)
        assert (len(made.shown), made.count, made.unshown) == (count - unshown, count, unshown)
