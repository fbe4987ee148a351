"""The answer to one question in one case. "Not answered" is none of the three judgements."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"
    NOT_APPLICABLE = "not_applicable"
    NOT_ANSWERED = "not_answered"


class Flag(StrEnum):
    """What an assessor puts forward from one answer, whatever the answer is."""

    GOOD_PRACTICE = "good"
    CONCERN = "concern"


#: What people write for each answer in files; compared in lower case without blanks, full stops, - and _.
ALIASES: Mapping[str, Answer] = {
    "sufficient": Answer.SUFFICIENT,
    "yes": Answer.SUFFICIENT,
    "y": Answer.SUFFICIENT,
    "above": Answer.SUFFICIENT,
    "above the line": Answer.SUFFICIENT,
    "insufficient": Answer.INSUFFICIENT,
    "no": Answer.INSUFFICIENT,
    "n": Answer.INSUFFICIENT,
    "below": Answer.INSUFFICIENT,
    "below the line": Answer.INSUFFICIENT,
    "not applicable": Answer.NOT_APPLICABLE,
    "n/a": Answer.NOT_APPLICABLE,
    "na": Answer.NOT_APPLICABLE,
    "not answered": Answer.NOT_ANSWERED,
    "": Answer.NOT_ANSWERED,
}
_SEPARATORS = re.compile(r"[\s._-]+")
_KNOWN = {_SEPARATORS.sub("", written): answer for written, answer in ALIASES.items()}


def answer_from(text: str) -> Answer | None:
    """Return the answer that a person meant by `text`, or None where it is not one of those known."""
    plain = _SEPARATORS.sub("", text).lower()
    return _KNOWN.get(plain) if plain or not text.strip() else None


@dataclass(frozen=True, slots=True)
class Judgement:
    case: str
    question: str
    answer: Answer
    assessor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class InspectionJudgements:
    """All judgements of one inspection and every case assessed, in a fixed order.

    `cases` may hold a case without any judgement: it was assessed, nothing applied or nothing is answered yet.
    A question with no row for a case is not answered there. At most one judgement per case and question.
    """

    cases: tuple[str, ...]
    judgements: tuple[Judgement, ...]

    @classmethod
    def of(cls, judgements: Iterable[Judgement], cases: Iterable[str] = ()) -> "InspectionJudgements":
        """Build from judgements, adding their cases to `cases`. Raises ValueError on a repeated case and question."""
        rows = tuple(sorted(judgements, key=lambda j: (j.case, j.question)))
        if len({(j.case, j.question) for j in rows}) != len(rows):
            raise ValueError("a case has two judgements of one question")
        return cls(tuple(sorted({*cases, *(j.case for j in rows)})), rows)
