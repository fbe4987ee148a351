from fractions import Fraction

import pytest

from aboveline.domain.rating import band_of, whole_percent
from tests.builders import a_framework


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Fraction(0), 0),
        (Fraction(1), 100),
        (Fraction(285, 1000), 29),  # as a float, 28.499999999999996
        (Fraction(1, 200), 1),
        (Fraction(2, 3), 67),
        (Fraction(4449, 10000), 44),
        (Fraction(445, 1000), 45),
    ],
)
def test_whole_percent_rounds_halves_up_on_the_exact_share(share: Fraction, percent: int) -> None:
    assert whole_percent(share) == percent


def test_band_reads_the_rounded_percent() -> None:
    assert band_of(a_framework(), whole_percent(Fraction(445, 1000))).id == "substantial"
    assert band_of(a_framework(), None) is None
