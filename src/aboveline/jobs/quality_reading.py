"""How the early quality reads of an inspection stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aboveline.records.models import Inspection, QualityRead, User
from aboveline.records.queries.quality_reads import cases_by_assessor, quality_reads_in

#: how many of the first cases an assessor handed in are put forward to be looked at
FIRST_CASES = 3


@dataclass(frozen=True, slots=True)
class FirstCases:
    """An assessor, the numbers of the first cases they handed in, and what was seen of them, where somebody looked."""

    assessor: User
    numbers: Sequence[str]
    read: QualityRead | None


def first_cases_in(inspection: Inspection) -> tuple[FirstCases, ...]:
    """Every assessor with cases in hand, by name."""
    reads = quality_reads_in(inspection)
    return tuple(
        FirstCases(assessor, numbers[:FIRST_CASES], reads.get(assessor.pk))
        for assessor, numbers in cases_by_assessor(inspection).items()
    )


def all_looked_at(inspection: Inspection) -> datetime | None:
    """When the last assessor's first cases were looked at; None while any are left, or nobody has a case."""
    found = first_cases_in(inspection)
    looked = [one.read.looked_at for one in found if one.read]
    return max(looked) if looked and len(looked) == len(found) else None
