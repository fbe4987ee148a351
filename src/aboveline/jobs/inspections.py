"""What pages ask of an inspection: scores, change since the first one, place among others, progress."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256

from django.core.cache import cache

from aboveline.domain.applicability import Applies, applies
from aboveline.domain.comparator import Basis
from aboveline.domain.comparison import AreaScore, Comparison, ThemeComparison, compare
from aboveline.domain.framework import Framework
from aboveline.domain.judgement import InspectionJudgements
from aboveline.domain.moderation import Moderation, PutInPlace, moderated
from aboveline.domain.question_set import QuestionSet, narrowed
from aboveline.domain.reinspection import PlanCarriedOut, Reinspection, reinspect
from aboveline.domain.scoring import InspectionScores, score_inspection
from aboveline.domain.sentences import Sentence
from aboveline.exchange.published import published_frameworks
from aboveline.jobs.comparing import published_comparator
from aboveline.jobs.frameworks import load_framework
from aboveline.records.models import Inspection, ScoreMark
from aboveline.records.queries.inspections import judgements_of
from aboveline.records.queries.moderation import bands_put_in_place, score_marks
from aboveline.records.queries.overview import (
    answer_counts,
    answered_in,
    cases_under_assessment,
    findings_in,
    marks_of,
)
from aboveline.records.queries.rounds import question_set_of

KEPT_SECONDS = 60 * 60

PLAN = {
    Inspection.FirstPlan.CARRIED_OUT: PlanCarriedOut.YES,
    Inspection.FirstPlan.PARTLY: PlanCarriedOut.PARTLY,
    Inspection.FirstPlan.NOT_CARRIED_OUT: PlanCarriedOut.NO,
    Inspection.FirstPlan.NOT_RECORDED: PlanCarriedOut.NOT_RECORDED,
}


@dataclass(frozen=True)
class ScoredInspection:
    """An inspection with its framework and its scores as they stand now."""

    inspection: Inspection
    framework: Framework
    scores: InspectionScores

    @property
    def framework_changed(self) -> bool:
        """True where the framework's files are no longer those the inspection was set up with."""
        return self.framework.digest != self.inspection.framework_digest


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """One case: how many of the questions that apply, or may, are answered."""

    number: str
    answered: int
    outstanding: int

    @property
    def finished(self) -> bool:
        return not self.outstanding


@dataclass(frozen=True)
class Progress:
    cases: tuple[CaseProgress, ...]

    @cached_property
    def finished(self) -> int:
        return sum(case.finished for case in self.cases)

    @cached_property
    def outstanding(self) -> int:
        return sum(case.outstanding for case in self.cases)

    @property
    def complete(self) -> bool:
        return bool(self.cases) and not self.outstanding


def framework_of(inspection: Inspection) -> Framework:
    return load_framework(inspection.framework_id)


def framework_asked(inspection: Inspection) -> Framework:
    """The framework with just the questions that this exercise asks, for judging and for counting what is left."""
    framework, asked = framework_of(inspection), question_set_of(inspection)
    return narrowed(framework, asked) if asked else framework


def scores_of(inspection: Inspection) -> ScoredInspection:
    """The scores of the judgements saved so far, as moderation leaves them; what is shown everywhere."""
    scored, decided = computed_scores_of(inspection), moderation_of(inspection)
    return replace(scored, scores=moderated(scored.framework, scored.scores, decided)) if decided else scored


def scores_of_part(inspection: Inspection, judgements: InspectionJudgements) -> InspectionScores:
    """The scores of some of an inspection's cases; what is withheld of the whole is withheld of each part.

    A band put in place of the computed one is the whole's alone.
    """
    framework, decided = framework_of(inspection), moderation_of(inspection)
    asked = question_set_of(inspection)
    scores = score_inspection(framework, judgements, caseload_size=None, question_set=asked)
    return moderated(framework, scores, replace(decided, bands={})) if decided else scores


def moderation_of(inspection: Inspection) -> Moderation | None:
    """What moderation decided of an inspection's scores; None where it decided nothing."""
    marks, bands = score_marks(inspection).values(), bands_put_in_place(inspection)
    if not marks and not bands:
        return None
    withheld = {one.target: one.reason for one in marks if one.state == ScoreMark.State.WITHHELD}
    provisional = {one.target: one.reason for one in marks if one.state == ScoreMark.State.PROVISIONAL}
    return Moderation(
        withheld, provisional, {target: PutInPlace(row.computed, row.band) for target, row in bands.items()}
    )


