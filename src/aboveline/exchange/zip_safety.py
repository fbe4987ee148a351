"""What a workbook's zip directory says before anything is unpacked, and a bounded unpacking that proves it true."""

import io
import zipfile
import zlib

from aboveline.domain import table_problems as p
from aboveline.domain.problems import Problem
from aboveline.domain.sentences import Sentence

MEMBERS = 400
UNPACKED_BYTES = 60_000_000
RATIO = 150
RATIO_FROM_BYTES = 2_000_000
CELLS = 400_000
_CHUNK = 1 << 16
_CELLS = (b"<c ", b"<c>", b"<c/", b"<table:table-cell")
_FORMULAS = (b"<f>", b"<f ", b"table:formula=")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


def examine(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the kind of workbook (xlsx, ods, or empty where unknown), and why it must not be read or a warning.

    The directory alone is read first; members are unpacked (in chunks, kept nowhere) only when it promises little.
    """
    if (count := _declared_members(data)) > MEMBERS:
        return "", (p.BOMB.at(reason=Sentence.counted("{count} part", "{count} parts", count=count)),)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            found, formulas = _promise(members, len(data)), False
            if found is None:
                found, formulas = _unpack(archive, members)
            kind, problems = _kind(archive, members, found)
            return kind, problems or ((p.FORMULAS.at(),) if formulas else ())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError):
        return "", (p.DAMAGED.at(),)


def _declared_members(data: bytes) -> int:
    end = data.rfind(b"PK\x05\x06")
    return int.from_bytes(data[end + 10 : end + 12], "little") if end >= 0 else 0


def _promise(members: list[zipfile.ZipInfo], packed: int) -> Problem | None:
    """What the directory itself says that is too much. A zip64 directory can hold more than its short count said."""
    if len(members) > MEMBERS:
        return p.BOMB.at(reason=Sentence.counted("{count} part", "{count} parts", count=len(members)))
    if any(m.flag_bits & 1 for m in members):
        return p.PASSWORD.at()
    unpacked = sum(m.file_size for m in members)
    if unpacked > UNPACKED_BYTES:
        return p.BOMB.at(reason=f"{unpacked // 1_000_000} MB")
    if unpacked > RATIO_FROM_BYTES and unpacked > RATIO * packed:
        return p.BOMB.at(reason=Sentence.of("{times} times its size", times=unpacked // packed))
    return None


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> tuple[Problem | None, bool]:
    """Unpack each part in chunks and tell whether cells hold formulas.

    A part larger than it said, a document type, or too many cells is refused.
    """
    cells, formulas = 0, False
    for member in members:
        read, tail = 0, b""
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                read += len(chunk)
                window = tail + chunk
                tail = window[-32:]
                if read > member.file_size:
                    return p.BOMB.at(reason=Sentence.of("a part is larger than it says")), formulas
                if _is_xml(member.filename):
                    if any(word in window for word in _DECLARATIONS):
                        return p.UNSAFE_XML.at(), formulas
                    cells += sum(chunk.count(cell) for cell in _CELLS)
                    if cells > CELLS:
                        return p.BOMB.at(reason=Sentence.of("more than {cells} cells", cells=f"{CELLS:,}")), formulas
                    formulas = formulas or any(word in window for word in _FORMULAS)
    return None, formulas


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".rdf", ".vml"))


def _kind(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], found: Problem | None
) -> tuple[str, tuple[Problem, ...]]:
    names = {m.filename.lower() for m in members}
    if found:
        return "", (found,)
    if "xl/workbook.xml" in names:
        macros = any(n.endswith("vbaproject.bin") for n in names) or b"macroEnabled" in _part(
            archive, "[Content_Types].xml"
        )
        return "xlsx", (p.MACROS.at(),) if macros else ()
    if "content.xml" in names and b"opendocument.spreadsheet" in _part(archive, "mimetype"):
        if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
            return "ods", (p.PASSWORD.at(),)
        return "ods", (p.MACROS.at(),) if any(n.startswith(("basic/", "scripts/")) for n in names) else ()
    return "", (p.NOT_A_TABLE.at(found=_other_kind(names)),)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _other_kind(names: set[str]) -> str:
    if "word/document.xml" in names:
        return Sentence.of("a Word document")
    if "ppt/presentation.xml" in names:
        return Sentence.of("a presentation")
    return (
        Sentence.of("an XLSB workbook")
        if "xl/workbook.bin" in names
        else Sentence.of("a zip archive or another kind of document")
    )
