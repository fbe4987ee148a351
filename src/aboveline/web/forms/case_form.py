"""Reads what a case form sent. Field names: QUESTION-answer, -reason, -note, -improvement,
-evidence, -flag; fact-FACT-option.

Beside each stands QUESTION-seen or fact-FACT-seen: the version shown, and a digest of the values shown with it. What
comes back as it was shown was not touched and is not sent on, so two people may work on one page. After a conflict
-choice says which of the two values stands.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aboveline.domain import assessment_problems as kinds
from aboveline.domain.applicability import Given
from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Answer, Flag
from aboveline.domain.problems import Place, Problem
from aboveline.jobs.assessing import Sent, SentAnswer, SentFinding

ANSWER_FIELDS = ("answer", "reason", "note", "improvement", "evidence", "flag")
FACT_PREFIX = "fact-"
FIELDS = frozenset({*ANSWER_FIELDS, "option", "seen", "choice"})
THEIRS, MINE = "theirs", "mine"
#: unknown questions named in one answer; a page of ours sends none
UNKNOWN_LIMIT = 10


def seen_token(version: int, values: Sequence[str]) -> str:
    """What a page carries of the values it shows: their version and a digest of them."""
    text = "\0".join(clean(value) for value in values)
    return f"{version}.{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def shown_values(given: Given) -> tuple[str, ...]:
    """An answer as the form shows it: what nobody judged, or only the case facts did, is blank."""
    answer, reason = (given.answer.value, given.reason) if given.own else ("", "")
    return answer, reason, given.note, given.improvement, given.evidence, given.flag


def clean(text: str) -> str:
    """Line breaks as stored, and nothing around the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


@dataclass
class CaseFormData:
    """What was sent. `typed` keeps the fields of everything touched, as typed, to show them again; `seen` the tokens
    they came with."""

    sent: Sent
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)


def read_case_form(post: Mapping[str, str], framework: Framework) -> CaseFormData:
    """Read a whole page or a part of one; what it does not mention stays as it is."""
    reading = _Reading(post)
    for question in framework.questions:
        reading.take_answer(question.id)
    for fact in framework.case_facts:
        reading.take_finding(fact.id)
    known = {*framework.question_by_id, *(FACT_PREFIX + fact.id for fact in framework.case_facts)}
    reading.problems += _unknown(post, known)
    sent = Sent(reading.answers, reading.findings, tuple(reading.problems), reading.untouched)
    return CaseFormData(sent, reading.typed, reading.seen)


@dataclass
class _Reading:
    post: Mapping[str, str]
    answers: dict[str, SentAnswer] = field(default_factory=dict)
    findings: dict[str, SentFinding] = field(default_factory=dict)
    typed: dict[str, Mapping[str, str]] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    untouched: dict[str, int] = field(default_factory=dict)

    def take_answer(self, id: str) -> None:
        values = self._touched(id, id, ANSWER_FIELDS)
        if values is None:
            return
        answer = values["answer"] or Answer.NOT_ANSWERED.value
        if answer not in set(Answer):
            self._wrong(kinds.ANSWER_UNKNOWN.at(Place(path=id, column="answer"), path=id))
            return
        reason = values["reason"] if answer == Answer.NOT_APPLICABLE else ""
        if values["flag"] not in {"", *Flag}:
            self._wrong(kinds.ANSWER_UNKNOWN.at(Place(path=id, column="flag"), path=id))
            return
        given = Given(Answer(answer), reason, *(values[one] for one in ANSWER_FIELDS[2:]))
        self.answers[id] = SentAnswer(given, self._version(id))

    def take_finding(self, id: str) -> None:
        values = self._touched(FACT_PREFIX + id, id, ("option",))
        if values is not None:
            self.findings[id] = SentFinding(values["option"], self._version(FACT_PREFIX + id))

    def _touched(self, name: str, id: str, fields: Sequence[str]) -> dict[str, str] | None:
        """The values of one question or fact, or None where they were not sent, are as shown, or must wait."""
        if not any(f"{name}-{one}" in self.post for one in (*fields, "seen")):
            return None
        values = {one: clean(self.post.get(f"{name}-{one}", "")) for one in fields}
        seen, choice = self.post.get(f"{name}-seen", ""), self.post.get(f"{name}-choice")
        if not seen.partition(".")[0].isdecimal() or len(seen) > 40:
            self._wrong(kinds.NOT_SEEN.at(Place(path=id, column=fields[0]), path=id))
        elif choice == THEIRS or seen == seen_token(self._version(name), _as_shown(values)):
            self.untouched[id] = self._version(name)
        else:
            self.typed[id], self.seen[id] = values, seen
            if choice in (None, MINE):
                return values
            self._wrong(kinds.CHOICE_MISSING.at(Place(path=id, column="choice"), path=id))
        return None

    def _version(self, name: str) -> int:
        return int(self.post[f"{name}-seen"].partition(".")[0])

    def _wrong(self, problem: Problem) -> None:
        self.problems.append(problem)


def _as_shown(values: Mapping[str, str]) -> tuple[str, ...]:
    """`not answered` is shown as no answer, and a reason only beside "not applicable"."""
    shown = dict(values)
    if shown.get("answer") == Answer.NOT_ANSWERED:
        shown["answer"] = ""
    if "reason" in shown and shown["answer"] != Answer.NOT_APPLICABLE:
        shown["reason"] = ""
    return tuple(shown.values())


def _unknown(post: Mapping[str, str], known: set[str]) -> Iterator[Problem]:
    names = {name.rpartition("-")[0] for name in post if name.rpartition("-")[2] in FIELDS}
    for name in sorted(names - known)[:UNKNOWN_LIMIT]:
        yield kinds.THING_UNKNOWN.at(value=name)
