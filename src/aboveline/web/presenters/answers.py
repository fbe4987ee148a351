"""Answers as a person reads them: by question over all cases, and by case over all questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aboveline.domain.applicability import CASE_FACTS
from aboveline.domain.caseload import FIELDS
from aboveline.domain.framework import Criterion, Framework
from aboveline.domain.judgement import Answer
from aboveline.records.models import Case, Inspection
from aboveline.records.models.assessment import FindingFields, JudgementFields
from aboveline.web.components import SummaryRow
from aboveline.web.presenters.case_form_words import flag_words
from aboveline.web.presenters.case_words import code_words
from aboveline.web.presenters.discussions import Mark
from aboveline.web.presenters.wording import day_of, said

#: answers in the order in which a reader wants them, with the shade of each
ORDER: Mapping[Answer, int] = {
    Answer.INSUFFICIENT: 1,
    Answer.SUFFICIENT: 4,
    Answer.NOT_APPLICABLE: 0,
    Answer.NOT_ANSWERED: 0,
}
FIELD_WORDS: Mapping[str, object] = {
    "order_type": gettext_lazy("Order"),
    "order_start": gettext_lazy("Order began"),
    "order_end": gettext_lazy("Order ended"),
    "age": gettext_lazy("Age at the start of the order"),
    "sex": gettext_lazy("Sex"),
    "ethnicity": gettext_lazy("Ethnicity"),
    "risk_of_harm": gettext_lazy("Class of risk of harm"),
    "safety": gettext_lazy("Class of risk to the child"),
    "looked_after": gettext_lazy("Looked after"),
    "team": gettext_lazy("Team"),
    "case_manager": gettext_lazy("Case manager"),
}


@dataclass(frozen=True, slots=True)
class AnsweredCase:
    """One case's answer to a question, with what stands beside it."""

    number: str
    href: str
    reason: str = ""
    note: str = ""
    improvement: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Every case with one answer. `words` are the framework's own for it."""

    words: str
    tone: int
    count: str
    cases: tuple[AnsweredCase, ...]

    @property
    def told(self) -> tuple[AnsweredCase, ...]:
        """The cases with something written beside the answer, or an assessor's reason."""
        return tuple(case for case in self.cases if case.note or case.improvement or case.reason)

    @property
    def bare(self) -> tuple[AnsweredCase, ...]:
        return tuple(case for case in self.cases if case not in self.told)


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    id: str
    text: str
    href: str
    answer: str
    tone: int
    reason: str = ""
    note: str = ""
    improvement: str = ""
    author: str = ""
    evidence: str = ""
    flag: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class AnsweredCriterion:
    """One criterion of a case: how many were sufficient of those applicable, and each answer."""

    id: str
    name: str
    counts: str
    questions: tuple[AnsweredQuestion, ...]


def groups_of_answers(
    framework: Framework, inspection: Inspection, numbers: Sequence[str], judgements: Mapping[str, JudgementFields]
) -> tuple[AnswerGroup, ...]:
    """Cases by their answer, insufficient first, those that the case facts ruled out apart; no group without a case."""
    groups = []
    for answer, tone in ORDER.items():
        given = [number for number in numbers if _answer(judgements.get(number)) is answer]
        ruled_out = [number for number in given if number in judgements and _by_facts(judgements[number])]
        words = said(framework.answers[answer])
        by_facts = _("{answer}: the facts of the case rule it out").format(answer=words)
        for named, found in ((words, [n for n in given if n not in ruled_out]), (by_facts, ruled_out)):
            cases = tuple(_answered_case(framework, inspection, n, judgements.get(n)) for n in found)
            count = ngettext("{count} case", "{count} cases", len(found)).format(count=len(found))
            groups += [AnswerGroup(named, tone, count, cases)] if found else []
    return tuple(groups)


