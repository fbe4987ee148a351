"""What the sample pages say, without HTTP or a database."""

import pytest

from aboveline.domain import draw_problems
from aboveline.domain.problems import Checked
from aboveline.domain.sampling import balance_table, draw
from aboveline.web.forms.samples import DrawForm, SizeForm
from aboveline.web.presenters.certificates import outcome_of
from aboveline.web.presenters.sample_size import size_page, usual_size
from aboveline.web.presenters.samples import balance_as_table, balance_sentence
from tests.caseload_builders import a_caseload, an_entry, caseload_framework

FRAMEWORK = caseload_framework()
FRAME = a_caseload(60).entries


class TestSize:
    @pytest.mark.parametrize(("eligible", "size"), [(200, 50), (30, 30), (1, 1)])
    def test_the_usual_size_is_never_more_than_there_are(self, eligible, size):
        assert usual_size(FRAMEWORK, eligible) == size

    def test_a_larger_sample_buys_a_smaller_margin_and_both_are_said(self):
        small, large = (size_page(200, size).sentence for size in (20, 91))
        assert "within about 10 points either way" in small
        assert "within about 3 points either way" in large
        assert large.endswith("within about 5 points.")

    def test_all_cases_leave_nothing_to_chance(self):
        assert size_page(40, 40).sentence == "All 40 cases are read: nothing is left to the chance of a draw."

    def test_one_case_has_no_interval(self):
        page = size_page(40, 1)
        assert "no interval" in page.sentence
        assert any(str(cell.text) == "none" for row in page.table.rows for cell in row)

    def test_the_size_in_hand_is_marked_among_the_sizes(self):
        details = {str(row[0].text): row[0].detail for row in size_page(200, 38).table.rows}
        assert details["38"] == "the size in hand"
        assert details["91"] == ""

    @pytest.mark.parametrize("eligible", [1, 2])
    def test_too_few_cases_for_a_curve_have_no_chart(self, eligible):
        assert size_page(eligible, 1).chart is None

    @pytest.mark.parametrize("eligible", [3, 60, 600])
    def test_the_chart_holds_its_size_and_at_most_some_dozens(self, eligible):
        chart = size_page(eligible, 3).chart
        assert "3" in [row[0] for row in chart.rows]
        assert len(chart.rows) <= 62

    @pytest.mark.parametrize("size", [0, 61])
    def test_a_size_that_cannot_be_is_refused(self, size):
        with pytest.raises(ValueError, match="no sample"):
            size_page(60, size)


class TestForms:
    def test_a_first_draw_asks_for_no_reason_and_a_second_does(self):
        assert "reason" not in DrawForm(eligible=9, draws=0).fields
        second = DrawForm({"size": 5, "method": "cube", "expected_draws": 1, "reason": " "}, eligible=9, draws=1)
        assert list(second.errors) == ["reason"]

    @pytest.mark.parametrize(("size", "fine"), [("1", True), ("9", True), ("0", False), ("10", False), ("", False)])
    def test_a_size_is_from_one_to_all(self, size, fine):
        assert SizeForm({"size": size}, eligible=9).is_valid() is fine


class TestBalance:
    def test_a_close_sample_is_said_to_be_close(self):
        everyone = [entry.case_ref for entry in FRAME]
        assert "differs from the caseload's by 5 points or more" in balance_sentence(
            FRAMEWORK, balance_table(FRAME, everyone)
        )

    def test_the_widest_difference_is_named(self):
        frame = [an_entry(f"A{n}", sex="female" if n < 5 else "male") for n in range(10)]
        words = balance_sentence(FRAMEWORK, balance_table(frame, ["A0", "A1"], ["sex"]))
        assert words == "The widest difference: sex, female, is 50% of the caseload and 100% of the sample."

    def test_the_table_puts_both_shares_and_the_points_between_them(self):
        frame = [an_entry(f"A{n}", sex="female" if n < 4 else "male") for n in range(8)]
        table = balance_as_table(FRAMEWORK, balance_table(frame, ["A0"], ["sex"]))
        rows = [[str(cell.text) for cell in row] for row in table.rows]
        assert rows == [["Sex: Female", "4", "50%", "1", "100%", "+50"], ["Sex: Male", "4", "50%", "0", "0%", "−50"]]


class TestCheck:
    def test_the_same_draw_and_another_are_told_apart(self):
        again = draw(FRAME, size=10, seed="s")
        assert outcome_of(Checked(again)).same
        differs = outcome_of(Checked(None, (draw_problems.DOES_NOT_AGREE.at(part="sample"),)))
        assert not differs.same
        assert "different sample" in differs.problems[0].message
