"""Which cases are read twice and by whom: recomputable, fair, without conflicts, with even loads."""

import random
from collections import Counter
from fractions import Fraction
from itertools import product
from math import ceil, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.chance import GENERATOR
from aboveline.domain.second_reading import HowChosen, SecondReadChoice, choose_second_reads, pair_readers

TEAM = ("ana", "ben", "cai", "dee")
FIRST = {f"C{n:03}": TEAM[n % 4] for n in range(1, 39)}

FROZEN = ("C006", "C017", "C018", "C023", "C025", "C028", "C030", "C036")


def chosen(
    first: dict[str, str] = FIRST, share: float | Fraction = 0.2, seed: str | int = 7, **more
) -> SecondReadChoice:
    return choose_second_reads(first, share=share, seed=seed, **more).expect()


class TestChoosing:
    def test_the_random_share_is_rounded_up_and_says_all_that_made_it(self) -> None:
        found = chosen()
        assert (found.share, found.seed, found.generator) == (Fraction(1, 5), "7", GENERATOR)
        assert (found.population, found.size) == (38, 8)
        assert len(found.chosen_by(HowChosen.RANDOM)) == 8
        assert found.cases == tuple(sorted(found.cases))

    def test_the_choice_is_the_same_for_ever_and_on_every_machine(self) -> None:
        assert chosen(seed=2010).cases == FROZEN

    def test_it_depends_on_the_seed_and_not_on_the_order_of_cases(self) -> None:
        mixed = dict(random.Random(3).sample(list(FIRST.items()), len(FIRST)))
        assert chosen(mixed) == chosen()
        assert chosen(seed="another").cases != chosen().cases
        assert chosen(seed="7") == chosen(seed=7)

    def test_every_first_reader_has_at_least_one(self) -> None:
        few = {**{f"C{n:03}": "ana" for n in range(1, 30)}, "C030": "ben", "C031": "cai"}
        for seed in range(20):
            found = chosen(few, seed=seed, share=0.05)
            assert {few[case] for case in found.cases} == {"ana", "ben", "cai"}
            assert len(found.chosen_by(HowChosen.RANDOM)) == found.size == 2
            at_random = {few[case] for case in found.chosen_by(HowChosen.RANDOM)}
            assert at_random.isdisjoint(few[case] for case in found.chosen_by(HowChosen.FOR_THE_READER))

    def test_every_case_has_the_same_chance_in_the_random_share(self) -> None:
        uneven = {**{f"C{n:03}": "ana" for n in range(1, 14)}, "C014": "ben", "C015": "cai", "C016": "cai"}
        draws, counts = 1500, Counter[str]()
        for seed in range(draws):
            counts.update(chosen(uneven, seed=seed, share=Fraction(1, 4)).chosen_by(HowChosen.RANDOM))
        off = 4.5 * sqrt(draws * 0.25 * 0.75)
        assert all(abs(counts[case] - draws / 4) < off for case in uneven)

    def test_cases_named_by_hand_come_on_top_and_change_no_draw(self) -> None:
        alone = chosen()
        extra = next(case for case in FIRST if case not in alone.cases)
        both = chosen(by_hand=[extra, alone.cases[0]])
        assert both.chosen_by(HowChosen.BY_HAND) == (extra,)
        assert both.chosen_by(HowChosen.RANDOM) == alone.chosen_by(HowChosen.RANDOM)
        assert chosen(share=0, by_hand=[extra]).chosen == {extra: HowChosen.BY_HAND}

    def test_all_or_none(self) -> None:
        assert chosen(share=1).cases == tuple(sorted(FIRST))
        assert chosen(share=0).cases == ()
        assert chosen({}, share=0.2).cases == ()

    def test_every_wrong_wish_is_named_at_once(self) -> None:
        found = choose_second_reads(FIRST, share=1.2, seed=" ", by_hand=["C001", "C999"])
        assert [problem.code for problem in found.problems] == [
            "second-read.share-out-of-range",
            "second-read.no-seed",
            "second-read.case-unknown",
        ]
        assert found.value is None
        no_text = choose_second_reads(FIRST, share=0.2, seed="\ud800")
        assert [problem.code for problem in no_text.problems] == ["second-read.seed-not-text"]


