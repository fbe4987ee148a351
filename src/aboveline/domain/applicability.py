"""When a question applies to a case, and what follows for its answer.

The assessor's case facts decide, not what the file says of itself. A question they rule out is *recorded* as not
applicable, with the reason CASE_FACTS, so that a score needs no facts; a question about which facts are still missing
is open, never ruled out. A person's own judgement stands until a person changes it: the rule only fills what nobody
has answered, and takes back what it filled. See docs/adr/0007-applicability.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from aboveline.domain.framework import Framework, Question
from aboveline.domain.judgement import Answer

#: the reason of a "not applicable" that the case facts gave; no framework may use this id for a reason of its own
CASE_FACTS = "case_facts"


class Applies(StrEnum):
    """YES and NO are settled by the facts given; OPEN needs facts not yet given."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to one question as given: `reason` says why not applicable, `improvement` what was wanting,
    `evidence` where in the record it is seen, `flag` whether it is put forward (a Flag's value)."""

    answer: Answer = Answer.NOT_ANSWERED
    reason: str = ""
    note: str = ""
    improvement: str = ""
    evidence: str = ""
    flag: str = ""

    @property
    def by_rule(self) -> bool:
        """True where the case facts answered, not a person."""
        return self.answer is Answer.NOT_APPLICABLE and self.reason == CASE_FACTS

    @property
    def own(self) -> bool:
        """True where a person judged."""
        return self.answer is not Answer.NOT_ANSWERED and not self.by_rule

    @property
    def judged(self) -> bool:
        return self.answer in (Answer.SUFFICIENT, Answer.INSUFFICIENT)


def applies(question: Question, facts: Mapping[str, str]) -> Applies:
    """Whether a question applies, from the facts given so far ({fact id: option id}; absent or empty = not given)."""
    if question.applies.holds(facts):
        return Applies.YES
    return Applies.OPEN if question.applies.undecided(facts) else Applies.NO


def ruled_out_by(question: Question, facts: Mapping[str, str]) -> tuple[str, ...]:
    """The facts that rule a question out, in the order its condition names them; none where they do not."""
    failed = (
        clause
        for clause in question.applies.clauses
        if all(facts.get(fact) and facts[fact] not in allowed for fact, allowed in clause)
    )
    return tuple(dict.fromkeys(fact for clause in failed for fact, _ in clause))


def settle(question: Question, given: Given, facts: Mapping[str, str]) -> Given:
    """Return the answer to record. Notes are always kept; a person's own judgement is returned as it is."""
    if given.own:
        return given
    if applies(question, facts) is Applies.NO:
        return replace(given, answer=Answer.NOT_APPLICABLE, reason=CASE_FACTS)
    return replace(given, answer=Answer.NOT_ANSWERED, reason="")


def overrides(question: Question, given: Given, facts: Mapping[str, str]) -> bool:
    """True where the work was judged although the facts rule the question out: the note must say why."""
    return given.judged and applies(question, facts) is Applies.NO


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a case, or one criterion of it, has come: `answered` of the `expected` questions, which are those that
    the facts do not rule out and those judged all the same. `missing` holds the ids of the others, in order."""

    answered: int
    expected: int
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


def progress(questions: Sequence[Question], given: Mapping[str, Given], facts: Mapping[str, str]) -> Progress:
    """Count over `questions`; one without a row in `given` is not answered."""
    own = {q.id for q in questions if q.id in given and given[q.id].own}
    expected = [q.id for q in questions if q.id in own or applies(q, facts) is not Applies.NO]
    return Progress(len(own), len(expected), tuple(id for id in expected if id not in own))


def facts_missing(framework: Framework, facts: Mapping[str, str]) -> tuple[str, ...]:
    """The facts that some question depends on and that are not given, in the framework's order."""
    needed = {fact for q in framework.questions for clause in q.applies.clauses for fact, _ in clause}
    return tuple(fact.id for fact in framework.case_facts if fact.id in needed and not facts.get(fact.id))
