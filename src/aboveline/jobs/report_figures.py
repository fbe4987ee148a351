"""Figures of committee reports from published data: `published:AREA/YEAR-KIND`, `printed:FRAMEWORK@DATE`, `rows:…`."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from aboveline.domain.committee_figures import ComparatorSet, ComparatorSnapshot, ScoreSet, ScoreSnapshot
from aboveline.domain.comparator import Comparator, Figure, printed_comparator, rows_comparator
from aboveline.domain.comparison import AreaScore, ThemeComparison, compare, holders_in_words
from aboveline.domain.framework import Framework, Text
from aboveline.domain.published import PublishedResult, words_for
from aboveline.domain.sentences import Sentence
from aboveline.exchange.frameworks import framework_ids, load_framework
from aboveline.exchange.published import load_published

_SCORES = re.compile(r"published:([a-z0-9-]+)/(\d{4})-([a-z_]+)")
_COMPARATOR = re.compile(r"(printed|rows):([a-z0-9-]+)@(\d{4}-\d{2}-\d{2})")
_BASIS_WORDS = {
    "printed": "the lowest, highest and average printed in inspection reports up to that day",
    "rows": "the areas’ own published scores up to that day",
}
_NO_CASES = "the results of single cases are not published"


class PublishedFigures:
    """Figures that anybody can check: published results, printed tables and the rows behind them."""

    def scores(self, reference: str) -> ScoreSet | None:
        """Return the published scores of an area, or None. The year is that of publication, or of the visit."""
        match = _SCORES.fullmatch(reference)
        if match is None:
            return None
        area, year, kind = match.groups()
        for framework, result in _results():
            dated = year in (result.published[:4], result.inspected[:4])
            if slug(result.area) == area and result.kind == kind and dated and result.percents:
                return _score_set(reference, framework, result)
        return None

    def comparator(self, reference: str, beside: ScoreSet | None) -> ComparatorSet | None:
        """Return a comparator set as at a day, as it stands to `beside`, or None."""
        match = _COMPARATOR.fullmatch(reference)
        if match is None or match[2] not in framework_ids():
            return None
        try:
            as_at = date.fromisoformat(match[3])
        except ValueError:
            return None
        framework, data = load_framework(match[2]), load_published(match[2])
        if match[1] == "printed":
            return _comparator_set(
                reference, framework, printed_comparator(framework, data.tables, data.results, as_at), beside
            )
        return _comparator_set(reference, framework, rows_comparator(framework, data.results, as_at), beside)


def published_figures() -> PublishedFigures:
    return PublishedFigures()


def slug(area: str) -> str:
    """Return an area's name as it stands in a reference: "Bournemouth & Poole" is "bournemouth-poole"."""
    return re.sub(r"[^a-z0-9]+", "-", area.lower()).strip("-")


def _results() -> Iterator[tuple[Framework, PublishedResult]]:
    for framework_id in framework_ids():
        for result in load_published(framework_id).results:
            yield load_framework(framework_id), result


def _score_set(reference: str, framework: Framework, result: PublishedResult) -> ScoreSet:
    return ScoreSet(
        reference=reference,
        area=result.area,
        title=set_title(result.area, result.kind),
        when=words_for(result.inspected or result.published),
        source=result.source,
        scores=tuple(
            ScoreSnapshot(
                theme=theme.id,
                name=plain_name(theme.name),
                description=str(theme.description),
                percent=(percent := result.percents.get(theme.id)),
                band=None if percent is None else _band(framework, percent),
                cases=result.cases,
                no_interval_reason=_NO_CASES,
            )
            for theme in framework.themes
        ),
    )


def set_title(area: str, kind: str) -> Sentence:
    """What a set of scores is of: "Sefton re-inspection"."""
    if kind == "core":
        return Sentence.of("{area} core inspection", area=area)
    if kind == "reinspection":
        return Sentence.of("{area} re-inspection", area=area)
    return Sentence.of("{area} local audit", area=area)


def plain_name(name: Text) -> Sentence:
    """Return a theme's name without the quotation marks and "work" of the printed tables."""
    english = name.en.replace("‘", "").replace("’", "").removesuffix(" work")
    return Sentence.joined([Text(english, name.cy)])


def _band(framework: Framework, percent: int) -> str:
    """The band's name without the words that head its column ("Minimum improvement required" is "Minimum")."""
    return str(framework.band_for(percent).name).removesuffix(f" {framework.band_word}")


def _comparator_set(
    reference: str, framework: Framework, comparator: Comparator, beside: ScoreSet | None
) -> ComparatorSet:
    known = {s.theme: s.percent for s in beside.scores if s.percent is not None} if beside else {}
    area = beside.area if beside else ""
    shares = {theme: AreaScore(Fraction(percent, 100)) for theme, percent in known.items()}
    compared = compare(framework, area, shares, comparator)
    return ComparatorSet(
        reference=reference,
        title=Sentence.of("areas under the {framework}", framework=framework.title),
        as_at=words_for(comparator.as_at.isoformat()),
        basis=_BASIS_WORDS[comparator.basis],
        source="; ".join(_sources(compared.themes)),
        comparators=tuple(_snapshot(theme) for theme in compared.themes),
        caution=compared.caution,
    )


def _sources(themes: tuple[ThemeComparison, ...]) -> list[str]:
    """Each source once, in the order of first use."""
    figures = (figure for t in themes for figure in (t.lowest, t.highest, t.average) if figure)
    return list(dict.fromkeys(f"{figure.source} ({words_for(figure.published)})" for figure in figures))


def _snapshot(theme: ThemeComparison) -> ComparatorSnapshot:
    ranked = theme.standing.rank is not None
    return ComparatorSnapshot(
        theme=theme.id,
        lowest=_percent(theme.lowest),
        highest=_percent(theme.highest),
        average=_percent(theme.average),
        lowest_area=holders_in_words(theme.lowest),
        highest_area=holders_in_words(theme.highest),
        areas=theme.standing.of if ranked else theme.areas,
        rank=theme.standing.rank,
        quartile=theme.standing.quartile,
        no_rank_reason="" if ranked else theme.standing.reason or "",
        verdict=str(theme.verdict).replace("_", " "),
        verdict_reason=next(iter(theme.reasons), ""),
    )


def _percent(figure: Figure | None) -> int | None:
    return figure.percent if figure else None
