"""A document as a list of blocks, without any file format. Every format is made from one outline, so all agree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 2 or 3: the title of the document alone is level 1. `id` is unique in the document."""

    level: int
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class Para:
    """`quiet` marks words that are not the writer's own answer: a state, a source, a note."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list: numbered where order or number matters, else bulleted."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and what stands beside them; several lines where a label has several values."""

    caption: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with one row of headings. The first column heads its row. `widths` are shares that sum to 1.

    `numeric` holds the columns set to the right; `strong` the rows that total others.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numeric: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows) or len(self.widths) != len(self.headings):
            raise ValueError(f"table “{self.caption}” has rows of unequal length")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG text, `width` and `height` in its own units, with words that say all it shows."""

    caption: str
    alt: str
    svg: str
    width: int
    height: int


Block: TypeAlias = Heading | Para | Items | Facts | Grid | Picture


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole document. `watermark` is printed behind each page; empty for none."""

    title: str
    organisation: str
    blocks: tuple[Block, ...]
    watermark: str = ""
    footer: str = ""

    def headings(self) -> Iterator[tuple[int, str]]:
        """The headings in order, the title first, as (level, text)."""
        yield 1, self.title
        for block in self.blocks:
            if isinstance(block, Heading):
                yield block.level, block.text


# What XML 1.0 cannot hold, and the marks that reverse or hide the text after them. The reader refuses them; text from
# elsewhere must still never break a file or read otherwise than it stands.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def printable(text: str) -> str:
    """Return text that every format can hold, each unprintable character shown as a replacement mark."""
    return _UNPRINTABLE.sub("\ufffd", text)
