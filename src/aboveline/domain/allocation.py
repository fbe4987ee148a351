"""Giving cases to assessors: equal loads, an even spread of kinds of case, and no conflict of interest, ever."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from aboveline.domain import allocation_problems as p
from aboveline.domain.allocation_search import Dealing, deal
from aboveline.domain.problems import Checked, Problem
from aboveline.domain.sentences import Sentence

#: who reads each case, by case number; the first of a pair leads
Readers = Mapping[str, tuple[str, ...]]
NOBODY: Readers = MappingProxyType({})
#: (assessor, case) that may never be put together
Conflict = tuple[str, str]
#: what is spread evenly over assessors: fields of a case
SPREAD = ("order_type", "risk")
CAPACITIES = range(201)
PAIR = 2


@dataclass(frozen=True, slots=True)
class CaseToRead:
    """A case of the sample by its number. `readers` is 2 where a pair is wanted."""

    case: str
    order_type: str = ""
    risk: str = ""
    readers: int = 1


@dataclass(frozen=True, slots=True)
class Assessor:
    """Someone who reads cases. `capacity` is in percent of a full load: 60 for three of five days, 0 when away."""

    id: str
    capacity: int = 100


class Leaving(StrEnum):
    """Why a case cannot stay with an assessor who had it."""

    CONFLICT = "conflict"
    AWAY = "away"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True, slots=True)
class Moved:
    """A case taken from an assessor who had it."""

    case: str
    assessor: str
    reason: Leaving


@dataclass(frozen=True, slots=True)
class Load:
    """How many cases an assessor reads, against a share equal by capacity; `closed` may not be theirs.

    Someone away has no share beyond what they have finished.
    """

    assessor: str
    cases: int
    share: Fraction
    closed: int

    @property
    def within_one(self) -> bool:
        return abs(self.cases - self.share) < 1


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How many cases of one kind an assessor reads; `even` is how many it would be at their load."""

    variable: str
    category: str
    assessor: str
    cases: int
    of: int
    even: Fraction


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who reads what, and how even that is, in figures. `remarks` say what is not even, and what had to move."""

    readers: Readers
    loads: tuple[Load, ...]
    spread: tuple[SpreadRow, ...]
    moved: tuple[Moved, ...]
    remarks: tuple[Sentence, ...]


def propose(
    cases: Sequence[CaseToRead],
    assessors: Sequence[Assessor],
    *,
    conflicts: Collection[Conflict] = (),
    kept: Readers = NOBODY,
    finished: Collection[str] = (),
    seed: str,
) -> Checked[Allocation]:
    """Propose who reads each case, or say for every case why nobody can.

    `kept` is an allocation in force: it stays but for conflicts, absence and a pair no longer wanted. A `finished` case
    stays with an assessor who has left or is away; only a conflict takes it from them. The same input and seed give the
    same proposal, whatever the order of cases and assessors.
    """
    cases, assessors = sorted(cases, key=lambda c: c.case), sorted(assessors, key=lambda a: a.id)
    if problems := [*_input_problems(cases, assessors)]:
        return Checked(None, tuple(problems))
    present = {a.id for a in assessors if a.capacity}
    barred, kept = frozenset(conflicts), {case: tuple(dict.fromkeys(given)) for case, given in kept.items()}
    moved = tuple(_moved(cases, present, barred, kept, frozenset(finished)))
    gone = {(m.case, m.assessor) for m in moved}
    staying = {c.case: tuple(a for a in kept.get(c.case, ()) if (c.case, a) not in gone) for c in cases}
    open_to = {c.case: {a for a in present if (a, c.case) not in barred} - set(staying[c.case]) for c in cases}
    if problems := [*_impossible(cases, assessors, staying, open_to)]:
        return Checked(None, tuple(problems))
    readers = _dealt(cases, assessors, staying, open_to, seed)
    return Checked(weigh(readers, cases, assessors, conflicts=barred, moved=moved))


def weigh(
    readers: Readers,
    cases: Sequence[CaseToRead],
    assessors: Sequence[Assessor],
    *,
    conflicts: Collection[Conflict] = (),
    moved: tuple[Moved, ...] = (),
) -> Allocation:
    """How even an allocation is, also one changed by hand; what is wrong with such a one says `check_by_hand`."""
    loads = tuple(_loads(readers, cases, assessors, conflicts))
    spread = tuple(_spread(readers, cases, assessors))
    remarks = (*_moved_words(moved), *_load_words(loads), *_spread_words(spread))
    return Allocation(readers, loads, spread, moved, remarks)


def check_by_hand(
    readers: Readers,
    cases: Sequence[CaseToRead],
    assessors: Sequence[Assessor],
    *,
    conflicts: Collection[Conflict] = (),
    finished: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Everything wrong with an allocation that a person made or changed."""
    found: list[Problem] = []
    team, barred = {a.id for a in assessors}, frozenset(conflicts)
    for case in cases:
        given = readers.get(case.case, ())
        found += [p.IN_CONFLICT.at(assessor=a, case=case.case) for a in given if (a, case.case) in barred]
        left = [] if case.case in finished else [a for a in given if a not in team]
        found += [p.NOT_IN_TEAM.at(assessor=a, case=case.case) for a in left]
        found += [p.TWICE_ON_CASE.at(assessor=a, case=case.case) for a, n in Counter(given).items() if n > 1]
        if len(set(given)) < case.readers:
            found.append(p.UNREAD.at(case=case.case, count=len(set(given)), readers=case.readers))
    return tuple(found)


