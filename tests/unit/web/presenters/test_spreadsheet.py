"""No cell of a file for a spreadsheet runs as a formula."""

import pytest

from aboveline.web.presenters.spreadsheet import inert


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("words", "words"),
        ("", ""),
        (None, ""),
        (-1, -1),
    ],
)
def test_a_cell_is_written_so_that_it_stays_text(cell, written):
    assert inert(cell) == written
