"""The search behind an allocation: the most equal loads there are, then an even spread of kinds of case.

Cases and assessors are numbers here. Loads are optimal: the sum over assessors of load² / capacity is the least that
conflicts and kept places allow, because no chain of cases handed on would lower it (Harvey, Ladner, Lovász and Tamir,
"Semi-matchings for bipartite graphs and load balancing", 2006). The spread is improved by exchanges until none helps;
that is good, and not proved to be best.
"""

from collections import Counter, deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from math import lcm

from aboveline.domain.chance import Chance


@dataclass(frozen=True, slots=True)
class Dealing:
    """What is to be dealt: for each case who may be given it, who holds it already, how many it still wants, its kinds.

    `capacities` are those of the assessors; one of 0 takes no new case.
    """

    capacities: tuple[int, ...]
    may_take: tuple[frozenset[int], ...]
    kept: tuple[tuple[int, ...], ...]
    wanted: tuple[int, ...]
    kinds: tuple[tuple[Hashable, ...], ...]


def deal(dealing: Dealing, seed: str) -> tuple[tuple[int, ...], ...]:
    """Return who is newly given each case. Every case must have as many assessors as it wants who may take it."""
    chance = Chance(f"allocation:{seed}")
    table = _Table(dealing)
    table.deal(chance)
    table.level()
    table.mix()
    return tuple(tuple(sorted(given)) for given in table.given)


@dataclass
class _Table:
    """A deal in progress. `load` and `count` hold the kept places too."""

    dealing: Dealing
    given: list[set[int]] = field(init=False)
    load: list[int] = field(init=False)
    count: Counter[tuple[Hashable, int]] = field(init=False)

    def __post_init__(self) -> None:
        present = [capacity for capacity in self.dealing.capacities if capacity]
        whole = lcm(*present) if present else 1
        self.price = [whole // capacity if capacity else 0 for capacity in self.dealing.capacities]
        self.given = [set() for _ in self.dealing.kinds]
        self.load, self.count = [0] * len(self.price), Counter()
        for case, holders in enumerate(self.dealing.kept):
            for holder in holders:
                self._tally(case, holder, 1)

    def deal(self, chance: Chance) -> None:
        """Give out every place, hardest cases first, each to whom it unbalances least."""
        order = chance.shuffled(range(len(self.given)))
        order.sort(key=lambda case: (len(self.dealing.may_take[case]), repr(self.dealing.kinds[case])))
        rank = chance.shuffled(range(len(self.price)))
        for case in order:
            for _ in range(self.dealing.wanted[case]):
                takers = self.dealing.may_take[case] - self.given[case]
                self._give(case, min(takers, key=lambda a: (*self._gain(case, a), rank[a])))

    def level(self) -> None:
        """Hand cases on along chains until no chain makes loads more equal."""
        while chain := self._best_chain():
            for case, giver, taker in chain:
                self._pass(case, giver, taker)

    def mix(self) -> None:
        """Exchange cases, and hand on where that leaves loads as equal, until neither spreads kinds more evenly."""
        while self._mix_once():
            pass

    def _mix_once(self) -> bool:
        better = False
        for giver, case in self._places():
            for taker in self.dealing.may_take[case] - self.given[case] if giver in self.given[case] else ():
                if self._level_cost(giver, taker) == 0 and self._spread_cost(case, giver, taker) < 0:
                    self._pass(case, giver, taker)
                    better = True
                    break
        for (a, mine), (b, theirs) in combinations(self._places(), 2):
            if self._may_exchange(a, mine, b, theirs) and self._exchange_cost(a, mine, b, theirs) < 0:
                self._pass(mine, a, b)
                self._pass(theirs, b, a)
                better = True
        return better

    def _places(self) -> list[tuple[int, int]]:
        return [(holder, case) for case, holders in enumerate(self.given) for holder in sorted(holders)]

    def _may_exchange(self, a: int, mine: int, b: int, theirs: int) -> bool:
        may, given = self.dealing.may_take, self.given
        if a == b or a not in given[mine] or b not in given[theirs]:
            return False
        return b in may[mine] and b not in given[mine] and a in may[theirs] and a not in given[theirs]

    def _exchange_cost(self, a: int, mine: int, b: int, theirs: int) -> int:
        kinds, others = self.dealing.kinds[mine], self.dealing.kinds[theirs]
        out = sum(self._move_cost(kind, a, b) for kind in kinds if kind not in others)
        return out + sum(self._move_cost(kind, b, a) for kind in others if kind not in kinds)

    def _spread_cost(self, case: int, giver: int, taker: int) -> int:
        return sum(self._move_cost(kind, giver, taker) for kind in self.dealing.kinds[case])

    def _move_cost(self, kind: Hashable, giver: int, taker: int) -> int:
        """What the sum of squares rises by when one case of this kind goes from giver to taker."""
        more = self.price[taker] * (2 * self.count[kind, taker] + 1)
        return more - self.price[giver] * (2 * self.count[kind, giver] - 1)

    def _level_cost(self, giver: int, taker: int) -> int:
        return self.price[taker] * (2 * self.load[taker] + 1) - self.price[giver] * (2 * self.load[giver] - 1)

    def _gain(self, case: int, taker: int) -> tuple[int, int]:
        price = self.price[taker]
        spread = sum(price * (2 * self.count[kind, taker] + 1) for kind in self.dealing.kinds[case])
        return price * (2 * self.load[taker] + 1), spread

    def _best_chain(self) -> list[tuple[int, int, int]]:
        """The chain of (case, giver, taker) that lowers the cost of loads most; empty where none does."""
        best, chain = 0, []
        for giver in range(len(self.load)):
            for taker, steps in self._chains_from(giver):
                if self._level_cost(giver, taker) < best:
                    best, chain = self._level_cost(giver, taker), steps
        return chain

    def _chains_from(self, giver: int) -> Iterator[tuple[int, list[tuple[int, int, int]]]]:
        """Everyone a case can reach from this giver, by the fewest cases handed on."""
        reached: dict[int, list[tuple[int, int, int]]] = {giver: []}
        waiting = deque([giver])
        while waiting:
            holder = waiting.popleft()
            for case in (case for case, holders in enumerate(self.given) if holder in holders):
                for taker in sorted(self.dealing.may_take[case] - self.given[case] - set(reached)):
                    reached[taker] = [*reached[holder], (case, holder, taker)]
                    waiting.append(taker)
                    yield taker, reached[taker]

    def _give(self, case: int, taker: int) -> None:
        self.given[case].add(taker)
        self._tally(case, taker, 1)

    def _pass(self, case: int, giver: int, taker: int) -> None:
        self.given[case].remove(giver)
        self._tally(case, giver, -1)
        self._give(case, taker)

    def _tally(self, case: int, holder: int, by: int) -> None:
        self.load[holder] += by
        for kind in self.dealing.kinds[case]:
            self.count[kind, holder] += by
