"""One area against the others as at a date, theme by theme, with a verdict that takes in its own sampling error.

Scores are compared as published, in whole percents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from aboveline.domain.comparator import Comparator, Figure, RowsComparator, Standing
from aboveline.domain.framework import Framework, Theme
from aboveline.domain.published import Measure
from aboveline.domain.rating import whole_percent
from aboveline.domain.score import Score
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import Interval

CAUTION = Sentence.of(
    "Read with care: areas differ in their caseloads, scores rest on samples, and the inspectorate itself advised "
    "against close comparison between areas."
)
NO_SCORE = Sentence.of("No score of this area was given for this theme.")
NOTHING_PRINTED = Sentence.of("No average of this theme had been published by this date.")
NO_CASES = Sentence.of("Not testable: the score came without its cases, so its own sampling error is not known.")
WHICH_UNCERTAINTY = Sentence.of(
    "The verdict takes in this area's own sampling error only; how uncertain the other areas' scores are is not known."
)


class Verdict(StrEnum):
    """How a score stands to the average, its own sampling error considered."""

    ABOVE = "above"
    BELOW = "below"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    NOT_TESTABLE = "not_testable"


@dataclass(frozen=True, slots=True)
class AreaScore:
    """The score of the area that is compared; `interval` is the one *without* finite-population correction."""

    share: Fraction
    interval: Interval | None = None
    no_interval_reason: str = NO_CASES

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError("a score lies between 0 and 1")
        if self.interval and self.interval.finite_population:
            raise ValueError("a comparison takes the interval without finite-population correction")

    @classmethod
    def of_percent(cls, percent: int) -> "AreaScore":
        """A published score, without its cases."""
        return cls(Fraction(percent, 100))

    @classmethod
    def of_score(cls, score: Score) -> "AreaScore | None":
        """Our own score, compared as it would be published: in whole percents.

        None where nothing was applicable, and where a short question set left some of its questions out.
        """
        if score.percent is None or score.partly_asked:
            return None
        reason = score.practice.reason
        return cls(
            Fraction(score.percent, 100),
            score.practice.interval,
            Sentence.of("Not testable. {reason}", reason=reason) if reason else NO_CASES,
        )


@dataclass(frozen=True, slots=True)
class ThemeComparison:
    """One theme of one area against a comparator set; what is unknown is None and `reasons` say why."""

    id: str
    name: str
    score: AreaScore | None
    lowest: Figure | None
    highest: Figure | None
    average: Figure | None
    areas: int | None
    standing: Standing
    verdict: Verdict
    reasons: tuple[str, ...]
    own_score_in_set: str | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            "id": self.id,
            "name": self.name,
            "area": None if self.score is None else whole_percent(self.score.share),
            "lowest": self.lowest and self.lowest.percent,
            "lowest_area": holders_in_words(self.lowest),
            "highest": self.highest and self.highest.percent,
            "highest_area": holders_in_words(self.highest),
            "average": self.average and self.average.percent,
            "areas": self.areas,
            "rank": self.standing.rank,
            "of": self.standing.of,
            "quartile": self.standing.quartile,
            "verdict": str(self.verdict),
            "reasons": list(self.reasons),
            "own_score_in_set": self.own_score_in_set,
            "figures": {
                str(measure): figure and figure.as_dict()
                for measure, figure in zip(Measure, (self.lowest, self.highest, self.average), strict=True)
            },
        }


@dataclass(frozen=True)
class Comparison:
    area: str
    framework_id: str
    comparator: Comparator
    themes: tuple[ThemeComparison, ...]
    caution: str

    @property
    def theme_by_id(self) -> Mapping[str, ThemeComparison]:
        return {theme.id: theme for theme in self.themes}

    def as_dict(self) -> dict[str, object]:
        return {
            "area": self.area,
            "framework": self.framework_id,
            "as_at": self.comparator.as_at.isoformat(),
            "basis": str(self.comparator.basis),
            "themes": [theme.as_dict() for theme in self.themes],
            "caution": self.caution,
            "set": set_as_dict(self.comparator),
        }


def holders_in_words(figure: Figure | None) -> str | None:
    """The areas known to hold an extreme, or None where none is known."""
    return ", ".join(figure.holders) if figure and figure.holders else None


def set_as_dict(comparator: Comparator) -> dict[str, object] | None:
    """The areas of a set of rows and those left out, for whoever wants to check; None for a printed table."""
    if not isinstance(comparator, RowsComparator):
        return None
    return {
        "areas": [entry.area for entry in comparator.entries],
        "left_out": [{"area": area, "reason": reason} for area, reason in comparator.left_out],
        "programme_areas": comparator.programme_areas,
    }


def compare(framework: Framework, area: str, scores: Mapping[str, AreaScore], comparator: Comparator) -> Comparison:
    """Compare an area's theme scores (by theme id) with a comparator set; every theme of the framework is listed."""
    themes = tuple(_compare_theme(theme, area, scores.get(theme.id), comparator) for theme in framework.themes)
    return Comparison(area, framework.id, comparator, themes, Sentence.joined([framework.caution or CAUTION]))


def _compare_theme(theme: Theme, area: str, score: AreaScore | None, comparator: Comparator) -> ThemeComparison:
    lowest, highest, average = (comparator.figure(theme.id, measure) for measure in Measure)
    standing = Standing() if score is None else comparator.standing(theme.id, area, score.share)
    verdict, reasons = _verdict(score, average, comparator.rounding, comparator.unfair(theme.id))
    return ThemeComparison(
        id=theme.id,
        name=Sentence.joined([theme.name]),
        score=score,
        lowest=lowest,
        highest=highest,
        average=average,
        areas=comparator.areas_with(theme.id),
        standing=standing,
        verdict=verdict,
        reasons=(*reasons, *([standing.reason] if standing.reason else [])),
        own_score_in_set=_own_score(area, lowest, highest),
    )


def _verdict(
    score: AreaScore | None, average: Figure | None, rounding: Fraction, unfair: str | None
) -> tuple[Verdict, Sequence[str]]:
    """Above or below only where the whole interval clears the average and the rounding it was printed with."""
    missing = [reason for found, reason in ((score, NO_SCORE), (average, NOTHING_PRINTED)) if found is None]
    if score is None or average is None:
        return Verdict.NOT_TESTABLE, missing
    if score.interval is None or unfair:
        return Verdict.NOT_TESTABLE, [
            reason for reason in (unfair, None if score.interval else score.no_interval_reason) if reason
        ]
    if score.interval.low > average.share + rounding:
        return Verdict.ABOVE, [WHICH_UNCERTAINTY]
    if score.interval.high < average.share - rounding:
        return Verdict.BELOW, [WHICH_UNCERTAINTY]
    return Verdict.NO_CLEAR_DIFFERENCE, [WHICH_UNCERTAINTY]


def _own_score(area: str, lowest: Figure | None, highest: Figure | None) -> str | None:
    if lowest and area in lowest.holders:
        if len(lowest.holders) == 1:
            return Sentence.of("The lowest score of the set is {area}'s own.", area=area)
        return Sentence.of("The lowest score of the set is {area}'s own, shared with others.", area=area)
    if highest and area in highest.holders:
        if len(highest.holders) == 1:
            return Sentence.of("The highest score of the set is {area}'s own.", area=area)
        return Sentence.of("The highest score of the set is {area}'s own, shared with others.", area=area)
    return None
