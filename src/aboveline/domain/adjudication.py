"""Two readers' answers side by side, and how a difference between them is settled.

Where both answered alike they agree, and nobody needs to decide anything. Where they differ, the question is
conflicted: not settled, a named standing that it can keep to the end. A third person, who read the case neither first
nor second, adjudicates to the first answer, to the second or to another, always with a reason, and can open it again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from aboveline.domain import second_reading_problems as kinds
from aboveline.domain.judgement import Answer
from aboveline.domain.problems import Problem, ProblemKind, ProblemsFound
from aboveline.domain.sentences import Sentence

#: characters of a reason
REASON_LIMIT = 5000


class Standing(StrEnum):
    WAITING = "waiting"
    AGREED = "agreed"
    CONFLICTED = "conflicted"
    FIRST = "first"
    SECOND = "second"
    OTHER = "other"

    @property
    def words(self) -> Sentence:
        return _WORDS[self]

    @property
    def settled(self) -> bool:
        return self not in (Standing.WAITING, Standing.CONFLICTED)


_WORDS = {
    Standing.WAITING: Sentence.of("waiting for an answer"),
    Standing.AGREED: Sentence.of("agreed"),
    Standing.CONFLICTED: Sentence.of("conflicted: the readers differ and it is not settled"),
    Standing.FIRST: Sentence.of("adjudicated to the first reader's answer"),
    Standing.SECOND: Sentence.of("adjudicated to the second reader's answer"),
    Standing.OTHER: Sentence.of("adjudicated to another answer"),
}

_ADJUDICATED = frozenset({Standing.FIRST, Standing.SECOND, Standing.OTHER})

#: where a person may take a question from each standing; the first two follow from the answers alone. A conflict may
#: be kept as one, which is a decision with its reason
MOVES: Mapping[Standing, frozenset[Standing]] = {
    Standing.WAITING: frozenset(),
    Standing.AGREED: frozenset(),
    Standing.CONFLICTED: _ADJUDICATED | {Standing.CONFLICTED},
    **{standing: _ADJUDICATED - {standing} | {Standing.CONFLICTED} for standing in sorted(_ADJUDICATED)},
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a move to a standing needs, beside an adjudicator who read the case neither first nor second."""

    reason: bool
    answer: bool


#: what each move needs; a standing that nobody can choose is not here
REQUIRES: Mapping[Standing, Requirement] = {
    Standing.FIRST: Requirement(reason=True, answer=False),
    Standing.SECOND: Requirement(reason=True, answer=False),
    Standing.OTHER: Requirement(reason=True, answer=True),
    Standing.CONFLICTED: Requirement(reason=True, answer=False),
}


@dataclass(frozen=True, slots=True)
class Adjudication:
    """One decision on one question. `answer` only where the outcome is another answer than the two given."""

    to: Standing
    by: str
    reason: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question of one case, read twice. `adjudication` is the last one; it falls when a reader changes an answer.

    Raises ValueError where both readers are the same person.
    """

    case: str
    question: str
    first: Answer
    second: Answer
    first_reader: str
    second_reader: str
    adjudication: Adjudication | None = None

    def __post_init__(self) -> None:
        if self.first_reader == self.second_reader:
            raise ValueError("a second read needs a second reader")

    @property
    def agrees(self) -> bool | None:
        """None where one of the two has not answered."""
        return None if Answer.NOT_ANSWERED in (self.first, self.second) else self.first is self.second

    @property
    def standing(self) -> Standing:
        if self.agrees is None:
            return Standing.WAITING
        if self.agrees:
            return Standing.AGREED
        return self.adjudication.to if self.adjudication else Standing.CONFLICTED

    @property
    def decided(self) -> bool:
        """Whether nobody has to do anything more: settled, or kept as a conflict by somebody who may."""
        return self.standing.settled or (self.standing is Standing.CONFLICTED and self.adjudication is not None)

    @property
    def settled(self) -> Answer | None:
        """The answer that goes into the agreed record; None while it is not settled."""
        other = self.adjudication.answer if self.adjudication else None
        return {
            Standing.AGREED: self.first,
            Standing.FIRST: self.first,
            Standing.SECOND: self.second,
            Standing.OTHER: other,
        }.get(self.standing)


@dataclass(frozen=True, slots=True)
class Read:
    """One reader's answers to a case, by question; a question that is not here is not answered."""

    reader: str
    answers: Mapping[str, Answer]


def side_by_side(
    case: str,
    questions: Iterable[str],
    first: Read,
    second: Read,
    adjudications: Mapping[str, Adjudication] | None = None,
) -> tuple[Comparison, ...]:
    """Return both reads of a case, question by question in the order given."""
    return tuple(
        Comparison(
            case=case,
            question=question,
            first=first.answers.get(question, Answer.NOT_ANSWERED),
            second=second.answers.get(question, Answer.NOT_ANSWERED),
            first_reader=first.reader,
            second_reader=second.reader,
            adjudication=(adjudications or {}).get(question),
        )
        for question in questions
    )


def check_adjudicate(comparison: Comparison, wish: Adjudication) -> None:
    """Raises ProblemsFound, with everything wrong with the wish at once."""
    problems = tuple(_wrong(comparison, wish))
    if problems:
        raise ProblemsFound(problems)


def can_adjudicate(comparison: Comparison, wish: Adjudication) -> bool:
    return not any(_wrong(comparison, wish))


def unsettled(comparisons: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """Return the questions that keep an agreed record from being whole."""
    return tuple(comparison for comparison in comparisons if not comparison.standing.settled)


def _wrong(comparison: Comparison, wish: Adjudication) -> Iterable[Problem]:
    kept_already = wish.to is Standing.CONFLICTED and comparison.standing is wish.to and comparison.decided
    if wish.to not in MOVES[comparison.standing] or kept_already:
        yield _refusal(comparison.standing, wish.to).at()
    if wish.by in (comparison.first_reader, comparison.second_reader):
        yield kinds.READER_CANNOT_SETTLE.at()
    needs = REQUIRES.get(wish.to)
    if needs and needs.reason and not wish.reason.strip():
        yield kinds.NO_REASON.at()
    if len(wish.reason) > REASON_LIMIT:
        yield kinds.REASON_TOO_LONG.at(found=f"{len(wish.reason):,}", limit=f"{REASON_LIMIT:,}")
    if needs:
        yield from _wrong_answer(comparison, wish.answer, wanted=needs.answer)


def _wrong_answer(comparison: Comparison, answer: Answer | None, *, wanted: bool) -> Iterable[Problem]:
    if wanted and answer in (None, Answer.NOT_ANSWERED):
        yield kinds.NO_ANSWER.at()
    elif wanted and answer in (comparison.first, comparison.second):
        yield kinds.ANSWER_OF_A_READER.at()
    elif answer is not None and not wanted:
        yield kinds.ANSWER_NOT_WANTED.at()


def _refusal(standing: Standing, to: Standing) -> ProblemKind:
    if standing is Standing.AGREED:
        return kinds.NOTHING_TO_SETTLE
    if standing is Standing.WAITING:
        return kinds.NOT_BOTH_ANSWERED
    return kinds.ALREADY_THERE if standing is to else kinds.NOT_AN_OUTCOME
