"""The cube method: a balanced sample of exact size with given, equal inclusion probabilities.

Source: Deville and Tillé (2004), Biometrika 91, 893-912; the fast flight of Chauvet and Tillé (2006), Computational
Statistics 21, 53-62; landing by dropping the last balance variables one at a time. Plain floating-point arithmetic in
a fixed order, without a linear algebra library, so that every machine draws the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import fsum

from aboveline.domain.chance import Chance

NEAR = 1e-9
Vector = list[float]


def cube_sample(variables: Sequence[Sequence[float]], size: int, chance: Chance) -> list[int]:
    """Return `size` sorted indices of the units, balanced on the variables.

    `variables` holds one row of balance values for each unit, the most important first; the size itself is kept
    exactly and needs no variable. Units are taken in random order. 0 <= size <= units.
    """
    units = len(variables)
    if size in (0, units):
        return list(range(size))
    share = size / units
    probability = [share] * units
    order = chance.shuffled(range(units))
    rows = [[1.0, *map(float, row)] for row in variables]
    for kept in range(len(rows[0]), 0, -1):
        order = _flight(rows, kept, order, probability, chance)
    return [unit for unit in range(units) if probability[unit] > 0.5]


@dataclass
class _Basis:
    """Independent units in flight. `map @ x` gives x in coordinates: row r is the unit at r, or a free dimension."""

    map: list[Vector]
    unit_at: list[int | None] = field(default_factory=list)

    @classmethod
    def empty(cls, size: int) -> "_Basis":
        return cls([[float(r == c) for c in range(size)] for r in range(size)], [None] * size)

    def coordinates(self, x: Vector) -> Vector:
        # fsum rounds once; plain sum() adds floats differently from Python 3.12 on, and so would draw differently
        present = [(column, value) for column, value in enumerate(x) if value]
        return [fsum([row[column] * value for column, value in present]) for row in self.map]

    def enter(self, unit: int, at: Vector) -> bool:
        """Take a unit in where it adds a dimension: pivot on the free row where it is largest."""
        free = [r for r, held in enumerate(self.unit_at) if held is None and abs(at[r]) > NEAR]
        if not free:
            return False
        row = max(free, key=lambda r: abs(at[r]))
        pivot = [value / at[row] for value in self.map[row]]
        self.map = [
            pivot if r == row else [a - f * b for a, b in zip(old, pivot, strict=True)] if f else old
            for r, (old, f) in enumerate(zip(self.map, at, strict=True))
        ]
        self.unit_at[row] = unit
        return True


def _flight(rows: list[Vector], kept: int, order: list[int], probability: Vector, chance: Chance) -> list[int]:
    """Walk until no move keeps the first `kept` variables balanced; return the units still undecided, in order."""
    basis = _Basis.empty(kept)
    for unit in order:
        at = basis.coordinates(rows[unit][:kept])
        if basis.enter(unit, at):
            continue
        move = [(held, -at[r]) for r, held in enumerate(basis.unit_at) if held is not None and abs(at[r]) > NEAR]
        _step(probability, [(unit, 1.0), *move], chance)
        basis.unit_at = [None if u is not None and _decided(probability[u]) else u for u in basis.unit_at]
        if not _decided(probability[unit]):
            basis.enter(unit, at)
    held = {unit for unit in basis.unit_at if unit is not None}
    return [unit for unit in order if unit in held]


def _step(probability: Vector, move: list[tuple[int, float]], chance: Chance) -> None:
    """Move as far as 0 or 1 allows, forward or back, with the chances that keep every expectation."""
    forward = min((1 - probability[u] if d > 0 else probability[u]) / abs(d) for u, d in move)
    back = min((probability[u] if d > 0 else 1 - probability[u]) / abs(d) for u, d in move)
    length = forward if chance.fraction() * (forward + back) < back else -back
    for unit, direction in move:
        moved = probability[unit] + length * direction
        probability[unit] = 0.0 if moved < NEAR else 1.0 if moved > 1 - NEAR else moved


def _decided(probability: float) -> bool:
    return probability in (0.0, 1.0)
