"""Save what a case form sent: settle it against the case facts, check it, and write what changed, once."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from aboveline.domain.applicability import Given, settle
from aboveline.domain.assessment_checks import check_answer, check_finding
from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Answer
from aboveline.domain.problems import Problem
from aboveline.records.actions.assessments import AnswerChange, FindingChange, Settled, Stored, save_settled
from aboveline.records.models import Case, SecondRead, User
from aboveline.records.models.assessment import FindingFields, JudgementFields


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer that a person gave or changed, and the version of it that the page had shown."""

    given: Given
    version: int


@dataclass(frozen=True, slots=True)
class SentFinding:
    option: str
    version: int


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent, by question and by fact: only what its reader touched. `problems` were found reading it;
    `untouched` came as it was shown, in the version it was shown in."""

    answers: Mapping[str, SentAnswer] = field(default_factory=dict)
    findings: Mapping[str, SentFinding] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    untouched: Mapping[str, int] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The same for the same request sent again."""
        return {
            "answers": {question: asdict(sent) for question, sent in self.answers.items()},
            "findings": {fact: asdict(sent) for fact, sent in self.findings.items()},
        }


def given_of(row: JudgementFields | None) -> Given:
    """The answer as stored; an empty one where there is no row."""
    if row is None:
        return Given()
    return Given(Answer(row.answer), row.reason, row.note, row.improvement, row.evidence, row.flag)


def facts_of(rows: Mapping[str, FindingFields]) -> dict[str, str]:
    return {fact: row.option for fact, row in rows.items()}


def save_case(
    *, case: Case, framework: Framework, sent: Sent, key: str, by: User, read: SecondRead | None = None
) -> dict[str, Any]:
    """Save everything that is in order and return `saved` (the new version of each id), `stood` (the version in which
    what was sent was stored already), `conflicts` (both values, who, when), `problems` (each with its place) and
    `saved_at`.

    Where a `read` is given it is that second read's answers that are saved. Raises KeyReused where the key came with
    another body, ReadSubmitted where the second read was submitted, ValueError where the key is empty or too long.
    """

    def settled(stored: Stored) -> Settled:
        return settle_case(framework, sent, stored.answers, stored.findings)

    return save_settled(case=case, body=sent.body(), settle=settled, key=key, by=by, read=read)


def settle_case(
    framework: Framework, sent: Sent, answers: Mapping[str, JudgementFields], findings: Mapping[str, FindingFields]
) -> Settled:
    """What to write: the facts sent, the answers sent that are in order, and what the facts say of all the others."""
    problems = list(sent.problems)
    wrong = {fact: check_finding(framework, fact, f.option) for fact, f in sent.findings.items()}
    problems += [problem for found in wrong.values() for problem in found]
    changed_facts = [FindingChange(f, s.option, s.version) for f, s in sent.findings.items() if not wrong[f]]
    facts = facts_of(findings) | _that_will_stand(changed_facts, findings)
    changes: list[AnswerChange] = []
    for question in framework.questions:
        row = answers.get(question.id)
        stored = given_of(row)
        given, version = stored, row.version if row else 0
        if question.id in sent.answers and sent.answers[question.id].given != stored:
            found = check_answer(framework, question, sent.answers[question.id].given, facts)
            problems += found
            if not found:
                given, version = sent.answers[question.id].given, sent.answers[question.id].version
        given = settle(question, given, facts)
        if given != stored:
            changes.append(AnswerChange(question.id, expected_version=version, **_values(given)))
    told = {"problems": [problem.carried() for problem in problems], "stood": _stood(sent, answers, findings)}
    return Settled(changes, changed_facts, told)


def _values(given: Given) -> dict[str, str]:
    return {**asdict(given), "answer": given.answer.value}


def _stood(sent: Sent, answers: Mapping[str, JudgementFields], findings: Mapping[str, FindingFields]) -> dict[str, int]:
    """The version of everything sent that was stored just so before: by an earlier save, or never touched."""
    given = {q: one.given for q, one in sent.answers.items()}
    same = {q: row.version for q, row in answers.items() if q in given and given[q] == given_of(row)}
    facts = {f: r.version for f, r in findings.items() if f in sent.findings and sent.findings[f].option == r.option}
    never = {q: 0 for q in given if q not in answers and given[q] == Given()}
    never |= {f: 0 for f, one in sent.findings.items() if f not in findings and not one.option}
    return {**sent.untouched, **never, **same, **facts}


def _that_will_stand(changes: Sequence[FindingChange], stored: Mapping[str, FindingFields]) -> dict[str, str]:
    """The facts sent against the newest version; someone else's newer ones stay in force until a person chooses."""
    newest = {fact: row.version for fact, row in stored.items()}
    return {c.fact: c.option for c in changes if c.expected_version == newest.get(c.fact, 0)}
