"""The reference meaning of a score: sufficient / applicable over all assessed cases of an inspection.

Each question, criterion, section and theme is a set of questions scored the same way. A theme is therefore not the
mean of criteria. Not applicable and not answered leave both numerator and denominator. Every group counts all assessed
cases, also those where nothing applied. Where the framework rates criteria by their lowest question, a criterion has
the counts, share, interval and band of that question, and says which it is.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import mul

from aboveline.domain import judgement_problems
from aboveline.domain.framework import Criterion, Framework, Question, RatingRule, Text
from aboveline.domain.judgement import Answer, InspectionJudgements
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.question_set import NOT_ASKED, NOT_COMPARABLE, QuestionSet
from aboveline.domain.rating import (
    LOWEST_CAUTION,
    NOT_ANSWERED,
    WITHHELD,
    Decision,
    band_of,
    lowest_question,
    whole_percent,
)
from aboveline.domain.score import Score
from aboveline.domain.statistics import CASELOAD_UNKNOWN, Sums, precision


@dataclass(frozen=True)
class InspectionScores:
    """All scores of one inspection under one framework."""

    framework_id: str
    framework_digest: str
    cases: int
    caseload_size: int | None
    questions: tuple[Score, ...]
    criteria: tuple[Score, ...]
    sections: tuple[Score, ...]
    themes: tuple[Score, ...]
    rating_rule: RatingRule = RatingRule.POOLED_SHARE
    question_set: QuestionSet | None = None

    @cached_property
    def question_by_id(self) -> Mapping[str, Score]:
        return {score.id: score for score in self.questions}

    @cached_property
    def criterion_by_id(self) -> Mapping[str, Score]:
        return {score.id: score for score in self.criteria}

    @cached_property
    def section_by_id(self) -> Mapping[str, Score]:
        return {score.id: score for score in self.sections}

    @cached_property
    def theme_by_id(self) -> Mapping[str, Score]:
        return {score.id: score for score in self.themes}

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of every score and interval here."""
        told = (
            (CASELOAD_UNKNOWN, self.caseload_size is None),
            (LOWEST_CAUTION, self.rating_rule is RatingRule.LOWEST_QUESTION),
            (NOT_COMPARABLE, self.partly_asked),
        )
        return tuple(words for words, holds in told if holds)

    @property
    def scored(self) -> bool:
        """Whether any theme has a score, be it withheld."""
        return any(theme.percent is not None or theme.withheld for theme in self.themes)

    @property
    def partly_asked(self) -> bool:
        return any(section.partly_asked for section in self.sections)

    @property
    def questions_asked(self) -> frozenset[str]:
        return frozenset(question.id for question in self.questions if question.asked)

    def as_dict(self) -> dict[str, object]:
        return {
            "framework": {"id": self.framework_id, "digest": self.framework_digest},
            "cases": self.cases,
            "caseload_size": self.caseload_size,
            "rating_rule": str(self.rating_rule),
            "question_set": self.question_set and self.question_set.as_dict(),
            "notes": list(self.notes),
            **{
                level: [score.as_dict() for score in scores]
                for level, scores in (
                    ("questions", self.questions),
                    ("criteria", self.criteria),
                    ("sections", self.sections),
                    ("themes", self.themes),
                )
            },
        }


def score_inspection(
    framework: Framework,
    judgements: InspectionJudgements,
    *,
    caseload_size: int | None,
    question_set: QuestionSet | None = None,
) -> InspectionScores:
    """Score an inspection. `caseload_size` is the number of all eligible cases, or None where it is not known.

    With a `question_set` only its questions count; judgements of others are passed over, and a group none of whose
    questions was asked is "not asked".

    Raises ProblemsFound when fewer cases are eligible than were assessed, KeyError for a question or case that the
    framework or the inspection does not have.
    """
    cases = len(judgements.cases)
    if caseload_size is not None and caseload_size < max(1, cases):
        raise ProblemsFound([judgement_problems.CASELOAD_SMALLER.at(value=caseload_size, cases=cases)])
    sheet = _Sheet(framework, judgements, caseload_size, question_set)
    questions = {q.id: sheet.score(q.id, q.text, [q]) for q in framework.questions}
    return InspectionScores(
        framework_id=framework.id,
        framework_digest=framework.digest,
        cases=cases,
        caseload_size=caseload_size,
        questions=tuple(questions.values()),
        criteria=tuple(sheet.criterion(c, questions) for c in framework.criteria),
        sections=tuple(
            sheet.score(s.id, s.name, [q for c in s.criteria for q in c.questions]) for s in framework.sections
        ),
        themes=tuple(sheet.score(t.id, t.name, framework.theme_questions(t.id)) for t in framework.themes),
        rating_rule=framework.rating_rule,
        question_set=question_set,
    )


