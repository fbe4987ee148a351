"""Does an assessor find work sufficient more often than everybody else does on the same questions?

Of each assessor's judgements that apply, the share sufficient is set against what everybody else found on the same
questions: the expected share is the mean, over those judgements, of the others' share sufficient of that question. A
question that nobody else judged is left out and counted. Both shares have the case as the unit of variance: the
observed one takes the interval of a score, the expected one its linearised variance over the others' cases with
Student's t, and the difference the MOVER limits of both (Zou and Donner 2008). None uses a finite-population
correction. The mix of questions within a case is not credited, so the limits are on the wide side.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from aboveline.domain.judgement import Answer
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import LEVEL, Interval, Sums, mover_difference, precision, t_quantile, wilson

NOBODY_ELSE = Sentence.of("No figure: nobody else judged any of these questions.")
TOO_FEW_OWN = Sentence.of("No interval: fewer than two of these cases can be set against the others' judgements.")
TOO_FEW_OTHERS = Sentence.of("No interval: the others' judgements come from fewer than two cases.")
NOT_ONLY_THE_ASSESSOR = Sentence.of(
    "Assessors read different cases. A difference can come from the cases as well as from the assessor; second reads "
    "of the same cases tell the two apart."
)


class LeniencyVerdict(StrEnum):
    MORE_LENIENT = "more_lenient"
    STRICTER = "stricter"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"

    @property
    def words(self) -> Sentence:
        return _VERDICT_WORDS[self]


_VERDICT_WORDS = {
    LeniencyVerdict.MORE_LENIENT: Sentence.of("finds work sufficient more often than the others"),
    LeniencyVerdict.STRICTER: Sentence.of("finds work sufficient less often than the others"),
    LeniencyVerdict.NO_CLEAR_DIFFERENCE: Sentence.of("the readings cannot show a difference"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One assessor's answer to one question of one case, and the day it was given."""

    assessor: str
    case: str
    question: str
    day: date
    answer: Answer

    @property
    def applicable(self) -> bool:
        return self.answer in (Answer.SUFFICIENT, Answer.INSUFFICIENT)

    @property
    def sufficient(self) -> int:
        return int(self.answer is Answer.SUFFICIENT)


@dataclass(frozen=True)
class Leniency:
    """One assessor against everybody else, on one day or, where `day` is None, over all of fieldwork.

    `sufficient` of `applicable` judgements in `cases`; `left_out` are judgements of questions that nobody else judged.
    Shares and limits are fractions of one; `interval` is of observed - expected.
    """

    assessor: str
    day: date | None
    sufficient: int
    applicable: int
    left_out: int
    cases: int
    observed: Fraction | None
    expected: Fraction | None
    interval: Interval | None
    reason: Sentence | None

    @property
    def difference(self) -> Fraction | None:
        return None if self.observed is None or self.expected is None else self.observed - self.expected

    @property
    def verdict(self) -> LeniencyVerdict:
        if self.interval and self.interval.low > 0:
            return LeniencyVerdict.MORE_LENIENT
        if self.interval and self.interval.high < 0:
            return LeniencyVerdict.STRICTER
        return LeniencyVerdict.NO_CLEAR_DIFFERENCE

    def as_dict(self) -> dict[str, object]:
        return {
            "assessor": self.assessor,
            "day": self.day and self.day.isoformat(),
            "sufficient": self.sufficient,
            "applicable": self.applicable,
            "left_out": self.left_out,
            "cases": self.cases,
            "observed": None if self.observed is None else float(self.observed),
            "expected": None if self.expected is None else float(self.expected),
            "difference": None if self.difference is None else float(self.difference),
            "interval": self.interval and self.interval.as_dict(),
            "reason": self.reason,
            "verdict": str(self.verdict),
        }


