"""The pages of a criterion, a question and a framework: what was asked, how it was scored, how sure the source is."""

from dataclasses import replace
from datetime import date

import pytest

from aboveline.domain.framework import Certainty, OrderType, Source, Text
from aboveline.domain.rating import NOT_ANSWERED
from aboveline.exchange.frameworks import load_framework
from aboveline.web.presenters.criterion import criterion_page, often, question_page
from aboveline.web.presenters.frameworks import framework_page
from aboveline.web.presenters.score_tables import criteria_table, questions_table
from tests.builders import OWN, a_framework
from tests.scored_builders import column, pairs, scored, texts

ROWS = {f"C{n}": {"1.1.1": "s" if n < 3 else "i", "1.1.2": "-", "1.2.1": "s"} for n in range(4)}
BETTER = {f"C{n}": {"1.1.1": "s", "1.2.1": "s"} for n in range(4)}
FRAMEWORK = a_framework()
CRITERION = FRAMEWORK.criteria[0]


def page(order="", first=None, rows=ROWS):
    return criterion_page(scored(rows), first, CRITERION, order)


def test_a_criterion_says_how_often_and_lists_its_own_questions_only():
    made = page()
    assert (made.id, made.name, made.caption) == ("1.1", "1.1 Criterion 1.1", "June 2009 core inspection")
    assert made.often == "Good enough 75% of the time: 3 of 4 judgements."
    assert [row[0].detail for row in made.questions.rows] == ["1.1.1", "1.1.2"]
    assert made.figure.name == "Score"
    assert made.changed == ""
    assert made.questions.rows[0][0].href == "/inspections/7/questions/1.1.1/"


def test_what_was_never_judged_says_why_it_has_no_score():
    made = page(rows={"C1": {"2.1.1": "s"}})
    assert made.often == made.figure.reason == NOT_ANSWERED
    assert made.chart is None


def test_a_criterion_sorts_its_questions_as_asked():
    made = criterion_page(scored({"C1": {"1.1.1": "s", "1.1.2": "i"}}), None, CRITERION, "score")
    assert [row[0].detail for row in made.questions.rows] == ["1.1.2", "1.1.1"]
    assert made.questions.sort == "score"


def test_the_change_of_a_criterion_is_its_own_and_only_with_a_first_inspection():
    first = scored(ROWS, pk=6)
    made = criterion_page(scored(BETTER, held_on=date(2010, 9, 1)), first, CRITERION, "")
    assert made.changed == "The samples cannot show a change since June 2009 (+25 points)."
    assert criterion_page(scored(BETTER), scored({}), CRITERION, "").changed == ""


@pytest.mark.parametrize(
    ("at", "applies", "themes"),
    [
        (0, "Always", "Roh"),
        (1, "When there is a victim", "Roh"),
        (2, "Always", "Lor"),
        (3, "Always", "No headline theme"),
    ],
)
def test_a_question_says_when_it_applies_and_what_it_feeds(at, applies, themes):
    made = question_page(scored(ROWS), FRAMEWORK.questions[at])
    assert (made.applies, made.themes) == (applies, themes)


def test_a_question_that_feeds_two_themes_names_both():
    made = question_page(scored(ROWS), FRAMEWORK.question_by_id["2.1.1"])
    assert made.themes == "Roh and Lor"


def test_a_question_says_what_is_sufficient_and_where_it_comes_from():
    made = question_page(scored(ROWS), FRAMEWORK.questions[0])
    assert (made.text, made.sufficient_when, made.insufficient_when) == (
        "Was 1.1.1 done well enough?",
        "it was",
        "it was not",
    )
    assert (made.source, made.certainty) == ("made for a test", "This project’s own choice")
    assert made.often == often(scored(ROWS).scores.question_by_id["1.1.1"])
    assert made.caption == "June 2009 core inspection"


def test_criteria_stand_with_score_band_and_address():
    table = criteria_table(scored(ROWS), lambda id_: f"/to/{id_}", None, None)
    assert [one.key for one in table.columns] == ["criterion", "score", "interval", "picture", "band"]
    assert [one.heading for one in table.columns][1] == "Score"
    assert column(table, "criterion") == ["1.1 Criterion 1.1", "1.2 Criterion 1.2", "2.1 Criterion 2.1"]
    assert column(table, "score") == ["75%", "100%", "–"]
    assert column(table, "band") == ["Minimum", "Minimum", "Not scored"]
    assert [row[0].href for row in table.rows] == ["/to/1.1", "/to/1.2", "/to/2.1"]


