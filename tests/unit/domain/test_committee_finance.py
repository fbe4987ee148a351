"""Financial years and amounts of a committee report."""

from datetime import date

import pytest

from aboveline.domain.committee_finance import Finance, FinancialYear, MoneyRow, pounds


@pytest.mark.parametrize(
    ("day", "year"), [(date(2011, 1, 18), "2010/11"), (date(2011, 3, 31), "2010/11"), (date(2011, 4, 1), "2011/12")]
)
def test_the_financial_year_of_a_day(day: date, year: str) -> None:
    assert str(FinancialYear.of(day)) == year


def test_a_report_shows_its_own_year_and_three_more() -> None:
    assert [str(y) for y in FinancialYear.four_from(date(2011, 1, 18))] == ["2010/11", "2011/12", "2012/13", "2013/14"]


@pytest.mark.parametrize("text", ["2010/11", "2010/2011", "2010-11", "2010 / 11"])
def test_ways_to_write_a_year(text: str) -> None:
    assert FinancialYear.parse(text) == FinancialYear(2010)


def test_the_turn_of_a_century() -> None:
    assert str(FinancialYear.parse("2099/00")) == "2099/00"


@pytest.mark.parametrize("text", ["2010", "2010/12", "10/11", "2010/1", "2010/1111", "", "a/b"])
def test_what_is_no_year(text: str) -> None:
    with pytest.raises(ValueError, match=r"financial year|invalid literal"):
        FinancialYear.parse(text)


def test_null_is_not_zero() -> None:
    year = FinancialYear(2010)
    assert Finance(amounts={(MoneyRow.REVENUE_GROSS, year): None}).empty
    assert not Finance(amounts={(MoneyRow.REVENUE_GROSS, year): 0}).empty
    assert [pounds(amount) for amount in (None, 0, 1250, -40)] == ["not stated", "£0", "£1,250", "-£40"]
