"""The history of a service's audit rounds: one measure over time, read by the rules of a run chart.

A history is about practice, so the interval of a round is the one without finite-population correction.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from aboveline.domain.rating import whole_percent
from aboveline.domain.run_rules import FEWEST, Pattern, Reading, Signal, read
from aboveline.domain.score import Score
from aboveline.domain.scoring import InspectionScores
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import Interval

NO_PATTERN = Sentence.of("No pattern that chance would seldom make.")
CAUTION = Sentence.of(
    "The rules treat every round alike, however many cases it read, and chance alone makes a pattern in about one "
    "history of 12 rounds in seven, and in more than one of 24 rounds in three. A pattern says where to look, not what "
    "happened."
)


@dataclass(frozen=True, slots=True)
class RoundScore:
    """One measure in one round. Rounds of one `series` compare; `share` is None where nothing was scored, or where it
    is `withheld`; `provisional` is whether moderation marked it so."""

    day: date
    cases: int
    share: Fraction | None
    interval: Interval | None
    series: str
    withheld: bool = False
    provisional: bool = False

    @classmethod
    def of(cls, day: date, scores: InspectionScores, score: Score) -> "RoundScore":
        marks = bool(score.withheld), bool(score.provisional)
        return cls(day, score.cases, score.share, score.practice.interval, series_of(scores), *marks)

    def as_dict(self) -> dict[str, object]:
        return {
            "day": self.day.isoformat(),
            "cases": self.cases,
            "share": None if self.share is None else float(self.share),
            "interval": self.interval and self.interval.as_dict(),
        }


def series_of(scores: InspectionScores) -> str:
    """What must be the same for two rounds to compare: the framework's version and the questions asked."""
    asked = ",".join(sorted(scores.questions_asked)) if scores.partly_asked else "all"
    return f"{scores.framework_id} {scores.framework_digest} {asked}"


@dataclass(frozen=True, slots=True)
class History:
    """The scored rounds that compare with the latest, by date, and what the rules read in them.

    `reading` is None where there are too few. `other_series`, `not_scored` and `withheld` count the rounds left out.
    """

    rounds: tuple[RoundScore, ...]
    reading: Reading | None
    other_series: int = 0
    not_scored: int = 0
    withheld: int = 0

    @property
    def signals(self) -> tuple[Signal, ...]:
        return self.reading.signals if self.reading else ()

    def sentences(self) -> tuple[Sentence, ...]:
        """What the chart shows, in words; these go wherever the chart goes."""
        if self.reading is None:
            return (self._too_few(), *self._left_out())
        found = [signal_words(signal, self) for signal in self.signals]
        return (_median(self.reading, len(self.rounds)), *(found or [NO_PATTERN]), *self._left_out(), CAUTION)

    def as_dict(self) -> dict[str, object]:
        reading = self.reading
        return {
            "rounds": [one.as_dict() for one in self.rounds],
            "median": None if reading is None else float(reading.median),
            "runs": reading and reading.runs,
            "runs_expected": reading and reading.limits and list(reading.limits),
            "signals": [
                {"pattern": str(s.pattern), "first": s.first, "last": s.last, "count": s.count} for s in self.signals
            ],
            "sentences": list(self.sentences()),
        }

    def _too_few(self) -> Sentence:
        return Sentence.counted(
            "Too few rounds to look for a pattern: {count} scored round that compares, of {fewest} needed.",
            "Too few rounds to look for a pattern: {count} scored rounds that compare, of {fewest} needed.",
            count=len(self.rounds),
            fewest=FEWEST,
        )

    def _left_out(self) -> Iterator[Sentence]:
        if self.other_series:
            yield Sentence.counted(
                "{count} round under another framework or with other questions is left out.",
                "{count} rounds under another framework or with other questions are left out.",
                count=self.other_series,
            )
        if self.not_scored:
            yield Sentence.counted(
                "{count} round had nothing to score.", "{count} rounds had nothing to score.", count=self.not_scored
            )
        if self.withheld:
            yield Sentence.counted(
                "{count} round is left out, as its score is withheld.",
                "{count} rounds are left out, as their scores are withheld.",
                count=self.withheld,
            )
        provisional = sum(one.provisional for one in self.rounds)
        if provisional:
            yield Sentence.counted(
                "The score of {count} round is provisional.",
                "The scores of {count} rounds are provisional.",
                count=provisional,
            )


def history(rounds: Iterable[RoundScore]) -> History:
    """Return the history that the latest round stands in. Rounds of one day keep the order in which they are given."""
    ordered = sorted(rounds, key=lambda one: one.day)
    same = [one for one in ordered if one.series == ordered[-1].series]
    kept = tuple(one for one in same if one.share is not None)
    reading = read([one.share for one in kept if one.share is not None])
    withheld = sum(one.withheld for one in same)
    return History(
        kept,
        reading,
        other_series=len(ordered) - len(same),
        not_scored=len(same) - len(kept) - withheld,
        withheld=withheld,
    )


def signal_words(signal: Signal, found: History) -> Sentence:
    """A pattern in words, with the days of the rounds it begins and ends with."""
    first, last = found.rounds[signal.first].day, found.rounds[signal.last].day
    words = {"count": signal.count, "first": first, "last": last}
    match signal.pattern:
        case Pattern.SHIFT_ABOVE:
            return Sentence.of("{count} rounds in a row lie above the median, from {first} to {last}.", **words)
        case Pattern.SHIFT_BELOW:
            return Sentence.of("{count} rounds in a row lie below the median, from {first} to {last}.", **words)
        case Pattern.TREND_UP:
            return Sentence.of("{count} rounds in a row rise, from {first} to {last}.", **words)
        case Pattern.TREND_DOWN:
            return Sentence.of("{count} rounds in a row fall, from {first} to {last}.", **words)
        case _:
            return _runs_words(signal, found.reading)


def _runs_words(signal: Signal, reading: Reading | None) -> Sentence:
    least, most = (reading and reading.limits) or (0, 0)
    if signal.pattern is Pattern.TOO_FEW_RUNS:
        return Sentence.counted(
            "The line stays on one side of the median longer than chance would have it: {count} run, where {least} to "
            "{most} are to be expected.",
            "The line stays on one side of the median longer than chance would have it: {count} runs, where {least} to "
            "{most} are to be expected.",
            count=signal.count,
            least=least,
            most=most,
        )
    return Sentence.of(
        "The line crosses the median more often than chance would have it: {count} runs, where {least} to {most} are "
        "to be expected. Look for two kinds of rounds mixed, such as two auditors in turn.",
        count=signal.count,
        least=least,
        most=most,
    )


def _median(reading: Reading, rounds: int) -> Sentence:
    return Sentence.of(
        "The median of {rounds} rounds is {percent}%.", rounds=rounds, percent=whole_percent(reading.median)
    )
