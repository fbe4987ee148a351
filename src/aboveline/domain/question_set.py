"""A short question set: the part of a framework's questions that one audit round asks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from aboveline.domain.framework import Criterion, Framework
from aboveline.domain.problems import Checked, Problem, ProblemKind, Severity, checked, nearest_of
from aboveline.domain.sentences import Sentence

UNKNOWN_QUESTION = ProblemKind(
    "question-set.unknown-question",
    "“{value}” is not a question of {framework}.",
    "Take it out, or give the id of one of the framework’s questions.",
)
REPEATED_QUESTION = ProblemKind(
    "question-set.repeated-question",
    "The question {value} is named {times} times.",
    "Name it once.",
)
NO_QUESTIONS = ProblemKind("question-set.no-questions", "The set names no question.", "Name at least one.")
NO_TITLE = ProblemKind("question-set.no-title", "The set has no title.", "Say what it is for.")
CRITERION_NOT_ASKED = ProblemKind(
    "question-set.criterion-not-asked",
    "No question of {criterion} is asked, so it will have no score.",
    "Add a question of it if the round should say something of it.",
    Severity.WARNING,
)
CATALOGUE: tuple[ProblemKind, ...] = (
    UNKNOWN_QUESTION,
    REPEATED_QUESTION,
    NO_QUESTIONS,
    NO_TITLE,
    CRITERION_NOT_ASKED,
)

NOT_ASKED = Sentence.of("Not asked: this round left out all its questions.")
NOT_COMPARABLE = Sentence.of(
    "Only some of the framework’s questions were asked, so these scores cannot be set beside those of a full "
    "inspection."
)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions a round asks, in the framework's order. Made by `question_set`, which checks it."""

    title: str
    question_ids: tuple[str, ...]

    def __contains__(self, question_id: object) -> bool:
        return question_id in self.question_ids

    def as_dict(self) -> dict[str, object]:
        return {"title": self.title, "questions": list(self.question_ids)}


def question_set(framework: Framework, title: str, question_ids: Iterable[str]) -> Checked[QuestionSet]:
    """Check a set against its framework, with every problem at once. A criterion left without questions is a warning.

    A set may hold all the framework's questions; scores then are as comparable as without a set.
    """
    ids = tuple(id.strip() for id in question_ids if id.strip())
    given = frozenset(ids)
    kept = tuple(q.id for q in framework.questions if q.id in given)
    made = QuestionSet(" ".join(title.split()), kept)
    return checked(made, _problems(framework, made, ids))


def criteria_not_asked(questions: QuestionSet, framework: Framework) -> tuple[Criterion, ...]:
    return tuple(c for c in framework.criteria if not any(q.id in questions for q in c.questions))


def narrowed(framework: Framework, questions: QuestionSet) -> Framework:
    """The framework with only the questions asked, and the criteria and sections that are left with any.

    For asking: scores are made with the framework itself, which knows what was not asked. Its digest is its own.
    """
    sections = []
    for section in framework.sections:
        kept = [replace(c, questions=tuple(q for q in c.questions if q.id in questions)) for c in section.criteria]
        if criteria := tuple(criterion for criterion in kept if criterion.questions):
            sections.append(replace(section, criteria=criteria))
    asked = ",".join(questions.question_ids)
    digest = sha256(f"{framework.digest} {asked}".encode()).hexdigest()
    return replace(framework, sections=tuple(sections), digest=digest)


def _problems(framework: Framework, made: QuestionSet, ids: tuple[str, ...]) -> Iterator[Problem]:
    if not made.title:
        yield NO_TITLE.at()
    if not ids:
        yield NO_QUESTIONS.at()
    for id, times in Counter(ids).items():
        if id not in framework.question_by_id:
            near = nearest_of(id[:80], framework.question_by_id)
            yield UNKNOWN_QUESTION.at(value=id, nearest=near, framework=framework.id)
        elif times > 1:
            yield REPEATED_QUESTION.at(value=id, times=times)
    if made.question_ids:
        for criterion in criteria_not_asked(made, framework):
            yield CRITERION_NOT_ASKED.at(value=criterion.id, criterion=f"{criterion.id} {criterion.name}")
