"""Choose second reads and find readers for them, hand one in, and say how far each has come."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from aboveline.domain.access import Action, may
from aboveline.domain.adjudication import Comparison, Standing
from aboveline.domain.applicability import progress
from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Answer
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.second_reading import HowChosen, SecondReadChoice, choose_second_reads, pair_readers
from aboveline.domain.second_reading_problems import NOT_ALLOCATED
from aboveline.domain.sentences import Sentence
from aboveline.jobs.assessing import facts_of, given_of
from aboveline.records.actions.second_reads import record_choice, submit_second_read
from aboveline.records.models import Case, Inspection, SecondRead, User
from aboveline.records.models.assessment import JudgementFields
from aboveline.records.queries.arranging import kept_from, sampled_numbers, team_of
from aboveline.records.queries.cases import answers_of, findings_of
from aboveline.records.queries.people import standing_in
from aboveline.records.queries.planning import plan_of
from aboveline.records.queries.second_reads import (
    agreed_answers_of,
    choice_of,
    comparisons_of,
    first_readers,
    given_in,
    saw_first,
    second_read_of,
    second_reads_in,
)

#: how many case numbers a problem names
SHOWN = 10
#: percent of the cases where no plan says otherwise (our own choice)
USUAL_PERCENT = 10


def names_of(users: Iterable[User]) -> dict[int, str]:
    """A name for each person by their number, no two alike."""
    people = {user.pk: user for user in users}
    common = Counter(user.name for user in people.values())
    return {pk: user.name if common[user.name] == 1 else f"{user.name} ({pk})" for pk, user in people.items()}


def usual_percent(inspection: Inspection) -> int:
    plan = plan_of(inspection)
    planned = plan.second_read_percent if plan else None
    return USUAL_PERCENT if planned is None else planned


def choose(*, inspection: Inspection, percent: int, by: User) -> None:
    """Choose by the inspection's own seed and give each case to a second reader, where it finds one.

    Raises ProblemsFound, also where a case under assessment has no first reader yet; AlreadyChosen, CannotHold.
    """
    first, sampled = first_readers(inspection), sampled_numbers(inspection)
    if missing := [number for number in sampled if number not in first]:
        numbers = ", ".join(missing[:SHOWN]) + (" …" if len(missing) > SHOWN else "")
        raise ProblemsFound((NOT_ALLOCATED.at(count=len(missing), cases=len(sampled), numbers=numbers),))
    names = names_of([*first.values(), *team_of(inspection)])
    named = {number: names[user.pk] for number, user in first.items()}
    chosen = choose_second_reads(named, share=Fraction(percent, 100), seed=f"{inspection.seed}:second-reads")
    if chosen.value is None:
        raise ProblemsFound(chosen.problems)
    readers = _paired(inspection, chosen.value, named, names)
    record_choice(
        inspection=inspection, choice=chosen.value, percent=percent, first_readers=named, readers=readers, by=by
    )


def _paired(
    inspection: Inspection, choice: SecondReadChoice, first: Mapping[str, str], names: Mapping[int, str]
) -> Mapping[str, User]:
    """Whoever chooses second reads sees the first read, so only others are proposed, unless there is nobody else.

    Somebody who opened a case before is not proposed for it: their read would not be blind.
    """
    team = team_of(inspection)
    blind = [user for user in team if not may(standing_in(user, inspection), Action.SECOND_READ)]
    users = {names[user.pk]: user for user in (blind if len(blind) > 1 else team)}
    apart = kept_from(inspection, users.values(), choice.chosen) | saw_first(inspection, users.values())
    paired = pair_readers(
        choice.chosen,
        first_readers=first,
        readers=users,
        conflicted=lambda name, case: (users[name].pk, case) in apart,
        load=Counter(first.values()),
        seed=choice.seed,
    )
    pairing = paired.value
    return {case: users[name] for case, name in pairing.second_readers.items()} if pairing else {}


def missing_of(read: SecondRead, framework: Framework) -> tuple[str, ...]:
    """The questions that a second read still has to answer before it can be handed in."""
    given = {question: given_of(row) for question, row in answers_of(read.case, read).items()}
    facts = facts_of(findings_of(read.case, read))
    return progress(framework.questions, given, facts).missing


def submit(*, read: SecondRead, framework: Framework, by: User) -> tuple[str, ...]:
    """Hand a second read in where nothing is missing; return what is."""
    missing = missing_of(read, framework)
    if not missing:
        submit_second_read(read=read, by=by)
    return missing


def compared(read: SecondRead, framework: Framework) -> tuple[Comparison, ...]:
    """Both reads of one case in the framework's order."""
    return comparisons_of(read, [question.id for question in framework.questions])


