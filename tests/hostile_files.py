"""Workbooks made to do harm or to mislead, built as they are needed."""

import io
import zipfile

from openpyxl import Workbook


def zipped(parts: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook(rows, title="Cases", **others) -> bytes:
    """An XLSX workbook with one sheet of rows; `others` are further sheets, name to rows."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, more in others.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes | str) -> bytes:
    """The same workbook with one part added or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {member: archive.read(member) for member in archive.namelist()}
    return zipped({**parts, name: content})


def with_sheet_xml(xml: str) -> bytes:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_part(workbook([["a"]]), "xl/worksheets/sheet1.xml", f"{head}{xml}</sheetData></worksheet>")


def many_rows(count: int = 1_500_000) -> bytes:
    return with_sheet_xml('<row><c t="str"><v>x</v></c></row>' * count)


def far_corner() -> bytes:
    """Two cells whose rectangle has seventeen thousand million."""
    return with_sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def lying_directory() -> bytes:
    """A directory that says a part is small when it unpacks to 80 MB."""
    data = bytearray(with_part(workbook([["a"]]), "xl/media/picture.bin", b"0" * 80_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        member = archive.getinfo("xl/media/picture.bin")
    size = member.file_size.to_bytes(4, "little")
    at = data.find(size, member.header_offset)
    while at >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
        at = data.find(size, at)
    return bytes(data)


def encrypted_flag(data: bytes) -> bytes:
    """The same zip with its first part marked as encrypted, in the directory and before the part."""
    changed = bytearray(data)
    changed[6] |= 1
    directory = data.find(b"PK\x01\x02")
    changed[directory + 8] |= 1
    return bytes(changed)


def ole(*, encrypted: bool) -> bytes:
    inside = "EncryptedPackage".encode("utf-16-le") if encrypted else "Workbook".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + inside + bytes(600)


def ods(content: str, **parts: str) -> bytes:
    head = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    )
    tail = "</office:spreadsheet></office:body></office:document-content>"
    manifest = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    base = {"mimetype": kind, "content.xml": head + content + tail, "META-INF/manifest.xml": manifest}
    return zipped({**base, **parts})


def ods_table(rows, name="Cases") -> str:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(f"<table:table-row>{''.join(cell.format(v) for v in row)}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}">{body}</table:table>'