def criterion_score(
    framework: Framework, pooled: Score, questions: Sequence[Score], withheld: Collection[str] = ()
) -> Score:
    """Return a criterion's score by the framework's rule, from its pooled score and those of its questions asked.

    `withheld` are ids of questions whose scores are kept back; under the rule "lowest question" they keep back the
    criterion's too, its counts included.
    """
    if framework.rating_rule is RatingRule.POOLED_SHARE or not questions:
        return pooled
    decision = lowest_question(questions, withheld)
    if decision.withheld:
        return _kept_back(pooled, decision)
    shown = next((q for q in questions if q.id == decision.shown), pooled)
    return replace(
        shown, id=pooled.id, name=pooled.name, asked=pooled.asked, questions=pooled.questions, decision=decision
    )


def _kept_back(score: Score, decision: Decision) -> Score:
    """The score with nothing left in it but its name, the number of cases and the reason."""
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
        no_interval_reason=WITHHELD,
        band=None,
        sums=Sums(score.cases, 0, 0, 0, 0, 0),
        decision=decision,
    )


class _Sheet:
    """Each case as three whole numbers whose bits are the framework's questions, so a group of questions is a mask."""

    def __init__(
        self,
        framework: Framework,
        judgements: InspectionJudgements,
        caseload_size: int | None,
        question_set: QuestionSet | None,
    ) -> None:
        self.framework, self.caseload_size, self.question_set = framework, caseload_size, question_set
        self.bits = {question.id: 1 << place for place, question in enumerate(framework.questions)}
        rows = {case: row for row, case in enumerate(judgements.cases)}
        marks = {answer: [0] * len(rows) for answer in Answer}
        for judgement in judgements.judgements:
            marks[judgement.answer][rows[judgement.case]] |= self.bits[judgement.question]
        self.sufficient = marks[Answer.SUFFICIENT]
        self.applicable = [a | b for a, b in zip(self.sufficient, marks[Answer.INSUFFICIENT], strict=True)]
        self.not_applicable = marks[Answer.NOT_APPLICABLE]

    def asks(self, question: Question) -> bool:
        return self.question_set is None or question.id in self.question_set

    def criterion(self, criterion: Criterion, questions: Mapping[str, Score]) -> Score:
        pooled = self.score(criterion.id, criterion.name, criterion.questions)
        return criterion_score(self.framework, pooled, [questions[q.id] for q in criterion.questions if self.asks(q)])

    def score(self, id_: str, name: Text, questions: Sequence[Question]) -> Score:
        asked = [question for question in questions if self.asks(question)]
        mask = sum(self.bits[question.id] for question in asked)
        ys = [(bits & mask).bit_count() for bits in self.sufficient]
        ms = [(bits & mask).bit_count() for bits in self.applicable]
        left_out = sum([(bits & mask).bit_count() for bits in self.not_applicable])
        sums = Sums(len(ms), sum(ys), sum(ms), sum(map(mul, ys, ys)), sum(map(mul, ys, ms)), sum(map(mul, ms, ms)))
        unanswered = mask.bit_count() * len(ms) - sums.m - left_out
        applicable_cases = len(ms) - ms.count(0)
        sure = precision(sums, applicable_cases, self.caseload_size)
        share = sums.share
        percent = None if share is None else whole_percent(share)
        return Score(
            id=id_,
            name=name,
            sufficient=sums.y,
            applicable=sums.m,
            not_applicable=left_out,
            not_answered=unanswered,
            cases=sums.n,
            applicable_cases=applicable_cases,
            share=share,
            percent=percent,
            interval=sure.interval,
            no_interval_reason=(NOT_ANSWERED if unanswered and not sums.m else sure.reason) if asked else NOT_ASKED,
            band=band_of(self.framework, percent),
            sums=sums,
            caseload_size=self.caseload_size,
            asked=len(asked),
            questions=len(questions),
        )
