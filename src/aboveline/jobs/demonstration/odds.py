"""Chance for made-up cases: one independent, repeatable stream for each purpose, on the documented generator."""

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import TypeVar

from aboveline.domain.chance import Chance

T = TypeVar("T")
_NORMAL = NormalDist()


class Odds:
    """A stream named by what it is for; the same words give the same numbers everywhere."""

    def __init__(self, *words: str) -> None:
        self._chance = Chance("/".join(words))

    def fraction(self) -> float:
        """A number strictly between 0 and 1."""
        return min(max(self._chance.fraction(), 1e-12), 1 - 1e-12)

    def normal(self, spread: float) -> float:
        return spread * _NORMAL.inv_cdf(self.fraction())

    def logistic(self) -> float:
        return logit(self.fraction())

    def happens(self, share: float, shift: float = 0.0) -> bool:
        """True with probability `share`, moved by `shift` on the logit scale."""
        return self.logistic() < logit(share) + shift

    def below(self, limit: int) -> int:
        return self._chance.below(limit)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        return self._chance.shuffled(items)

    def choice(self, weights: Mapping[str, float]) -> str:
        """One key, with probability in proportion to its weight."""
        point = self.fraction() * sum(weights.values())
        for key, weight in weights.items():
            point -= weight
            if point < 0:
                return key
        return key


def logit(share: float) -> float:
    return math.log(share / (1 - share))
