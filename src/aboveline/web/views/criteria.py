"""From a score down: a criterion and its questions, a question and the cases that were judged on it."""

from collections.abc import Sequence
from typing import TypeVar

from django.http import Http404, HttpResponse
from django.shortcuts import render

from aboveline.domain.framework import Framework, Question
from aboveline.jobs.inspections import ScoredInspection, scores_of
from aboveline.records.actions.reading import note_answers_read
from aboveline.records.models import Inspection
from aboveline.records.queries.inspections import answers_to, sampled_cases
from aboveline.web.policies import Action, first_seen, inspection_page, may, within_reach
from aboveline.web.presenters.answers import AnswerGroup, groups_of_answers
from aboveline.web.presenters.criterion import criterion_page, question_page
from aboveline.web.presenters.crumbs import to_criterion, to_inspection
from aboveline.web.views.requests import SignedInRequest

T = TypeVar("T")


@inspection_page(Action.SEE_SCORES)
def criterion(request: SignedInRequest, inspection: Inspection, criterion: str) -> HttpResponse:
    scored = scores_of(inspection)
    found = _find(scored.framework.criteria, criterion)
    first = _first(request, inspection, scored)
    before, after = _neighbours(scored.framework.criteria, found)
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "crumbs": to_inspection(inspection),
        "page": criterion_page(scored, first, found, request.GET.get("order", "score")),
        "previous": before,
        "next": after,
    }
    return render(request, "web/inspections/criterion.html", context)


@inspection_page(Action.SEE_SCORES)
def question(request: SignedInRequest, inspection: Inspection, question: str) -> HttpResponse:
    """The counts are for everyone who sees scores; who was judged how, only for those who see cases, and on record.

    The answers of all cases at once are the score itself: where it is withheld they are for moderation alone.
    """
    scored = scores_of(inspection)
    found = _find(scored.framework.questions, question)
    before, after = _neighbours(scored.framework.questions, found)
    kept_back = bool(scored.scores.question_by_id[found.id].withheld) and not may(request.standing, Action.MODERATE)
    see_cases = may(request.standing, Action.SEE_CASES) and not kept_back
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "crumbs": to_criterion(inspection, scored.framework.criterion_of[found.id]),
        "page": question_page(scored, found),
        "see_cases": see_cases,
        "kept_back": kept_back,
        "groups": _groups(request, inspection, scored.framework, found) if see_cases else (),
        "previous": before,
        "next": after,
    }
    return render(request, "web/inspections/question.html", context)


def _groups(
    request: SignedInRequest, inspection: Inspection, framework: Framework, question: Question
) -> tuple[AnswerGroup, ...]:
    note_answers_read(inspection=inspection, question=question.id, by=request.user)
    shown = within_reach(request.user, inspection, Action.SEE_CASES)
    cases = [case.number for case in sampled_cases(inspection) if shown(case.number)]
    answers = {number: one for number, one in answers_to(inspection, question.id).items() if shown(number)}
    return groups_of_answers(framework, inspection, cases, answers)


def _first(request: SignedInRequest, inspection: Inspection, scored: ScoredInspection) -> ScoredInspection | None:
    """The first inspection where it can be set beside this one and this person may see its scores."""
    first = first_seen(request.user, inspection)
    return scores_of(first) if first and first.framework_id == scored.framework.id else None


def _find(things: Sequence[T], id_: str) -> T:
    found = next((thing for thing in things if thing.id == id_), None)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _neighbours(things: Sequence[T], thing: T) -> tuple[T | None, T | None]:
    """The one before and the one after."""
    place = things.index(thing)
    return (things[place - 1] if place else None), (things[place + 1] if place + 1 < len(things) else None)
