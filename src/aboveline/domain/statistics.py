"""Intervals for a share of judgements, the difference of two shares, and the size of a sample.

A score is a ratio of totals, p = sum(y) / sum(m), over cases i with y sufficient of m applicable judgements. The
judgements of one case hang together, so the case is the unit of variance. Everything starts from whole-number sums and
becomes a float last, so that every engine gives the same digits. Standard library only: it starts fast and has no
processor-dependent arithmetic.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from statistics import NormalDist

from aboveline.domain.sentences import Sentence

LEVEL = 0.95

NOT_SCORED = Sentence.of("Not scored: nothing that applies was judged.")
TOO_FEW_CASES = Sentence.of("No interval: fewer than two cases have an applicable judgement.")
ALL_READ = Sentence.of("All eligible cases were read: no sampling error; assessor error remains.")
CASELOAD_UNKNOWN = Sentence.of(
    "The size of the caseload is not known, so intervals are not narrowed for the share of it that was read."
)

#: the z that the field's sample-size tables use; other confidences take the exact normal quantile
Z_BY_CONFIDENCE = {0.8: "1.28", 0.9: "1.645", 0.95: "1.96", 0.99: "2.576"}


@dataclass(frozen=True, slots=True)
class Sums:
    """Sufficient statistics of one group of judgements over n cases: all a share and its interval need."""

    n: int
    y: int
    m: int
    yy: int
    ym: int
    mm: int

    @classmethod
    def of(cls, cases: Iterable[tuple[int, int]]) -> "Sums":
        """Add up (sufficient, applicable) counts, one pair a case; a case with nothing applicable is (0, 0)."""
        pairs = list(cases)
        return cls(
            n=len(pairs),
            y=sum(y for y, _ in pairs),
            m=sum(m for _, m in pairs),
            yy=sum(y * y for y, _ in pairs),
            ym=sum(y * m for y, m in pairs),
            mm=sum(m * m for _, m in pairs),
        )

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.y, self.m) if self.m else None

    @property
    def spread(self) -> int:
        """m squared times the sum over cases of (y_i - p m_i) squared: a whole number, 0 when no case differs."""
        return self.yy * self.m**2 - 2 * self.y * self.m * self.ym + self.y**2 * self.mm


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits of a share, or of a difference of shares, as unrounded fractions of one."""

    low: float
    high: float
    level: float = LEVEL
    method: str = "logit-t"
    finite_population: bool = False

    def as_dict(self) -> dict[str, object]:
        return {
            "low": self.low,
            "high": self.high,
            "level": self.level,
            "method": self.method,
            "finite_population": self.finite_population,
        }


@dataclass(frozen=True, slots=True)
class Precision:
    """How sure a share is: an interval, or the reason why there is none."""

    interval: Interval | None
    reason: str | None = None


def t_quantile(df: int, level: float = LEVEL) -> float:
    """Return t with P(|T| < t) = level for Student's t with `df` degrees of freedom (a whole number, at least 1).

    Newton's method on the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4. That probability is concave in t and
    the normal quantile lies below t, so the steps approach from one side and cannot overshoot.
    """
    if df < 1 or not 0 < level < 1:
        raise ValueError("a t quantile needs at least 1 degree of freedom and a level between 0 and 1")
    return _t_quantile(df, level)


@lru_cache(maxsize=1024)
def _t_quantile(df: int, level: float) -> float:
    scale = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    t = NormalDist().inv_cdf((1 + level) / 2)
    for _ in range(200):
        density = 2 * scale * (1 + t * t / df) ** (-(df + 1) / 2)
        step = (level - _t_inside(t, df)) / density
        t += step
        if abs(step) <= 1e-14 * t:
            break
    return t


def _t_inside(t: float, df: int) -> float:
    """P(|T| < t) for whole df."""
    theta = math.atan2(t, math.sqrt(df))
    sine, cosine = math.sin(theta), math.cos(theta)
    odd = df % 2
    term, terms = (cosine if odd else 1.0), []
    for k in range(1 + odd, df, 2):
        terms.append(term)
        term *= cosine * cosine * k / (k + 1)
    total = sine * math.fsum(terms)
    return 2 / math.pi * (theta + total) if odd else total


@dataclass(frozen=True, slots=True)
class LogitWorking:
    """The steps from sums to a logit-t interval, kept so that a screen can show them. `read` is n/N, 0 if N is unknown.

    variance: linearised variance of the ratio with n/(n-1) and (1 - n/N), as R's survey::svyratio has it.
    """

    share: float
    read: float
    variance: float
    logit_error: float
    quantile: float

    @property
    def limits(self) -> tuple[float, float]:
        centre = math.log(self.share / (1 - self.share))
        half = self.quantile * self.logit_error
        return _inverse_logit(centre - half), _inverse_logit(centre + half)


