"""What the components on a page are made from: plain values a presenter fills and a template tag draws."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

TONES = 4


def band_tone(position: int, count: int) -> int:
    """Return the shade, 1 (weakest) to 4 (strongest), of the band at `position` (0 = weakest) of `count` bands.

    Colour only ever repeats what the band's name says beside it.
    """
    if count < 2:
        return TONES
    return 1 + round(position * (TONES - 1) / (count - 1))


@dataclass(frozen=True, slots=True)
class ScoreFigure:
    """A headline score. `percent`, `low` and `high` are whole percents; None where `reason` says why there is none.

    `mark` is what moderation decided of a score that is shown.
    """

    name: str
    percent: int | None
    sufficient: int = 0
    applicable: int = 0
    cases: int = 0
    low: int | None = None
    high: int | None = None
    band: str = ""
    tone: int = TONES
    description: str = ""
    reason: str = ""
    href: str = ""
    withheld: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row of a summary list; `change` is the address where its value can be changed."""

    key: str
    value: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    heading: str
    numeric: bool = False
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `order` is what it sorts by (its text where not given); a cell whose order is None sorts last."""

    text: str | SafeString
    href: str = ""
    order: Any = ...
    detail: str = ""

    @property
    def sort_key(self) -> Any:
        return str(self.text).casefold() if self.order is ... else self.order


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are sorted by address, so that it sorts without scripts, prints and can be linked to.

    `sort` is a column's key, with "-" before it for descending; empty keeps the order given. The first cell of a row
    is its heading. `parameter` is the query parameter that carries the sort, so that one page can hold two tables.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sort: str = ""
    parameter: str = "sort"
    caption_hidden: bool = False

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.id}: a row does not have {len(self.columns)} cells")

    def sorted_by(self, asked: str | None) -> "Table":
        """Return the table in the order asked for; a column that is not there, or does not sort, changes nothing."""
        keys = [column.key if column.sortable else None for column in self.columns]
        wanted = (asked or "").removeprefix("-")
        if wanted not in keys:
            return self
        at = keys.index(wanted)
        known = [row for row in self.rows if row[at].sort_key is not None]
        unknown = [row for row in self.rows if row[at].sort_key is None]
        known.sort(key=lambda row: row[at].sort_key, reverse=(asked or "").startswith("-"))
        return replace(self, rows=(*known, *unknown), sort=asked or "")

    @property
    def headings(self) -> Sequence[dict[str, Any]]:
        """What the head of the table shows: each column, its aria-sort, and the sort its link asks for next."""
        return [
            {"column": column, "aria_sort": self._direction(column.key), "next": self._next(column.key)}
            for column in self.columns
        ]

    @property
    def labelled_rows(self) -> Sequence[Sequence[tuple[Column, Cell]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    def _direction(self, key: str) -> str:
        return {key: "ascending", f"-{key}": "descending"}.get(self.sort, "none")

    def _next(self, key: str) -> str:
        return f"-{key}" if self.sort == key else key
