"""The case form's list, its summary of problems and its conflicts, as a person reads them."""

from datetime import UTC, datetime

import pytest

from aboveline.exchange.frameworks import load_framework
from aboveline.records.models import CaseFinding, Judgement, User
from aboveline.records.queries.assessing import CaseCount
from aboveline.web.forms.case_form import seen_token
from aboveline.web.presenters.case_form import CaseForm, Returned
from aboveline.web.presenters.case_form_list import case_list
from aboveline.web.presenters.case_form_saved import seen_after
from tests.scored_builders import an_unsaved_inspection, column

CCI = load_framework("cci-2009")
AT, LATER = datetime(2010, 9, 13, 9, 5, tzinfo=UTC), datetime(2010, 9, 14, 9, 5, tzinfo=UTC)
ROBIN, ALEX = User(name="Robin"), User(name="Alex <b>")
FACT = next(fact for fact in CCI.case_facts if fact.id == "mappa")


def answer(id="Q1.1.1", given="sufficient", version=2, **more):
    values = {"author": ROBIN, "saved_at": AT} | more
    return Judgement(question=id, answer=given, version=version, **values)


def finding(option="level_2", version=3):
    return CaseFinding(fact="mappa", option=option, version=version, author=ALEX, saved_at=LATER)


def form(answers=(), findings=(), **returned):
    return CaseForm(
        CCI, {a.question: a for a in answers}, {f.fact: f for f in findings}, Returned(**returned), reader=0
    )


def problem(path, column="answer", message="wrong"):
    place = {"path": path, "column": column}
    return {"place": place, "message": message, "remedy": "do this"}


class TestSummary:
    def test_the_newest_save_is_told_whether_of_an_answer_or_a_fact(self):
        assert form().last_saved == ""
        assert form([answer()]).last_saved == "Saved 13 September 2010, 10:05 by Robin"
        assert form([answer()], [finding()]).last_saved == "Saved 14 September 2010, 10:05 by Alex <b>"

    def test_problems_stand_in_the_order_of_the_page_with_facts_first(self):
        made = form(
            message="Nothing was saved",
            problems=(
                problem("Q1.1.2"),
                problem("Q1.1.1", "note"),
                problem("mappa", "option", "mappa: not one of these"),
            ),
            conflicts=frozenset({"Q1.1.1"}),
        )
        links = made.error_links()
        assert [link.target for link in links] == [
            "",
            "fact-mappa-option",
            "Q1.1.1-note",
            "Q1.1.1-choice",
            "Q1.1.2-answer",
        ]
        assert links[0].text == "Nothing was saved"
        assert links[1].text == f"{FACT.name}: not one of these"
        assert links[3].text == "Q1.1.1: someone saved another answer. Choose which stands"

    def test_a_problem_of_no_field_leads_nowhere(self):
        assert [link.target for link in form(problems=(problem(None),)).error_links()] == [""]

    def test_a_conflict_of_a_fact_is_named_by_its_words(self):
        (link,) = form(conflicts=frozenset({"mappa"})).error_links()
        assert link.text.startswith(f"{FACT.name}: someone saved another answer")
        assert link.target == "fact-mappa-choice"


class TestDrawn:
    def test_a_conflict_shows_both_values_in_words_and_who_saved(self):
        typed = {"Q1.1.1": {"answer": "insufficient", "reason": "", "note": "mine", "improvement": ""}}
        html = form(
            [answer(note="theirs")], typed=typed, seen={"Q1.1.1": "1.x"}, conflicts=frozenset({"Q1.1.1"})
        ).drawn()
        for words in ("Note: theirs", "Note: mine", "Robin", "13 September 2010, 10:05", 'name="Q1.1.1-choice"'):
            assert words in html
        assert seen_token(2, ("sufficient", "", "theirs", "", "", "")) in html

    def test_a_conflict_of_a_fact_shows_both_options_in_words(self):
        typed = {"mappa": {"option": "level_1"}}
        html = form([], [finding()], typed=typed, seen={"mappa": "1.x"}, conflicts=frozenset({"mappa"})).drawn()
        notice = html[: html.index('name="fact-mappa-choice"') + 2000]
        assert notice.count("Eligible, level 2") >= 2
        assert notice.count("Eligible, level 1") >= 2
        assert "Alex &lt;b&gt;" in html
        assert "Alex <b>" not in html

    def test_what_was_typed_stays_with_the_token_it_came_with(self):
        typed = {"Q1.1.1": {"answer": "insufficient", "reason": "", "note": "</textarea>x", "improvement": ""}}
        html = form([answer()], typed=typed, seen={"Q1.1.1": "1.abc"}, problems=(problem("Q1.1.1", "note"),)).drawn()
        assert 'value="1.abc"' in html
        assert "&lt;/textarea&gt;x" in html
        assert seen_token(2, ("sufficient", "", "", "", "", "")) not in html

    def test_criteria_count_their_own_answers(self):
        first = CCI.criteria[0]
        html = form([answer(question.id) for question in first.questions]).drawn()
        expected = len(first.questions)
        assert f"{expected} of {expected} answered" in html


