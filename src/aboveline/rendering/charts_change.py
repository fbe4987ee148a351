"""How several scores moved between an inspection and its re-inspection, each with both intervals on one axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from aboveline.rendering.charts import ENGLISH, Band, Chart, Mark, Span, Words
from aboveline.rendering.charts_svg import (
    BLUE,
    LINE,
    PALE_BLUE,
    band_strip,
    drawing,
    element,
    percent,
    scale,
    text,
)

ROW, GAP = 32, 14
#: Where a name breaks, so that name and figures fit side by side on a phone.
NAME_LETTERS = 27


@dataclass(frozen=True, slots=True)
class Move:
    """One score before and after. Either may be missing (not scored); so may their intervals."""

    name: str
    before: Mark | None
    after: Mark | None
    before_interval: Span | None = None
    after_interval: Span | None = None


def change_chart(
    id: str,
    title: str,
    sentence: str,
    moves: tuple[Move, ...],
    bands: tuple[Band, ...],
    words: Words = ENGLISH,
) -> Chart:
    """Return the chart: a row for each move, hollow before and filled after, with its name above it."""
    parts, top = [], 0.0
    for move in moves:
        lines = wrap(move.name, NAME_LETTERS) or [""]
        parts.append(_heading(move, lines, top, words))
        top += len(lines) * LINE + 6
        parts += [band_strip(bands, top, ROW), _move(move, top)]
        top += ROW + GAP
    height = top + LINE
    parts.append(scale(bands, height - LINE))
    rows = tuple(_row(move, words) for move in moves)
    description = "; ".join(f"{row[0]}: {row[1]} → {row[3]}" for row in rows)
    svg = drawing(id, title, description, height, *parts)
    columns = (words.what, words.before, words.interval, words.after, words.interval)
    return Chart(title, sentence, svg, columns, rows)


def _heading(move: Move, lines: Sequence[str], top: float, words: Words) -> str:
    figures = f"{_label(move.before, words)} → {_label(move.after, words)}"
    named = [text(line, 0, top + (n + 1) * LINE, font_weight="bold") for n, line in enumerate(lines)]
    return "".join(named) + text(figures, 100, top + LINE)


def _move(move: Move, top: float) -> str:
    upper, lower = top + 10, top + 22
    parts = [_whisker(move.before_interval, upper, "#ffffff"), _whisker(move.after_interval, lower, PALE_BLUE)]
    if move.before and move.after:
        ends = {"x1": percent(move.before.at), "x2": percent(move.after.at), "y1": upper, "y2": lower}
        parts.append(element("line", **ends, stroke=BLUE, stroke_width=2))
    if move.before:
        dot = {"cx": percent(move.before.at), "cy": upper, "r": 5}
        parts.append(element("circle", **dot, fill="#ffffff", stroke=BLUE, stroke_width=2))
    if move.after:
        parts.append(element("circle", cx=percent(move.after.at), cy=lower, r=6, fill=BLUE))
    return "".join(parts)


def _whisker(span: Span | None, y: float, fill: str) -> str:
    if not span:
        return ""
    return element(
        "rect", x=percent(span.low), y=y - 4, width=percent(span.high - span.low), height=8, fill=fill, stroke=BLUE
    )


def _row(move: Move, words: Words) -> tuple[str, ...]:
    spans = [span.words() if span else words.no_interval for span in (move.before_interval, move.after_interval)]
    return (move.name, _label(move.before, words), spans[0], _label(move.after, words), spans[1])


def _label(mark: Mark | None, words: Words) -> str:
    return mark.label if mark else words.no_interval
