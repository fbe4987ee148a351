"""Drawing a sample of a caseload: simple, stratified or by the cube; exact size, equal inclusion probabilities.

A draw depends only on the cases (sorted by reference), the settings and the seed's text; see `chance` and `cube`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from aboveline.domain import draw_problems as p
from aboveline.domain.caseload import CaseloadEntry, frame_digest
from aboveline.domain.chance import GENERATOR, Chance
from aboveline.domain.cube import cube_sample
from aboveline.domain.problems import Problem, nearest_of


class Method(StrEnum):
    CUBE = "cube"
    STRATIFIED = "stratified"
    SIMPLE = "simple"


#: What a draw can be balanced on or stratified by.
VARIABLES = (
    "order_type", "risk_of_harm", "safety", "age", "sex", "ethnicity", "looked_after", "team", "case_manager",
)  # fmt: skip
AGE_GROUPS: Mapping[str, range] = {"10-13": range(10, 14), "14-15": range(14, 16), "16-18": range(16, 19)}
_MIDDLE_AGE = 15


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample with everything needed to draw it again. `case_refs` are sorted; `reserves` stand in their order."""

    method: Method
    size: int
    seed: str
    stratify_by: str
    balance_on: tuple[str, ...]
    generator: str
    frame_digest: str
    population: int
    case_refs: tuple[str, ...]
    reserves: tuple[str, ...]

    @property
    def inclusion_probability(self) -> float:
        return self.size / self.population


def draw(
    frame: Iterable[CaseloadEntry],
    *,
    method: Method | str = Method.CUBE,
    size: int,
    seed: str | int,
    stratify_by: str = "order_type",
    balance_on: Sequence[str] = VARIABLES[:5],
    reserves: int = 0,
) -> Draw:
    """Draw `size` of the eligible cases, then up to `reserves` of the rest in random order.

    `stratify_by` serves the stratified method alone and `balance_on` (most important first) the cube alone.
    Raises ValueError where `wishes` would name an error.
    """
    cases = sorted(frame, key=lambda e: e.case_ref)
    method = Method(method)
    wrong = wishes(len(cases), method=method, size=size, seed=seed, variables=[stratify_by, *balance_on])
    if wrong:
        raise ValueError("; ".join(problem.message for problem in wrong))
    chance = Chance(str(seed))
    chosen = _INDICES[method](cases, size, chance, stratify_by, balance_on)
    taken = set(chosen)
    rest = chance.shuffled([i for i in range(len(cases)) if i not in taken])
    return Draw(
        method=method,
        size=size,
        seed=str(seed),
        stratify_by=stratify_by if method is Method.STRATIFIED else "",
        balance_on=tuple(balance_on) if method is Method.CUBE else (),
        generator=GENERATOR,
        frame_digest=frame_digest(cases),
        population=len(cases),
        case_refs=tuple(cases[i].case_ref for i in sorted(chosen)),
        reserves=tuple(cases[i].case_ref for i in rest[:reserves]),
    )