def logit_working(sums: Sums, caseload_size: int | None, level: float = LEVEL) -> LogitWorking:
    """Return the steps, where 0 < p < 1 and n >= 2. `caseload_size` None means no finite-population correction."""
    n, m, size = sums.n, sums.m, caseload_size
    # Whole numbers to the last: one division, correctly rounded.
    above, below = (size - n, size) if size else (1, 1)
    variance = (above * n * sums.spread) / (below * (n - 1) * m**4)
    share, rest = sums.y / m, (m - sums.y) / m
    read = n / size if size else 0.0
    return LogitWorking(share, read, variance, math.sqrt(variance) / (share * rest), t_quantile(n - 1, level))


def precision(sums: Sums, applicable_cases: int, caseload_size: int | None, level: float = LEVEL) -> Precision:
    """Return the interval of a share, or why there is none.

    `sums` are over all assessed cases, those with nothing applicable included; `applicable_cases` have at least one
    applicable judgement; `caseload_size` is N, or None for no finite-population correction: unknown, or because the
    question is about practice beyond these cases.

    Default: logit-t with n - 1 degrees of freedom. Where no variance can be estimated (p is 0 or 1, or every case has
    exactly the same share) it is Wilson's with t(n - 1) on the number of applicable cases; there the correction is left
    out, because one unread case can still differ, which keeps the interval on the safe side.
    """
    if not sums.m:
        return Precision(None, NOT_SCORED)
    if caseload_size == sums.n:
        return Precision(None, ALL_READ)
    if applicable_cases < 2:
        return Precision(None, TOO_FEW_CASES)
    if not sums.spread:
        low, high = wilson(sums.y / sums.m, applicable_cases, t_quantile(sums.n - 1, level))
        return Precision(Interval(low, high, level, "wilson-t"))
    low, high = logit_working(sums, caseload_size, level).limits
    return Precision(Interval(low, high, level, "logit-t", finite_population=caseload_size is not None))


def wilson(share: float, size: float, quantile: float) -> tuple[float, float]:
    """Return Wilson's (1927) score limits of a share of `size` independent units."""
    square = quantile * quantile / size
    centre = (share + square / 2) / (1 + square)
    half = math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square)
    return (0.0 if share == 0 else centre - half), (1.0 if share == 1 else centre + half)


def mover_difference(old: float, old_interval: Interval, new: float, new_interval: Interval) -> Interval:
    """Return the interval of new - old for independent shares, from their own intervals (Zou and Donner 2008, MOVER).

    Raises ValueError when an interval carries a finite-population correction or the levels differ: a change is a
    statement about practice beyond these cases.
    """
    if old_interval.finite_population or new_interval.finite_population:
        raise ValueError("a difference takes intervals without finite-population correction")
    if old_interval.level != new_interval.level:
        raise ValueError("a difference takes two intervals of one level")
    below = math.hypot(new - new_interval.low, old_interval.high - old)
    above = math.hypot(new_interval.high - new, old - old_interval.low)
    return Interval(new - old - below, new - old + above, new_interval.level, "mover")


def case_sample_size(caseload_size: int | None, margin: float = 0.05, confidence: float = 0.8) -> int:
    """Return how many cases give `margin` (a fraction) for a yes/no fact about a *case*, at the worst case p = 1/2.

    n0 = z^2 p(1-p) / d^2; n = n0 / (1 + n0/N), rounded up; N None is an unlimited caseload.
    """
    if margin <= 0 or not 0 < confidence < 1 or (caseload_size is not None and caseload_size < 1):
        raise ValueError("a sample size needs a positive margin, a confidence between 0 and 1 and a caseload")
    unlimited = (_z(confidence) / (2 * Fraction(str(margin)))) ** 2
    return math.ceil(unlimited / (1 + unlimited / caseload_size) if caseload_size else unlimited)


def expected_margin(
    n: int, caseload_size: int | None, deff: float, mean_m: float, p: float = 0.5, level: float = LEVEL
) -> float | None:
    """Return the half-width (a fraction) to expect of a pooled score from n cases of `mean_m` applicable judgements.

    `deff` is the design effect of judging by case. None where n < 2: no interval is possible.
    """
    if n < 2:
        return None
    read = n / caseload_size if caseload_size else 0.0
    return t_quantile(n - 1, level) * math.sqrt(max(0.0, 1 - read) * deff * p * (1 - p) / (n * mean_m))


def _z(confidence: float) -> Fraction:
    conventional = Z_BY_CONFIDENCE.get(confidence)
    return Fraction(conventional) if conventional else Fraction(NormalDist().inv_cdf((1 + confidence) / 2))


def _inverse_logit(x: float) -> float:
    return 0.5 * (1 + math.tanh(x / 2))
