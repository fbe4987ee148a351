"""Hidden data in DOCX, XLSX and ODS packages."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from aboveline.rendering.hidden_data import Finding

LIMIT_MEMBERS, LIMIT_BYTES = 2_000, 100_000_000

#: parts that hold what nobody sees on the page, by their path in the package
_PARTS = (
    ("comments", re.compile(r"(word|xl)/(comments|threadedComments|persons|people)", re.IGNORECASE)),
    ("custom XML", re.compile(r"customXml/", re.IGNORECASE)),
    ("embedded file", re.compile(r"(word|xl)/embeddings/|^Object \d+/", re.IGNORECASE)),
    ("macro", re.compile(r"vbaProject|^Basic/|^Scripts/", re.IGNORECASE)),
    ("thumbnail", re.compile(r"thumbnail", re.IGNORECASE)),
    ("custom properties", re.compile(r"docProps/custom\.xml", re.IGNORECASE)),
    ("printer settings", re.compile(r"printerSettings", re.IGNORECASE)),
)
#: the same by the kind of relationship that leads to a part, whatever the part is called
_RELATIONS = {
    "comments": "comments",
    "commentsExtended": "comments",
    "threadedComment": "comments",
    "person": "comments",
    "people": "comments",
    "customXml": "custom XML",
    "oleObject": "embedded file",
    "package": "embedded file",
    "aFChunk": "embedded file",
    "glossaryDocument": "embedded file",
    "vbaProject": "macro",
    "thumbnail": "thumbnail",
    "custom-properties": "custom properties",
    "attachedTemplate": "path of a template",
    "printerSettings": "printer settings",
}
#: elements that hide something wherever they stand, by local name
_ELEMENTS = {
    "ins": "tracked change",
    "del": "tracked change",
    "moveFrom": "tracked change",
    "moveTo": "tracked change",
    "rPrChange": "tracked change",
    "pPrChange": "tracked change",
    "tracked-changes": "tracked change",
    "annotation": "comments",
    "commentReference": "comments",
    "commentRangeStart": "comments",
    "customXml": "custom XML",
    "smartTag": "custom XML",
    "dataBinding": "custom XML",
    "rsids": "editing session marks",
    "docVars": "document variables",
    "attachedTemplate": "path of a template",
    "altChunk": "embedded file",
}
_SWITCHES = {"vanish", "webHidden", "specVanish"}
_PROPERTIES = {"creator", "lastModifiedBy", "keywords", "description", "subject", "category", "Company", "Manager"}
_PROPERTIES |= {"HyperlinkBase", "initial-creator", "printed-by"}
#: bookmarks that Word makes by itself for a contents list or a cross-reference
_OWN_BOOKMARK = re.compile(r"_(Toc|Ref)\d+")
_COLOUR_OF_PAPER = re.compile(r"(f[0-9a-f]){3}|white", re.IGNORECASE)
#: type of two points or less cannot be read; Word counts in half points
_TINY = {"1", "2", "3", "4"}


def scan_office(data: bytes) -> tuple[Finding, ...]:
    """Return what is hidden. Raises ValueError for what is not a readable package of modest size."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise ValueError("not an Office package") from error
    members = package.infolist()
    if len(members) > LIMIT_MEMBERS or sum(member.file_size for member in members) > LIMIT_BYTES:
        raise ValueError("the package is too large")
    found: list[Finding] = []
    for member in members:
        found += [Finding(kind, member.filename) for kind, pattern in _PARTS if pattern.search(member.filename)]
        if member.filename.endswith((".xml", ".rels")):
            found += _scan_part(member.filename, package.read(member))
    return tuple(dict.fromkeys(found))


def _scan_part(name: str, xml: bytes) -> Iterator[Finding]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"{name} is not XML") from error
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield Finding("XML comment", name)
            continue
        kind = _hidden(name, etree.QName(element).localname, element)
        if kind:
            yield Finding(kind, name)


def _hidden(part: str, tag: str, element: etree._Element) -> str | None:
    attributes = {etree.QName(key).localname: str(value) for key, value in element.attrib.items()}
    if tag in _ELEMENTS:
        return _ELEMENTS[tag]
    if tag in _SWITCHES and part.startswith("word/"):
        return None if attributes.get("val") in {"0", "false", "off"} else "hidden text"
    off = attributes.get("state", "visible") != "visible" or attributes.get("hidden") in {"1", "true"}
    if off and tag in {"sheet", "row", "col"}:
        return "hidden sheet, row or column"
    if attributes.get("display") in {"none", "false"} and tag in {"table-properties", "text-properties"}:
        return "hidden sheet, row or column"
    if attributes.get("visibility") == "collapse":
        return "hidden sheet, row or column"
    if tag in _PROPERTIES and (element.text or "").strip():
        return "name or remark in the properties"
    if tag == "rsid" or any(name.startswith("rsid") for name in attributes):
        return "editing session marks"
    if tag == "bookmarkStart" and not _OWN_BOOKMARK.fullmatch(attributes.get("name", "")):
        return "name of a bookmark"
    if tag == "Relationship":
        return _related(attributes)
    # A style of tables may set white on dark, which is read well.
    if part.startswith("word/") and "table" not in (_type(style) for style in element.iterancestors("{*}style")):
        return _unreadable(tag, attributes.get("val", ""))
    return None


def _related(attributes: Mapping[str, str]) -> str | None:
    kind = attributes.get("Type", "").rpartition("/")[2]
    if attributes.get("TargetMode") == "External" and kind != "hyperlink":
        return "link to another file"
    return _RELATIONS.get(kind)


def _type(style: etree._Element) -> str | None:
    return next((value for name, value in style.attrib.items() if etree.QName(name).localname == "type"), None)


def _unreadable(tag: str, value: str) -> str | None:
    if tag == "color" and _COLOUR_OF_PAPER.fullmatch(value):
        return "text in the colour of the paper"
    return "hidden text" if tag == "sz" and value in _TINY else None