def computed_scores_of(inspection: Inspection) -> ScoredInspection:
    """Score the judgements saved so far, whatever moderation decided: for moderation's own pages alone.

    Scores (never judgements) are kept in memory under what changes with every save, so they are never stale.
    """
    framework, asked = framework_of(inspection), question_set_of(inspection)
    questions = ",".join(asked.question_ids) if asked else ""
    parts = (inspection.pk, inspection.caseload_size, framework.digest, marks_of(inspection), questions)
    key = f"scores-{sha256(repr(parts).encode()).hexdigest()}"
    scores = cache.get(key)
    if scores is None:
        scores = _score(inspection, framework, asked)
        cache.set(key, scores, KEPT_SECONDS)
    return ScoredInspection(inspection, framework, scores)


def _score(inspection: Inspection, framework: Framework, asked: QuestionSet | None) -> InspectionScores:
    """A caseload said to be smaller than its sample counts as unknown."""
    judgements, size = judgements_of(inspection), inspection.caseload_size
    known = size if size and size >= len(judgements.cases) else None
    return score_inspection(framework, judgements, caseload_size=known, question_set=asked)


def settled(scored: ScoredInspection) -> bool:
    """True where something is scored and every case under assessment has been begun."""
    begun = scored.scores.cases
    return bool(begun) and begun == cases_under_assessment(scored.inspection)


def finished(scored: ScoredInspection) -> bool:
    """True where something is scored and no case under assessment has a question left to answer."""
    return settled(scored) and progress_of(scored.inspection, scored.framework).complete


def change_between(first: ScoredInspection, second: ScoredInspection) -> Reinspection | None:
    """The second set against the first; None where nothing was assessed in one, or under different frameworks."""
    same = first.framework.id == second.framework.id
    if not (same and first.scores.cases and second.scores.cases):
        return None
    plan = PLAN[Inspection.FirstPlan(second.inspection.first_plan)]
    return reinspect(first.scores, second.scores, first_plan_carried_out=plan)


def comparison_of(scored: ScoredInspection, as_at: date, basis: Basis = Basis.PRINTED) -> Comparison:
    """The inspection's themes against what had been published by a date, each by its own interval."""
    found = {theme.id: AreaScore.of_score(theme) for theme in scored.scores.themes}
    scores = {theme: score for theme, score in found.items() if score}
    comparator = published_comparator(scored.framework, as_at, basis)
    compared = compare(scored.framework, scored.inspection.service.area, scores, comparator)
    return replace(compared, themes=tuple(_marked(theme, scored) for theme in compared.themes))


def _marked(theme: ThemeComparison, scored: ScoredInspection) -> ThemeComparison:
    """A withheld theme says so, with its reason, where others say that there is no score; so does a provisional one."""
    score = scored.scores.theme_by_id[theme.id]
    if score.withheld:
        return replace(theme, reasons=(score.no_interval_reason or "",))
    if score.provisional:
        provisional = Sentence.of("Provisional: {reason}", reason=score.provisional)
        return replace(theme, reasons=(*theme.reasons, provisional))
    return theme


def progress_of(inspection: Inspection, framework: Framework) -> Progress:
    """How far each case has come. A question asked counts as outstanding while it applies, or may, and has no answer.

    Most cases are finished or not begun, which their count tells: answers are read of the others alone.
    """
    short = question_set_of(inspection)
    framework = narrowed(framework, short) if short else framework
    asked = [question.id for question in framework.questions]
    counts = answer_counts(inspection, asked)
    begun = [number for number, count in counts.items() if 0 < count < len(asked)]
    given, findings = answered_in(inspection, begun), findings_in(inspection)
    to_answer: dict[frozenset[tuple[str, str]], frozenset[str]] = {}  # the same for cases with the same facts
    cases = []
    for number, count in counts.items():
        facts, outstanding = findings.get(number, {}), 0
        if count < len(asked):
            key = frozenset(facts.items())
            if key not in to_answer:
                to_answer[key] = frozenset(q.id for q in framework.questions if applies(q, facts) is not Applies.NO)
            outstanding = len(to_answer[key] - given.get(number, frozenset()))
        cases.append(CaseProgress(number, count, outstanding))
    return Progress(tuple(cases))


def compared_frameworks() -> tuple[str, ...]:
    """The frameworks under which something was published to compare with."""
    return published_frameworks()
