"""Taking a case out of a sample: only with a reason, and only the next reserve takes its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from aboveline.domain import draw_problems as p
from aboveline.domain.problems import Checked, Problem, nearest_of
from aboveline.domain.sampling import Draw

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "not_eligible": "The case turned out not to be eligible",
        "transferred": "The case was transferred to another area",
        "file_not_available": "The case file cannot be had in time",
        "conflict_of_interest": "No assessor without an interest in the case is available",
        "sensitive": "Reading the case now could do harm (for example, a live trial or a death)",
        "other": "Another reason",
    }
)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A case taken out, why, and the reserve that took its place."""

    case_ref: str
    reserve: str
    reason: str
    explanation: str


def current_sample(draw: Draw, replacements: Sequence[Replacement]) -> tuple[str, ...]:
    """The references in the sample after these replacements, in order of time, sorted."""
    present = set(draw.case_refs)
    for done in replacements:
        present = present - {done.case_ref} | {done.reserve}
    return tuple(sorted(present))


def replace_case(
    draw: Draw, replacements: Sequence[Replacement], case_ref: str, reason: str, explanation: str
) -> Checked[Replacement]:
    """Take a case out of the sample. A reserve that came in can itself be replaced; a reserve is used once."""
    problems: list[Problem] = []
    if case_ref not in current_sample(draw, replacements):
        problems.append(p.NOT_IN_SAMPLE.at())
    if reason not in REASONS:
        problems.append(p.NO_REASON.at(value=reason, nearest=nearest_of(reason, REASONS), allowed=", ".join(REASONS)))
    if not explanation.strip():
        problems.append(p.NO_EXPLANATION.at())
    if len(replacements) >= len(draw.reserves):
        problems.append(p.NO_RESERVE_LEFT.at())
    if problems:
        return Checked(None, tuple(problems))
    return Checked(Replacement(case_ref, draw.reserves[len(replacements)], reason, explanation.strip()))
