"""Hidden data in PDF: attachments, scripts, comments, forms, layers, names in the properties, invisible text."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from aboveline.rendering.hidden_data import Finding

_CATALOGUE = {
    "/OpenAction": "action on opening",
    "/AA": "action on opening",
    "/AcroForm": "form",
    "/OCProperties": "layers",
    "/AF": "attachment",
    "/Collection": "attachment",
    "/PieceInfo": "data of another program",
}
_OF_A_PAGE = {"/AA": "action on opening", "/PieceInfo": "data of another program", "/Thumb": "thumbnail"}
_NAMES = {"/EmbeddedFiles": "attachment", "/JavaScript": "script"}
_PROPERTIES = ("/Author", "/Keywords", "/Subject")
_HARMLESS_NOTES = {"/Link"}
_INVISIBLE = 3
#: operators that set the colour of fills in grey or RGB, and those that show text (ISO 32000-1, annex A)
_FILLS, _SHOWS = {"g", "rg", "sc", "scn", "cs"}, {"Tj", "TJ", "'", '"'}


def scan_pdf(data: bytes) -> tuple[Finding, ...]:
    """Return what is hidden. Raises ValueError where the file cannot be opened as a PDF without a password."""
    try:
        document = pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:
        raise ValueError("not a PDF that can be opened") from error
    with document:
        return tuple(dict.fromkeys(_scan(document)))


def _scan(document: pikepdf.Pdf) -> Iterator[Finding]:
    root = document.Root
    yield from (Finding(kind, "catalogue") for key, kind in _CATALOGUE.items() if key in root)
    names: Any = root.get("/Names", {})
    yield from (Finding(kind, "names") for key, kind in _NAMES.items() if key in names)
    info: Any = document.trailer.get("/Info", {})
    for key in _PROPERTIES:
        if key in info and str(info[key]).strip():
            yield Finding("name or remark in the properties", key)
    with document.open_metadata() as metadata:
        if metadata.get("dc:creator") or metadata.get("dc:description") or metadata.get("pdf:Keywords"):
            yield Finding("name or remark in the properties", "XMP")
    for number, page in enumerate(document.pages, 1):
        yield from _scan_page(page, f"page {number}")
    yield from _scan_objects(document)


def _scan_page(page: pikepdf.Page, where: str) -> Iterator[Finding]:
    for note in page.get("/Annots", []):
        kind = str(note.get("/Subtype", ""))
        if kind not in _HARMLESS_NOTES:
            yield Finding("attachment" if kind == "/FileAttachment" else "comment or form field", where)
    yield from (Finding(kind, where) for key, kind in _OF_A_PAGE.items() if key in page.obj)
    yield from (Finding(kind, where) for kind in _unseen_text(page))


def _unseen_text(page: pikepdf.Page) -> Iterator[str]:
    """Follow the colour that text is filled with, through saved and restored states."""
    white, saved = False, [False]
    for step in pikepdf.parse_content_stream(page):
        operator, operands = str(step.operator), list(step.operands)
        if operator == "q":
            saved.append(white)
        elif operator == "Q":
            white = saved.pop() if saved else False
        elif operator in _FILLS:
            white = bool(operands) and all(operand == 1 for operand in operands)
        elif operator == "Tr" and int(operands[0]) == _INVISIBLE:
            yield "hidden text"
        elif operator in _SHOWS and white:
            yield "text in the colour of the paper"


def _scan_objects(document: pikepdf.Pdf) -> Iterator[Finding]:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and str(thing.get("/S", "")) in {"/JavaScript", "/Launch"}:
            yield Finding("script", "action")
