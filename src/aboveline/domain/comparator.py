"""Comparator sets: the published scores a score is compared with, frozen as at a date.

A set holds what was published by its date and nothing later. Declared rules: a higher score is better; areas with the
same score share the better rank; an area is never ranked against its own earlier score; the average of rows is the mean
of the areas' scores; a printed table gives no rank and no quartile.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from aboveline.domain.framework import Framework
from aboveline.domain.published import Measure, PrintedTable, PublishedResult, Status, words_for
from aboveline.domain.rating import whole_percent
from aboveline.domain.sentences import Sentence

#: rank and quartile need scores of at least this share of the programme's areas
COMPLETE_FROM = Fraction(4, 5)

NO_RANK_PRINTED = Sentence.of(
    "No rank and no quartile: a printed table gives only the lowest, the highest and the average."
)
UNFAIR_AVERAGE = Sentence.of(
    "Not testable: the average is of the areas found only, and poor results had more press, so it is not the average "
    "of the programme."
)
NO_PROGRAMME_SIZE = Sentence.of("No rank and no quartile: the framework does not say how many areas its programme has.")


class Basis(StrEnum):
    PRINTED = "printed"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a comparator set, with where it stood and, for an extreme, the areas known to hold it."""

    share: Fraction
    published: str
    source: str
    holders: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        return whole_percent(self.share)

    def as_dict(self) -> dict[str, object]:
        return {
            "percent": self.percent,
            "published": self.published,
            "source": self.source,
            "holders": list(self.holders),
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """Rank (1 is best) of so many, and quartile (1 is best), or the reason why there are none."""

    rank: int | None = None
    of: int | None = None
    quartile: int | None = None
    reason: str | None = None


class Comparator(Protocol):
    """What a comparison needs of a comparator set.

    `rounding` is how far a printed average may be from the true one; `unfair` says why no verdict may rest on the
    average of a theme, or is None.
    """

    @property
    def basis(self) -> Basis: ...
    @property
    def as_at(self) -> date: ...
    @property
    def rounding(self) -> Fraction: ...
    def figure(self, theme: str, measure: Measure) -> Figure | None: ...
    def areas_with(self, theme: str) -> int | None: ...
    def unfair(self, theme: str) -> str | None: ...
    def standing(self, theme: str, area: str, share: Fraction) -> Standing: ...


@dataclass(frozen=True)
class PrintedComparator:
    """The latest printed lowest, highest and average of each theme at a date, each with its own date and source."""

    framework_id: str
    as_at: date
    figures: Mapping[tuple[str, Measure], Figure]
    basis: Basis = Basis.PRINTED
    rounding: Fraction = Fraction(1, 200)

    def figure(self, theme: str, measure: Measure) -> Figure | None:
        return self.figures.get((theme, measure))

    def areas_with(self, theme: str) -> int | None:
        """A printed table does not say how many areas stand behind it."""
        return None

    def unfair(self, theme: str) -> str | None:
        return None

    def standing(self, theme: str, area: str, share: Fraction) -> Standing:
        return Standing(reason=NO_RANK_PRINTED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One area in a set of rows, by its latest counted result at the date."""

    area: str
    published: str
    shares: Mapping[str, Fraction]
    source: str


@dataclass(frozen=True)
class RowsComparator:
    """The published results of areas at a date. `left_out` says of every other result why it is not in the set."""

    framework_id: str
    as_at: date
    entries: tuple[Entry, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    programme_areas: int | None = None
    complete_from: Fraction = COMPLETE_FROM
    basis: Basis = Basis.ROWS
    rounding: Fraction = Fraction(0)

    def figure(self, theme: str, measure: Measure) -> Figure | None:
        """Extremes name every holder; the average is the mean of the areas' scores."""
        entries = [entry for entry in self.entries if theme in entry.shares]
        if not entries:
            return None
        if measure is Measure.AVERAGE:
            mean = sum((entry.shares[theme] for entry in entries), Fraction(0)) / len(entries)
            return Figure(mean, self.as_at.isoformat(), _mean_of(len(entries)))
        choose = min if measure is Measure.LOWEST else max
        share = choose(entry.shares[theme] for entry in entries)
        holders = [entry for entry in entries if entry.shares[theme] == share]
        return Figure(share, holders[0].published, holders[0].source, tuple(entry.area for entry in holders))

    def areas_with(self, theme: str) -> int:
        return sum(theme in entry.shares for entry in self.entries)

    def standing(self, theme: str, area: str, share: Fraction) -> Standing:
        """Rank among the other areas and this one; quartile k holds ranks up to k/4 of them."""
        if self.programme_areas is None:
            return Standing(reason=NO_PROGRAMME_SIZE)
        if not self._complete(theme):
            return Standing(reason=self._incomplete(theme))
        others = [entry.shares[theme] for entry in self.entries if theme in entry.shares and entry.area != area]
        rank, of = 1 + sum(other > share for other in others), len(others) + 1
        shared = others.count(share)
        return Standing(rank, of, math.ceil(4 * rank / of), _tie(shared) if shared else None)

    def unfair(self, theme: str) -> str | None:
        """Why no verdict may rest on this set's average: a set that is far from complete follows the press."""
        return None if self._complete(theme) else UNFAIR_AVERAGE

    def _complete(self, theme: str) -> bool:
        of = self.programme_areas
        return of is not None and self.areas_with(theme) >= self.complete_from * of

    def _incomplete(self, theme: str) -> str:
        return Sentence.of(
            "No rank and no quartile: the set holds {areas} of the programme's {programme} areas; at least "
            "{percent}% are needed.",
            areas=self.areas_with(theme),
            programme=self.programme_areas,
            percent=whole_percent(self.complete_from),
        )


def _mean_of(areas: int) -> Sentence:
    return Sentence.counted("mean of {count} area's score", "mean of {count} areas' scores", count=areas)


def _tie(others: int) -> Sentence:
    return Sentence.counted(
        "Rank shared with {count} other area of the same score.",
        "Rank shared with {count} other areas of the same score.",
        count=others,
    )


def rows_comparator(
    framework: Framework, results: Iterable[PublishedResult], as_at: date, complete_from: Fraction = COMPLETE_FROM
) -> RowsComparator:
    """Freeze the rows published by `as_at`: of each area the latest counted one, in order of area."""
    latest: dict[str, PublishedResult] = {}
    left_out: list[tuple[str, str]] = []
    for result in sorted(results, key=lambda r: (r.area, r.counts_from or date.min)):
        reason = _why_left_out(framework, result, as_at)
        if reason:
            left_out.append((result.area, reason))
        else:
            latest[result.area] = result
    return RowsComparator(
        framework_id=framework.id,
        as_at=as_at,
        entries=tuple(_entry(result) for result in latest.values()),
        left_out=tuple(left_out),
        programme_areas=framework.programme_areas,
        complete_from=complete_from,
    )


def printed_comparator(
    framework: Framework, tables: Iterable[PrintedTable], results: Iterable[PublishedResult], as_at: date
) -> PrintedComparator:
    """Freeze the latest printed figure of each theme and measure; of two that count from one day the later listed.

    An extreme is held by every area whose own counted result by that date is exactly the printed figure.
    """
    entries = rows_comparator(framework, results, as_at).entries
    figures: dict[tuple[str, Measure], Figure] = {}
    for table in sorted((t for t in tables if t.counts_from <= as_at), key=lambda t: t.counts_from):
        for (theme, measure), percent in table.cells.items():
            share = Fraction(percent, 100)
            held = measure is not Measure.AVERAGE
            holders = tuple(entry.area for entry in entries if held and entry.shares.get(theme) == share)
            figures[theme, measure] = Figure(share, table.printed, f"{table.report}: {table.source}", holders)
    return PrintedComparator(framework.id, as_at, figures)


def _why_left_out(framework: Framework, result: PublishedResult, as_at: date) -> str | None:
    """The first reason that keeps a result out of the set, or None."""
    reasons: tuple[tuple[Callable[[], bool], str], ...] = (
        (
            lambda: result.kind in framework.comparison_excludes,
            Sentence.of("kind “{kind}” is not counted by the framework", kind=result.kind),
        ),
        (lambda: result.counts_from is None, Sentence.of("its date of publication is not known")),
        (
            lambda: (result.counts_from or date.max) > as_at,
            Sentence.of("published later ({when})", when=words_for(result.published)),
        ),
        (lambda: result.status is Status.WITHHELD, Sentence.of("its scores were withheld")),
        (lambda: not result.percents, Sentence.of("only words were published")),
    )
    return next((reason for holds, reason in reasons if holds()), None)


def _entry(result: PublishedResult) -> Entry:
    shares = {theme: Fraction(percent, 100) for theme, percent in result.percents.items()}
    return Entry(result.area, result.published, shares, result.source)
