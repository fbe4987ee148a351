"""The law a committee report is made under, as a dated rule set of one country; rules are data, never constants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aboveline.domain.framework import Source


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One jurisdiction's rules between two dates. `exempt_paragraphs` maps paragraph numbers to what they cover.

    `clear_days` is the notice of an agenda in clear working days (the safe reading of "clear days").
    `key_notice_days` is the notice of a key decision, None where the rules gave a forward plan instead or have none.
    `version` rises with every change of our data; each source says how sure what we took from it is.
    """

    id: str
    version: int
    title: str
    jurisdiction: str
    in_force_from: date
    in_force_to: date | None
    has_key_decisions: bool
    key_notice_days: int | None
    clear_days: int
    exempt_paragraphs: tuple[tuple[int, str], ...]
    background_papers: str
    sources: tuple[Source, ...]

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @property
    def paragraph_numbers(self) -> tuple[int, ...]:
        return tuple(number for number, _ in self.exempt_paragraphs)


def rules_on(rule_sets: Iterable[RuleSet], jurisdiction: str, day: date) -> RuleSet | None:
    """Return the rule set of a jurisdiction in force on a day, or None."""
    return next((r for r in rule_sets if r.jurisdiction == jurisdiction and r.in_force_on(day)), None)
