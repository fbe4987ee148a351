"""The documented source of chance for draws: anyone can recompute it in any language, from the seed's text alone.

The k-th number (k = 0, 1, ...) of a seed is SHA-256 of the UTF-8 text `seed:k`, read as a big-endian whole number of
256 bits. `fraction` is its first 53 bits over 2^53; `below(m)` is the number times m, shifted right by 256 bits.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")
GENERATOR = "sha256-counter-1"


class Chance:
    """A stream of numbers that depends on nothing but the seed's text."""

    def __init__(self, seed: str) -> None:
        self.seed, self.used = seed, 0

    def _next(self) -> int:
        digest = sha256(f"{self.seed}:{self.used}".encode()).digest()
        self.used += 1
        return int.from_bytes(digest, "big")

    def fraction(self) -> float:
        """A number in [0, 1)."""
        return (self._next() >> 203) / (1 << 53)

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return self._next() * limit >> 256

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in random order: for i from the last to the second, swap item i with item below(i + 1)."""
        order = list(items)
        for i in range(len(order) - 1, 0, -1):
            j = self.below(i + 1)
            order[i], order[j] = order[j], order[i]
        return order
