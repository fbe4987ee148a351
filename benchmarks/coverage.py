"""How often the interval of a score holds the true score, by simulation; the naive interval beside it.

    python -m benchmarks.coverage [--populations 1500] [--cube-draws 250] [--seed 20261123]

Each population is a caseload of cases of differing quality: judgements of one case hang together and some questions do
not apply. Its true score is sufficient / applicable over the *whole* caseload. A sample of n cases is drawn and the
interval taken with the finite-population correction, as the product does. The correlations are assumed: no public data
on single cases exist. "Naive" is Wilson's interval on the pooled judgements, as if each were a draw of its own.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from aboveline.domain.chance import Chance
from aboveline.domain.cube import cube_sample
from aboveline.domain.statistics import Sums, precision, wilson

SIZES = (10, 20, 30, 40)
QUESTIONS = 24
PROMISED = 0.95
Z = 1.959963984540054


@dataclass(frozen=True)
class Setting:
    """A caseload of `cases`, mean quality `share`, spread between cases `spread` (logit scale); `explained` is the
    share of that spread's variance that the case list explains."""

    cases: int
    share: float
    spread: float
    explained: float = 0.0


SETTINGS = tuple(Setting(*s) for s in product((80, 180, 600), (0.4, 0.65, 0.8), (0.4, 0.9, 1.5)))
CUBE_SETTINGS = tuple(Setting(180, 0.65, 0.9, explained) for explained in (0.0, 0.42, 0.8))


@dataclass(frozen=True)
class Population:
    """Sufficient and applicable judgements of each case, and what the case list says of it."""

    y: np.ndarray
    m: np.ndarray
    frame: np.ndarray

    @property
    def truth(self) -> float:
        return float(self.y.sum() / self.m.sum())


def populate(setting: Setting, chance: np.random.Generator) -> Population:
    """Eight 0/1 columns of a case list; quality leans on them by `explained`; nothing applies in one case of 12."""
    frame = (chance.random((setting.cases, 8)) < np.array([0.5, 0.4, 0.3, 0.3, 0.2, 0.2, 0.15, 0.1])).astype(float)
    leaning = frame @ np.array([1, -1, 1, -1, 1, -1, 1, -1.0])
    leaning = (leaning - leaning.mean()) / leaning.std()
    rest = chance.standard_normal(setting.cases)
    quality = setting.spread * (np.sqrt(setting.explained) * leaning + np.sqrt(1 - setting.explained) * rest)
    p = 1 / (1 + np.exp(-(np.log(setting.share / (1 - setting.share)) + quality)))
    m = chance.binomial(QUESTIONS, chance.beta(4, 2, setting.cases)) * (chance.random(setting.cases) > 1 / 12)
    return Population(chance.binomial(m, p), m, frame)


def by_simple_random(population: Population, n: int, chance: np.random.Generator) -> np.ndarray:
    return chance.permutation(len(population.y))[:n]


def by_cube(population: Population, n: int, chance: np.random.Generator) -> np.ndarray:
    rows = [list(map(float, row)) for row in population.frame]
    return np.array(cube_sample(rows, n, Chance(str(chance.integers(2**63)))))


@dataclass
class Tally:
    """How many intervals held the truth, of how many; those not given are counted apart."""

    ours: int = 0
    naive: int = 0
    drawn: int = 0
    none: int = 0
    width: float = 0.0

    def take(self, population: Population, chosen: np.ndarray) -> None:
        y, m = population.y[chosen], population.m[chosen]
        sums = Sums.of(zip(y.tolist(), m.tolist(), strict=True))
        found = precision(sums, int((m > 0).sum()), len(population.y)).interval
        if found is None:
            self.none += 1
            return
        low, high = wilson(sums.y / sums.m, sums.m, Z)
        self.drawn += 1
        self.ours += found.low <= population.truth <= found.high
        self.naive += low <= population.truth <= high
        self.width += found.high - found.low


#: the least mean coverage of a promised 95 %
LEAST = 0.94
Draw = Callable[[Population, int, np.random.Generator], np.ndarray]


def simulate(setting: Setting, n: int, draws: int, draw: Draw, chance: np.random.Generator) -> Tally:
    tally = Tally()
    for _ in range(draws):
        population = populate(setting, chance)
        tally.take(population, draw(population, n, chance))
    return tally


def lines(settings: tuple[Setting, ...], draws: int, draw: Draw, seed: int) -> Iterator[tuple[str, float]]:
    """One line for each n over all settings, with the worst and best setting, and our mean coverage beside it."""
    for n in SIZES:
        chance = np.random.default_rng([seed, n])
        tallies = [simulate(setting, n, draws, draw, chance) for setting in settings]
        ours, naive = ([getattr(t, kind) / t.drawn for t in tallies] for kind in ("ours", "naive"))
        none = sum(t.none for t in tallies)
        width = sum(t.width for t in tallies) / sum(t.drawn for t in tallies)
        line = (
            f"{n:>3}  {np.mean(ours):7.1%} ({min(ours):.1%}-{max(ours):.1%})   "
            f"{np.mean(naive):7.1%} ({min(naive):.1%}-{max(naive):.1%})   {100 * width:5.1f}   {none}"
        )
        yield line, float(np.mean(ours))


def main(words: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="coverage", description=__doc__.splitlines()[0])
    parser.add_argument("--populations", type=int, default=1500, help="for each setting and n, simple random draws")
    parser.add_argument("--cube-draws", type=int, default=250, help="for each setting and n, draws by the cube")
    parser.add_argument("--seed", type=int, default=20261123)
    asked = parser.parse_args(words)
    print(f"Intervals promise {PROMISED:.0%}. Seed {asked.seed}. In brackets the worst and the best setting.\n")
    missed = False
    for title, settings, draws, draw, most in (
        ("Simple random draws", SETTINGS, asked.populations, by_simple_random, 0.97),
        ("Draws by the cube, same formula", CUBE_SETTINGS, asked.cube_draws, by_cube, 1.0),
    ):
        print(f"{title}: {len(settings)} settings, {draws} draws each")
        print("  n  ours                     naive Wilson            points wide   no interval")
        for line, covered in lines(settings, draws, draw, asked.seed):
            print(line, flush=True)
            missed |= not LEAST <= covered <= most
        print()
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
