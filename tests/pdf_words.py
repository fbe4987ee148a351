"""The words of a PDF as a reader that copies them gets them, by each font's own table of characters."""

import io
import re

import pikepdf

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)


def words_of_pdf(data: bytes) -> str:
    """Return every text that is drawn, in the order of drawing. Fonts are two-byte ones, as typst writes them."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return "".join(_words(page) for page in document.pages)


def _words(page: pikepdf.Page) -> str:
    tables = {name: _table(font) for name, font in page.resources.get("/Font", {}).items()}
    found, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            shown = operands[0] if str(operator) == "TJ" else [operands[0]]
            codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
            found += [table.get(codes[at : at + 2], "") for at in range(0, len(codes), 2)]
    return "".join(found)


def _table(font: pikepdf.Object) -> dict[bytes, str]:
    table: dict[bytes, str] = {}
    for kind, body in _BLOCK.findall(font.ToUnicode.read_bytes()):
        if kind == b"char":
            table |= {bytes.fromhex(code.decode()): _characters(to) for code, to in _PAIR.findall(body)}
            continue
        for first, last, to in _RANGE.findall(body):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                table[(int(first, 16) + offset).to_bytes(2, "big")] = chr(int(to, 16) + offset)
    return table


def _characters(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")
