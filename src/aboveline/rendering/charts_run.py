"""One measure over a service's audit rounds, as a run chart: each round with its interval, and the median.

Rounds stand at equal distances, as a run chart has them. Those that make a pattern are diamonds, the others dots.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from aboveline.rendering.charts import ENGLISH, Chart, Mark, Span, Words
from aboveline.rendering.charts_svg import (
    BLUE,
    DIAMOND,
    INK,
    NARROWEST,
    PALE_BLUE,
    RULE,
    SOFT_INK,
    drawing,
    element,
    percent,
    shape,
    text,
    width_of,
)

TOP, PLOT, FOOT = 16, 180, 30
#: where the first and last round stand, in percent; the scale is on the left
FIRST, LAST = 14.0, 94.0
GRID = (0, 25, 50, 75, 100)
DOT = 4
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class RunPoint:
    """One round: its day in words, its score and how many cases it read. `pattern` names what it is part of, if any."""

    when: str
    at: float
    label: str
    cases: int
    interval: Span | None = None
    pattern: str = ""


def run_chart(
    id: str, title: str, sentence: str, points: Sequence[RunPoint], median: Mark | None, words: Words = ENGLISH
) -> Chart:
    """Return the chart, points in the order of time. Raises ValueError where there is none."""
    if not points:
        raise ValueError("a run chart needs a round")
    places = _places(len(points))
    body = _grid() + _intervals(points, places) + (_median(median, words) if median else "")
    body += _line(points, places) + "".join(_point(point, x) for point, x in zip(points, places, strict=True))
    body += _last(points[-1], places[-1]) + _dates(points, places)
    columns = (words.when, words.percent, words.cases, words.interval, words.pattern)
    rows = tuple(
        (p.when, p.label, str(p.cases), p.interval.words() if p.interval else words.no_interval, p.pattern or NOTHING)
        for p in points
    )
    description = "; ".join(f"{point.when}: {point.label}" for point in points)
    if median:
        description += f"; {words.median}: {median.label}"
    return Chart(title, sentence, drawing(id, title, description, TOP + PLOT + FOOT, body), columns, rows)


def _places(points: int) -> list[float]:
    if points == 1:
        return [(FIRST + LAST) / 2]
    return [FIRST + (LAST - FIRST) * place / (points - 1) for place in range(points)]


def _height(at: float) -> float:
    return TOP + PLOT * (100 - at) / 100


def _grid() -> str:
    lines = [element("line", x1=0, x2="100%", y1=_height(at), y2=_height(at), stroke=RULE) for at in GRID]
    numbers = [element("text", f"{at}%", x=0, y=_height(at) - 4, font_size=12) for at in GRID]
    return "".join(lines) + element("g", *numbers, fill=SOFT_INK)


def _intervals(points: Sequence[RunPoint], places: Sequence[float]) -> str:
    return "".join(
        element(
            "line",
            x1=percent(x),
            x2=percent(x),
            y1=_height(point.interval.high),
            y2=_height(point.interval.low),
            stroke=PALE_BLUE,
            stroke_width=3,
        )
        for point, x in zip(points, places, strict=True)
        if point.interval
    )


def _median(median: Mark, words: Words) -> str:
    y = _height(median.at)
    line = element("line", x1=percent(FIRST - 4), x2="100%", y1=y, y2=y, stroke=INK, stroke_dasharray="6 3")
    return line + _over(f"{words.median} {median.label}", FIRST - 4, y - 5)


def _over(words: str, at: float, y: float) -> str:
    """Words that stay readable over lines: their letters have a white edge."""
    edge = {"stroke": "#ffffff", "stroke_width": 4, "paint_order": "stroke"}
    return text(words, at, y, font_weight="bold", font_size=13, **edge)


def _line(points: Sequence[RunPoint], places: Sequence[float]) -> str:
    joined = pairwise(zip(points, places, strict=True))
    return "".join(
        element(
            "line", x1=percent(x1), x2=percent(x2), y1=_height(one.at), y2=_height(two.at), stroke=BLUE, stroke_width=2
        )
        for (one, x1), (two, x2) in joined
    )


def _point(point: RunPoint, x: float) -> str:
    if point.pattern:
        return shape(DIAMOND, x, _height(point.at), fill=INK, stroke="#ffffff")
    return element("circle", cx=percent(x), cy=_height(point.at), r=DOT, fill=BLUE, stroke="#ffffff")


def _last(point: RunPoint, x: float) -> str:
    """The latest score over its mark; below it where the mark is at the top."""
    return _over(point.label, x, _height(point.at) + (20 if point.at > 90 else -10))


def _dates(points: Sequence[RunPoint], places: Sequence[float]) -> str:
    """Days under the rounds: the last always, and as many of the others as keep apart at the narrowest width."""
    # Words at the right end stand to the left of their round, those before them around theirs: one and a half widths.
    apart = 100 * (1.5 * max(width_of(point.when) for point in points) + 8) / NARROWEST
    shown = [len(points) - 1]
    for place in range(len(points) - 2, -1, -1):
        if places[shown[-1]] - places[place] >= apart:
            shown.append(place)
    foot = TOP + PLOT
    ticks = [element("line", x1=percent(x), x2=percent(x), y1=foot, y2=foot + 5, stroke=RULE) for x in places]
    words = [text(points[i].when, places[i], foot + 20, fill=SOFT_INK, font_size=12) for i in shown]
    return "".join(ticks) + "".join(words)
