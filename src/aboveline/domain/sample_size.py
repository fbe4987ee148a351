"""What precision a size of sample buys, before anything is drawn."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from aboveline.domain.statistics import Z_BY_CONFIDENCE, case_sample_size, expected_margin

#: Assumed, because no public case-level data exist: how much judging by whole cases widens a pooled score's variance,
#: and how many applicable judgements a case brings to one theme.
ASSUMED_DESIGN_EFFECT = 3.0
ASSUMED_JUDGEMENTS = 15.0
CASE_CONFIDENCE = 0.8
TARGET_MARGINS = (0.15, 0.10, 0.075, 0.05)


@dataclass(frozen=True, slots=True)
class Precision:
    """Half-widths as fractions for one size: of a yes/no fact about a case (80%), and of a pooled score (95%)."""

    size: int
    share_of_caseload: float
    case_margin: float
    score_margin: float | None


def precision(size: int, caseload_size: int, *, deff: float, mean_m: float) -> Precision:
    """The precision of one size at the worst case, a share of one half. 1 <= size <= caseload_size."""
    left = 1 - size / caseload_size
    case_margin = float(Z_BY_CONFIDENCE[CASE_CONFIDENCE]) * math.sqrt(0.25 * left / size)
    return Precision(size, size / caseload_size, case_margin, expected_margin(size, caseload_size, deff, mean_m))


def precision_table(
    caseload_size: int,
    sizes: Iterable[int] = (),
    *,
    deff: float = ASSUMED_DESIGN_EFFECT,
    mean_m: float = ASSUMED_JUDGEMENTS,
) -> tuple[Precision, ...]:
    """The precision of the sizes asked for and of those that reach 15, 10, 7.5 and 5 points by the case-level rule."""
    by_rule = {case_sample_size(caseload_size, margin, CASE_CONFIDENCE) for margin in TARGET_MARGINS}
    wanted = sorted(by_rule | {size for size in sizes if 1 <= size <= caseload_size})
    return tuple(precision(size, caseload_size, deff=deff, mean_m=mean_m) for size in wanted)