def _input_problems(cases: Sequence[CaseToRead], assessors: Sequence[Assessor]) -> Iterator[Problem]:
    if not cases:
        yield p.NO_CASE.at()
    if not any(a.capacity > 0 for a in assessors):
        yield p.NO_ASSESSOR.at()
    yield from (p.REPEATED_CASE.at(case=id) for id in _repeated(c.case for c in cases))
    yield from (p.REPEATED_ASSESSOR.at(assessor=id) for id in _repeated(a.id for a in assessors))
    for assessor in assessors:
        if assessor.capacity not in CAPACITIES:
            yield p.BAD_CAPACITY.at(assessor=assessor.id, capacity=assessor.capacity)
    yield from (p.BAD_READERS.at(case=c.case, readers=c.readers) for c in cases if c.readers not in (1, PAIR))


def _repeated(ids: Iterable[str]) -> list[str]:
    return [id for id, count in Counter(ids).items() if count > 1]


def _moved(
    cases: Sequence[CaseToRead],
    present: Collection[str],
    barred: Collection[Conflict],
    kept: Readers,
    finished: Collection[str],
) -> Iterator[Moved]:
    """What of an allocation in force cannot stay."""
    for case in cases:
        staying = 0
        for assessor in kept.get(case.case, ()):
            if (assessor, case.case) in barred:
                yield Moved(case.case, assessor, Leaving.CONFLICT)
            elif assessor not in present and case.case not in finished:
                yield Moved(case.case, assessor, Leaving.AWAY)
            elif staying == case.readers and case.case not in finished:
                yield Moved(case.case, assessor, Leaving.NOT_WANTED)
            else:
                staying += 1


