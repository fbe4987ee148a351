"""An outline as a tagged PDF (PDF/UA-1 by typst's own check). Data goes in as JSON; nothing else is read or fetched."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from typing import Any

import typst

from aboveline.rendering.font_coverage import showable
from aboveline.rendering.outline import Outline, Picture
from aboveline.rendering.outline_json import plain_outline
from aboveline.rendering.pdf_row_headings import mark_row_headings

#: the same instant in every file, so that the same report gives the same bytes
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def pdf_document(outline: Outline) -> bytes:
    """Return the document as PDF bytes; the same outline gives the same bytes."""
    words = showable(json.dumps(plain_outline(outline), ensure_ascii=False))
    return mark_row_headings(_compile(_template(), {"report": words}, format="pdf", pdf_standards=["ua-1"]))


def picture_png(picture: Picture, *, dots_per_unit: float = 3.0) -> bytes:
    """Return a drawing as PNG bytes, for formats that cannot hold SVG."""
    source = (
        f"#set page(width: {picture.width}pt, height: {picture.height}pt, margin: 0pt, fill: none)\n"
        '#image(bytes(sys.inputs.at("svg")), format: "svg", width: 100%)'
    )
    return _compile(source.encode(), {"svg": picture.svg}, format="png", ppi=72 * dots_per_unit)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (resources.files("aboveline.rendering") / "templates" / "report.typ").read_bytes()


@lru_cache(maxsize=1)
def _surroundings() -> dict[str, Any]:
    """Return all that a template can reach: our own fonts, every face of them in memory so that no later document opens
    a file, and their folder as its root."""
    folder = str(resources.files("aboveline.rendering") / "fonts")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
    surroundings: dict[str, Any] = {"root": folder, "font_paths": fonts, "timestamp": int(_STAMP.timestamp())}
    typst.compile(b'#set text(font: "Liberation Sans")\na *b* _c_ *_d_*', **surroundings)
    return surroundings


def _compile(source: bytes, inputs: dict[str, str], **options: Any) -> bytes:
    made: Any = typst.compile(source, sys_inputs=inputs, **_surroundings(), **options)
    return bytes(made)
