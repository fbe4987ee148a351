"""The search behind an allocation, against every allocation there is."""

from itertools import combinations, product
from math import prod

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aboveline.domain.allocation_search import Dealing, deal
from aboveline.domain.chance import Chance


def cost(dealing: Dealing, given) -> tuple[int, int]:
    """Sums of squares over capacity, for loads and for kinds, worked out apart from the search; in units of 1/600."""
    prices = [600 // capacity if capacity else 0 for capacity in dealing.capacities]
    holders = [(*kept, *new) for kept, new in zip(dealing.kept, given, strict=True)]
    loads = sum(price * sum(a in h for h in holders) ** 2 for a, price in enumerate(prices))
    kinds = {kind for kinds in dealing.kinds for kind in kinds}
    spread = 0
    for (a, price), kind in product(enumerate(prices), kinds):
        spread += price * sum(a in h and kind in k for h, k in zip(holders, dealing.kinds, strict=True)) ** 2
    return loads, spread


def every_deal(dealing: Dealing):
    choices = [combinations(sorted(may), n) for may, n in zip(dealing.may_take, dealing.wanted, strict=True)]
    return product(*choices)


@st.composite
def dealings(draw) -> Dealing:
    """Up to six cases and three assessors, with conflicts, pairs, absences and places kept."""
    team = draw(st.lists(st.sampled_from([0, 50, 100, 100]), min_size=2, max_size=3))
    assume(any(team))
    may_take, kept, wanted, kinds = [], [], [], []
    for _ in range(draw(st.integers(1, 6))):
        held = draw(st.sets(st.integers(0, len(team) - 1), max_size=1))
        open_to = draw(st.sets(st.sampled_from([a for a, c in enumerate(team) if c]))) - held
        may_take.append(frozenset(open_to))
        kept.append(tuple(held))
        wanted.append(draw(st.integers(0, min(2, len(open_to)))))
        kinds.append((("order", draw(st.sampled_from("xy"))), ("risk", draw(st.sampled_from("lmh")))))
    return Dealing(tuple(team), tuple(may_take), tuple(kept), tuple(wanted), tuple(kinds))


@settings(deadline=None)
@given(dealings(), st.text(max_size=5).filter(str.isprintable))
def test_loads_are_the_most_equal_there_are_and_nobody_gets_what_is_closed(dealing: Dealing, seed: str) -> None:
    found = deal(dealing, seed)
    assert [len(new) for new in found] == list(dealing.wanted)
    assert all(set(new) <= may for new, may in zip(found, dealing.may_take, strict=True))
    assert cost(dealing, found)[0] == min(cost(dealing, every)[0] for every in every_deal(dealing))


def test_cases_are_handed_on_along_chains_where_one_by_one_gives_uneven_loads() -> None:
    may_take = tuple(frozenset(may) for may in ([0], [0, 1], [0, 3], [2, 3], [2], [2]))
    kinds = tuple((("order", letter),) for letter in "xxyzyx")
    dealing = Dealing((100, 60, 100, 60), may_take, ((),) * 6, (1,) * 6, kinds)
    best = min(cost(dealing, every)[0] for every in every_deal(dealing))
    assert {cost(dealing, deal(dealing, str(seed)))[0] for seed in range(20)} == {best}


def random_dealing(chance: Chance) -> Dealing:
    cases, team = 3 + chance.below(4), 2 + chance.below(2)
    may_take = []
    for _ in range(cases):
        may_take.append(frozenset(a for a in range(team) if chance.below(4)) or frozenset([chance.below(team)]))
    kinds = tuple((("order", "xy"[chance.below(2)]), ("risk", "lmh"[chance.below(3)])) for _ in range(cases))
    capacities = tuple((100, 100, 50)[chance.below(3)] for _ in range(team))
    return Dealing(capacities, tuple(may_take), ((),) * cases, (1,) * cases, kinds)


def test_the_spread_is_the_best_there_is_in_nineteen_of_twenty_small_weeks() -> None:
    chance, best = Chance("spread"), 0
    for number in range(100):
        dealing = random_dealing(chance)
        assert prod(len(may) for may in dealing.may_take) > 0
        found = cost(dealing, deal(dealing, str(number)))
        best += found == min(cost(dealing, every) for every in every_deal(dealing))
    assert best >= 95
