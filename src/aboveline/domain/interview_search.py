"""The search behind an interview timetable: each meeting at its earliest free start, others moved to make room.

Meetings are numbers here. A meeting without a free start takes one from others, which then look for another, as
alternating chains do in colouring a bipartite graph; longer and longer chains are tried, up to a budget. Deterministic.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from aboveline.domain.span import Span

LONGEST_CHAIN = 8
#: displacements tried in one search; keeps a hopeless week, such as one with too few rooms, near a second
BUDGET = 500
BLOCKERS = 2
#: every choice is tried in weeks of so many meetings, and so many spots in all: enough to be exact for six or seven
SMALL_WEEK = 40
CHOICES = 20_000

#: where a meeting is: when, and the room's place in the list of rooms (-1 for none)
Spot = tuple[Span, int]


@dataclass(frozen=True, slots=True)
class Request:
    """One meeting to place: who takes part, and the spans it could have, earliest first."""

    people: frozenset[str]
    spans: tuple[Span, ...]


@dataclass
class Board:
    """Meetings placed so far. `rooms` is how many meetings there may be at once, None for any number."""

    requests: Sequence[Request]
    pause: int
    rooms: int | None
    fixed: Mapping[int, Spot]
    spots: dict[int, Spot] = field(init=False, default_factory=dict)
    days: dict[date, list[int]] = field(init=False, default_factory=dict)
    tries: int = field(init=False, default=0)
    choices: int = field(init=False, default=0)

    def fill(self) -> dict[int, Spot]:
        """Place what can be placed; return when and where, by number."""
        for number, spot in self.fixed.items():
            self._put(number, spot)
        waiting = [number for number in self._hardest_first() if number not in self.spots]
        left = [number for number in waiting if not self._place_free(number)]
        for number in left:
            any(self._make_room(number, chain, frozenset()) for chain in range(1, LONGEST_CHAIN + 1))
        self._try_every_choice()
        self._move_forward()
        return self.spots

    def _try_every_choice(self) -> None:
        """Where some are still left, try all choices for a timetable that leaves fewer; exact while the budget lasts.

        A chain gives one place for one place. It does not find that one meeting in another's stead lets two be held.
        """
        order = [number for number in self._hardest_first() if number not in self.fixed]
        while (missing := len(set(order) - self.spots.keys())) and len(order) <= SMALL_WEEK:
            before = dict(self.spots)
            for number in set(order) & before.keys():
                self._take(number)
            if not self._leave_at_most(missing - 1, order):
                self._restore(before)
                return

    def _leave_at_most(self, missing: int, order: Sequence[int]) -> bool:
        """Place all but so many of these meetings, in every way that there is; False, with none placed, if none is."""
        if not order:
            return True
        number, rest = order[0], order[1:]
        for span in self.requests[number].spans if self.choices < CHOICES else ():
            self.choices += 1
            blockers, room = self._in_the_way(number, span)
            if not blockers:
                self._put(number, (span, room))
                if self._leave_at_most(missing, rest):
                    return True
                self._take(number)
        return missing > 0 and self._leave_at_most(missing - 1, rest)

    def _hardest_first(self) -> list[int]:
        wanted: dict[str, int] = {}
        for request in self.requests:
            for person in request.people:
                wanted[person] = wanted.get(person, 0) + 1
        demand = [sum(wanted[person] for person in request.people) for request in self.requests]
        return sorted(range(len(self.requests)), key=lambda n: (len(self.requests[n].spans), -demand[n], n))

    def _place_free(self, number: int) -> bool:
        for span in self.requests[number].spans:
            blockers, room = self._in_the_way(number, span)
            if not blockers:
                self._put(number, (span, room))
                return True
        return False

    def _make_room(self, number: int, chain: int, settled: frozenset[int]) -> bool:
        """Place a meeting where it displaces few others, each of which then finds a place by a shorter chain."""
        if self._place_free(number):
            return True
        for spot, blockers in self._contested(number, settled) if chain else ():
            if self.tries == BUDGET:
                return False
            self.tries += 1
            before = dict(self.spots)
            for blocker in blockers:
                self._take(blocker)
            self._put(number, spot)
            if all(self._make_room(blocker, chain - 1, settled | {number}) for blocker in blockers):
                return True
            self._restore(before)
        return False

    def _contested(self, number: int, settled: frozenset[int]) -> list[tuple[Spot, list[int]]]:
        """The spots whose holders may be displaced, fewest holders first."""
        untouchable = settled | set(self.fixed)
        spots: list[tuple[Spot, list[int]]] = []
        for span in self.requests[number].spans if self.tries < BUDGET else ():
            blockers, room = self._in_the_way(number, span)
            if len(blockers) <= BLOCKERS and untouchable.isdisjoint(blockers):
                spots.append(((span, room), blockers))
        return sorted(spots, key=lambda spot: len(spot[1]))

    def _move_forward(self) -> None:
        """Move meetings to earlier free starts until none can be."""
        moved = True
        while moved:
            moved = False
            for number in sorted(set(self.spots) - set(self.fixed), key=lambda n: self.spots[n]):
                spot = self._take(number)
                self._place_free(number)
                moved = moved or self.spots[number] != spot

    def _in_the_way(self, number: int, span: Span) -> tuple[list[int], int]:
        """Who stands in the way of a meeting then, and the room they leave: the same people, pause included, and,
        where every room is taken, those in the room with fewest of others."""
        people, wide = self.requests[number].people, span.with_pause(self.pause)
        blockers: list[int] = []
        holders: dict[int, list[int]] = {}
        for other in self.days.get(span.day, ()):
            taken, room = self.spots[other]
            if taken.overlaps(wide) and not people.isdisjoint(self.requests[other].people):
                blockers.append(other)
            elif self.rooms and taken.overlaps(span):
                holders.setdefault(room, []).append(other)
        if not self.rooms:
            return blockers, -1
        # a room whose only holder must leave anyway is as good as a free one
        room = min(range(self.rooms), key=lambda r: (len(holders.get(r, ())), r))
        return [*blockers, *holders.get(room, ())], room

    def _put(self, number: int, spot: Spot) -> None:
        self.spots[number] = spot
        self.days.setdefault(spot[0].day, []).append(number)

    def _take(self, number: int) -> Spot:
        spot = self.spots.pop(number)
        self.days[spot[0].day].remove(number)
        return spot

    def _restore(self, before: Mapping[int, Spot]) -> None:
        self.spots, self.days = {}, {}
        for number, spot in before.items():
            self._put(number, spot)
