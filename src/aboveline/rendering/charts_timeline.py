"""A service's scores on one theme over the years. Readings under different frameworks are never joined by a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise

from aboveline.rendering.charts import ENGLISH, Band, Chart, Span, Words
from aboveline.rendering.charts_svg import BLUE, PALE_BLUE, RULE, SOFT_INK, TONES, drawing, element, percent, text

TOP, PLOT, FOOT = 22, 180, 42
#: Where the first and last reading stand, in percent, so that their labels stay inside; the scale is on the left.
FIRST, LAST = 16.0, 88.0
#: half the width of a dot and of the end of an interval, in pixels
DOT, CAP = 6, 10


@dataclass(frozen=True, slots=True)
class Reading:
    """A score on a day. Readings of one `series` (a framework) are comparable with each other and are joined."""

    day: date
    when: str
    at: float
    label: str
    series: str
    interval: Span | None = None


def timeline(
    id: str,
    title: str,
    sentence: str,
    readings: Sequence[Reading],
    bands: tuple[Band, ...],
    words: Words = ENGLISH,
) -> Chart:
    """Return the chart, readings in order of date. Raises ValueError where there is none."""
    ordered = sorted(readings, key=lambda reading: reading.day)
    if not ordered:
        raise ValueError("a timeline needs a reading")
    places = _places([reading.day for reading in ordered])
    body = _ground(bands) + _joins(ordered, places, words)
    body += "".join(_reading(reading, x) for reading, x in zip(ordered, places, strict=True))
    body += _dates(ordered, places)
    rows = tuple((r.when, r.label, r.interval.words() if r.interval else words.no_interval, r.series) for r in ordered)
    description = "; ".join(f"{row[0]}: {row[1]}" for row in rows)
    svg = drawing(id, title, description, TOP + PLOT + FOOT, body)
    return Chart(title, sentence, svg, (words.when, words.percent, words.interval, words.framework), rows)


def _places(days: Sequence[date]) -> list[float]:
    """Where each day stands between FIRST and LAST, in percent; a single day stands in the middle."""
    first, length = days[0], (days[-1] - days[0]).days
    if not length:
        return [50.0 for _day in days]
    return [FIRST + (LAST - FIRST) * (day - first).days / length for day in days]


def _height(at: float) -> float:
    return TOP + PLOT * (100 - at) / 100


def _ground(bands: Sequence[Band]) -> str:
    parts = []
    for band in sorted(bands, key=lambda b: b.low):
        top, foot = _height(band.high), _height(band.low)
        parts.append(element("rect", x=0, y=top, width="100%", height=foot - top, fill=TONES[band.tone]))
        parts.append(element("line", x1=0, x2="100%", y1=foot, y2=foot, stroke="#ffffff", stroke_width=2))
    edges = sorted({0.0, *(band.low for band in bands)})
    numbers = [element("text", f"{edge:g}%", x=4, y=_height(edge) - 4, font_size=12) for edge in edges]
    return "".join(parts) + element("g", *numbers, fill=SOFT_INK)


def _joins(readings: Sequence[Reading], places: Sequence[float], words: Words) -> str:
    """A line between neighbours of one series; a dashed upright where the framework changes."""
    parts = []
    for (one, x1), (two, x2) in pairwise(zip(readings, places, strict=True)):
        if one.series == two.series:
            ends = {"x1": percent(x1), "y1": _height(one.at), "x2": percent(x2), "y2": _height(two.at)}
            parts.append(element("line", **ends, stroke=BLUE, stroke_width=2))
        else:
            middle = (x1 + x2) / 2
            ends = {"x1": percent(middle), "x2": percent(middle), "y1": TOP, "y2": TOP + PLOT}
            parts.append(element("line", **ends, stroke=SOFT_INK, stroke_dasharray="4 4"))
            parts.append(text(words.new_framework, middle, TOP - 6, fill=SOFT_INK, font_size=13))
    return "".join(parts)


def _reading(reading: Reading, x: float) -> str:
    parts = []
    at, y = percent(x), _height(reading.at)
    top = foot = y
    if reading.interval:
        top, foot = _height(reading.interval.high), _height(reading.interval.low)
        parts.append(element("line", x1=at, x2=at, y1=top, y2=foot, stroke=PALE_BLUE, stroke_width=8))
        parts.append(element("line", x1=at, x2=at, y1=top, y2=foot, stroke=BLUE))
        parts += [_cap(at, end) for end in (top, foot)]
    parts.append(element("circle", cx=at, cy=y, r=DOT, fill=BLUE, stroke="#ffffff"))
    # Above the interval, where neither it nor the line to the next reading crosses the number.
    above = element("text", escape(reading.label), y=-CAP, text_anchor="middle", font_weight="bold")
    parts.append(element("svg", above, x=at, y=top, overflow="visible"))
    return "".join(parts)


def _cap(at: str, y: float) -> str:
    """The end of an interval, wider than the dot, so that it is seen where the interval is short."""
    bar = element("rect", x=-CAP, y=-1, width=2 * CAP, height=2, fill=BLUE)
    return element("svg", bar, x=at, y=y, overflow="visible")


def _dates(readings: Sequence[Reading], places: Sequence[float]) -> str:
    """Dates under the readings, on two lines where neighbours are close."""
    parts, last, lane = [], -100.0, 0
    for reading, x in zip(readings, places, strict=True):
        lane = 1 - lane if x - last < 30 else 0
        foot = TOP + PLOT
        parts.append(element("line", x1=percent(x), x2=percent(x), y1=foot, y2=foot + 5 + lane * 16, stroke=RULE))
        parts.append(text(reading.when, x, foot + 18 + lane * 16, fill=SOFT_INK, font_size=13))
        last = x
    return "".join(parts)
