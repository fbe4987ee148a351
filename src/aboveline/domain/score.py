"""One score: its counts, its interval, its band, and the working that a reader can check it by."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from aboveline.domain.framework import Band, Text
from aboveline.domain.rating import (
    Decision,
)
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import Interval, Precision, Sums, logit_working, precision


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a working: what was taken, and its value, both in words for a reader."""

    words: str
    value: str


@dataclass(frozen=True)
class Score:
    """One score. `cases` are all cases assessed; `applicable_cases` those with at least one applicable judgement.

    `interval` describes this caseload (finite-population correction where its size is known); `practice` is about
    practice beyond these cases and never uses the correction: every comparison and change takes that one.

    `asked` of the framework's `questions` in this group were asked. `decision` is there for a criterion that is rated
    by its lowest question: the counts, share, interval and band are then those of the question it shows.

    `withheld` and `provisional` are moderation's reasons, empty where it gave none; `computed_band` is there where two
    people put another band in its place.
    """

    id: str
    name: Text
    sufficient: int
    applicable: int
    not_applicable: int
    not_answered: int
    cases: int
    applicable_cases: int
    share: Fraction | None
    percent: int | None
    interval: Interval | None
    no_interval_reason: str | None
    band: Band | None
    sums: Sums
    caseload_size: int | None = None
    asked: int = 1
    questions: int = 1
    decision: Decision | None = None
    withheld: str = ""
    provisional: str = ""
    computed_band: Band | None = None

    @property
    def partly_asked(self) -> bool:
        """True where a short question set left out some of the group's questions: no full score stands beside it."""
        return self.asked < self.questions

    @cached_property
    def practice(self) -> Precision:
        if self.withheld:
            return Precision(None, self.no_interval_reason)
        return precision(self.sums, self.applicable_cases, None)

    def working(self) -> tuple[Step, ...]:
        """Return the steps from counts to interval, for a reader who wants to check them."""
        if self.withheld:
            return (Step(Sentence.of("Withheld"), self.withheld),)
        return (*self._decision_steps(), *self._share_steps(), *self._interval_steps())

    def as_dict(self) -> dict[str, object]:
        return {
            "id": self.id,
            "name": str(self.name),
            **self._counts(),
            "share": None if self.share is None else float(self.share),
            "percent": self.percent,
            "interval": self.interval and self.interval.as_dict(),
            "reason": self.no_interval_reason,
            "band": self.band and {"id": self.band.id, "name": str(Sentence.joined([self.band.name]))},
            "questions_asked": self.asked,
            "questions_in_full": self.questions,
            "decision": self.decision and self.decision.as_dict(),
            **self._moderated(),
        }

    def _counts(self) -> dict[str, object]:
        """The counts; None where the score is withheld, as there nothing was counted and 0 would say that it was."""
        names = ("sufficient", "applicable", "not_applicable", "not_answered", "cases", "applicable_cases")
        kept = {"cases"} if self.withheld else set(names)
        return {name: getattr(self, name) if name in kept else None for name in names}

    def _moderated(self) -> dict[str, object]:
        """What moderation decided, where it decided anything."""
        told = {
            "withheld": self.withheld,
            "provisional": self.provisional,
            "computed_band": self.computed_band.id if self.computed_band else "",
        }
        return {name: value for name, value in told.items() if value}

    def _decision_steps(self) -> tuple[Step, ...]:
        """How many questions were asked where some were not, and which of them decided where one does."""
        found = []
        if self.partly_asked:
            asked = Sentence.of("{asked} of {all}", asked=self.asked, all=self.questions)
            found.append(Step(Sentence.of("Questions asked"), asked))
        for words, ids in self._decided() if self.decision else ():
            found += [Step(words, ", ".join(ids))] if ids else []
        return tuple(found)

    def _decided(self) -> tuple[tuple[Sentence, tuple[str, ...]], ...]:
        decision = self.decision or Decision()
        tied = Sentence.of("Lowest questions, which tie")
        return (
            (Sentence.of("Withheld"), decision.withheld),
            (Sentence.of("Passed over: nothing applicable"), decision.not_scored),
            (tied if decision.tied else Sentence.of("Lowest question"), decision.lowest),
            (Sentence.of("Counts and interval are those of"), (decision.shown,) if decision.shown else ()),
        )

    def _share_steps(self) -> tuple[Step, ...]:
        counts = (
            Step(Sentence.of("Judgements sufficient"), str(self.sufficient)),
            Step(Sentence.of("Judgements applicable"), str(self.applicable)),
            Step(Sentence.of("Left out: not applicable"), str(self.not_applicable)),
            Step(Sentence.of("Left out: not answered"), str(self.not_answered)),
        )
        if self.share is None or self.band is None:
            return counts
        return (
            *counts,
            Step(Sentence.of("Sufficient / applicable"), f"{float(self.share):.6f}"),
            Step(Sentence.of("Rounded to a whole percent, halves up"), f"{self.percent}%"),
            Step(
                Sentence.of("Falls into {band}", band=f"{self.band.from_percent}-{self.band.to_percent}%"),
                Sentence.joined([self.band.name]),
            ),
        )

    def _read(self, share: float) -> str:
        if not self.caseload_size:
            return Sentence.of("not known")
        return Sentence.of("{percent} of {caseload}", percent=f"{share:.1%}", caseload=self.caseload_size)

    def _interval_steps(self) -> tuple[Step, ...]:
        if self.interval is None:
            return (Step(Sentence.of("Interval"), self.no_interval_reason or ""),)
        cases = Step(
            Sentence.of("Cases assessed, of which with something applicable"), f"{self.cases}, {self.applicable_cases}"
        )
        limits = Step(
            Sentence.of("Interval, {level}, {method}", level=f"{self.interval.level:.0%}", method=self.interval.method),
            Sentence.of("{low} to {high}", low=f"{self.interval.low:.6f}", high=f"{self.interval.high:.6f}"),
        )
        if self.interval.method != "logit-t":
            return (
                cases,
                Step(Sentence.of("No case differs from the others"), Sentence.of("Wilson's interval on cases")),
                limits,
            )
        steps = logit_working(self.sums, self.caseload_size, self.interval.level)
        read = self._read(steps.read)
        return (
            cases,
            Step(Sentence.of("Share of the caseload that was read"), read),
            Step(Sentence.of("Variance of the share, the case as unit"), f"{steps.variance:.8f}"),
            Step(Sentence.of("Standard error on the logit scale"), f"{steps.logit_error:.6f}"),
            Step(_students_t(self.cases - 1), f"{steps.quantile:.6f}"),
            limits,
        )


def _students_t(degrees: int) -> Sentence:
    return Sentence.counted(
        "Student's t with {count} degree of freedom", "Student's t with {count} degrees of freedom", count=degrees
    )
