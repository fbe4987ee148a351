"""Charts as values: a drawing that never travels without a sentence and the figures it is drawn from.

The drawings are SVG made by hand in `charts_interval`, `charts_change`, `charts_timeline` and `charts_run`. They place
things in percent of their width, so that text keeps its size at any width, and carry no style attribute, so that a
strict Content-Security-Policy can stay. Scores are percents from 0 to 100, unrounded; labels are the words to print.
"""

from dataclasses import dataclass, fields

from aboveline.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Band:
    """A range of the scale from `low` to `high`, shaded `tone` 1 (weakest) to 4 (strongest)."""

    name: str
    low: float
    high: float
    tone: int

    def __post_init__(self) -> None:
        if not 0 <= self.low < self.high <= 100:
            raise ValueError(f"a band from {self.low} to {self.high} is not on the scale")
        if self.tone not in (1, 2, 3, 4):
            raise ValueError(f"{self.tone} is not a tone")


@dataclass(frozen=True, slots=True)
class Mark:
    """A share of the scale and the words beside it, for example Mark(75.2, "75")."""

    at: float
    label: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.at <= 100:
            raise ValueError(f"{self.at} is not on the scale")


@dataclass(frozen=True, slots=True)
class Span:
    """An interval."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 100:
            raise ValueError(f"an interval from {self.low} to {self.high} is not on the scale")

    def words(self) -> str:
        """The limits as whole percents, rounded half up."""
        return f"{int(self.low + 0.5)}–{int(self.high + 0.5)}%"


@dataclass(frozen=True, slots=True)
class Words:
    """The words charts print of themselves; the web gives them in the reader's language."""

    lowest: str = Sentence.of("lowest")
    average: str = Sentence.of("average")
    highest: str = Sentence.of("highest")
    score: str = Sentence.of("Score")
    interval: str = Sentence.of("95% interval")
    what: str = Sentence.of("Figure")
    percent: str = Sentence.of("Percent")
    area: str = Sentence.of("Area")
    when: str = Sentence.of("When")
    this: str = Sentence.of("This service")
    before: str = Sentence.of("Before")
    after: str = Sentence.of("After")
    no_interval: str = Sentence.of("none")
    framework: str = Sentence.of("Framework")
    new_framework: str = Sentence.of("new framework")
    cases: str = Sentence.of("Cases")
    median: str = Sentence.of("median")
    pattern: str = Sentence.of("Pattern")


ENGLISH = Words()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its title, its sentence and its figures. Raises ValueError where any of them is missing."""

    title: str
    sentence: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        missing = [field.name for field in fields(self) if not getattr(self, field.name)]
        if missing:
            raise ValueError(f"a chart without {', '.join(missing)}")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"the figures of {self.title!r} do not fit their columns")

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """Each row as (column, figure) pairs, for a table that stacks on a phone."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]
