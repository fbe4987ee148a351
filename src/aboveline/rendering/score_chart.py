"""The score chart as SVG text: for each theme the range of areas, their average, the area's score and its interval."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from aboveline.rendering.outline import Picture, printable

WIDTH = 640
_LEFT, _RIGHT, _ROW, _TOP = 24, 24, 66, 44
_INK, _RANGE, _SCORE, _GRID = "#1a1a1a", "#b9c4cf", "#003a70", "#dddddd"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One theme; every number is a whole percent or None where unknown."""

    name: str
    score: int | None
    lowest: int | None = None
    highest: int | None = None
    average: int | None = None
    interval: tuple[int, int] | None = None
    withheld: bool = False


def score_chart(caption: str, area: str, rows: Sequence[ChartRow]) -> Picture:
    """Return the drawing with a sentence for each theme as its alternative text."""
    height = _TOP + _ROW * len(rows) + 26
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="Liberation Sans, Arial, Helvetica, sans-serif" font-size="13" fill="{_INK}">',
        *_legend(area, any(row.interval for row in rows)),
        *_axis(height),
    ]
    for index, row in enumerate(rows):
        parts += _row(row, _TOP + index * _ROW)
    alt = f"Chart. {' '.join(sentence(row, area) for row in rows)}"
    return Picture(caption, printable(alt), "".join([*parts, "</svg>"]), WIDTH, height)


def sentence(row: ChartRow, area: str) -> str:
    """Say in words what one row of the chart shows."""
    missing = "withheld" if row.withheld else "not published"
    words = f"{row.name}: {area} {missing if row.score is None else f'{row.score}%'}"
    if row.interval:
        words += f", interval {row.interval[0]}% to {row.interval[1]}%"
    known = [(n, v) for n, v in (("lowest", row.lowest), ("average", row.average), ("highest", row.highest))]
    others = ", ".join(f"{name} {value}%" for name, value in known if value is not None)
    return f"{words}; all areas {others}." if others else f"{words}."


def _x(percent: float) -> float:
    return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * percent / 100, 1)


def _text(x: float, y: float, words: str, *, anchor: str = "start", weight: str = "normal", fill: str = _INK) -> str:
    safe = escape(printable(words))
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="{weight}" fill="{fill}">{safe}</text>'


def _legend(area: str, with_interval: bool) -> Iterator[str]:
    short = area if len(area) <= 24 else area[:23] + "…"
    yield f'<circle cx="{_LEFT + 6}" cy="14" r="6" fill="{_SCORE}"/>'
    yield _text(_LEFT + 18, 18, short + (" (bar: 95% interval)" if with_interval else ""))
    yield f'<rect x="{WIDTH - 320}" y="9" width="34" height="10" fill="{_RANGE}"/>'
    yield _text(WIDTH - 280, 18, "lowest to highest area")
    yield f'<rect x="{WIDTH - 122}" y="6" width="3" height="16" fill="{_INK}"/>'
    yield _text(WIDTH - 112, 18, "average of areas")


def _axis(height: int) -> Iterator[str]:
    for percent in (0, 25, 50, 75, 100):
        x = _x(percent)
        yield f'<line x1="{x}" y1="{_TOP - 8}" x2="{x}" y2="{height - 22}" stroke="{_GRID}" stroke-width="1"/>'
        anchor = {0: "start", 100: "end"}.get(percent, "middle")
        yield _text(x, height - 6, f"{percent}%", anchor=anchor)


def _row(row: ChartRow, top: float) -> Iterator[str]:
    middle = top + 36
    yield _text(_LEFT, top + 14, row.name if len(row.name) <= 60 else row.name[:59] + "…", weight="bold")
    if row.lowest is not None and row.highest is not None:
        yield (
            f'<rect x="{_x(row.lowest)}" y="{middle - 6}" width="{_x(row.highest) - _x(row.lowest):.1f}" '
            f'height="12" fill="{_RANGE}"/>'
        )
        left, right = min(row.lowest, (row.interval or (100,))[0]), max(row.highest, (row.interval or (0,))[-1])
        yield _text(_x(left) - 4, middle + 5, f"{row.lowest}%", anchor="end")
        yield _text(_x(right) + 4, middle + 5, f"{row.highest}%")
    if row.average is not None:
        yield f'<rect x="{_x(row.average) - 1.5}" y="{middle - 11}" width="3" height="22" fill="{_INK}"/>'
        yield _text(_x(row.average), middle + 24, f"{row.average}%", anchor="middle")
    if row.interval:
        low, high = (_x(end) for end in row.interval)
        yield f'<line x1="{low}" y1="{middle}" x2="{high}" y2="{middle}" stroke="{_SCORE}" stroke-width="3"/>'
    if row.score is not None:
        x = _x(row.score)
        yield f'<circle cx="{x}" cy="{middle}" r="7" fill="{_SCORE}" stroke="#ffffff" stroke-width="1.5"/>'
        yield _text(x, middle - 13, f"{row.score}%", anchor="middle", weight="bold", fill=_SCORE)
