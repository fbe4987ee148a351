"""An outline as a tagged PDF (PDF/UA-1 by typst's own check). Data goes in as JSON; nothing else is read or fetched."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import resources
from tempfile import TemporaryDirectory
from typing import Any

import typst

from aboveline.rendering.font_coverage import showable
from aboveline.rendering.outline import Block, Outline, Picture
from aboveline.rendering.pdf_row_headings import mark_row_headings

#: the same instant in every file, so that the same report gives the same bytes
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def pdf_document(outline: Outline) -> bytes:
    """Return the document as PDF bytes; the same outline gives the same bytes."""
    data = {
        "title": outline.title,
        "organisation": outline.organisation,
        "watermark": outline.watermark,
        "footer": outline.footer,
        "blocks": [_plain(block) for block in outline.blocks],
    }
    template = (resources.files("aboveline.rendering") / "templates" / "report.typ").read_bytes()
    words = showable(json.dumps(data, ensure_ascii=False))
    return mark_row_headings(_compile(template, {"report": words}, format="pdf", pdf_standards=["ua-1"]))


def picture_png(picture: Picture, *, dots_per_unit: float = 3.0) -> bytes:
    """Return a drawing as PNG bytes, for formats that cannot hold SVG."""
    source = (
        f"#set page(width: {picture.width}pt, height: {picture.height}pt, margin: 0pt, fill: none)\n"
        '#image(bytes(sys.inputs.at("svg")), format: "svg", width: 100%)'
    )
    return _compile(source.encode(), {"svg": picture.svg}, format="png", ppi=72 * dots_per_unit)


def _plain(block: Block) -> dict[str, object]:
    plain: dict[str, object] = {"type": type(block).__name__, **asdict(block)}
    return {key: sorted(value) if isinstance(value, frozenset) else value for key, value in plain.items()}


def _compile(source: bytes, inputs: dict[str, str], **options: Any) -> bytes:
    """Compile in an empty root with our own fonts only, so that no template can reach a file or another font."""
    fonts = resources.files("aboveline.rendering") / "fonts"
    with TemporaryDirectory() as root, resources.as_file(fonts) as font_folder:
        made: Any = typst.compile(
            source,
            root=root,
            font_paths=[str(font_folder)],
            ignore_system_fonts=True,
            sys_inputs=inputs,
            timestamp=int(_STAMP.timestamp()),
            **options,
        )
    return bytes(made)
