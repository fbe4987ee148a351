from datetime import date

import pytest

from aboveline.domain.published import counts_from, words_for


@pytest.mark.parametrize(
    ("printed", "day", "words"),
    [
        ("2010-11", date(2010, 11, 1), "November 2010"),
        ("2010-12 / 2011-01", date(2010, 12, 1), "December 2010 to January 2011"),
        ("2011", date(2011, 12, 31), "2011"),
        ("2011-06-08", date(2011, 6, 8), "8 June 2011"),
        ("", None, "no date known"),
    ],
)
def test_dates_as_printed(printed: str, day: date | None, words: str) -> None:
    assert counts_from(printed) == day
    assert words_for(printed) == words


@pytest.mark.parametrize("printed", ["spring 2012", "2011-13", "2011-6", "11", "2011-02-30"])
def test_what_is_not_a_date(printed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        counts_from(printed)