def test_beside_a_first_inspection_stand_its_score_and_the_change():
    from aboveline.jobs.inspections import change_between

    first, second = scored(ROWS), scored(BETTER, held_on=date(2010, 9, 1))
    table = criteria_table(second, str, first, change_between(first, second))
    assert [one.heading for one in table.columns][-2:] == ["June 2009", "Change"]
    assert table.columns[1].heading == "September 2010"
    assert column(table, "score") == ["100%", "100%", "–"]
    assert column(table, "before") == ["75%", "100%", "–"]
    assert column(table, "change") == ["+25", "0", "–"]
    assert table.sorted_by("change").rows[-1][0].text == "2.1 Criterion 2.1"


def test_questions_sort_by_their_place_by_how_many_applied_and_by_band():
    one = scored(ROWS | {"C9": {"1.2.1": "s"}})
    table = questions_table(FRAMEWORK, reversed(one.scores.questions), str)
    ids = [row[0].detail for row in table.sorted_by("question").rows]
    assert ids == [question.id for question in FRAMEWORK.questions]
    assert column(table, "counts")[-1] == "3 of 4"
    assert (table.id, table.parameter) == ("questions", "order")
    assert column(table.sorted_by("-counts"), "counts")[:3] == ["5 of 5", "3 of 4", "0 of 0"]
    assert column(table.sorted_by("band"), "band")[-1] == "Not scored"


class TestFramework:
    @pytest.fixture
    def made(self):
        day = date(2009, 11, 30)
        seen = Source("printed guidance", Certainty.SEEN)
        orders = (
            OrderType("a", Text("Order a"), True, day, date(2010, 1, 2), Text("a note"), seen),
            OrderType("b", Text("Order b"), False, day),
            OrderType("c", Text("Order c"), True, None, day),
            OrderType("d", Text("Order d"), True),
        )
        return framework_page(a_framework(order_types=orders))

    def test_orders_say_whether_when_and_how_sure(self, made):
        assert texts(made.orders) == [
            ["Order a", "Yes", "30 November 2009 to 2 January 2010", "Seen in its source"],
            ["Order b", "No", "From 30 November 2009", "–"],
            ["Order c", "Yes", "Until 30 November 2009", "–"],
            ["Order d", "Yes", "Throughout", "–"],
        ]
        assert [row[0].detail for row in made.orders.rows] == ["a note", "", "", ""]

    def test_one_section_is_said_as_one(self):
        assert framework_page(load_framework("audit-2021")).often == "1 section, 4 criteria and 12 questions."

    def test_it_is_counted_and_dated(self, made):
        assert made.often == "2 sections, 3 criteria and 6 questions."
        assert pairs(made.facts) == [
            ("Inspectorate", "An inspectorate"),
            ("In force", "1 April 2009 to 31 August 2012"),
            ("Areas in the programme", "157"),
            ("Eligible cases", "Orders that began 3 to 12 months before"),
            ("Reviewed by us before", "1 January 2030"),
        ]

    def test_one_still_in_force_without_a_programme_says_so(self):
        facts = dict(pairs(framework_page(replace(a_framework(programme_areas=None), in_force_to=None)).facts))
        assert facts["In force"] == "1 April 2009 to today"
        assert "Areas in the programme" not in facts

    def test_bands_stand_with_both_their_ends(self, made):
        assert [one.key for one in made.bands.columns] == ["band", "from", "to"]
        assert made.bands.columns[0].heading == "Improvement required"
        assert texts(made.bands)[0] == ["Drastic", "0%", "44%"]
        assert texts(made.bands)[-1] == ["Minimum", "75%", "100%"]

    def test_themes_count_their_questions(self, made):
        assert [(name, number) for name, _words, number in made.themes] == [("Safeguarding", 1), ("Roh", 3), ("Lor", 2)]

    def test_each_question_says_when_it_applies_and_how_sure_its_source_is(self, made):
        questions = made.sections[0].criteria[0].questions
        assert [(q.id, q.applies, q.themes) for q in questions] == [
            ("1.1.1", "Always", "Roh"),
            ("1.1.2", "When there is a victim", "Roh"),
        ]
        assert {q.source.certainty for q in questions} == {"This project’s own choice"}
        assert made.rules == made.sources * 2
        assert made.sources[0].text == OWN.text
