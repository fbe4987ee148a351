"""The limited child's half of making a report: an outline as JSON comes in, a document's bytes go out.

The child can open no file while it builds. `prepare` therefore makes one document with every kind of block first, which
opens the fonts, the templates and the modules that are loaded late, and keeps them.
"""

from dataclasses import replace

from aboveline.rendering.outline import Facts, Grid, Heading, Items, Outline, Para, Picture
from aboveline.rendering.outline_json import outline_from_json

_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><text y="3" font-size="3">a</text></svg>'
EVERY_BLOCK = Outline(
    title="Title",
    organisation="Council",
    blocks=(
        Heading(2, "Part", "part"),
        Para("Text"),
        Para("Note", quiet=True),
        Items(("one", "two")),
        Items(("one", "two"), numbered=True),
        Facts("Facts", (("Label", ("one", "two")),)),
        Grid("Table", ("a", "b", "c"), (("1", "2", "3"), ("4", "5", "6")), (0.4, 0.3, 0.3), strong=frozenset({1})),
        Picture("Drawing", "A letter", _DRAWING, 4, 4),
    ),
    footer="Footer",
)


def prepare(form: str) -> None:
    """Open all that a build of this form needs, with and without the mark of a draft."""
    for watermark in ("", "Draft"):
        _make(form, replace(EVERY_BLOCK, watermark=watermark))


def docx(outline: bytes) -> bytes:
    return _make("docx", outline_from_json(outline))


def pdf(outline: bytes) -> bytes:
    return _make("pdf", outline_from_json(outline))


def html(outline: bytes) -> bytes:
    return _make("html", outline_from_json(outline))


def _make(form: str, outline: Outline) -> bytes:
    """Make one form; the libraries of the others are not loaded."""
    if form == "docx":
        from aboveline.rendering.report_docx import docx_document

        return docx_document(outline)
    if form == "pdf":
        from aboveline.rendering.report_pdf import pdf_document

        return pdf_document(outline)
    from aboveline.rendering.report_html import html_page

    return html_page(outline).encode()
