"""Does an assessor drift over the days of fieldwork, and how much does severity add to the variance of a score?

Both start from one number a case: the mean, over its applicable judgements, of sufficient (1 or 0) less the share
sufficient that others found on the same question. Positive is more lenient.

Drift: the least-squares line of an assessor's cases on the number of the fieldwork day (1 for the first day on which
anybody read), with Student's t and n - 2 degrees of freedom; a case read over several days stands at their mean.

Severity: the one-way analysis of variance of cases within assessors, by the method of moments (Searle, Casella and
McCulloch 1992): between = (MSB - MSW) / n0, n0 = (n - sum n_a^2 / n) / (A - 1), not below 0; here the others are all
assessors together. A score pools n cases, so severity multiplies its variance by 1 + between * sum n_a^2 / (n * MSW).
Whether it is more than chance is asked of 999 random exchanges of cases between assessors (Fisher's permutation test)
with the generator of `chance`, so that anyone can repeat it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from aboveline.domain.chance import Chance
from aboveline.domain.leniency import NOT_ONLY_THE_ASSESSOR, Others, Reading, applicable, split
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import LEVEL, Interval, t_quantile

EXCHANGES = 999
SEED = "assessor-severity"
_BY_CHANCE = 0.05
_ASSESSORS_NEEDED = 3

TOO_FEW_CASES = Sentence.of(
    "The readings cannot show a drift: it takes at least three cases that others can be set against."
)
ONE_DAY = Sentence.of("The readings cannot show a drift: they were all made on one day.")
NO_SPREAD = Sentence.of(
    "The readings cannot show a drift: they lie on one line, so there is nothing to judge chance by."
)
TOO_FEW_ASSESSORS = Sentence.of("Not estimated: it takes at least three assessors with two or more cases each.")
NO_SPREAD_IN_CASES = Sentence.of(
    "Not estimated: each assessor's cases are all alike, so there is nothing to judge chance by."
)


class DriftVerdict(StrEnum):
    MORE_LENIENT = "more_lenient"
    STRICTER = "stricter"
    CANNOT_SHOW = "cannot_show"

    @property
    def words(self) -> Sentence:
        return _VERDICT_WORDS[self]


_VERDICT_WORDS = {
    DriftVerdict.MORE_LENIENT: Sentence.of("became more lenient over the days"),
    DriftVerdict.STRICTER: Sentence.of("became stricter over the days"),
    DriftVerdict.CANNOT_SHOW: Sentence.of("the readings cannot show a drift"),
}


@dataclass(frozen=True)
class Drift:
    """How an assessor's leniency changes in a fieldwork day, as a fraction of one, over `cases` on `days` days."""

    assessor: str
    cases: int
    days: int
    slope: Fraction | None
    interval: Interval | None
    reason: Sentence | None

    @property
    def verdict(self) -> DriftVerdict:
        if self.interval and self.interval.low > 0:
            return DriftVerdict.MORE_LENIENT
        if self.interval and self.interval.high < 0:
            return DriftVerdict.STRICTER
        return DriftVerdict.CANNOT_SHOW

    def as_dict(self) -> dict[str, object]:
        return {
            "assessor": self.assessor,
            "cases": self.cases,
            "days": self.days,
            "slope": None if self.slope is None else float(self.slope),
            "interval": self.interval and self.interval.as_dict(),
            "reason": self.reason,
            "verdict": str(self.verdict),
        }


@dataclass(frozen=True)
class Severity:
    """How far assessors differ. `spread` is the standard deviation between them, as a fraction of one.

    `factor` multiplies the variance of a score; `by_chance` is how often exchanging cases at random sets assessors as
    far apart as they are. All None, with the reason, where they cannot be estimated.
    """

    assessors: int
    cases: int
    spread: float | None = None
    factor: float | None = None
    by_chance: float | None = None
    reason: Sentence | None = None

    @property
    def shown(self) -> bool:
        """Whether assessors differ by more than chance would bring."""
        return self.by_chance is not None and self.by_chance <= _BY_CHANCE

    @property
    def words(self) -> Sentence:
        if self.reason or self.factor is None:
            return self.reason or TOO_FEW_ASSESSORS
        if not self.shown:
            return Sentence.of("The readings cannot show that assessors differ in severity.")
        return Sentence.of(
            "Assessors differ by more than chance. That makes the variance of a score about {factor} times as large, "
            "which no sampling interval shows.",
            factor=f"{self.factor:.1f}",
        )

    def as_dict(self) -> dict[str, object]:
        return {
            "assessors": self.assessors,
            "cases": self.cases,
            "spread": self.spread,
            "factor": self.factor,
            "by_chance": self.by_chance,
            "shown": self.shown,
            "reason": self.reason,
            "words": self.words,
            "caution": NOT_ONLY_THE_ASSESSOR,
        }


