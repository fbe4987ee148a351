"""A score with its interval on the framework's bands, the areas it is compared with above and its own past below."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveline.rendering.charts import ENGLISH, Band, Chart, Mark, Span, Words
from aboveline.rendering.charts_svg import (
    BLUE,
    DIAMOND,
    INK,
    LINE,
    PALE_BLUE,
    RULE,
    SOFT_INK,
    band_strip,
    drawing,
    element,
    lanes,
    percent,
    scale,
    shape,
    text,
)

STRIP = 28


@dataclass(frozen=True, slots=True)
class Comparators:
    """Lowest, average and highest of the areas compared; any may be unknown. Labels are the printed percents."""

    lowest: Mark | None = None
    average: Mark | None = None
    highest: Mark | None = None
    lowest_area: str = ""
    highest_area: str = ""


@dataclass(frozen=True, slots=True)
class ScoreOnBands:
    """What the chart shows. `earlier` is the same service's older score, its label for example "2009: 38"."""

    id: str
    title: str
    sentence: str
    bands: tuple[Band, ...]
    score: Mark | None
    interval: Span | None = None
    comparators: Comparators = Comparators()
    earlier: Mark | None = None


def interval_on_bands(shown: ScoreOnBands, words: Words = ENGLISH) -> Chart:
    """Return the chart: others' figures above the strip, the service's own below, each label in a free lane."""
    above = _named(shown.comparators, words)
    below = [mark for mark in (shown.earlier, shown.score) if mark]
    above_lanes, below_lanes = lanes(above), lanes(below)
    top = LINE * (1 + max(above_lanes)) + 4 if above else 4
    under = top + STRIP
    labels = _labels_above(above, above_lanes, top) + _labels_below(shown, below, below_lanes, under)
    foot = under + LINE * (1 + max(below_lanes, default=0)) + 4 + LINE
    body = band_strip(shown.bands, top, STRIP) + _marks(shown, top + STRIP / 2) + labels + scale(shown.bands, foot - 4)
    rows = _rows(shown, words)
    description = "; ".join(f"{row[0]}: {row[1]}{f' ({row[2]})' if row[2] else ''}" for row in rows)
    svg = drawing(shown.id, shown.title, description, foot + 2, body)
    return Chart(shown.title, shown.sentence, svg, (words.what, words.percent, words.area), rows)


def row_bar(
    score: float | None,
    interval: Span | None = None,
    earlier: float | None = None,
    edges: Sequence[float] = (),
) -> str:
    """Return a small bar for a row of a table whose cells already say the figures; screen readers pass over it."""
    y = 10
    parts = [element("line", x1="0%", x2="100%", y1=y, y2=y, stroke=RULE, stroke_width=2)]
    parts += [element("line", x1=percent(e), x2=percent(e), y1=y - 6, y2=y + 6, stroke=RULE) for e in edges]
    if interval:
        parts.append(_interval(interval, y, 10))
    if earlier is not None and score is not None:
        parts.append(element("line", x1=percent(earlier), x2=percent(score), y1=y, y2=y, stroke=BLUE, stroke_width=2))
    if earlier is not None:
        parts.append(_hollow(earlier, y, 4))
    if score is not None:
        parts.append(element("circle", cx=percent(score), cy=y, r=5, fill=BLUE))
    hidden = {"aria_hidden": "true", "focusable": "false", "class_": "ab-row-bar"}
    return element("svg", *parts, width="100%", height=20, overflow="visible", **hidden)


def _named(comparators: Comparators, words: Words) -> list[Mark]:
    given = ((words.lowest, comparators.lowest), (words.average, comparators.average))
    marks = [*given, (words.highest, comparators.highest)]
    return [Mark(mark.at, f"{word} {mark.label}") for word, mark in marks if mark]


def _labels_above(marks: Sequence[Mark], at_lanes: Sequence[int], top: float) -> str:
    parts = []
    for mark, lane in zip(marks, at_lanes, strict=True):
        y = top - 6 - lane * LINE
        parts.append(text(mark.label, mark.at, y, fill=SOFT_INK))
        if lane:
            parts.append(_leader(mark.at, y + 4, top))
    return "".join(parts)


def _labels_below(shown: ScoreOnBands, marks: Sequence[Mark], at_lanes: Sequence[int], under: float) -> str:
    parts = []
    for mark, lane in zip(marks, at_lanes, strict=True):
        y = under + 15 + lane * LINE
        own = mark is shown.score
        if lane:
            parts.append(_leader(mark.at, under, y - 13))
        parts.append(text(mark.label, mark.at, y, fill=INK if own else BLUE, font_weight="bold" if own else None))
    return "".join(parts)


def _leader(at: float, y1: float, y2: float) -> str:
    return element("line", x1=percent(at), x2=percent(at), y1=y1, y2=y2, stroke=RULE)


def _marks(shown: ScoreOnBands, y: float) -> str:
    others = shown.comparators
    parts = [_interval(shown.interval, y, 12)] if shown.interval else []
    if others.lowest and others.highest:
        ends = {"x1": percent(others.lowest.at), "x2": percent(others.highest.at)}
        parts.append(element("line", **ends, y1=y, y2=y, stroke=SOFT_INK, stroke_width=1.5))
    for end in (others.lowest, others.highest):
        if end:
            at = percent(end.at)
            parts.append(element("line", x1=at, x2=at, y1=y - 8, y2=y + 8, stroke=SOFT_INK, stroke_width=2))
    if others.average:
        parts.append(shape(DIAMOND, others.average.at, y, fill="#ffffff", stroke=SOFT_INK, stroke_width=1.5))
    if shown.earlier:
        parts.append(_hollow(shown.earlier.at, y, 6))
    if shown.score:
        parts.append(element("circle", cx=percent(shown.score.at), cy=y, r=8, fill=BLUE, stroke="#ffffff"))
    return "".join(parts)


def _interval(interval: Span, y: float, height: float) -> str:
    width = percent(interval.high - interval.low)
    return element(
        "rect", x=percent(interval.low), y=y - height / 2, width=width, height=height, fill=PALE_BLUE, stroke=BLUE
    )


def _hollow(at: float, y: float, radius: float) -> str:
    return element("circle", cx=percent(at), cy=y, r=radius, fill="#ffffff", stroke=BLUE, stroke_width=2)


def _rows(shown: ScoreOnBands, words: Words) -> tuple[tuple[str, str, str], ...]:
    others = shown.comparators
    given = (
        (words.score, shown.score.label if shown.score else "", words.this),
        (words.interval, shown.interval.words() if shown.interval else "", words.this),
        (words.before, shown.earlier.label if shown.earlier else "", words.this),
        (words.lowest, others.lowest.label if others.lowest else "", others.lowest_area),
        (words.average, others.average.label if others.average else "", ""),
        (words.highest, others.highest.label if others.highest else "", others.highest_area),
    )
    return tuple((name[:1].upper() + name[1:], value, area) for name, value, area in given if value) or (
        (words.score, words.no_interval, words.this),
    )