def to_settle(case: Case, framework: Framework) -> bool:
    """Whether both reads of a case are in and differ where nobody has decided."""
    read = second_read_of(case)
    return (
        read is not None and read.submitted_at is not None and not all(one.decided for one in compared(read, framework))
    )


NOT_SETTLED = Sentence.of("Two people read this case, and they have not settled it yet")
NOT_FINISHED = Sentence.of("This case is not judged to the end yet")


@dataclass(frozen=True, slots=True)
class AgreedRecord:
    """What is agreed of one case, by question. `waits` says why nothing is agreed yet, empty where something is;
    `conflicted` are questions that were left unsettled, which are not among the answers."""

    answers: Mapping[str, JudgementFields]
    conflicted: tuple[str, ...] = ()
    waits: str = ""


def agreed_record(case: Case, framework: Framework) -> AgreedRecord:
    """The record of a case for those it is about: its one read, or what two reads agreed on."""
    read, choice = second_read_of(case), choice_of(case.inspection)
    if read is None:
        chosen = choice is not None and case.number in choice.chosen
        return AgreedRecord({}, waits=NOT_SETTLED) if chosen else _read_once(case, framework)
    found = compared(read, framework) if read.submitted_at else ()
    if not found or not all(one.decided for one in found):
        return AgreedRecord({}, waits=NOT_SETTLED)
    conflicted = tuple(one.question for one in found if not one.standing.settled)
    agreed = {question: row for question, row in agreed_answers_of(case).items() if question not in conflicted}
    return AgreedRecord(agreed, conflicted)


def _read_once(case: Case, framework: Framework) -> AgreedRecord:
    answers = agreed_answers_of(case)
    given = {question for question, row in answers.items() if row.answer != Answer.NOT_ANSWERED}
    finished = given.issuperset(question.id for question in framework.questions)
    return AgreedRecord(answers) if finished else AgreedRecord({}, waits=NOT_FINISHED)


@dataclass(frozen=True, slots=True)
class ReadState:
    """How far the second read of one case has come. `read` is None where a chosen case has no second reader.

    `counts` are its questions by standing, `kept` those that somebody left conflicted; both only once submitted.
    `left` is whether the case was replaced in the sample since it was chosen: nothing waits for it.
    """

    number: str
    how: HowChosen
    first_reader: str
    read: SecondRead | None
    given: int
    counts: Mapping[Standing, int]
    kept: int
    left: bool = False

    @property
    def submitted(self) -> bool:
        return self.read is not None and self.read.submitted_at is not None

    @property
    def to_settle(self) -> int:
        """Questions on which somebody still has to decide, or to answer."""
        open_ = self.counts.get(Standing.CONFLICTED, 0) - self.kept
        return open_ + self.counts.get(Standing.WAITING, 0)

    @property
    def settled(self) -> bool:
        return self.submitted and not self.to_settle


def states_of(inspection: Inspection, framework: Framework) -> Sequence[ReadState]:
    """Every case chosen for a second read, or given to a second reader, by number."""
    choice, first, given = choice_of(inspection), first_readers(inspection), given_in(inspection)
    sampled = frozenset(sampled_numbers(inspection))
    reads = {read.case.number: read for read in second_reads_in(inspection)}
    how = {number: HowChosen(one) for number, one in (choice.chosen if choice else {}).items()}
    how |= {number: HowChosen(read.how) for number, read in reads.items()}
    states = []
    for number in sorted(how):
        read = reads.get(number)
        found = compared(read, framework) if read and read.submitted_at else ()
        counts = Counter(one.standing for one in found)
        kept = sum(one.decided and not one.standing.settled for one in found)
        reader = first[number].name if number in first else ""
        left = number not in sampled
        states.append(ReadState(number, how[number], reader, read, given.get(number, 0), counts, kept, left))
    return states


def unsettled_reads(inspection: Inspection, framework: Framework) -> int:
    """How many second reads are not handed in, or have a question on which somebody still has to decide."""
    return sum(not state.settled and not state.left for state in states_of(inspection, framework))
