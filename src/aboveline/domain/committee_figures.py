"""The figures of a committee report: frozen copies of scores and comparators, each with its n, date, source and digest.

A report never holds a typed figure. It holds a reference to a set of figures and the digest the set had when the
writer bound it; a set that no longer has that digest stops the report from being built.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from aboveline.domain.committee_entry import FigureRef
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import Interval


@dataclass(frozen=True, slots=True)
class SnapshotInterval:
    """A 95% interval in whole percents, both ends rounded as the score is, and the name of its method."""

    low: int
    high: int
    method: str


@dataclass(frozen=True, slots=True)
class ScoreSnapshot:
    """One theme's score. `percent` is whole; None where the score was withheld. None in `cases` means not published.

    `applicable_cases` are those with a judgement that applies, which the score rests on; None means not published.
    `practice` has the unrounded limits about practice, without finite-population correction: a change is tested on it.
    `withheld` is moderation's reason where it kept the score back, `mark` what it decided of a score that is shown.
    """

    theme: str
    name: str
    percent: int | None
    band: str | None = None
    sufficient: int | None = None
    applicable: int | None = None
    cases: int | None = None
    interval: SnapshotInterval | None = None
    no_interval_reason: str = ""
    description: str = ""
    practice: Interval | None = None
    applicable_cases: int | None = None
    withheld: str = ""
    mark: str = ""

    @property
    def words(self) -> str:
        if self.withheld:
            return Sentence.of("withheld")
        percent = percent_words(self.percent)
        return Sentence.of("{percent} ({mark})", percent=percent, mark=self.mark) if self.mark else percent

    @property
    def band_words(self) -> str | None:
        if self.withheld:
            return Sentence.of("withheld: {reason}", reason=self.withheld)
        return self.band.lower() if self.band else None

    @property
    def share(self) -> Fraction | None:
        """The exact share where its counts are known, else the published percentage; None where withheld."""
        if self.applicable and self.sufficient is not None:
            return Fraction(self.sufficient, self.applicable)
        return None if self.percent is None else Fraction(self.percent, 100)

    @property
    def cases_words(self) -> str:
        """The cases the score rests on; all cases read where it is not published how many those are."""
        known = self.cases if self.applicable_cases is None else self.applicable_cases
        return counted_cases(known) if known is not None else Sentence.of("number of cases not published")

    @property
    def basis_words(self) -> str:
        """The judgements and cases the score rests on; empty where they are not published."""
        if not self.applicable or self.sufficient is None or not self.applicable_cases:
            return ""
        return Sentence.counted(
            "{sufficient} of {count} judgement in {cases}",
            "{sufficient} of {count} judgements in {cases}",
            count=self.applicable,
            sufficient=self.sufficient,
            cases=self.cases_words,
        )

    @property
    def facts(self) -> tuple[object, ...]:
        """What the digest is made of. Limits to nine places: a processor's last digit is not a change of source."""
        limits = self.practice and (round(self.practice.low, 9), round(self.practice.high, 9))
        rounded = self.interval and asdict(self.interval)
        own = () if self.applicable_cases is None else (self.applicable_cases,)
        known = (self.theme, self.percent, self.band, self.sufficient, self.applicable, self.cases, rounded, limits)
        moderated = (self.withheld, self.mark) if self.withheld or self.mark else ()
        return (*known, *own, *moderated)

    @property
    def interval_words(self) -> str:
        if self.interval is None:
            return self.no_interval_reason or Sentence.of("no interval")
        return Sentence.of("{low} to {high}", low=f"{self.interval.low}%", high=f"{self.interval.high}%")


@dataclass(frozen=True, slots=True)
class Completion:
    """How far an inspection has come: cases under assessment, those with every answer, and answers still missing."""

    cases: int
    finished: int
    missing: int

    @property
    def complete(self) -> bool:
        return self.finished == self.cases

    @property
    def cases_words(self) -> str:
        return Sentence.counted(
            "{finished} of {count} case finished",
            "{finished} of {count} cases finished",
            count=self.cases,
            finished=self.finished,
        )

    @property
    def words(self) -> str:
        missing = Sentence.counted("{count} answer missing", "{count} answers missing", count=self.missing)
        return self.cases_words if self.complete else Sentence.joined([self.cases_words, missing], ", ")


@dataclass(frozen=True)
class ScoreSet:
    """The scores of one inspection of one service, in framework order. `when` is the date as its source has it.

    `synthetic`: its cases are made up, which the report's front must say. `completion` is None for published scores.
    It is no part of the digest: it is checked and printed as it stands whenever the report is made.
    """

    reference: str
    area: str
    title: str
    when: str
    source: str
    scores: tuple[ScoreSnapshot, ...]
    synthetic: bool = False
    completion: Completion | None = None

    @cached_property
    def by_theme(self) -> Mapping[str, ScoreSnapshot]:
        return {score.theme: score for score in self.scores}

    @cached_property
    def source_digest(self) -> str:
        return digest_of([self.area, self.when, self.source, [score.facts for score in self.scores]])


@dataclass(frozen=True, slots=True)
class ComparatorSnapshot:
    """One theme's lowest, highest and average over the areas of a comparator set, whole percents; None is unknown.

    `rank` of `areas` is None where the set gives no basis for one; `no_rank_reason` then says why.
    """

    theme: str
    lowest: int | None
    highest: int | None
    average: int | None
    lowest_area: str | None = None
    highest_area: str | None = None
    areas: int | None = None
    rank: int | None = None
    quartile: int | None = None
    no_rank_reason: str = ""
    verdict: str = "not testable"
    verdict_reason: str = ""


