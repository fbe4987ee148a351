"""How far off a result may be against the number of cases drawn: two curves, and the size in hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from aboveline.rendering.charts import Chart
from aboveline.rendering.charts_svg import BLUE, INK, RULE, SOFT_INK, drawing, element, percent, text

TOP, PLOT, FOOT = 56, 180, 44
#: Where the scale of sizes begins and ends, in percent; the scale of margins is on the left.
FIRST, LAST = 11.0, 96.0
#: The highest margin drawn, in percentage points; beyond it a sample says next to nothing.
CEILING = 30.0


@dataclass(frozen=True, slots=True)
class MarginAt:
    """Margins in percentage points for one size: of a fact about a case, and of a pooled score (None: no interval)."""

    size: int
    case: float
    score: float | None


@dataclass(frozen=True, slots=True)
class MarginWords:
    """What the chart prints of itself. `columns` head its figures; `here` marks the size in hand."""

    columns: tuple[str, str, str]
    sizes: str
    here: str
    none: str


def precision_chart(
    id: str, title: str, sentence: str, margins: Sequence[MarginAt], chosen: MarginAt, words: MarginWords
) -> Chart:
    """Return the chart, sizes rising. Raises ValueError where there are fewer than two sizes."""
    ordered = sorted({*margins, chosen}, key=lambda m: m.size)
    if len(ordered) < 2:
        raise ValueError("a curve needs two sizes")
    largest = ordered[-1].size
    body = _ground() + _sizes(ordered[-1].size, words.sizes) + _legend(words)
    body += _curve([(m.size, m.case) for m in ordered], largest, stroke=BLUE, stroke_width=3)
    scored = [(m.size, m.score) for m in ordered if m.score is not None]
    body += _curve(scored, largest, stroke=INK, stroke_width=2, stroke_dasharray="6 4")
    body += _here(chosen, largest, words)
    rows = tuple(_row(margin, words) for margin in ordered)
    description = f"{words.here}: {'; '.join(_row(chosen, words)[1:])}"
    return Chart(title, sentence, drawing(id, title, description, TOP + PLOT + FOOT, body), words.columns, rows)


def points(margin: float | None, none: str = "") -> str:
    """A margin to one decimal, for example ±9.4."""
    return none if margin is None else f"±{margin:.1f}"


def _row(margin: MarginAt, words: MarginWords) -> tuple[str, str, str]:
    return str(margin.size), points(margin.case), points(margin.score, words.none)


def _x(size: int, largest: int) -> float:
    return FIRST + (LAST - FIRST) * size / largest


def _y(margin: float) -> float:
    return TOP + PLOT * (1 - min(margin, CEILING) / CEILING)


def _ground() -> str:
    parts = []
    for margin in (0, 10, 20, 30):
        y = _y(margin)
        parts.append(element("line", x1=percent(FIRST), x2=percent(LAST), y1=y, y2=y, stroke=RULE))
        parts.append(element("text", f"±{margin}", x=0, y=y + 5, fill=SOFT_INK, font_size=12))
    return "".join(parts)


def _sizes(largest: int, words: str) -> str:
    """The sizes under the chart: none, half and all of the cases."""
    foot = TOP + PLOT
    marks = [text(str(size), _x(size, largest), foot + 18, fill=SOFT_INK) for size in (0, largest // 2, largest)]
    return "".join(marks) + text(words, (FIRST + LAST) / 2, foot + 36, fill=SOFT_INK)


def _legend(words: MarginWords) -> str:
    lines = (
        (14, words.columns[1], {"stroke": BLUE, "stroke_width": 3}),
        (34, words.columns[2], {"stroke": INK, "stroke_width": 2, "stroke_dasharray": "6 4"}),
    )
    return "".join(
        element("line", x1=0, x2=28, y1=y - 5, y2=y - 5, **style) + element("text", escape(label), x=36, y=y, fill=INK)
        for y, label, style in lines
    )


def _curve(places: Iterable[tuple[int, float]], largest: int, **style: object) -> str:
    """Segments in percent of the width; what lies above the ceiling is left out rather than drawn flat."""
    low = [(size, margin) for size, margin in places if margin <= CEILING]
    return "".join(
        element("line", x1=percent(_x(a, largest)), x2=percent(_x(b, largest)), y1=_y(m), y2=_y(n), **style)
        for (a, m), (b, n) in pairwise(low)
    )


def _here(chosen: MarginAt, largest: int, words: MarginWords) -> str:
    x = _x(chosen.size, largest)
    upright = element("line", x1=percent(x), x2=percent(x), y1=TOP, y2=TOP + PLOT, stroke=SOFT_INK, stroke_width=1)
    dots = "".join(
        element("circle", cx=percent(x), cy=_y(margin), r=5, fill=colour, stroke="#ffffff")
        for margin, colour in ((chosen.case, BLUE), (chosen.score, INK))
        if margin is not None and margin <= CEILING
    )
    return upright + dots + text(words.here, x, TOP - 4, font_weight="bold")
