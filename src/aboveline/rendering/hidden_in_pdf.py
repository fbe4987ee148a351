"""Hidden data in PDF: attachments, scripts, comments, forms, layers, names in the properties, invisible text."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from aboveline.rendering.hidden_data import Finding
from aboveline.rendering.hidden_in_pdf_text import unseen_text

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
    yield from (Finding(kind, where) for kind in unseen_text(page))


def _scan_objects(document: pikepdf.Pdf) -> Iterator[Finding]:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and str(thing.get("/S", "")) in {"/JavaScript", "/Launch"}:
            yield Finding("script", "action")
