"""Re-inspection: did practice change between two samples, and what can the samples not show.

Themes are the primary tests; criteria are exploratory. The difference of two shares takes MOVER limits from the two
intervals without finite-population correction, and those limits alone decide the verdict.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from aboveline.domain.framework import Band, RatingRule, Text
from aboveline.domain.problems import Problem, ProblemKind, ProblemsFound, Severity
from aboveline.domain.score import Score
from aboveline.domain.scoring import InspectionScores
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import Interval, mover_difference

OTHER_FRAMEWORK = ProblemKind(
    "reinspection.other-framework",
    "The original was scored under {original}, the re-inspection under {new}.",
    "Score both under one framework; results of different frameworks cannot be subtracted.",
)
FRAMEWORK_CHANGED = ProblemKind(
    "reinspection.framework-changed",
    "The two inspections were scored under different versions of {original}.",
    "Score both again under one version before reading the change.",
    Severity.WARNING,
)
SAME_FILE = ProblemKind(
    "reinspection.same-file",
    "The original and the re-inspection hold the same judgements.",
    "Check that two different files were given.",
    Severity.WARNING,
)
OTHER_QUESTIONS = ProblemKind(
    "reinspection.other-questions",
    "The original and the re-inspection did not ask the same questions.",
    "Score both over the same question set before reading the change.",
)
CATALOGUE: tuple[ProblemKind, ...] = (OTHER_FRAMEWORK, FRAMEWORK_CHANGED, SAME_FILE, OTHER_QUESTIONS)

WARNINGS = (
    Sentence.of(
        "Where an area is chosen for re-inspection because it scored badly, its score tends to be better the second "
        "time even where practice is the same (regression to the mean), so part of a rise can be chance."
    ),
    Sentence.of(
        "The area's own first score may be the lowest of the comparator set; the distance from that lowest score is "
        "then the same change told twice."
    ),
)
LOWEST_WARNING = Sentence.of(
    "Each criterion’s score is that of its lowest question, which need not be the same question both times, and each "
    "lowest was picked out after the event: read the change of the questions themselves."
)


class ChangeVerdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_CHANGE = "no_clear_change"

    @property
    def words(self) -> str:
        return _VERDICT_WORDS[self]


_VERDICT_WORDS: Mapping[ChangeVerdict, str] = {
    ChangeVerdict.BETTER: Sentence.of("better"),
    ChangeVerdict.WORSE: Sentence.of("worse"),
    ChangeVerdict.NO_CLEAR_CHANGE: Sentence.of("the samples cannot show a change"),
}


class PlanCarriedOut(StrEnum):
    """Whether the improvement plan that followed the original inspection was carried out."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class Change:
    """One theme (primary) or criterion (exploratory), first and second time. Shares and limits are fractions of one."""

    id: str
    name: Text
    primary: bool
    original: Fraction | None
    new: Fraction | None
    interval: Interval | None
    no_interval_reason: str | None
    band_before: Band | None
    band_after: Band | None

    @property
    def difference(self) -> Fraction | None:
        return None if self.original is None or self.new is None else self.new - self.original

    @property
    def points(self) -> float | None:
        """The difference in percentage points."""
        return None if self.difference is None else float(100 * self.difference)

    @property
    def verdict(self) -> ChangeVerdict:
        if self.interval and self.interval.low > 0:
            return ChangeVerdict.BETTER
        if self.interval and self.interval.high < 0:
            return ChangeVerdict.WORSE
        return ChangeVerdict.NO_CLEAR_CHANGE

    def as_dict(self) -> dict[str, object]:
        return {
            "id": self.id,
            "name": str(self.name),
            "original": None if self.original is None else float(self.original),
            "new": None if self.new is None else float(self.new),
            "difference": None if self.difference is None else float(self.difference),
            "interval": self.interval and self.interval.as_dict(),
            "reason": self.no_interval_reason,
            "verdict": str(self.verdict),
            "primary": self.primary,
            "band_before": self.band_before and {"id": self.band_before.id, "name": str(self.band_before.name)},
            "band_after": self.band_after and {"id": self.band_after.id, "name": str(self.band_after.name)},
        }


@dataclass(frozen=True)
class Reinspection:
    framework_id: str
    original_cases: int
    new_cases: int
    themes: tuple[Change, ...]
    criteria: tuple[Change, ...]
    first_plan_carried_out: PlanCarriedOut = PlanCarriedOut.NOT_RECORDED
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = WARNINGS

    @cached_property
    def theme_by_id(self) -> Mapping[str, Change]:
        return {change.id: change for change in self.themes}

    def as_dict(self) -> dict[str, object]:
        return {
            "framework": self.framework_id,
            "original_cases": self.original_cases,
            "new_cases": self.new_cases,
            "themes": [change.as_dict() for change in self.themes],
            "criteria": [change.as_dict() for change in self.criteria],
            "first_plan_carried_out": str(self.first_plan_carried_out),
            "warnings": list(self.warnings),
        }


def reinspect(
    original: InspectionScores,
    new: InspectionScores,
    *,
    first_plan_carried_out: PlanCarriedOut = PlanCarriedOut.NOT_RECORDED,
) -> Reinspection:
    """Set a re-inspection against its original. Raises ProblemsFound where the frameworks or the questions differ."""
    if original.framework_id != new.framework_id:
        raise ProblemsFound([OTHER_FRAMEWORK.at(original=original.framework_id, new=new.framework_id)])
    if original.questions_asked != new.questions_asked:
        raise ProblemsFound([OTHER_QUESTIONS.at()])
    lowest = new.rating_rule is RatingRule.LOWEST_QUESTION
    changed = original.framework_digest != new.framework_digest
    return Reinspection(
        framework_id=new.framework_id,
        original_cases=original.cases,
        new_cases=new.cases,
        themes=_changes(original.theme_by_id, new.themes, primary=True),
        criteria=_changes(original.criterion_by_id, new.criteria, primary=False),
        first_plan_carried_out=first_plan_carried_out,
        problems=(FRAMEWORK_CHANGED.at(original=new.framework_id),) if changed else (),
        warnings=(*WARNINGS, LOWEST_WARNING) if lowest else WARNINGS,
    )


def _changes(before: Mapping[str, Score], after: tuple[Score, ...], *, primary: bool) -> tuple[Change, ...]:
    return tuple(_change(before[score.id], score, primary=primary) for score in after if score.id in before)


def _change(before: Score, after: Score, *, primary: bool) -> Change:
    reasons = [
        Sentence.of("Original: {reason}", reason=was) if (was := before.practice.reason) else "",
        Sentence.of("Re-inspection: {reason}", reason=now) if (now := after.practice.reason) else "",
    ]
    return Change(
        id=after.id,
        name=after.name,
        primary=primary,
        original=before.share,
        new=after.share,
        interval=_difference(before, after),
        no_interval_reason=Sentence.joined(reasons) or None,
        band_before=before.band,
        band_after=after.band,
    )


def _difference(before: Score, after: Score) -> Interval | None:
    old, new = before.practice.interval, after.practice.interval
    if old is None or new is None or before.share is None or after.share is None:
        return None
    return mover_difference(float(before.share), old, float(after.share), new)
