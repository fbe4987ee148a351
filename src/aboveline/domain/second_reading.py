"""Choosing cases for blind second reads, and a second reader for each.

The choice depends on the case numbers (sorted), who reads each first, the share and the seed's text; see `chance`.
Steps, in this order on one stream of numbers:

1. `size` is the share of the cases, rounded up. It is shared over first readers (sorted by name) with
   `sampling.proportional_counts`, and each reader's cases are shuffled and the first ones taken, so that every case has
   the same probability.
2. Each first reader still without a case gets one at random from the rest. These have a higher probability than others.
3. Cases named by hand come on top. They are not random: figures of agreement should leave them out.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import ceil

from aboveline.domain import second_reading_problems as p
from aboveline.domain.chance import GENERATOR, Chance
from aboveline.domain.problems import Checked, Place, Problem, checked
from aboveline.domain.sampling import proportional_counts


class HowChosen(StrEnum):
    """Why a case is read twice. Only the first two kinds say something about the cases not chosen."""

    RANDOM = "random"
    FOR_THE_READER = "for_the_reader"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class SecondReadChoice:
    """The cases to read twice and everything needed to choose them again. `chosen` is sorted by case."""

    share: Fraction
    seed: str
    generator: str
    population: int
    size: int
    chosen: Mapping[str, HowChosen]

    @property
    def cases(self) -> tuple[str, ...]:
        return tuple(self.chosen)

    def chosen_by(self, how: HowChosen) -> tuple[str, ...]:
        return tuple(case for case, chosen in self.chosen.items() if chosen is how)


def choose_second_reads(
    first_readers: Mapping[str, str], *, share: Fraction | float, seed: str | int, by_hand: Iterable[str] = ()
) -> Checked[SecondReadChoice]:
    """Choose from the cases, each with its first reader. `share` is a fraction of one; every problem at once.

    Raises ValueError for a share that is no number.
    """
    named, portion = sorted(set(by_hand)), Fraction(str(share))
    problems = tuple(_wishes(first_readers, portion, str(seed), named))
    if problems:
        return Checked(None, problems)
    size, chance = ceil(portion * len(first_readers)), Chance(str(seed))
    how = dict.fromkeys(named, HowChosen.BY_HAND) | _at_random(first_readers, size, chance)
    return Checked(
        SecondReadChoice(
            share=portion,
            seed=str(seed),
            generator=GENERATOR,
            population=len(first_readers),
            size=size,
            chosen={case: how[case] for case in sorted(how)},
        )
    )


def _wishes(first_readers: Mapping[str, str], share: Fraction, seed: str, by_hand: Iterable[str]) -> Iterable[Problem]:
    if not 0 <= share <= 1:
        yield p.SHARE_OUT_OF_RANGE.at(value=float(share))
    if not seed.strip():
        yield p.NO_SEED.at()
    if any("\ud800" <= letter <= "\udfff" for letter in seed):
        yield p.SEED_NOT_TEXT.at()
    for case in by_hand:
        if case not in first_readers:
            yield p.CASE_UNKNOWN.at(Place(path=case))


def _at_random(first_readers: Mapping[str, str], size: int, chance: Chance) -> dict[str, HowChosen]:
    if not size:
        return {}
    readers = sorted(set(first_readers.values()))
    own = {name: sorted(case for case, first in first_readers.items() if first == name) for name in readers}
    counts = proportional_counts([len(own[name]) for name in readers], size, chance)
    shuffled = {name: chance.shuffled(own[name]) for name in readers}
    drawn = {case: HowChosen.RANDOM for name, n in zip(readers, counts, strict=True) for case in shuffled[name][:n]}
    left = {shuffled[name][0]: HowChosen.FOR_THE_READER for name, n in zip(readers, counts, strict=True) if not n}
    return drawn | left


@dataclass(frozen=True, slots=True)
class Pairing:
    """Who reads each case again. `unpaired` cases found nobody; both are sorted by case."""

    second_readers: Mapping[str, str]
    unpaired: tuple[str, ...] = ()


@dataclass
class _Loads:
    """Cases given out so far. `before` is what each reader has to do anyhow."""

    may_read: Mapping[str, list[str]]
    before: Mapping[str, int]
    given: dict[str, str] = field(default_factory=dict)

    def of(self, reader: str) -> int:
        return self.before.get(reader, 0) + sum(1 for name in self.given.values() if name == reader)

    def place(self, case: str) -> None:
        """Give the case out, moving others along, so that it ends with the least loaded reader within reach."""
        came_from: dict[str, str] = {}
        waiting = deque([case])
        while waiting:
            asked = waiting.popleft()
            for reader in self.may_read[asked]:
                if reader not in came_from:
                    came_from[reader] = asked
                    waiting += [held for held, holder in self.given.items() if holder == reader]
        taker = min(came_from, key=self.of)
        moved = came_from[taker]
        while moved in self.given:
            taker, self.given[moved] = self.given[moved], taker
            moved = came_from[taker]
        self.given[moved] = taker


def pair_readers(
    cases: Iterable[str],
    *,
    first_readers: Mapping[str, str],
    readers: Iterable[str],
    conflicted: Callable[[str, str], bool] = lambda _reader, _case: False,
    load: Mapping[str, int] | None = None,
    seed: str | int,
) -> Checked[Pairing]:
    """Give each case a second reader: not its first, without a conflict, loads as even as they can be.

    `conflicted(reader, case)` is True where that reader may not read that case; `load` counts what each has to do
    anyhow. Even means that no exchange of cases could make the loads more equal (the optimal semi-matching of Harvey,
    Ladner, Lovasz and Tamir 2006, built case by case). Ties fall by a shuffle of readers from the seed, so the result
    depends on names and numbers only, not on their order. A case without a possible reader is left unpaired, with a
    warning. Raises KeyError for a case without a first reader.
    """
    order = Chance(f"{seed}:second-readers").shuffled(sorted(set(readers)))
    wanted = sorted(set(cases))
    may_read = {
        case: [name for name in order if name != first_readers[case] and not conflicted(name, case)] for case in wanted
    }
    loads = _Loads(may_read, load or {})
    for case in wanted:
        if may_read[case]:
            loads.place(case)
    unpaired = tuple(case for case in wanted if not may_read[case])
    pairing = Pairing({case: loads.given[case] for case in sorted(loads.given)}, unpaired)
    return checked(pairing, (p.NO_SECOND_READER.at(Place(path=case), case=case) for case in unpaired))