@dataclass(frozen=True)
class Others:
    """What everybody but one assessor found, question by question. `readings` hold applicable answers only."""

    readings: tuple[Reading, ...]

    @cached_property
    def judged(self) -> Counter[str]:
        return Counter(reading.question for reading in self.readings)

    @cached_property
    def shares(self) -> dict[str, Fraction]:
        """The share sufficient of each question that they judged."""
        sufficient = Counter(reading.question for reading in self.readings if reading.sufficient)
        return {question: Fraction(sufficient[question], count) for question, count in self.judged.items()}

    def expected(self, own: Sequence[Reading], level: float) -> tuple[Fraction, Interval | None]:
        """Return the share to expect of `own` (not empty, every question judged by the others) and its interval."""
        asked = Counter(reading.question for reading in own)
        share = sum((self.shares[q] * count for q, count in asked.items()), Fraction(0)) / len(own)
        return share, self._interval(share, self._influences(asked, len(own)), level)

    def _influences(self, asked: Counter[str], size: int) -> list[float]:
        """How each of the others' cases pulls the expected share."""
        of_case: dict[tuple[str, str], list[float]] = defaultdict(list)
        for r in self.readings:
            if r.question in asked:
                weight = asked[r.question] / (size * self.judged[r.question])
                of_case[r.assessor, r.case].append(weight * float(r.sufficient - self.shares[r.question]))
        return [math.fsum(parts) for parts in of_case.values()]

    @staticmethod
    def _interval(share: Fraction, influences: Sequence[float], level: float) -> Interval | None:
        n = len(influences)
        if n < 2:
            return None
        quantile = t_quantile(n - 1, level)
        error = math.sqrt(n / (n - 1) * math.fsum(part * part for part in influences))
        if error < 1e-12:
            return Interval(*wilson(float(share), n, quantile), level, "wilson-t")
        low, high = float(share) - quantile * error, float(share) + quantile * error
        return Interval(max(0.0, low), min(1.0, high), level, "linearised-t")


@dataclass(frozen=True)
class FieldworkLeniency:
    """Every assessor over all of fieldwork (the primary figures) and day by day (exploratory)."""

    assessors: tuple[Leniency, ...]
    days: tuple[Leniency, ...]

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """What a reader must know of every row."""
        if not self.assessors:
            return ()
        exploratory = Sentence.counted(
            "The day's figure is exploratory: one in twenty stands out by chance alone.",
            "The {count} figures of single days are exploratory: one in twenty stands out by chance alone.",
            count=len(self.days),
        )
        return NOT_ONLY_THE_ASSESSOR, exploratory

    def as_dict(self) -> dict[str, object]:
        return {
            "assessors": [row.as_dict() for row in self.assessors],
            "days": [row.as_dict() for row in self.days],
            "notes": list(self.notes),
        }


def fieldwork_leniency(readings: Iterable[Reading], *, level: float = LEVEL) -> FieldworkLeniency:
    """Set each assessor against everybody else. Raises ValueError on a repeated reading."""
    rows = applicable(readings)
    whole, days = [], []
    for assessor in sorted({row.assessor for row in rows}):
        own, others = split(rows, assessor)
        whole.append(_against(assessor, None, own, others, level))
        by_day = {day: [row for row in own if row.day == day] for day in sorted({row.day for row in own})}
        days += [_against(assessor, day, rows_of_day, others, level) for day, rows_of_day in by_day.items()]
    return FieldworkLeniency(tuple(whole), tuple(days))


def applicable(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return the readings that judge something, in a fixed order. Raises ValueError on a repeated reading."""
    rows = sorted((r for r in readings if r.applicable), key=lambda r: (r.assessor, r.case, r.question))
    if len({(r.assessor, r.case, r.question) for r in rows}) != len(rows):
        raise ValueError("an assessor has two readings of one question in one case")
    return tuple(rows)


def split(rows: Sequence[Reading], assessor: str) -> tuple[list[Reading], Others]:
    """Return the readings of one assessor, and everybody else's."""
    own = [row for row in rows if row.assessor == assessor]
    return own, Others(tuple(row for row in rows if row.assessor != assessor))


def _against(assessor: str, day: date | None, rows: Sequence[Reading], others: Others, level: float) -> Leniency:
    own = [row for row in rows if row.question in others.judged]
    sums = Sums.of(case_counts(own))
    observed = sums.share
    expected, around = others.expected(own, level) if own else (None, None)
    mine = precision(sums, sums.n, None, level).interval
    interval = None
    if observed is not None and expected is not None and mine and around:
        interval = mover_difference(float(expected), around, float(observed), mine)
    return Leniency(
        assessor=assessor,
        day=day,
        sufficient=sums.y,
        applicable=sums.m,
        left_out=len(rows) - len(own),
        cases=sums.n,
        observed=observed,
        expected=expected,
        interval=interval,
        reason=_reason(sums, mine, around),
    )


def _reason(sums: Sums, mine: Interval | None, around: Interval | None) -> Sentence | None:
    if not sums.m:
        return NOBODY_ELSE
    if mine is None:
        return TOO_FEW_OWN
    return TOO_FEW_OTHERS if around is None else None


def case_counts(rows: Iterable[Reading]) -> list[tuple[int, int]]:
    """Return (sufficient, applicable) for each case of one assessor, by case."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        counts[row.case][0] += row.sufficient
        counts[row.case][1] += 1
    return [(sufficient, judged) for _, (sufficient, judged) in sorted(counts.items())]
