"""A framework: one dated version of an inspection's criteria, questions, themes, bands and rules, as frozen values.

Nothing here reads files: `framework_reader` turns a parsed document into these values and `framework_linter` proves
the rules between them. Counts and percents are whole numbers; dates are calendar dates.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property


class Certainty(StrEnum):
    """How sure a fact is: read in its source, inferred from that, recalled without a source, or our own choice."""

    SEEN = "seen"
    INFERRED = "inferred"
    RECALLED = "recalled"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Text:
    """Wording in English and, where there is one, in Welsh."""

    en: str
    cy: str | None = None

    def __str__(self) -> str:
        return self.en

    def in_language(self, code: str) -> str:
        return self.cy if code == "cy" and self.cy else self.en


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from and how sure it is."""

    text: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class FactOption:
    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class CaseFact:
    """Something the assessor finds about a case before judging it, which decides what questions apply."""

    id: str
    name: Text
    options: tuple[FactOption, ...]
    hint: Text | None = None

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question applies: every clause holds; a clause holds when any (fact, allowed options) pair in it matches.

    No clause at all means always. A fact not yet answered matches nothing.
    """

    clauses: tuple[tuple[tuple[str, frozenset[str]], ...], ...] = ()
    words: Text | None = None

    @property
    def always(self) -> bool:
        return not self.clauses

    def holds(self, facts: Mapping[str, str]) -> bool:
        return all(any(facts.get(fact) in allowed for fact, allowed in clause) for clause in self.clauses)

    def undecided(self, facts: Mapping[str, str]) -> bool:
        """True while facts not yet given could still make the condition hold."""
        if self.holds(facts):
            return False
        return all(
            any(facts.get(fact) in allowed or not facts.get(fact) for fact, allowed in clause)
            for clause in self.clauses
        )


class RatingRule(StrEnum):
    """How a criterion's band follows from its questions: the share of all its judgements together, or the share of
    its lowest question alone."""

    POOLED_SHARE = "pooled_share"
    LOWEST_QUESTION = "lowest_question"


@dataclass(frozen=True, slots=True)
class CriterionRating:
    """The rule by which the framework rates its criteria, with its source. Themes and sections are always pooled."""

    rule: RatingRule
    source: Source


@dataclass(frozen=True, slots=True)
class Question:
    """One thing judged in a case. `themes` are the headline scores it feeds (it is a key question for those).

    `prompts` are what an assessor thinks through before answering; they are not answered one by one.
    """

    id: str
    text: Text
    sufficient_when: Text
    insufficient_when: Text
    applies: Condition
    themes: tuple[str, ...]
    source: Source
    split_reason: str | None = None
    prompts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str
    name: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    name: Text
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    id: str
    name: Text
    description: Text


@dataclass(frozen=True, slots=True)
class Band:
    """A range of whole percents, both ends included, with the framework's own words for it."""

    id: str
    name: Text
    from_percent: int
    to_percent: int


@dataclass(frozen=True, slots=True)
class EligibilityRule:
    """A case is eligible when its order is of an eligible type and started within this window before a date.

    `start_months_max` months before the date is the earliest start and `start_months_min` months the latest.
    `of_one_inspection` is whether it stands in place of the framework's own (see `look_back`).
    """

    start_months_min: int
    start_months_max: int
    source: Source
    of_one_inspection: bool = False


@dataclass(frozen=True, slots=True)
class OrderType:
    """A court order or disposal; `first` and `last` are the dates between which it could be made.

    `eligibility` is its own window of start where the framework's does not hold for it.
    """

    id: str
    name: Text
    eligible: bool
    first: date | None = None
    last: date | None = None
    note: Text | None = None
    source: Source | None = None
    eligibility: EligibilityRule | None = None

    def existed_on(self, day: date) -> bool:
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class SampleRule:
    """What the framework says of the size of a sample: typical sizes seen, and how a draw is stratified by default."""

    typical_sizes: tuple[int, ...]
    stratify_by: str
    balance_on: tuple[str, ...]
    reserve_share: float
    source: Source

    def reserves_for(self, size: int) -> int:
        """How many reserves a sample of this size gets, rounded up on the exact share."""
        return math.ceil(size * Fraction(str(self.reserve_share)))


#: the columns of a case list by which a sample may be stratified or balanced
SAMPLE_VARIABLES = ("order_type", "age", "sex", "ethnicity", "risk_of_harm", "safety", "looked_after", "team")

#: the kinds of inspection a framework may leave out of its comparator sets
INSPECTION_KINDS = ("core", "reinspection", "local_audit")


@dataclass(frozen=True)
class Framework:
    """One version of an inspection's rules. `band_word` heads a column of bands; `assessor_notes` head the case form.

    `programme_areas` is how many areas the programme inspects; `comparison_excludes` the kinds of inspection that
    never enter its comparator sets; `rating` is None where criteria are rated by their pooled share; `digest` is the
    SHA-256 of what its files say, whatever their layout or comments.
    """

    id: str
    title: Text
    inspectorate: Text
    in_force_from: date
    in_force_to: date | None
    review_by: date
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    themes: tuple[Theme, ...]
    bands: tuple[Band, ...]
    band_source: Source
    band_word: Text
    answers: Mapping[str, Text]
    not_applicable_reasons: tuple[FactOption, ...]
    case_facts: tuple[CaseFact, ...]
    order_types: tuple[OrderType, ...]
    eligibility: EligibilityRule
    sample: SampleRule
    comparison_excludes: tuple[str, ...] = ()
    programme_areas: int | None = None
    caution: Text | None = None
    assessor_notes: tuple[Text, ...] = ()
    rating: CriterionRating | None = None
    digest: str = field(default="", compare=False)

    @property
    def rating_rule(self) -> RatingRule:
        return self.rating.rule if self.rating else RatingRule.POOLED_SHARE

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(c for s in self.sections for c in s.criteria)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for c in self.criteria for q in c.questions)

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        return {q.id: q for q in self.questions}

    @cached_property
    def criterion_of(self) -> Mapping[str, Criterion]:
        """The criterion of each question, by question id."""
        return {q.id: c for c in self.criteria for q in c.questions}

    @cached_property
    def order_type_by_id(self) -> Mapping[str, OrderType]:
        return {o.id: o for o in self.order_types}

    def eligibility_of(self, order: OrderType) -> EligibilityRule:
        """The window of start that holds for an order type: its own, else the framework's."""
        return order.eligibility or self.eligibility

    def theme_questions(self, theme_id: str) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if theme_id in q.themes)

    def band_for(self, percent: int) -> Band:
        """Return the band of a whole percent. Raises LookupError where bands leave a gap (the linter refuses that)."""
        for band in self.bands:
            if band.from_percent <= percent <= band.to_percent:
                return band
        raise LookupError(f"{self.id} has no band for {percent}%")

    def applicable(self, facts: Mapping[str, str]) -> Iterator[Question]:
        """The questions that apply to a case with these assessor's facts, in framework order."""
        return (q for q in self.questions if q.applies.holds(facts))
