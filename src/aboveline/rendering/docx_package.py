"""The package of a Word document: leftovers of templates and editors are taken out, and its bytes are repeatable."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from docx.oxml.ns import qn

from aboveline.rendering.docx_styles import FONT, LANGUAGE

_STAMP = datetime(2000, 1, 1)  # noqa: DTZ001  python-docx writes core properties as UTC and takes naive times
_ZIP_STAMP = (1980, 1, 1, 0, 0, 0)
_WORD_2013_ON = "15"
_SESSION = re.compile(r"\{[^}]*wordprocessingml[^}]*\}rsid")
_LEFTOVERS = ("/customXml", "/thumbnail", "/stylesWithEffects", "/extended-properties")


def packed(document: Any, title: str) -> bytes:
    """Return a document's bytes with clean properties, no leftover parts and fixed times."""
    _properties(document.core_properties, title)
    for owner in (document.part.package, document.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(_LEFTOVERS):
                del owner.rels[key]
    _settings(document.settings.element)
    _session_marks(document.part.package)
    _theme(document.part)
    buffer = io.BytesIO()
    document.save(buffer)
    return _repeatable(buffer.getvalue())


def _settings(settings: Any) -> None:
    """Take out traces of editing; say that this is today's Word, which else opens it in compatibility mode."""
    for tag in ("w:rsids", "w:attachedTemplate", "w:proofState", "w:savePreviewPicture"):
        for element in settings.findall(qn(tag)):
            settings.remove(element)
    for element in settings.findall(qn("w:themeFontLang")):
        element.attrib.clear()
        element.set(qn("w:val"), LANGUAGE)
    for element in settings.findall(qn("w:zoom")):
        element.attrib.clear()
        element.set(qn("w:percent"), "100")
    for element in settings.iter(qn("w:compatSetting")):
        if element.get(qn("w:name")) == "compatibilityMode":
            element.set(qn("w:val"), _WORD_2013_ON)


def _session_marks(package: Any) -> None:
    """Take out the numbers by which Word tells editing sessions apart."""
    for part in package.iter_parts():
        root = getattr(part, "_element", None)
        if root is None:
            continue
        for mark in list(root.iter(qn("w:rsid"))):
            mark.getparent().remove(mark)
        for element in root.iter():
            for name in [name for name in element.attrib if _SESSION.match(name)]:
                del element.attrib[name]


def _theme(part: Any) -> None:
    """Name our font in the theme, so that text added by hand does not come in another."""
    for relation in part.rels.values():
        if relation.reltype.endswith("/theme"):
            theme = relation.target_part
            theme._blob = re.sub(rb'(<a:latin typeface=")[^"]+', rb"\g<1>" + FONT.encode(), theme.blob)


def _properties(core: Any, title: str) -> None:
    core.title, core.language = title[:255], LANGUAGE
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = _STAMP
    core.revision = 1


def _repeatable(data: bytes) -> bytes:
    """Write the same members again with one time, in order of name after the list of content types."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            member = zipfile.ZipInfo(name, _ZIP_STAMP)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return made.getvalue()
