"""Who reads which case: what stands, what could be proposed, and what is wrong with what a person chose.

People are known here by labels, which are also what the domain's sentences call them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from aboveline.domain.allocation import (
    Allocation,
    Assessor,
    CaseToRead,
    Conflict,
    Readers,
    check_by_hand,
    propose,
    weigh,
)
from aboveline.domain.problems import Checked, Problem
from aboveline.jobs.inspections import framework_of, progress_of
from aboveline.records.actions.arranging import share_out
from aboveline.records.models import AllocationPlan, Case, Inspection, User
from aboveline.records.queries.arranging import allocation_plan_of, begun_by, first_readers, kept_from, team_of
from aboveline.records.queries.inspections import sampled_cases
from aboveline.records.queries.second_reads import second_reads_in


@dataclass(frozen=True)
class Sharing:
    """What an allocation is made from. `kept` is who reads what now; `finished` are cases read to the end.

    `authors` are the readers of finished cases whose reader is no longer in the team: their cases stay theirs.
    """

    inspection: Inspection
    plan: AllocationPlan | None
    cases: Mapping[str, Case]
    people: Mapping[str, User]
    capacities: Mapping[str, int]
    pairs: frozenset[str]
    kept: Readers
    conflicts: frozenset[Conflict]
    finished: frozenset[str]
    authors: Mapping[str, str]

    @property
    def version(self) -> int:
        return self.plan.version if self.plan else 0

    @cached_property
    def to_read(self) -> list[CaseToRead]:
        return [self._to_read(number, case) for number, case in self.cases.items()]

    def _to_read(self, number: str, case: Case) -> CaseToRead:
        order, risk = (str(case.attributes.get(name) or "") for name in ("order_type", "risk_of_harm"))
        return CaseToRead(number, order, risk, readers=2 if number in self.pairs else 1)

    @property
    def assessors(self) -> list[Assessor]:
        return [Assessor(label, self.capacities.get(label, 100)) for label in self.people]

    def changed(self, capacities: Mapping[str, int], pairs: Iterable[str]) -> "Sharing":
        """The same with other capacities and pairs than those on record."""
        return replace(self, capacities=dict(capacities), pairs=frozenset(pairs) & set(self.cases))

    def may_take(self, label: str, number: str) -> bool:
        return (label, number) not in self.conflicts


def sharing_of(inspection: Inspection) -> Sharing:
    """Everything an allocation of this inspection depends on, as it is now."""
    cases = {case.number: case for case in sampled_cases(inspection)}
    team, plan = team_of(inspection), allocation_plan_of(inspection)
    people = dict(zip(labels(team), team, strict=True))
    label_of = {user.pk: label for label, user in people.items()}
    progress = progress_of(inspection, framework_of(inspection))
    finished = frozenset(one.number for one in progress.cases if one.finished)
    held = {
        number: tuple(label_of[row.assessor_id] for row in rows if row.assessor_id in label_of)
        for number, rows in first_readers(inspection).items()
        if number in cases
    }
    begun = begun_by(inspection)
    authors = {number: begun[number].name for number in finished if number in begun and not held.get(number)}
    return Sharing(
        inspection=inspection,
        plan=plan,
        cases=cases,
        people=people,
        capacities={label_of[int(pk)]: n for pk, n in (plan.capacities if plan else {}).items() if int(pk) in label_of},
        pairs=frozenset(plan.pairs if plan else ()) & set(cases),
        kept=held,
        conflicts=frozenset(
            (label_of[pk], number)
            for pk, number in kept_from(inspection, team, cases) | _second_readers(inspection)
            if pk in label_of
        ),
        finished=finished,
        authors=authors,
    )


def _second_readers(inspection: Inspection) -> frozenset[tuple[int, str]]:
    """Who reads each case again, and so does not read it first."""
    return frozenset((read.allocation.assessor_id, read.case.number) for read in second_reads_in(inspection))


def labels(users: Sequence[User]) -> list[str]:
    """What each is called: the name, with the address where two have the same."""
    count = Counter(user.name for user in users)
    return [user.name if count[user.name] == 1 else f"{user.name} ({user.email})" for user in users]


def proposed(sharing: Sharing) -> Checked[Allocation]:
    """A balanced allocation that keeps what is allocated, or why there is none."""
    return propose(
        sharing.to_read,
        sharing.assessors,
        conflicts=sharing.conflicts,
        kept={**sharing.kept, **{number: (name,) for number, name in sharing.authors.items()}},
        finished=sharing.finished,
        seed=sharing.inspection.seed,
    )


def weighed(sharing: Sharing, readers: Readers) -> Allocation:
    return weigh(readers, sharing.to_read, sharing.assessors, conflicts=sharing.conflicts)


def checked(sharing: Sharing, readers: Readers) -> tuple[Problem, ...]:
    """Everything wrong with an allocation that a person chose; that a case has nobody yet is a warning."""
    return check_by_hand(
        readers, sharing.to_read, sharing.assessors, conflicts=sharing.conflicts, finished=sharing.finished
    )


def put_on_record(sharing: Sharing, readers: Readers, *, expected_version: int, by: User) -> AllocationPlan:
    """Share the cases out as chosen. Cases that stay with somebody who left are not touched. Raises as `share_out`."""
    return share_out(
        inspection=sharing.inspection,
        readers={
            case: [sharing.people[label] for label in readers.get(number, ()) if label in sharing.people]
            for number, case in sharing.cases.items()
            if number not in sharing.authors
        },
        capacities={sharing.people[label].pk: n for label, n in sharing.capacities.items()},
        pairs=sharing.pairs,
        expected_version=expected_version,
        by=by,
    )
