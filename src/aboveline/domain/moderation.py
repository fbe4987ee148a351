"""Scores as moderation leaves them: some withheld with their reason, some provisional, some with another band.

What is withheld counts in nothing that is shown. A section, criterion or theme that is withheld keeps back the
questions it counts, and every score that counts a question kept back is kept back too, so that no sum or difference of
shown scores gives it away, exactly or nearly. All scores of an inspection's records come through here (`scores_of` and
`scores_of_part` in jobs/inspections); only moderation itself sees them as computed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Answer, InspectionJudgements
from aboveline.domain.score import Score
from aboveline.domain.scoring import InspectionScores
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
    reasons = _kept_back(framework, scores, moderation.withheld)

    def told(group: Iterable[Score]) -> tuple[Score, ...]:
        return tuple(_told(framework, score, reasons, moderation) for score in group)

    return replace(
        scores,
        questions=told(scores.questions),
        criteria=told(scores.criteria),
        sections=told(scores.sections),
        themes=told(scores.themes),
    )


def kept_back_with(framework: Framework, scores: InspectionScores, target: str) -> tuple[Score, ...]:
    """The other scores that are kept back where this one is withheld: themes, sections, criteria, then questions."""
    found = _kept_back(framework, scores, {target: ""})
    every = (*scores.themes, *scores.sections, *scores.criteria, *scores.questions)
    return tuple(score for score in every if score.id in found and score.id != target)


def questions_counted(framework: Framework, target: str) -> tuple[str, ...]:
    """The questions that a score counts, by the id of a question, criterion, section or theme."""
    within = {q.id for s in framework.sections for c in s.criteria if target in (s.id, c.id) for q in c.questions}
    return tuple(q.id for q in framework.questions if target == q.id or target in q.themes or q.id in within)


def _kept_back(framework: Framework, scores: InspectionScores, decided: Mapping[str, str]) -> Mapping[str, str]:
    """The reason for each score that is not shown; a question that was not asked counts in nothing."""
    of_question: dict[str, list[str]] = {}
    for target, reason in decided.items():
        for question in questions_counted(framework, target):
            of_question.setdefault(question, []).append(reason)
    found = dict(decided)
    for score in (*scores.questions, *scores.criteria, *scores.sections, *scores.themes) if decided else ():
        asked = [q for q in questions_counted(framework, score.id) if scores.question_by_id[q].asked]
        reasons = dict.fromkeys(reason for q in asked for reason in of_question.get(q, ()))
        if reasons:
            found.setdefault(score.id, "; ".join(reasons))
    return found


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