def _impossible(
    cases: Sequence[CaseToRead],
    assessors: Sequence[Assessor],
    staying: Readers,
    open_to: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    away = sum(not a.capacity for a in assessors)
    for case in cases:
        able = len(open_to[case.case]) + len(staying[case.case])
        if not able:
            yield p.NOBODY_MAY_TAKE.at(case=case.case, barred=len(assessors) - away, away=away)
        elif able < case.readers:
            yield p.TOO_FEW_FOR_PAIR.at(case=case.case, readers=case.readers, able=able)


def _dealt(
    cases: Sequence[CaseToRead],
    assessors: Sequence[Assessor],
    staying: Readers,
    open_to: Mapping[str, Collection[str]],
    seed: str,
) -> Readers:
    number = {a.id: n for n, a in enumerate(assessors)}
    dealing = Dealing(
        capacities=tuple(a.capacity for a in assessors),
        may_take=tuple(frozenset(number[a] for a in open_to[c.case]) for c in cases),
        kept=tuple(tuple(number[a] for a in staying[c.case] if a in number) for c in cases),
        wanted=tuple(max(0, c.readers - len(staying[c.case])) for c in cases),
        kinds=tuple(tuple((name, getattr(c, name)) for name in SPREAD) for c in cases),
    )
    led: Counter[str] = Counter(given[0] for given in staying.values() if given)
    readers = {}
    for case, added in zip(cases, deal(dealing, seed), strict=True):
        new = sorted((assessors[n].id for n in added), key=lambda a: (led[a], a))
        readers[case.case] = (*staying[case.case], *new)
        led.update(() if staying[case.case] else new[:1])
    return readers


def _loads(
    readers: Readers, cases: Sequence[CaseToRead], assessors: Sequence[Assessor], conflicts: Collection[Conflict]
) -> Iterator[Load]:
    team = {a.id for a in assessors}
    read = Counter(a for case in cases for a in readers.get(case.case, ()) if a in team)
    numbers = {case.case for case in cases}
    closed = Counter(assessor for assessor, case in frozenset(conflicts) if case in numbers)
    capacity = sum(a.capacity for a in assessors)
    shared = sum(read[a.id] for a in assessors if a.capacity)
    for assessor in assessors:
        share = Fraction(shared * assessor.capacity, capacity) if assessor.capacity else Fraction(read[assessor.id])
        yield Load(assessor.id, read[assessor.id], share, closed[assessor.id])


def _spread(readers: Readers, cases: Sequence[CaseToRead], assessors: Sequence[Assessor]) -> Iterator[SpreadRow]:
    team = [a.id for a in assessors]
    places = [(case, a) for case in cases for a in readers.get(case.case, ()) if a in team]
    load = Counter(a for _, a in places)
    for variable in SPREAD:
        count = Counter((getattr(case, variable), a) for case, a in places)
        totals = Counter(getattr(case, variable) for case, _ in places)
        for category, total in sorted(totals.items()):
            for a in team:
                even = Fraction(total * load[a], len(places))
                yield SpreadRow(variable, category, a, count[category, a], total, even)


def _moved_words(moved: Iterable[Moved]) -> Iterator[Sentence]:
    for m in moved:
        if m.reason is Leaving.CONFLICT:
            yield Sentence.of("{case} leaves {assessor}, who has a conflict.", case=m.case, assessor=m.assessor)
        elif m.reason is Leaving.AWAY:
            yield Sentence.of("{case} leaves {assessor}, who is away.", case=m.case, assessor=m.assessor)
        else:
            yield Sentence.of("{case} no longer needs {assessor}.", case=m.case, assessor=m.assessor)


def _load_words(loads: Sequence[Load]) -> Iterator[Sentence]:
    for load in loads:
        if not load.within_one:
            yield Sentence.of(
                "{assessor} has {cases} cases where an equal share is {share}; {closed} may not be theirs.",
                assessor=load.assessor,
                cases=load.cases,
                share=f"{float(load.share):.1f}",
                closed=load.closed,
            )


def _spread_words(spread: Iterable[SpreadRow]) -> Iterator[Sentence]:
    for row in spread:
        if abs(row.cases - row.even) > 1:
            yield Sentence.of(
                "{assessor} has {cases} of the {of} cases of {category}; an even spread gives {even}.",
                assessor=row.assessor,
                cases=row.cases,
                of=row.of,
                category=row.category or Sentence.of("no known kind"),
                even=f"{float(row.even):.1f}",
            )