@dataclass(frozen=True)
class ComparatorSet:
    """Comparators of every theme, frozen as at a date, with the basis (printed tables or areas' own rows) stated."""

    reference: str
    title: str
    as_at: str
    basis: str
    source: str
    comparators: tuple[ComparatorSnapshot, ...]
    caution: str = ""

    @cached_property
    def by_theme(self) -> Mapping[str, ComparatorSnapshot]:
        return {row.theme: row for row in self.comparators}

    @cached_property
    def source_digest(self) -> str:
        facts = [
            (c.theme, c.lowest, c.highest, c.average, c.lowest_area, c.highest_area, c.areas, c.rank, c.quartile)
            for c in self.comparators
        ]
        return digest_of([self.as_at, self.basis, self.source, facts])


def digest_of(facts: object) -> str:
    """Return the SHA-256 of facts. Our own wording (titles, notes) is no fact, so rewording changes no digest."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Binding:
    """What a report file says of a set of figures: where it is, and the digest it had when the writer bound it."""

    reference: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class FigureBindings:
    """The sets of figures a report uses. `original` is the inspection that a re-inspection is laid beside."""

    scores: Binding | None = None
    original: Binding | None = None
    comparator: Binding | None = None

    def named(self) -> tuple[tuple[str, Binding], ...]:
        pairs = (("scores", self.scores), ("original", self.original), ("comparator", self.comparator))
        return tuple((name, binding) for name, binding in pairs if binding is not None)


@dataclass(frozen=True)
class Figures:
    """The figures a report was bound to, as resolved. Any part may be absent."""

    scores: ScoreSet | None = None
    original: ScoreSet | None = None
    comparator: ComparatorSet | None = None

    @property
    def synthetic(self) -> bool:
        return any(found is not None and found.synthetic for found in (self.scores, self.original))

    @property
    def has_rank(self) -> bool:
        """True where a comparator gives evidence for a rank or quartile."""
        return self.comparator is not None and any(row.rank is not None for row in self.comparator.comparators)

    def words_for(self, ref: FigureRef) -> str | None:
        """Return the printed form of a referenced figure, or None where nothing is bound to that name."""
        if ref.kind == "rank":
            return self._rank_words(ref.theme)
        reader = _READERS.get(ref.kind)
        value = reader(self, ref.theme) if reader else None
        return None if value is None else str(value)

    def known_references(self) -> tuple[str, ...]:
        """Every reference that prints something, for the nearest-name hint."""
        themes = [score.theme for score in self.scores.scores] if self.scores else []
        refs = [FigureRef(kind, theme) for kind in (*_READERS, "rank") for theme in themes]
        return tuple(str(ref) for ref in (*refs, FigureRef("rank")) if self.words_for(ref) is not None)

    def _rank_words(self, theme: str) -> str | None:
        if self.comparator is None:
            return None
        rows = [row for row in self.comparator.comparators if theme in ("", row.theme)]
        ranked = [row for row in rows if row.rank is not None]
        if not rows:
            return None
        if not ranked:
            reason = rows[0].no_rank_reason or "no rank and no quartile: these figures give no basis for one"
            return f"{reason[:1].lower()}{reason[1:]}".rstrip(".")
        names = self.scores.by_theme if self.scores else {}
        return "; ".join(
            f"{names[row.theme].name if row.theme in names else row.theme}: {row.rank} of {row.areas}" for row in ranked
        )


def counted_cases(number: int) -> Sentence:
    return Sentence.counted("{count} case", "{count} cases", count=number)


def percent_words(percent: int | None) -> str:
    return Sentence.of("not published") if percent is None else f"{percent}%"


def points_words(points: int) -> str:
    """Return a change in percentage points in words: 37 -> "37 points higher"."""
    if points == 0:
        return Sentence.of("no change")
    if points > 0:
        return Sentence.counted("{count} point higher", "{count} points higher", count=points)
    return Sentence.counted("{count} point lower", "{count} points lower", count=-points)


def _score_cell(part: str, words: Callable[[ScoreSnapshot], str | None]) -> "Reader":
    def read(figures: Figures, theme: str) -> str | None:
        scores: ScoreSet | None = getattr(figures, part)
        score = scores.by_theme.get(theme) if scores else None
        return words(score) if score else None

    return read


def _comparator_cell(column: str) -> "Reader":
    def read(figures: Figures, theme: str) -> str | None:
        row = figures.comparator.by_theme.get(theme) if figures.comparator else None
        value: int | None = getattr(row, column) if row else None
        return None if value is None else percent_words(value)

    return read


def _change(figures: Figures, theme: str) -> str | None:
    now = figures.scores.by_theme.get(theme) if figures.scores else None
    then = figures.original.by_theme.get(theme) if figures.original else None
    if now is None or then is None:
        return None
    if now.withheld or then.withheld:
        return Sentence.of("not shown, as a score is withheld")
    if now.percent is None or then.percent is None:
        return None
    return points_words(now.percent - then.percent)


Reader: TypeAlias = Callable[[Figures, str], str | None]

_READERS: Mapping[str, Reader] = {
    "score": _score_cell("scores", lambda score: score.words),
    "band": _score_cell("scores", lambda score: score.band_words),
    "cases": _score_cell("scores", lambda score: score.cases_words),
    "interval": _score_cell("scores", lambda score: score.interval_words),
    "original": _score_cell("original", lambda score: score.words),
    "change": _change,
    "lowest": _comparator_cell("lowest"),
    "highest": _comparator_cell("highest"),
    "average": _comparator_cell("average"),
}