class TestPairing:
    def test_nobody_reads_twice_or_with_a_conflict(self) -> None:
        conflicts = {("ben", "C001"), ("cai", "C001"), ("ana", "C002")}
        found = pair(conflicts=conflicts)
        assert set(found.second_readers) == set(FIRST)
        assert all(FIRST[case] != reader for case, reader in found.second_readers.items())
        assert conflicts.isdisjoint((reader, case) for case, reader in found.second_readers.items())

    def test_loads_are_even(self) -> None:
        assert sorted(Counter(pair().second_readers.values()).values()) == [9, 9, 10, 10]

    def test_what_readers_have_to_do_anyhow_counts(self) -> None:
        found = Counter(pair(load={"ana": 20, "ben": 3}).second_readers.values())
        assert found["ana"] == 0
        assert sorted([found["ben"] + 3, found["cai"], found["dee"]]) == [13, 14, 14]

    def test_a_case_moves_on_to_make_room_for_one_with_less_choice(self) -> None:
        first = {"C001": "ana", "C002": "ana"}
        for seed in range(10):
            found = pair_readers(
                first,
                first_readers=first,
                readers=["ana", "ben", "cai"],
                conflicted=lambda reader, case: (reader, case) == ("cai", "C002"),
                seed=seed,
            ).expect()
            assert found.second_readers == {"C001": "cai", "C002": "ben"}

    def test_a_case_nobody_can_read_is_left_with_a_warning(self) -> None:
        found = pair_readers(
            ["C001", "C002"],
            first_readers={"C001": "ana", "C002": "ben"},
            readers=["ana", "ben"],
            conflicted=lambda _, case: case == "C002",
            seed=1,
        )
        assert found.ok
        assert found.expect().second_readers == {"C001": "ben"}
        assert found.expect().unpaired == ("C002",)
        assert [(p.code, str(p.severity)) for p in found.problems] == [("second-read.no-second-reader", "warning")]
        assert "C002" in found.problems[0].message

    def test_a_case_without_first_reader_is_a_fault_of_the_caller(self) -> None:
        with pytest.raises(KeyError):
            pair_readers(["C999"], first_readers=FIRST, readers=TEAM, seed=1)

    def test_no_reader_is_favoured_by_name(self) -> None:
        alone = {"C001": "zoe"}
        taken = {
            pair_readers(alone, first_readers=alone, readers=TEAM, seed=seed).expect().second_readers["C001"]
            for seed in range(40)
        }
        assert taken == set(TEAM)


def pair(conflicts: frozenset[tuple[str, str]] | set[tuple[str, str]] = frozenset(), **more):
    return pair_readers(
        FIRST, first_readers=FIRST, readers=TEAM, conflicted=lambda r, c: (r, c) in conflicts, seed=1, **more
    ).expect()


teams = st.dictionaries(st.sampled_from([f"C{n}" for n in range(5)]), st.sampled_from("abc"), max_size=5)
some_conflicts = st.sets(st.tuples(st.sampled_from("abc"), st.sampled_from([f"C{n}" for n in range(5)])))
loads = st.dictionaries(st.sampled_from("abc"), st.integers(0, 3))


@given(teams, some_conflicts, loads, st.integers(0, 5), st.randoms())
def test_no_other_pairing_is_more_even(first, conflicts, load, seed, chance) -> None:
    def paired(cases, readers):
        return pair_readers(
            cases,
            first_readers=first,
            readers=readers,
            conflicted=lambda r, c: (r, c) in conflicts,
            load=load,
            seed=seed,
        ).expect()

    found = paired(list(first), list("abc"))
    assert paired(chance.sample(list(first), len(first)), chance.sample("abc", 3)) == found
    possible = {c: [r for r in "abc" if r != first[c] and (r, c) not in conflicts] for c in sorted(first)}
    assert set(found.unpaired) == {case for case, readers in possible.items() if not readers}
    cases = [case for case, readers in possible.items() if readers]
    assert all(found.second_readers[case] in possible[case] for case in cases)

    def squares(readers) -> int:
        given_out = Counter(readers)
        return sum((load.get(name, 0) + given_out[name]) ** 2 for name in "abc")

    best = min(squares(readers) for readers in product(*(possible[case] for case in cases)))
    assert squares(found.second_readers.values()) == best


@given(teams, st.fractions(0, 1, max_denominator=20), st.integers(0, 50))
def test_size_and_kinds_always_add_up(first, share, seed) -> None:
    found = chosen(first, share=share, seed=seed)
    assert len(found.chosen_by(HowChosen.RANDOM)) == ceil(share * len(first))
    assert set(found.cases) <= set(first)
    if share:
        assert {first[case] for case in found.cases} == set(first.values())