class TestTokens:
    def test_what_was_saved_has_a_token_by_its_field(self):
        rows = {"Q1.1.1": answer(note="n")}
        assert seen_after({"Q1.1.1": 2, "mappa": 3}, rows, {"mappa": finding()}) == {
            "Q1.1.1": seen_token(2, ("sufficient", "", "n", "", "", "")),
            "fact-mappa": seen_token(3, ("level_2",)),
        }

    @pytest.mark.parametrize("saved", [{"Q1.1.1": 1}, {"mappa": 2}, {"gone": 1}])
    def test_what_someone_saved_over_meanwhile_has_none(self, saved):
        assert seen_after(saved, {"Q1.1.1": answer()}, {"mappa": finding()}) == {}


class TestList:
    COUNTS = (
        CaseCount("C001", "Zoe", 10, 0, AT),
        CaseCount("C002", "", 0, 0, None),
        CaseCount("C003", "Amy", 3, 4, LATER),
        CaseCount("C004", "Ben", 2, 0, AT),
    )

    def listed(self, state="", sort=None, judges=lambda number: True):
        return case_list(self.COUNTS, an_unsaved_inspection(), 10, state=state, sort=sort, judges=judges, again={})

    def test_each_case_says_how_far_it_is(self):
        table = self.listed().table
        assert column(table, "answered") == ["10 of 10", "0 of 10", "3 of 6", "2 of 10"]
        assert column(table, "progress") == ["Complete", "Not started", "In progress", "In progress"]
        assert column(table, "assessor") == ["Zoe", "Nobody yet", "Amy", "Ben"]
        assert column(table, "saved")[1:3] == ["–", "14 September 2010, 10:05"]

    def test_filters_count_every_case_whichever_is_in_force(self):
        made = self.listed("in-progress")
        assert [(state, count) for state, _words, count in made.filters] == [
            ("", 4),
            ("not-started", 1),
            ("in-progress", 2),
            ("complete", 1),
            ("submitted", 0),
        ]
        assert column(made.table, "case") == ["C003", "C004"]
        assert (made.total, made.complete, made.state) == (4, 1, "in-progress")

    def test_a_state_that_is_none_shows_every_case(self):
        made = self.listed("half")
        assert (made.state, len(made.table.rows)) == ("", 4)

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("answered", ["C002", "C004", "C003", "C001"]),
            ("progress", ["C002", "C004", "C003", "C001"]),
            ("assessor", ["C003", "C004", "C001", "C002"]),
            ("-saved", ["C003", "C001", "C004", "C002"]),
        ],
    )
    def test_cases_sort_by_share_name_and_moment_with_the_unknown_last(self, sort, order):
        assert column(self.listed(sort=sort).table, "case") == order

    def test_whoever_judges_comes_to_the_form_and_others_to_what_was_answered(self):
        assert self.listed().table.rows[0][0].href == "/inspections/7/cases/C001/judge/"
        assert self.listed(judges=lambda number: number != "C001").table.rows[0][0].href == "/inspections/7/cases/C001/"

    def test_a_case_the_facts_ruled_out_whole_is_complete(self):
        made = case_list(
            [CaseCount("C001", "", 0, 10, AT)],
            an_unsaved_inspection(),
            10,
            state="",
            sort=None,
            judges=lambda number: True,
            again={},
        )
        assert column(made.table, "progress") == ["Complete"]
        assert made.table.rows[0][2].order == 1.0
