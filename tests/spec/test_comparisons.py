"""Specification: what may be said of an area beside others, on the published results that come with the product."""

from datetime import date

import pytest

from aboveline.domain.comparator import Basis
from aboveline.domain.published import Measure
from aboveline.jobs.comparing import compare_area, published_comparator
from aboveline.jobs.frameworks import load_framework

PRINTED = [
    # as at         theme          lowest  held by                        highest  average
    ("2010-10-31", "lor", None, (), None, None),
    ("2010-11-30", "lor", None, (), None, 69),
    ("2010-12-01", "lor", 50, ("Sefton",), 87, 69),
    ("2011-01-18", "safeguarding", 38, ("Sefton",), 91, 67),
    ("2011-01-18", "roh", 36, ("Sefton",), 85, 62),
    ("2011-01-18", "lor", 50, ("Sefton",), 87, 69),
    ("2011-12-30", "safeguarding", 38, (), 91, 68),
    ("2011-12-31", "safeguarding", 38, (), 91, 68),
    ("2012-01-31", "safeguarding", 37, ("North Lincolnshire",), 91, 68),
    ("2012-05-31", "roh", 36, ("North Lincolnshire", "Sefton"), 86, 62),
]

REFUSED = [
    # basis         what is refused                  because
    (Basis.PRINTED, "No rank and no quartile", "a printed table gives only the lowest, the highest and the average"),
    (Basis.ROWS, "No rank and no quartile", "of the programme's 157 areas; at least 80% are needed"),
    (Basis.PRINTED, "Not testable", "the score came without its cases"),
    (Basis.ROWS, "Not testable", "poor results had more press"),
]


@pytest.mark.parametrize(("as_at", "theme", "lowest", "held_by", "highest", "average"), PRINTED)
def test_printed_tables_as_at_a_date(
    as_at: str, theme: str, lowest: int | None, held_by: tuple, highest: int | None, average: int | None
) -> None:
    found = published_comparator(load_framework("cci-2009"), date.fromisoformat(as_at))
    figures = [found.figure(theme, measure) for measure in Measure]
    assert [figure and figure.percent for figure in figures] == [lowest, highest, average]
    assert not held_by or figures[0].holders == held_by


@pytest.mark.parametrize(("basis", "refused", "because"), REFUSED)
def test_what_is_refused(basis: Basis, refused: str, because: str) -> None:
    found = compare_area("Sefton", "safeguarding=75,roh=70,lor=81", date(2013, 1, 1), "cci-2009", basis).expect()
    for theme in found.themes:
        assert any(reason.startswith(refused) and because in reason for reason in theme.reasons)
        assert (theme.standing.rank, theme.standing.quartile) == (None, None)
