"""Cube draw of 30 from 600 against simple and stratified draws: time, and how close the sample comes to the caseload.

    python benchmarks/cube.py

Settings and seeds are below; the error is the mean squared distance between sample and caseload shares over every
category of the balance variables, as a ratio to the simple draw's in the same run.
"""

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from aboveline.domain.sampling import VARIABLES, Method, balance_table, draw
from tests.caseload_builders import a_caseload

POPULATION, SIZE, DRAWS, CASELOAD_SEED = 600, 30, 20, 1
TARGET_MS = 150


def measure(method: Method) -> tuple[float, float]:
    """Median milliseconds of a draw, and the mean squared error of shares."""
    frame = a_caseload(POPULATION, CASELOAD_SEED).entries
    times, errors = [], []
    for seed in range(DRAWS):
        start = perf_counter()
        drawn = draw(frame, method=method, size=SIZE, seed=seed, balance_on=VARIABLES[:8], reserves=6)
        times.append((perf_counter() - start) * 1000)
        table = balance_table(frame, drawn.case_refs, VARIABLES[:8])
        errors.append(sum((row.sample_share - row.caseload_share) ** 2 for row in table) / len(table))
    return median(times), sum(errors) / len(errors)


def main() -> int:
    simple_time, simple_error = measure(Method.SIMPLE)
    print(f"{SIZE} of {POPULATION}, median and mean of {DRAWS} draws; target for the cube: under {TARGET_MS} ms")
    missed = False
    for method in Method:
        milliseconds, error = measure(method)
        missed |= method is Method.CUBE and milliseconds > TARGET_MS
        ratios = f"time x{milliseconds / simple_time:.1f}   error x{error / simple_error:.2f}"
        print(f"{method:<12}{milliseconds:8.1f} ms   {ratios}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
