"""From scores and a framework's bands to what charts are drawn with: percents from 0 to 100, unrounded."""

from django.utils.translation import gettext as _

from aboveline.domain.framework import Band, Framework
from aboveline.domain.score import Score
from aboveline.domain.statistics import Interval
from aboveline.rendering import charts
from aboveline.web.components import band_tone
from aboveline.web.presenters.wording import said


def bands_on_scale(framework: Framework) -> tuple[charts.Band, ...]:
    """The framework's bands from the weakest, each drawn up to where the next begins."""
    ordered = sorted(framework.bands, key=lambda band: band.from_percent)
    ends = [float(band.from_percent) for band in ordered[1:]] + [100.0]
    return tuple(
        charts.Band(said(band.name), float(band.from_percent), end, band_tone(place, len(ordered)))
        for place, (band, end) in enumerate(zip(ordered, ends, strict=True))
    )


def tone_of(framework: Framework, band: Band | None) -> int:
    """The shade of a band, 1 (weakest) to 4; 0 where there is none."""
    if band is None:
        return 0
    ordered = sorted(framework.bands, key=lambda one: one.from_percent)
    return band_tone(ordered.index(band), len(ordered))


def edges(framework: Framework) -> tuple[float, ...]:
    """Where bands begin, 0 left out."""
    return tuple(sorted(float(band.from_percent) for band in framework.bands if band.from_percent))


def percent_words(score: Score | None) -> str:
    """A score where only its percent has room, with what moderation decided of it; a dash where there is none."""
    if score is not None and score.withheld:
        return _("withheld")
    if score is None or score.percent is None:
        return "–"
    percent = f"{score.percent}%"
    return _("{percent} (provisional)").format(percent=percent) if score.provisional else percent


def at(score: Score) -> float | None:
    return None if score.share is None else float(100 * score.share)


def span(interval: Interval | None) -> charts.Span | None:
    return charts.Span(100 * interval.low, 100 * interval.high) if interval else None


def limits(interval: Interval | None) -> tuple[int, int] | tuple[None, None]:
    """Both limits as whole percents, halves up."""
    if interval is None:
        return None, None
    return int(100 * interval.low + 0.5), int(100 * interval.high + 0.5)


def interval_words(interval: Interval | None) -> str:
    """For example "66–82%"; a dash where there is no interval."""
    shown = span(interval)
    return shown.words() if shown else "–"
