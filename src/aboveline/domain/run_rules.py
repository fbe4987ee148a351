"""The rules of a run chart: patterns in a series of shares that chance alone seldom makes.

Perla, Provost and Murray, "The run chart: a simple analytical tool for learning from variation in healthcare
processes", BMJ Quality & Safety 20 (2011) 46-51; NHS England ("Making data count") and NHS Scotland teach the same
rules. A shift is six or more values in a row on one side of the median, values on the median being passed over; a trend
is five or more in a row all rising or all falling, a repeated value being passed over; and there may be too few or too
many runs. The rules ask for ten values. The number of runs is held against Swed and Eisenhart (1943), worked out
exactly with at most 2.5% beyond each limit; printed tables differ from that by at most one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise
from math import comb
from statistics import median

FEWEST, SHIFT, TREND = 10, 6, 5


class Pattern(StrEnum):
    SHIFT_ABOVE = "shift_above"
    SHIFT_BELOW = "shift_below"
    TREND_UP = "trend_up"
    TREND_DOWN = "trend_down"
    TOO_FEW_RUNS = "too_few_runs"
    TOO_MANY_RUNS = "too_many_runs"


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern over the values from place `first` to place `last`, both included.

    `count` is how many values make it, those passed over left out; for a number of runs it is that number.
    """

    pattern: Pattern
    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The median of ten or more values and what the rules find. `limits` are the fewest and most runs to be expected,
    None (like `runs`) where all values lie on one side of the median or on it."""

    median: Fraction
    runs: int | None
    limits: tuple[int, int] | None
    signals: tuple[Signal, ...]


def read(shares: Sequence[Fraction]) -> Reading | None:
    """Apply every rule to values in the order of time; None where there are fewer than the rules ask for."""
    if len(shares) < FEWEST:
        return None
    centre = Fraction(median(shares))
    sides = [(place, share > centre) for place, share in enumerate(shares) if share != centre]
    runs = [tuple(run) for _, run in groupby(sides, key=lambda side: side[1])]
    above = sum(side for _, side in sides)
    limits = runs_limits(above, len(sides) - above)
    signals = (*_shifts(runs), *_trends(shares), *_odd_number(len(runs), limits, len(shares)))
    return Reading(centre, len(runs) if limits else None, limits, signals)


def runs_limits(above: int, below: int) -> tuple[int, int] | None:
    """Return the fewest and the most runs that are not too few or too many; None where one side has no value."""
    if not above or not below:
        return None
    ways = [_arrangements(runs, above, below) for runs in range(above + below + 1)]
    total = comb(above + below, above)
    low = next(r for r in range(2, len(ways)) if 40 * sum(ways[: r + 1]) > total)
    high = next(r for r in range(len(ways) - 1, 1, -1) if 40 * sum(ways[r:]) > total)
    return low, high


def _arrangements(runs: int, above: int, below: int) -> int:
    """In how many orders so many values above and below make so many runs."""
    if runs < 2:
        return 0
    half, odd = divmod(runs, 2)
    if not odd:
        return 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1)
    return comb(above - 1, half) * comb(below - 1, half - 1) + comb(above - 1, half - 1) * comb(below - 1, half)


def _shifts(runs: Sequence[Sequence[tuple[int, bool]]]) -> Iterator[Signal]:
    for run in runs:
        if len(run) >= SHIFT:
            pattern = Pattern.SHIFT_ABOVE if run[0][1] else Pattern.SHIFT_BELOW
            yield Signal(pattern, run[0][0], run[-1][0], len(run))


def _trends(shares: Sequence[Fraction]) -> Iterator[Signal]:
    """Of equal values in a row only the first stands in a trend."""
    places = [0, *(place for place in range(1, len(shares)) if shares[place] != shares[place - 1])]
    steps = [(one, two, shares[two] > shares[one]) for one, two in pairwise(places)]
    for rising, group in groupby(steps, key=lambda step: step[2]):
        climbed = list(group)
        if len(climbed) + 1 >= TREND:
            pattern = Pattern.TREND_UP if rising else Pattern.TREND_DOWN
            yield Signal(pattern, climbed[0][0], climbed[-1][1], len(climbed) + 1)


def _odd_number(runs: int, limits: tuple[int, int] | None, values: int) -> Iterator[Signal]:
    if limits and not limits[0] <= runs <= limits[1]:
        pattern = Pattern.TOO_FEW_RUNS if runs < limits[0] else Pattern.TOO_MANY_RUNS
        yield Signal(pattern, 0, values - 1, runs)