def criteria_of_case(
    framework: Framework,
    inspection: Inspection,
    judgements: Mapping[str, JudgementFields],
    marks: Mapping[str, Mark],
) -> tuple[AnsweredCriterion, ...]:
    """Every answer of a case, in the framework's order, each with the way to its discussion where there is one."""
    return tuple(
        _answered_criterion(framework, inspection, criterion, judgements, marks) for criterion in framework.criteria
    )


def listed_facts(framework: Framework, case: Case) -> tuple[SummaryRow, ...]:
    """What the service's list says of a case; never its reference."""
    return tuple(
        SummaryRow(str(FIELD_WORDS[name]), _value(framework, name, case.attributes[name]))
        for name in FIELDS
        if name in FIELD_WORDS and case.attributes.get(name) not in (None, "")
    )


def found_facts(framework: Framework, findings: Mapping[str, FindingFields]) -> tuple[SummaryRow, ...]:
    """What the assessor found, as far as it was said."""
    rows = []
    for fact in framework.case_facts:
        option = findings[fact.id].option if fact.id in findings else ""
        words = next((said(o.name) for o in fact.options if o.id == option), "")
        if words:
            rows.append(SummaryRow(said(fact.name), words))
    return tuple(rows)


def _value(framework: Framework, name: str, value: object) -> str:
    if name in ("order_start", "order_end"):
        day = parse_date(str(value))
        return day_of(day) if day else str(value)
    if name in ("team", "case_manager"):
        return str(value)
    words = code_words(framework, name, str(value))
    return words if words != value else words.replace("_", " ").capitalize()


def _answer(judgement: JudgementFields | None) -> Answer:
    return Answer(judgement.answer) if judgement else Answer.NOT_ANSWERED


def _by_facts(judgement: JudgementFields) -> bool:
    return judgement.reason == CASE_FACTS and not judgement.settled


def _reason(framework: Framework, judgement: JudgementFields | None) -> str:
    if judgement is not None and judgement.settled:
        return _("Settled after two reads")
    if judgement is None or not judgement.reason:
        return ""
    if judgement.reason == CASE_FACTS:
        return _("The facts of the case rule the question out")
    names = {reason.id: said(reason.name) for reason in framework.not_applicable_reasons}
    return names.get(judgement.reason, judgement.reason)


def _answered_case(
    framework: Framework, inspection: Inspection, number: str, judgement: JudgementFields | None
) -> AnsweredCase:
    return AnsweredCase(
        number=number,
        href=reverse("case", args=[inspection.pk, number]),
        reason="" if judgement and _by_facts(judgement) else _reason(framework, judgement),
        note=judgement.note if judgement else "",
        improvement=judgement.improvement if judgement else "",
        author=judgement.author.name if judgement else "",
    )


def _answered_criterion(
    framework: Framework,
    inspection: Inspection,
    criterion: Criterion,
    judgements: Mapping[str, JudgementFields],
    marks: Mapping[str, Mark],
) -> AnsweredCriterion:
    answers = [_answer(judgements.get(question.id)) for question in criterion.questions]
    sufficient = answers.count(Answer.SUFFICIENT)
    applicable = sufficient + answers.count(Answer.INSUFFICIENT)
    questions = tuple(
        AnsweredQuestion(
            id=question.id,
            text=said(question.text),
            href=reverse("question", args=[inspection.pk, question.id]),
            answer=said(framework.answers[answer]),
            tone=ORDER[answer],
            reason=_reason(framework, judgement := judgements.get(question.id)),
            note=judgement.note if judgement else "",
            improvement=judgement.improvement if judgement else "",
            author=judgement.author.name if judgement else "",
            evidence=judgement.evidence if judgement else "",
            flag=flag_words(judgement.flag) if judgement else "",
            mark=marks.get(question.id),
        )
        for question, answer in zip(criterion.questions, answers, strict=True)
    )
    counts = _("{sufficient} of {applicable} sufficient").format(sufficient=sufficient, applicable=applicable)
    return AnsweredCriterion(criterion.id, said(criterion.name), counts, questions)