def wishes(
    eligible: int, *, method: str, size: int, seed: str | int, variables: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """Everything wrong with the wish for a draw from so many eligible cases."""
    found = []
    if method not in list(Method):
        found.append(p.UNKNOWN_METHOD.at(value=method, nearest=nearest_of(method, Method), allowed=", ".join(Method)))
    if size < 1:
        found.append(p.SIZE_TOO_SMALL.at(value=size))
    elif size > eligible:
        found.append(p.SIZE_TOO_LARGE.at(value=size, size=size, eligible=eligible))
    if not str(seed).strip():
        found.append(p.NO_SEED.at())
    if any("\ud800" <= letter <= "\udfff" for letter in str(seed)):
        found.append(p.SEED_NOT_TEXT.at())
    for name in variables:
        if name not in VARIABLES:
            near = nearest_of(name, VARIABLES)
            found.append(p.UNKNOWN_VARIABLE.at(value=name, nearest=near, allowed=", ".join(VARIABLES)))
    return tuple(found)


def _simple(
    cases: Sequence[CaseloadEntry], size: int, chance: Chance, stratify_by: str, balance_on: Sequence[str]
) -> list[int]:
    return chance.shuffled(range(len(cases)))[:size]


def _stratified(
    cases: Sequence[CaseloadEntry], size: int, chance: Chance, stratify_by: str, balance_on: Sequence[str]
) -> list[int]:
    """Proportional strata, each rounded up or down at random so that every case keeps the same probability."""

    def stratum(i: int) -> str:
        return category(cases[i], stratify_by)

    strata = [list(group) for _, group in groupby(sorted(range(len(cases)), key=stratum), key=stratum)]
    counts = proportional_counts([len(s) for s in strata], size, chance)
    return [i for members, count in zip(strata, counts, strict=True) for i in chance.shuffled(members)[:count]]


def proportional_counts(sizes: Sequence[int], total: int, chance: Chance) -> list[int]:
    """Share `total` over strata: each gets its exact share rounded up or down, and its exact share on average.

    Systematic rounding: the fractional parts, in units of 1/N, are laid end to end from a random start, and a stratum
    is rounded up where a whole number falls into its part (Fellegi's unbiased controlled rounding in one dimension).
    """
    population = sum(sizes)
    reached = chance.below(population)
    counts = []
    for whole, part in (divmod(total * size, population) for size in sizes):
        up = (reached + part) // population - reached // population
        reached += part
        counts.append(whole + up)
    return counts


def _cube(
    cases: Sequence[CaseloadEntry], size: int, chance: Chance, stratify_by: str, balance_on: Sequence[str]
) -> list[int]:
    return cube_sample(balance_values(cases, balance_on), size, chance)


_INDICES: Mapping[Method, Callable[[Sequence[CaseloadEntry], int, Chance, str, Sequence[str]], list[int]]] = {
    Method.SIMPLE: _simple,
    Method.STRATIFIED: _stratified,
    Method.CUBE: _cube,
}


def balance_values(cases: Sequence[CaseloadEntry], variables: Sequence[str]) -> list[list[float]]:
    """One row for each case: years of age from 15, and 0/1 for each category but the first of a coded variable."""
    columns: list[list[float]] = []
    for name in variables:
        if name == "age":
            columns.append([float(e.age - _MIDDLE_AGE) for e in cases])
        else:
            present = sorted({category(e, name) for e in cases})
            columns += [[float(category(e, name) == code) for e in cases] for code in present[1:]]
    return [[column[i] for column in columns] for i in range(len(cases))]


def category(entry: CaseloadEntry, variable: str) -> str:
    """What a case counts as in a table by this variable; ages in groups."""
    if variable == "age":
        return next(name for name, ages in AGE_GROUPS.items() if entry.age in ages)
    return str(getattr(entry, variable)) or "not_known"


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """How many of the frame and of the sample fall into one category of one variable; shares are fractions."""

    variable: str
    category: str
    caseload: int
    sample: int
    caseload_share: float
    sample_share: float


def balance_table(
    frame: Sequence[CaseloadEntry], case_refs: Iterable[str], variables: Iterable[str] = VARIABLES[:8]
) -> tuple[BalanceRow, ...]:
    """The caseload against the sample, category by category. Case managers are left out by default: too few each."""
    drawn = set(case_refs)
    rows = []
    for variable in variables:
        all_cases = [category(e, variable) for e in frame]
        in_sample = [category(e, variable) for e in frame if e.case_ref in drawn]
        for code in sorted(set(all_cases)):
            counts = all_cases.count(code), in_sample.count(code)
            shares = counts[0] / len(all_cases), counts[1] / max(1, len(in_sample))
            rows.append(BalanceRow(variable, code, *counts, *shares))
    return tuple(rows)
