"""An audit's results by team, from the team of each case in its list."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveline.domain.judgement import InspectionJudgements
from aboveline.domain.scoring import InspectionScores
from aboveline.jobs.inspections import scores_of_part
from aboveline.records.models import Inspection
from aboveline.records.queries.inspections import judgements_of
from aboveline.records.queries.rounds import cases_by

#: with fewer cases a team's result says more of a few people than of the team
FEWEST = 5


@dataclass(frozen=True)
class TeamResult:
    """One team's assessed cases and their scores. `name` is empty where the list names no team; `scores` are None
    where they are kept back for being of too few cases."""

    name: str
    cases: int
    scores: InspectionScores | None


def team_results(inspection: Inspection, *, every: bool) -> tuple[TeamResult, ...]:
    """Each team with an assessed case, by name; intervals are about the team's practice.

    Without `every`, teams of too few cases are kept back, and where that is one team alone the next smallest too: it
    could be worked out from the others and the total. What moderation withheld is withheld of every team.
    """
    judgements = judgements_of(inspection)
    assessed = frozenset(judgements.cases)
    parts = {
        name: tuple(case.number for case in cases if case.number in assessed)
        for name, cases in cases_by(inspection, "team").items()
    }
    sizes = {name: len(numbers) for name, numbers in parts.items() if numbers}
    hidden = frozenset() if every else kept_back(sizes)
    return tuple(
        TeamResult(
            name,
            size,
            None if name in hidden else scores_of_part(inspection, _part(judgements, parts[name])),
        )
        for name, size in sizes.items()
    )


def kept_back(sizes: dict[str, int]) -> frozenset[str]:
    """The teams whose result is not shown, from how many cases each has."""
    by_size = sorted(sizes, key=lambda name: (sizes[name], name))
    small = [name for name in by_size if sizes[name] < FEWEST]
    return frozenset(by_size[:2] if len(small) == 1 else small)


def _part(judgements: InspectionJudgements, numbers: Sequence[str]) -> InspectionJudgements:
    own = frozenset(numbers)
    return InspectionJudgements(tuple(numbers), tuple(one for one in judgements.judgements if one.case in own))
