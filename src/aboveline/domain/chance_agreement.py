"""Percent agreement, Gwet's AC1 and Cohen's kappa of two readers, with the case as the unit of variance.

A case contributes a table: how often its questions got each pair of answers (first reader's, second reader's). With
n_kl pairs in all, M of them, p_kl = n_kl / M and p_a the share on the diagonal, both coefficients are
(p_a - p_e) / (1 - p_e). They differ in p_e, the agreement to expect by chance:

- AC1 (Gwet 2008): sum of pi_k (1 - pi_k) / (q - 1), pi_k the mean of the two readers' shares of category k of q;
- kappa (Cohen 1960): sum of p_k+ p_+k.

Variance: all three are smooth functions of totals over cases, so each is linearised in the cells (Taylor series, Binder
1983; the same step as the ratio of a score) and v = n / (n - 1) * sum over cases of e_i^2 / M^2, where e_i is the sum
over the case's pairs of h_kl minus its mean and h_kl = ([k = l] - (1 - coefficient) dp_e/dp_kl) / (1 - p_e). With one
question in each case this is Gwet's (2014) variance for two readers. The quantile is Student's t with n - 1 degrees of
freedom. Percent agreement is a share and takes the interval of a score; a coefficient takes Fisher's transform, which
keeps the limits within -1 and 1. Where no variance can be estimated (a coefficient of 1, or every case alike) the
limits are Wilson's for percent agreement on the number of cases, less the chance observed (method wilson-t-chance). No
finite-population correction: the question is how these readers judge, not only what they wrote here. Exact fractions up
to the square root.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from aboveline.domain.judgement import Answer
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import LEVEL, Interval, Sums, precision, t_quantile, wilson

Pair = tuple[Answer, Answer]
Table = Counter[Pair]

NO_PAIRS = Sentence.of("No figure: both readers answered none of the same questions.")
TOO_FEW_READ_TWICE = Sentence.of("No interval: fewer than two cases give a pair of answers.")
KAPPA_UNDEFINED = Sentence.of(
    "Kappa is not defined: both readers gave one and the same answer throughout, so agreement by chance is certain."
)
ONE_ANSWER_ONLY = Sentence.of(
    "One reader gave the same answer throughout: kappa is then 0 however often they agree, so it has no interval."
)


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One figure of agreement. `chance` is p_e, 0 for percent agreement; `variance` is the linearised one.

    `reason` says why there is no value or no interval; a value that has an interval has no reason.
    """

    value: Fraction | None
    chance: Fraction | None = None
    variance: Fraction | None = None
    interval: Interval | None = None
    reason: Sentence | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            "value": None if self.value is None else float(self.value),
            "chance": None if self.chance is None else float(self.chance),
            "interval": self.interval and self.interval.as_dict(),
            "reason": self.reason,
        }


def percent_agreement(tables: Sequence[Table], level: float = LEVEL) -> Coefficient:
    """Return the share of pairs in which both answers are the same; one table a case, empty ones included."""
    sums = Sums.of((_agreeing(table), table.total()) for table in tables)
    if sums.share is None:
        return Coefficient(None, reason=NO_PAIRS)
    if _with_pairs(tables) < 2:
        return Coefficient(sums.share, Fraction(0), reason=TOO_FEW_READ_TWICE)
    n = len(tables)
    variance = Fraction(n * sums.spread, (n - 1) * sums.m**4)
    interval = precision(sums, _with_pairs(tables), None, level).interval
    return Coefficient(sums.share, Fraction(0), variance, interval)


def ac1(tables: Sequence[Table], categories: Sequence[Answer], level: float = LEVEL) -> Coefficient:
    """Return Gwet's AC1 over all `categories` that the readers could choose from, used or not."""
    cells = sum(tables, Table())
    if not cells:
        return Coefficient(None, reason=NO_PAIRS)
    firsts, seconds = margins(cells)
    use = {k: (firsts[k] + seconds[k]) / 2 for k in categories}
    others = len(categories) - 1
    chance = sum((share * (1 - share) for share in use.values()), Fraction(0)) / others
    slopes = {(a, b): (1 - use[a] - use[b]) / others for a in categories for b in categories}
    return _corrected(tables, chance, slopes, level)


def kappa(tables: Sequence[Table], level: float = LEVEL) -> Coefficient:
    """Return Cohen's kappa. Not defined where both readers gave one and the same answer throughout."""
    cells = sum(tables, Table())
    if not cells:
        return Coefficient(None, reason=NO_PAIRS)
    firsts, seconds = margins(cells)
    chance = sum((firsts[k] * seconds[k] for k in firsts), Fraction(0))
    if chance == 1:
        return Coefficient(None, chance, reason=KAPPA_UNDEFINED)
    if 1 in (*firsts.values(), *seconds.values()):
        return Coefficient(Fraction(0), chance, reason=ONE_ANSWER_ONLY)
    return _corrected(tables, chance, {(a, b): seconds[a] + firsts[b] for a, b in cells}, level)


def margins(cells: Table) -> tuple[Mapping[Answer, Fraction], Mapping[Answer, Fraction]]:
    """Return the first and the second reader's share of each answer, 0 for an answer not used."""
    total = cells.total()
    firsts = {k: Fraction(sum(c for (first, _), c in cells.items() if first is k), total) for k in Answer}
    seconds = {k: Fraction(sum(c for (_, second), c in cells.items() if second is k), total) for k in Answer}
    return firsts, seconds


def _corrected(tables: Sequence[Table], chance: Fraction, slopes: Mapping[Pair, Fraction], level: float) -> Coefficient:
    """The coefficient with its interval; `slopes` are the derivatives of p_e by the shares of the cells."""
    cells = sum(tables, Table())
    agreed = Fraction(_agreeing(cells), cells.total())
    value = (agreed - chance) / (1 - chance)
    if _with_pairs(tables) < 2:
        return Coefficient(value, chance, reason=TOO_FEW_READ_TWICE)
    weights = {(a, b): ((a is b) - (1 - value) * slopes[a, b]) / (1 - chance) for a, b in cells}
    variance = _linearised(tables, weights)
    quantile = t_quantile(len(tables) - 1, level)
    if variance:
        return Coefficient(value, chance, variance, _fisher(float(value), float(variance), quantile, level))
    low, high = (
        max(-1.0, (limit - float(chance)) / (1 - float(chance)))
        for limit in wilson(float(agreed), _with_pairs(tables), quantile)
    )
    return Coefficient(value, chance, variance, Interval(low, high, level, "wilson-t-chance"))


def _linearised(tables: Sequence[Table], weights: Mapping[Pair, Fraction]) -> Fraction:
    """The variance, over cases, of the mean weight of a pair."""
    n, pairs = len(tables), sum(table.total() for table in tables)
    centre = sum((weights[pair] * count for table in tables for pair, count in table.items()), Fraction(0)) / pairs
    residuals = (
        sum(((weights[pair] - centre) * count for pair, count in table.items()), Fraction(0)) for table in tables
    )
    return n * sum((residual**2 for residual in residuals), Fraction(0)) / ((n - 1) * pairs**2)


def _fisher(value: float, variance: float, quantile: float, level: float) -> Interval:
    centre, half = math.atanh(value), quantile * math.sqrt(variance) / (1 - value**2)
    return Interval(math.tanh(centre - half), math.tanh(centre + half), level, "fisher-t")


def _agreeing(table: Table) -> int:
    return sum(count for (first, second), count in table.items() if first is second)


def _with_pairs(tables: Sequence[Table]) -> int:
    return sum(1 for table in tables if table)