def drifts(readings: Iterable[Reading], *, level: float = LEVEL) -> tuple[Drift, ...]:
    """Return each assessor's drift over the days of fieldwork. Raises ValueError on a repeated reading."""
    rows = applicable(readings)
    number = {day: place for place, day in enumerate(sorted({row.day for row in rows}), start=1)}
    found = []
    for assessor in sorted({row.assessor for row in rows}):
        own, others = split(rows, assessor)
        points = [
            (_mean([Fraction(number[row.day]) for row in case]), residual)
            for case, residual in _residuals(own, others.shares)
        ]
        found.append(_drift(assessor, points, len({row.day for row in own}), level))
    return tuple(found)


def _drift(assessor: str, points: Sequence[tuple[Fraction, Fraction]], days: int, level: float) -> Drift:
    n = len(points)
    across = _mean([x for x, _ in points]) if points else Fraction(0)
    along = sum(((x - across) ** 2 for x, _ in points), Fraction(0))
    if n < 3 or not along:
        return Drift(assessor, n, days, None, None, TOO_FEW_CASES if n < 3 else ONE_DAY)
    level_there = _mean([y for _, y in points])
    slope = sum(((x - across) * (y - level_there) for x, y in points), Fraction(0)) / along
    left = sum(((y - level_there - slope * (x - across)) ** 2 for x, y in points), Fraction(0))
    if not left:
        return Drift(assessor, n, days, slope, None, NO_SPREAD)
    half = t_quantile(n - 2, level) * math.sqrt(left / ((n - 2) * along))
    interval = Interval(float(slope) - half, float(slope) + half, level, "least-squares-t")
    return Drift(assessor, n, days, slope, interval, None)


def severity(readings: Iterable[Reading], *, seed: str = SEED) -> Severity:
    """Estimate the variance between assessors, from those with at least two cases. Raises ValueError on a repeat."""
    rows = applicable(readings)
    shares = Others(rows).shares
    groups = [
        [residual for _, residual in _residuals([row for row in rows if row.assessor == name], shares)]
        for name in sorted({row.assessor for row in rows})
    ]
    groups = [group for group in groups if len(group) > 1]
    sizes = [len(group) for group in groups]
    if len(groups) < _ASSESSORS_NEEDED:
        return Severity(len(groups), sum(sizes), reason=TOO_FEW_ASSESSORS)
    within = sum((_squares(group) for group in groups), Fraction(0)) / (sum(sizes) - len(sizes))
    if not within:
        return Severity(len(groups), sum(sizes), reason=NO_SPREAD_IN_CASES)
    between, factor = _components(groups, within)
    return Severity(len(groups), sum(sizes), math.sqrt(between), float(factor), _by_chance(groups, seed))


def _components(groups: Sequence[Sequence[Fraction]], within: Fraction) -> tuple[Fraction, Fraction]:
    """The variance between assessors, and what it multiplies the variance of a score by."""
    sizes = [len(group) for group in groups]
    n, unequal = sum(sizes), Fraction(sum(size * size for size in sizes), sum(sizes))
    everything = [residual for group in groups for residual in group]
    apart = _squares(everything) - within * (n - len(sizes))
    between = (apart / (len(sizes) - 1) - within) / ((n - unequal) / (len(sizes) - 1))
    between = max(Fraction(0), between)
    return between, 1 + between * unequal / within


def _by_chance(groups: Sequence[Sequence[Fraction]], seed: str) -> float:
    """The share of random exchanges, ours counted among them, that set the groups at least as far apart."""
    chance, values = Chance(seed), [float(residual) for group in groups for residual in group]
    sizes = [len(group) for group in groups]
    ours = _apart(values, sizes) * (1 - 1e-12)
    as_far = sum(_apart(chance.shuffled(values), sizes) >= ours for _ in range(EXCHANGES))
    return (1 + as_far) / (1 + EXCHANGES)


def _apart(values: Sequence[float], sizes: Sequence[int]) -> float:
    """What grows with the variance between groups when the values stay the same: each group's sum squared over size."""
    total, start, centre = 0.0, 0, math.fsum(values) / len(values)
    for size in sizes:
        total += (math.fsum(values[start : start + size]) - size * centre) ** 2 / size
        start += size
    return total


def _residuals(rows: Iterable[Reading], shares: Mapping[str, Fraction]) -> list[tuple[list[Reading], Fraction]]:
    """One assessor's cases with their mean distance from the shares; questions without a share are left out."""
    cases: dict[str, list[Reading]] = defaultdict(list)
    for row in rows:
        if row.question in shares:
            cases[row.case].append(row)
    return [(case, _mean([row.sufficient - shares[row.question] for row in case])) for _, case in sorted(cases.items())]


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _squares(values: Sequence[Fraction]) -> Fraction:
    """The sum of squared distances from the mean."""
    mean = _mean(values)
    return sum(((value - mean) ** 2 for value in values), Fraction(0))
