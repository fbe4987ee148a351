"""What must be true of an answer before it is recorded."""

from collections.abc import Iterator, Mapping

from aboveline.domain import assessment_problems as kinds
from aboveline.domain.applicability import CASE_FACTS, Given, overrides
from aboveline.domain.framework import Framework, Question
from aboveline.domain.judgement import Answer
from aboveline.domain.problems import Place, Problem

#: characters of a note, and of what would have made the work sufficient
TEXT_LIMIT = 5000


def check_answer(framework: Framework, question: Question, given: Given, facts: Mapping[str, str]) -> list[Problem]:
    """Every problem of one answer that a person gave or changed."""
    return [*_reason(framework, question, given), *_texts(question, given), *_override(question, given, facts)]


def check_finding(framework: Framework, fact_id: str, option: str) -> list[Problem]:
    """An option must be one of the fact's own, or empty."""
    options = next(fact.option_ids for fact in framework.case_facts if fact.id == fact_id)
    if not option or option in options:
        return []
    return [kinds.OPTION_UNKNOWN.at(Place(path=fact_id, column="option"), path=fact_id)]


def _reason(framework: Framework, question: Question, given: Given) -> Iterator[Problem]:
    if given.answer is not Answer.NOT_APPLICABLE or given.reason == CASE_FACTS:
        return
    place = Place(path=question.id, column="reason")
    if not given.reason:
        yield kinds.REASON_MISSING.at(place, path=question.id)
    elif given.reason not in {reason.id for reason in framework.not_applicable_reasons}:
        yield kinds.REASON_UNKNOWN.at(place, path=question.id)


def _texts(question: Question, given: Given) -> Iterator[Problem]:
    for column, text in (("note", given.note), ("improvement", given.improvement), ("evidence", given.evidence)):
        if len(text) > TEXT_LIMIT:
            place = Place(path=question.id, column=column)
            yield kinds.TEXT_TOO_LONG.at(place, path=question.id, found=f"{len(text):,}", limit=f"{TEXT_LIMIT:,}")


def _override(question: Question, given: Given, facts: Mapping[str, str]) -> Iterator[Problem]:
    if overrides(question, given, facts) and not given.note:
        yield kinds.OVERRIDE_UNEXPLAINED.at(Place(path=question.id, column="note"), path=question.id)
