"""The financial table of a committee report: capital and revenue over four years, how each is funded, what expires."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from aboveline.domain.committee_entry import Entry, Prose
from aboveline.domain.sentences import Sentence

YEARS_SHOWN = 4


class MoneyRow(StrEnum):
    CAPITAL_GROSS = "capital.gross"
    CAPITAL_OWN = "capital.own"
    CAPITAL_SPECIFIC = "capital.specific"
    REVENUE_GROSS = "revenue.gross"
    REVENUE_OWN = "revenue.own"
    REVENUE_EXTERNAL = "revenue.external"


@dataclass(frozen=True, slots=True)
class MoneySection:
    """A part of the table: its gross row and the rows that fund it, which must sum to it in each year."""

    id: str
    name: str
    gross: MoneyRow
    funding: tuple[MoneyRow, ...]


SECTIONS = (
    MoneySection(
        "capital",
        Sentence.of("Capital expenditure"),
        MoneyRow.CAPITAL_GROSS,
        (MoneyRow.CAPITAL_OWN, MoneyRow.CAPITAL_SPECIFIC),
    ),
    MoneySection(
        "revenue",
        Sentence.of("Revenue implications"),
        MoneyRow.REVENUE_GROSS,
        (MoneyRow.REVENUE_OWN, MoneyRow.REVENUE_EXTERNAL),
    ),
)


@dataclass(frozen=True, order=True, slots=True)
class FinancialYear:
    """A council's year from 1 April of `start` to 31 March after it."""

    start: int

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @classmethod
    def of(cls, day: date) -> "FinancialYear":
        return cls(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> "FinancialYear":
        """Read 2010/11, 2010/2011 or 2010-11. Raises ValueError when the years do not follow each other."""
        first, _, second = text.replace(" ", "").replace("-", "/").partition("/")
        start = int(first)
        if len(first) != 4 or len(second) not in (2, 4) or int(second) != (start + 1) % 10 ** len(second):
            raise ValueError(f"{text} is not a financial year such as 2010/11")
        return cls(start)

    @classmethod
    def four_from(cls, day: date) -> tuple["FinancialYear", ...]:
        """The years a report of this date shows: its own financial year and the three after it."""
        own = cls.of(day)
        return tuple(cls(own.start + step) for step in range(YEARS_SHOWN))


@dataclass(frozen=True, slots=True)
class ExternalFunding:
    """Whether funding from outside ends, when, and what pays for the service afterwards. None is not stated."""

    expires: bool | None = None
    when: date | None = None
    afterwards: Entry[Prose] = field(default_factory=Entry)


@dataclass(frozen=True)
class Finance:
    """`amounts` are whole pounds by row and year. A missing key or None is "not stated"; zero is a stated nothing."""

    statement: Entry[Prose] = field(default_factory=Entry)
    years: tuple[FinancialYear, ...] = ()
    amounts: Mapping[tuple[MoneyRow, FinancialYear], int | None] = field(default_factory=dict)
    external: ExternalFunding = field(default_factory=ExternalFunding)

    def amount(self, row: MoneyRow, year: FinancialYear) -> int | None:
        return self.amounts.get((row, year))

    @property
    def empty(self) -> bool:
        return all(amount is None for amount in self.amounts.values())

    def funded(self, section: MoneySection, year: FinancialYear) -> tuple[int | None, ...]:
        return tuple(self.amount(row, year) for row in section.funding)


def pounds(amount: int | None) -> str:
    """Return an amount as printed: £1,250; -£40; £0; or "not stated"."""
    if amount is None:
        return Sentence.of("not stated")
    return f"{'-' if amount < 0 else ''}£{abs(amount):,}"
