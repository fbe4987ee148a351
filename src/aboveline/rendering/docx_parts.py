"""Parts of a Word document that python-docx has no words for: header rows, numbering, fields, the watermark."""

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

_SHAPE = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
  xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>
</v:shapetype>
<v:shape id="Watermark" o:spid="_x0000_s2049" type="#_x0000_t136" alt="" o:allowincell="f" fillcolor="#d0d0d0"
 stroked="f" style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:140pt;rotation:315;
z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;
mso-position-vertical-relative:margin"><v:fill opacity=".45"/><v:textpath style="font-family:Arial;font-size:1pt"/>
</v:shape></w:pict></w:r>"""


def watermark(header: Any, word: str) -> None:
    """Set a word behind every page, in the header, as Word's own watermark does."""
    run = parse_xml(_SHAPE)
    for path in run.iter("{urn:schemas-microsoft-com:vml}textpath"):
        if path.get("style"):
            path.set("string", word)
    header.paragraphs[0]._p.append(run)


def caption_table(table: Any, caption: str) -> None:
    """Name a table for people who hear it, and say that its first row and column are headings."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    look = parse_xml(
        f'<w:tblLook {nsdecls("w")} w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        'w:noHBand="0" w:noVBand="1"/>'
    )
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), caption)
    properties.extend([look, name])


def header_row(table: Any) -> None:
    """Repeat the first row on every page and keep each row whole."""
    for index, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if index == 0:
            properties.append(OxmlElement("w:tblHeader"))


def keep_together(table: Any) -> None:
    """Keep all rows on one page: each row but the last stays with the next."""
    for row in table._tbl.tr_lst[:-1]:
        for paragraph in row.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def fix_widths(table: Any, widths_mm: list[float]) -> None:
    """Fix the column widths in millimetres, in the grid and in every cell (readers differ in which they obey)."""
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths_mm, strict=True):
        column.set(qn("w:w"), str(int(Mm(width).twips)))
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths_mm, strict=True):
            cell.width = Mm(width)


def shade(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EEF1F4"/>')
    )


def new_numbering(document: Any) -> int:
    """Return a numbering that starts at 1 and looks as the style "List Number" does."""
    numbering = document.part.numbering_part.numbering_definitions._numbering
    style = document.styles["List Number"].element
    abstract = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def describe_picture(shape: Any, name: str, alt: str) -> None:
    properties = shape._inline.docPr
    properties.set("name", name)
    properties.set("descr", alt)
    inner = shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr
    inner.set("name", name)


def fields_paragraph(paragraph: Any, words: str) -> None:
    """Write the words of the footer and "Page x of y"."""
    paragraph.style = "Note"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{words}\tPage ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)
