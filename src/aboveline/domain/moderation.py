"""Scores as moderation leaves them: some withheld with their reason, some provisional, some with another band.

Withholding goes down the tree, as what lies below would give the score away: a section keeps back its criteria, a
criterion its questions. A theme keeps back only itself, since its questions belong to criteria. Where a criterion is
rated by its lowest question, a withheld question keeps back the criterion.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from aboveline.domain.framework import Framework, RatingRule
from aboveline.domain.judgement import Answer, InspectionJudgements
from aboveline.domain.scoring import InspectionScores, Score
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import Sums


@dataclass(frozen=True, slots=True)
class PutInPlace:
    """The id of a band put in place of a computed one: it holds while that is still what is computed."""

    computed: str
    band: str


@dataclass(frozen=True, slots=True)
class Moderation:
    """What was decided, each by the id of a score: reasons for withholding, reasons for being provisional, and the
    bands put in place of the computed ones."""

    withheld: Mapping[str, str]
    provisional: Mapping[str, str]
    bands: Mapping[str, PutInPlace]


def moderated(framework: Framework, scores: InspectionScores, moderation: Moderation) -> InspectionScores:
    """The scores with everything that was decided; without decisions the same scores."""
    reasons = _with_what_lies_below(framework, moderation.withheld)

    def told(group: Iterable[Score]) -> tuple[Score, ...]:
        return tuple(_told(framework, score, reasons, moderation) for score in group)

    return replace(
        scores,
        questions=told(scores.questions),
        criteria=told(scores.criteria),
        sections=told(scores.sections),
        themes=told(scores.themes),
    )


def _with_what_lies_below(framework: Framework, withheld: Mapping[str, str]) -> Mapping[str, str]:
    found = dict(withheld)
    for section in framework.sections:
        for criterion in section.criteria:
            _inherit(found, section.id, criterion.id)
            for question in criterion.questions:
                _inherit(found, criterion.id, question.id)
            if framework.rating_rule is RatingRule.LOWEST_QUESTION:
                for question in criterion.questions:
                    _inherit(found, question.id, criterion.id)
    return found


def _inherit(found: dict[str, str], above: str, below: str) -> None:
    if above in found:
        found.setdefault(below, found[above])


def _told(framework: Framework, score: Score, reasons: Mapping[str, str], moderation: Moderation) -> Score:
    if score.id in reasons:
        return withhold(score, reasons[score.id])
    put = moderation.bands.get(score.id)
    if put and score.band and put.computed == score.band.id != put.band:
        chosen = next(one for one in framework.bands if one.id == put.band)
        score = replace(score, band=chosen, computed_band=score.band)
    provisional = moderation.provisional.get(score.id, "")
    return replace(score, provisional=provisional) if provisional else score


def withhold(score: Score, reason: str) -> Score:
    """The score with nothing left in it but its name, the number of cases and why it is withheld."""
    return replace(
        score,
        sufficient=0,
        applicable=0,
        not_applicable=0,
        not_answered=0,
        applicable_cases=0,
        share=None,
        percent=None,
        interval=None,
        no_interval_reason=Sentence.of("Withheld: {reason}", reason=reason),
        band=None,
        sums=Sums(score.cases, 0, 0, 0, 0, 0),
        decision=None,
        withheld=reason,
    )


@dataclass(frozen=True, slots=True)
class CaseShare:
    """One case's own share in a group of questions, and whether it lies far from the other cases'."""

    case: str
    sufficient: int
    applicable: int
    outlying: bool

    @property
    def share(self) -> float:
        return self.sufficient / self.applicable


#: fewest applicable judgements with which a case's share says anything, and fewest cases to be far from
FEWEST_JUDGEMENTS, FEWEST_CASES = 4, 5
#: how many times the median distance from the median makes a case an outlier, and the least distance that counts
TIMES, AT_LEAST = 3.0, 0.25


def outliers(judgements: InspectionJudgements, questions: Sequence[str]) -> tuple[CaseShare, ...]:
    """Every case's share in these questions, the lowest first.

    A case is outlying where its share is further from the median of all cases than 3 times the median of those
    distances (Hampel's rule, without the factor for a normal distribution), and at least 25 points: simple, and not
    moved by the outliers themselves. Cases with under 4 applicable judgements are not counted, and of fewer than 5
    counted cases none is called outlying.
    """
    counted = _counted(judgements, frozenset(questions))
    shares = [sufficient / applicable for _, sufficient, applicable in counted]
    if len(shares) < FEWEST_CASES:
        found = [CaseShare(*row, outlying=False) for row in counted]
    else:
        middle = median(shares)
        far = max(AT_LEAST, TIMES * median(abs(share - middle) for share in shares))
        found = [CaseShare(*row, outlying=abs(row[1] / row[2] - middle) > far) for row in counted]
    return tuple(sorted(found, key=lambda one: (one.share, one.case)))


def _counted(judgements: InspectionJudgements, questions: frozenset[str]) -> list[tuple[str, int, int]]:
    rows = {case: [0, 0] for case in judgements.cases}
    for one in judgements.judgements:
        if one.question in questions and one.answer in (Answer.SUFFICIENT, Answer.INSUFFICIENT):
            rows[one.case][0] += one.answer is Answer.SUFFICIENT
            rows[one.case][1] += 1
    return [(case, y, m) for case, (y, m) in rows.items() if m >= FEWEST_JUDGEMENTS]
