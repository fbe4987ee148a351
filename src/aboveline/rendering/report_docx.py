"""An outline as an editable Word document: real styles, repeated header rows, British English, nothing hidden."""

import io
from functools import lru_cache, singledispatchmethod
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from aboveline.rendering.docx_package import packed
from aboveline.rendering.docx_parts import (
    caption_table,
    describe_picture,
    fields_paragraph,
    fix_widths,
    header_row,
    keep_together,
    new_numbering,
    shade,
    watermark,
)
from aboveline.rendering.docx_styles import apply_styles
from aboveline.rendering.outline import Block, Facts, Grid, Heading, Items, Outline, Para, Picture
from aboveline.rendering.report_pdf import picture_png

if TYPE_CHECKING:
    from docx.table import Table, _Cell

TEXT_WIDTH_MM = 170
#: a table of at most so many rows stays on one page
KEPT_WHOLE = 10


def docx_document(outline: Outline) -> bytes:
    """Return the document as DOCX bytes; the same outline gives the same bytes."""
    document = Document(io.BytesIO(_blank(bool(outline.watermark))))
    _page(document)
    apply_styles(document)
    if outline.watermark:
        watermark(document.sections[0].header, outline.watermark)
    fields_paragraph(document.sections[0].footer.paragraphs[0], outline.footer)
    document.add_paragraph(outline.organisation, style="Note")
    document.add_heading(outline.title, level=1)
    writer = _Writer(document)
    for block in outline.blocks:
        writer.write(block)
    return packed(document, outline.title)


@lru_cache(maxsize=2)
def _blank(marked: bool) -> bytes:
    """Return a new document with a footer and, for a mark, a header: python-docx reads each from a file of its own."""
    document, made = Document(), io.BytesIO()
    for part in document.sections[0].footer, *((document.sections[0].header,) if marked else ()):
        part.is_linked_to_previous = False
    document.save(made)
    return made.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)
    section.header_distance = section.footer_distance = Mm(10)


class _Writer:
    def __init__(self, document: Any) -> None:
        self.document = document

    @singledispatchmethod
    def write(self, block: Block) -> None:
        raise TypeError(f"no DOCX for {type(block).__name__}")

    @write.register
    def _heading(self, block: Heading) -> None:
        self.document.add_heading(block.text, level=block.level)

    @write.register
    def _para(self, block: Para) -> None:
        self.document.add_paragraph(block.text, style="Note" if block.quiet else "Normal")

    @write.register
    def _items(self, block: Items) -> None:
        style = "List Number" if block.numbered else "List Bullet"
        numbering = new_numbering(self.document) if block.numbered else None
        for item in block.items:
            paragraph = self.document.add_paragraph(item, style=style)
            if numbering is not None:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = numbering

    @write.register
    def _facts(self, block: Facts) -> None:
        table = self._table(block.caption, ("Item", "Detail"), len(block.rows), (0.3, 0.7))
        for row, (label, lines) in zip(table.rows[1:], block.rows, strict=True):
            _fill(row.cells[0], label, strong=True)
            _fill(row.cells[1], lines[0] if lines else "")
            for line in lines[1:]:
                row.cells[1].add_paragraph(line, style="Table text")
        self._after()

    @write.register
    def _grid(self, block: Grid) -> None:
        table = self._table(block.caption, block.headings, len(block.rows), block.widths, block.numeric)
        for index, (row, words) in enumerate(zip(table.rows[1:], block.rows, strict=True)):
            for column, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
                _fill(cell, text, right=column in block.numeric, strong=index in block.strong)
        self._after()

    @write.register
    def _picture(self, block: Picture) -> None:
        paragraph = self.document.add_paragraph(style="Picture")
        shape = paragraph.add_run().add_picture(io.BytesIO(picture_png(block)), width=Mm(TEXT_WIDTH_MM))
        describe_picture(shape, block.caption, block.alt)
        self.document.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = False

    def _table(
        self,
        caption: str,
        headings: tuple[str, ...],
        rows: int,
        widths: tuple[float, ...],
        numeric: frozenset[int] = frozenset(),
    ) -> "Table":
        self.document.add_paragraph(caption, style="Caption")
        table: Table = self.document.add_table(rows=rows + 1, cols=len(headings), style="Table Grid")
        caption_table(table, caption)
        fix_widths(table, [round(TEXT_WIDTH_MM * share, 2) for share in widths])
        for column, (cell, text) in enumerate(zip(table.rows[0].cells, headings, strict=True)):
            _fill(cell, text, right=column in numeric, strong=True)
            shade(cell)
        header_row(table)
        if rows <= KEPT_WHOLE:
            keep_together(table)
        return table

    def _after(self) -> None:
        self.document.add_paragraph(style="After table")


def _fill(cell: "_Cell", text: str, *, right: bool = False, strong: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Table text"
    paragraph.add_run(text).bold = True if strong else None
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
