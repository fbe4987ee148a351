"""The reference meaning of a score: sufficient / applicable over all assessed cases of an inspection.

Each question, criterion, section and theme is a set of questions scored the same way. A theme is therefore not the
mean of criteria. Not applicable and not answered leave both numerator and denominator. Every group counts all assessed
cases, also those where nothing applied. Where the framework rates criteria by their lowest question, a criterion has
the counts, share, interval and band of that question, and says which it is.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from operator import mul

from aboveline.domain import judgement_problems
from aboveline.domain.framework import Band, Criterion, Framework, Question, RatingRule, Text
from aboveline.domain.judgement import Answer, InspectionJudgements
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.question_set import NOT_ASKED, NOT_COMPARABLE, QuestionSet
from aboveline.domain.rating import LOWEST_CAUTION, WITHHELD, Decision, band_of, lowest_question, whole_percent
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import CASELOAD_UNKNOWN, Interval, Precision, Sums, logit_working, precision


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


#: of a score that nothing is in yet, though something may come
NOT_ANSWERED = Sentence.of("Not scored yet: no answer that counts, and not every question is answered.")


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
