"""The styles of our Word documents: Arial throughout, British English, no theme fonts, no colours below 4.5 to 1."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

FONT = "Arial"
LANGUAGE = "en-GB"
_INK, _QUIET = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x50, 0x5A, 0x5F)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_HEADINGS = {"Heading 1": (18, 0, 10), "Heading 2": (13, 16, 5), "Heading 3": (11, 12, 4)}


def apply_styles(document: Any) -> None:
    """Set every style of a new document, and add "Note", "Table text", "After table" and "Picture"."""
    styles = document.styles
    for style in styles.element.iter(qn("w:rPr")):
        _own_font(style)
    _size(styles["Normal"], 10.5, 0, 7)
    for name, (size, before, after) in _HEADINGS.items():
        _size(styles[name], size, before, after, bold=True)
        styles[name].paragraph_format.keep_with_next = True
    _size(styles["Caption"], 9.5, 6, 3, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        _size(styles[name], 10.5, 0, 4)
    _added(styles, "Note", 10, 0, 7).font.color.rgb = _QUIET
    _added(styles, "Table text", 9.5, 1, 1)
    _added(styles, "After table", 4, 0, 4)
    _grey_rules(styles["Table Grid"])
    _added(styles, "Picture", 10.5, 6, 2).paragraph_format.keep_with_next = True


def _size(style: Any, size: float, before: float, after: float, *, bold: bool = False) -> None:
    style.font.name = FONT
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = _INK
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _added(styles: Any, name: str, size: float, before: float, after: float) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    _size(style, size, before, after)
    return style


def _grey_rules(table_style: Any) -> None:
    for border in table_style.element.iter(*(qn(f"w:{side}") for side in _SIDES)):
        if border.get(qn("w:sz")):
            border.set(qn("w:color"), "8A9299")


def _own_font(properties: Any) -> None:
    """Name the font and the language in a set of run properties, and drop what points at the theme."""
    for fonts in properties.findall(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
    for colour in properties.findall(qn("w:color")):
        for name in [name for name in colour.attrib if "theme" in name]:
            del colour.attrib[name]
    for language in properties.findall(qn("w:lang")):
        language.attrib.clear()
        for script in ("w:val", "w:eastAsia"):
            language.set(qn(script), LANGUAGE)
