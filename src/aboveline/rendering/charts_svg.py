"""Writing SVG: elements with every text and attribute escaped, positions in percent, labels that do not collide."""

from collections.abc import Iterable, Sequence
from html import escape

from aboveline.rendering.charts import Band, Mark

FONT = "Arial, Helvetica, sans-serif"
INK, SOFT_INK, BLUE, PALE_BLUE, RULE = "#0b0c0c", "#484949", "#1a65a6", "#a3bfdb", "#b1b4b6"
TONES = {1: "#f6d7d2", 2: "#fde7c8", 3: "#e6edf5", 4: "#d8eddf"}
#: The narrowest a chart is drawn (a 320-pixel phone less its margins); labels are kept apart at that width.
NARROWEST = 280
LETTER = 6.8
LINE = 18


def element(name: str, *content: str, **attributes: object) -> str:
    """Return an element. Content is SVG already; attribute names take `_` for `-`; None leaves one out."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(content)}</{name}>"


def percent(at: float) -> str:
    return f"{_number(round(at, 2))}%"


def text(words: str, at: float, y: float, **attributes: object) -> str:
    """Words beside a position, kept inside the drawing near its ends."""
    return element(
        "text", escape(words), x=percent(at), y=y, text_anchor=anchor(words, at), **{"fill": INK} | attributes
    )


def anchor(words: str, at: float) -> str:
    half = width_of(words) / 2
    if at * NARROWEST / 100 < half:
        return "start"
    return "end" if (100 - at) * NARROWEST / 100 < half else "middle"


def width_of(words: str) -> float:
    """About how many pixels the words take at the chart's text size of 14."""
    return len(words) * LETTER


def lanes(marks: Sequence[Mark]) -> list[int]:
    """Return for each mark the lane (0 = nearest the bar) where its label meets no other at the narrowest width."""
    taken: dict[int, list[tuple[float, float]]] = {}
    chosen = [0] * len(marks)
    for index in sorted(range(len(marks)), key=lambda i: marks[i].at):
        reach = _reach(marks[index])
        lane = 0
        while any(reach[0] < high and low < reach[1] for low, high in taken.get(lane, [])):
            lane += 1
        taken.setdefault(lane, []).append(reach)
        chosen[index] = lane
    return chosen


def band_strip(bands: Iterable[Band], y: float, height: float) -> str:
    """Shaded bands with a line between them, so that they show without colour too."""
    bands = sorted(bands, key=lambda band: band.low)
    shades = "".join(
        element("rect", x=percent(b.low), y=y, width=percent(b.high - b.low), height=height, fill=TONES[b.tone])
        for b in bands
    )
    edges = "".join(
        element("line", x1=percent(b.low), x2=percent(b.low), y1=y, y2=y + height, stroke="#ffffff", stroke_width=2)
        for b in bands[1:]
    )
    return shades + edges


def scale(bands: Sequence[Band], y: float) -> str:
    """The numbers under the strip: both ends and every edge of a band."""
    edges = sorted({0.0, 100.0, *(band.low for band in bands)})
    return "".join(text(_number(edge), edge, y, fill=SOFT_INK, font_size=12) for edge in edges)


def shape(path: str, at: float, y: float, **attributes: object) -> str:
    """A path drawn around its own 0,0 at a position given in percent."""
    return element("svg", element("path", d=path, **attributes), x=percent(at), y=y, overflow="visible")


DIAMOND = "M0 -7 L6 0 L0 7 L-6 0 Z"


def drawing(id: str, title: str, description: str, height: float, *content: str) -> str:
    """The whole picture, named for screen readers. `id` must be unique on its page."""
    return element(
        "svg",
        element("title", escape(title), id=f"{id}-title"),
        element("desc", escape(description), id=f"{id}-desc"),
        *content,
        id=id,
        xmlns="http://www.w3.org/2000/svg",
        width="100%",
        height=height,
        role="img",
        aria_labelledby=f"{id}-title {id}-desc",
        font_family=FONT,
        font_size=14,
    )


def _reach(mark: Mark) -> tuple[float, float]:
    """Where a label begins and ends, in pixels at the narrowest width, with room to its neighbour."""
    at, width = mark.at * NARROWEST / 100, width_of(mark.label) + 6
    start = {"start": at, "middle": at - width / 2, "end": at - width}[anchor(mark.label, mark.at)]
    return start, start + width


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
