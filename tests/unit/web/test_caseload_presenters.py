"""What the case-list pages say, without HTTP or a database."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from aboveline.domain import caseload_problems as kinds
from aboveline.domain.caseload import FIELDS
from aboveline.domain.problems import Place
from aboveline.domain.replacement import REASONS
from aboveline.domain.sampling import Method
from aboveline.exchange.column_mapping import guess_mapping
from aboveline.jobs.caseloads import CaseListColumns
from aboveline.records.models import Inspection
from aboveline.web.forms.caseloads import ColumnsForm, shown_headings
from aboveline.web.presenters import case_words
from aboveline.web.presenters.caseloads import exclusions_table, orders_table, seed_sentence
from aboveline.web.presenters.list_problems import groups_table, in_words, problems_csv, problems_table
from tests.caseload_builders import caseload_framework

FRAMEWORK = caseload_framework()
INSPECTION = Inspection(held_on=date(2010, 6, 1), seed="0123456789abcdef" * 2)


def texts(table):
    return [[str(cell.text) for cell in row] for row in table.rows]


def age_problem(row, **more):
    return kinds.BAD_AGE.at(Place(row=row, column="age"), **more)


class TestWords:
    def test_every_field_method_and_reason_has_words(self):
        assert set(case_words.FIELD_WORDS) == set(FIELDS)
        assert set(case_words.METHOD_WORDS) == set(case_words.METHOD_SENTENCES) == set(Method)
        assert {reason: str(words) for reason, words in case_words.REASON_WORDS.items()} == dict(REASONS)

    def test_every_code_of_a_case_list_has_words_and_a_team_is_its_own(self):
        from aboveline.domain.caseload import CODES

        assert {code for codes in CODES.values() for code in codes} <= set(case_words.CODE_WORDS)
        assert case_words.code_words(FRAMEWORK, "team", "north") == "north"
        assert case_words.code_words(FRAMEWORK, "order_type", "referral_order") == "Referral order"

    @pytest.mark.parametrize(("share", "words"), [(0.125, "13%"), (0.005, "1%"), (0.0049, "0%"), (1, "100%")])
    def test_shares_are_rounded_half_up(self, share, words):
        assert case_words.whole_percent(share) == words

    def test_an_exclusion_names_the_day_of_the_framework_s_rule(self):
        words = case_words.exclusion_words(FRAMEWORK, date(2010, 6, 1), "started_too_early")
        assert words == "The order started before 1 June 2009"

    def test_the_seed_says_when_it_was_made_and_copies_whole(self):
        sentence = seed_sentence(INSPECTION, datetime(2010, 5, 3, 9, 30, tzinfo=UTC))
        assert "3 May 2010, 10:30, before any list was seen" in sentence
        assert "0123456789abcdef<wbr>0123456789abcdef" in sentence

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("<script>", "&lt;script&gt;"),
            ("one of: yes, no", "one of: yes, no"),
            ("detention_and_training_order", "detention_<wbr>and_<wbr>training_<wbr>order"),
            ("<" * 17, "&lt;" * 16 + "<wbr>&lt;"),
            ("_" * 17, "<wbr>".join("_" * 17)),
        ],
    )
    def test_long_words_may_break_and_words_from_outside_are_escaped(self, text, shown):
        assert case_words.breakable(text) == shown


class TestTables:
    def test_order_types_with_the_most_frequent_first(self):
        pairs = [("referral_order", True), ("supervision_order", True), ("referral_order", False)]
        assert texts(orders_table(FRAMEWORK, pairs)) == [["Referral order", "2", "1"], ["Supervision order", "1", "1"]]

    def test_no_table_of_exclusions_where_every_case_can_be_drawn(self):
        assert exclusions_table(INSPECTION, FRAMEWORK, []) is None


class TestProblems:
    def test_problems_are_grouped_by_kind_and_column_with_the_most_frequent_first(self):
        blank = kinds.MISSING_VALUE.at(Place(row=2, column="age"), field="age")
        found = texts(groups_table([blank, *(age_problem(row) for row in range(3, 14))]))
        assert [row[1] for row in found] == ["11", "1"]
        assert found[0][2] == "3, 4, 5, 6, 7, 8, 9, 10 and 3 more"
        assert found[1][0] == "Age at the start is blank."

    def test_one_kind_in_two_columns_is_two_rows(self):
        two = [kinds.BAD_DATE.at(Place(row=2, column=c), field=c) for c in ("order_start", "order_end")]
        assert len(groups_table(two).rows) == 2

    def test_every_problem_stands_in_the_order_of_the_file(self):
        found = texts(problems_table([age_problem(9), age_problem(3, value="9"), kinds.NOT_A_CASE_LIST.at()]))
        assert [row[0] for row in found] == ["–", "3", "9"]
        assert found[1][2] == "9"

    def test_a_message_that_begins_with_no_field_stays_as_it_is(self):
        assert in_words(age_problem(2)) == "The age is not a whole number of years from 10 to 18."

    @pytest.mark.parametrize("value", ["=1+1", "+44", "-1", "@x", "\tx"])
    def test_nothing_in_the_file_begins_a_formula(self, value):
        text = problems_csv([age_problem(2, value=value)]).decode("utf-8-sig")
        cells = list(csv.reader(io.StringIO(text)))[1]
        assert not any(cell[:1] in "=+-@\t" for cell in cells if cell)


class TestColumns:
    def columns(self, *headings):
        return CaseListColumns(headings, guess_mapping(headings), 3)

    def test_headings_are_shown_where_the_first_row_holds_headings(self):
        assert shown_headings(self.columns("case_ref", "age", "")) == ["case_ref", "age", "Column 3"]

    def test_a_first_row_that_may_be_a_child_is_shown_by_number(self):
        assert shown_headings(self.columns("Jordan Quill", "15")) == ["Column 1", "Column 2"]

    def test_the_form_says_what_is_needed_doubtful_and_contested(self):
        form = ColumnsForm(columns=self.columns("case_ref", "ref", "order typ", "start"))
        hints = {name: str(form.fields[name].help_text) for name in ("case_ref", "order_type", "order_start", "age")}
        assert hints == {
            "case_ref": "Two columns could hold this. Choose one",
            "order_type": "The heading is only similar. Check it",
            "order_start": "Needed",
            "age": "Needed, and no column was recognised",
        }
