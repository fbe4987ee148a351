"""The search behind an interview timetable, against what theory and every timetable there is say can be placed."""

from datetime import date, time
from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from aboveline.domain.interview_search import BUDGET, Board, Request
from aboveline.domain.span import Span

SLOTS = [Span(date(2026, 11, 30), time(8 + n), time(9 + n)) for n in range(5)]
pairs = st.tuples(st.sampled_from("ABCDE"), st.sampled_from("MNOPQ"))


def placed(requests: list[Request], *, rooms: int | None = None) -> dict:
    return Board(requests, 0, rooms, {}).fill()


@settings(deadline=None)
@given(st.lists(pairs, max_size=20), st.integers(1, 5))
def test_as_many_slots_as_anybody_has_interviews_are_always_enough(wanted, slots: int) -> None:
    """König: the edges of a bipartite graph can be coloured with as many colours as the largest degree."""
    chosen: list[tuple[str, str]] = []
    for pair in wanted:
        if all(sum(person in other for other in chosen) < slots for person in pair):
            chosen.append(pair)
    requests = [Request(frozenset(pair), tuple(SLOTS[:slots])) for pair in chosen]
    assert len(placed(requests)) == len(chosen)


def most_that_fit(requests: list[Request]) -> int:
    """How many can be placed, by trying every choice: one request after the other, in every slot or none."""

    def best(number: int, taken: frozenset[tuple[str, Span]]) -> int:
        if number == len(requests):
            return 0
        found = best(number + 1, taken)
        for span in requests[number].spans:
            seats = {(person, span) for person in requests[number].people}
            if seats.isdisjoint(taken):
                found = max(found, 1 + best(number + 1, taken | seats))
        return found

    return best(0, frozenset())


@settings(deadline=None)
@given(st.lists(st.tuples(pairs, st.sets(st.sampled_from(SLOTS[:3]))), max_size=6))
@example([(("A", "M"), {SLOTS[0]}), (("A", "N"), {SLOTS[0]}), (("B", "M"), {SLOTS[0]})])
def test_with_absences_as_many_are_placed_as_can_be(wanted) -> None:
    requests = [Request(frozenset(pair), tuple(sorted(free))) for pair, free in wanted]
    assert len(placed(requests)) == most_that_fit(requests)


@settings(deadline=None)
@given(st.lists(pairs, max_size=12), st.integers(1, 3))
def test_nobody_and_no_room_is_booked_twice(wanted, rooms: int) -> None:
    requests = [Request(frozenset(pair), tuple(SLOTS)) for pair in wanted]
    found = placed(requests, rooms=rooms)
    for (a, (when, room)), (b, (other, elsewhere)) in combinations(found.items(), 2):
        if when.overlaps(other):
            assert room != elsewhere
            assert requests[a].people.isdisjoint(requests[b].people)
    assert all(0 <= room < rooms for _, room in found.values())


def test_meetings_move_forward_until_none_could_start_earlier() -> None:
    late = Request(frozenset("AM"), (SLOTS[3],))
    early = [Request(frozenset("A" + other), tuple(SLOTS)) for other in "NO"]
    assert sorted(span for span, _ in placed([late, *early]).values()) == [SLOTS[0], SLOTS[1], SLOTS[3]]


def test_one_meeting_makes_room_for_another() -> None:
    """First come, first served would put A and M at eight and leave B and M, who can only meet then, without a time."""
    requests = [Request(frozenset("AM"), tuple(SLOTS[:2])), Request(frozenset("BM"), tuple(SLOTS[:2]))]
    requests += [Request(frozenset("BN"), (SLOTS[1],)), Request(frozenset("AO"), tuple(SLOTS[:2]))]
    assert len(placed(requests)) == 4


def test_a_week_with_too_few_rooms_gives_up_soon() -> None:
    requests = [Request(frozenset({f"A{n % 8}", f"M{n}"}), tuple(SLOTS)) for n in range(40)]
    board = Board(requests, 0, 3, {})
    assert len(board.fill()) == 15
    assert board.tries <= BUDGET
