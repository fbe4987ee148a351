"""Looks for what a reader of a document does not see: comments, tracked changes, hidden text, attachments, names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One hidden thing: its kind, and where in the file it stands. Its content is never repeated here."""

    kind: str
    where: str


class UnknownKind(ValueError):
    """The file's ending is not one this scanner reads."""


def scan(name: str, data: bytes) -> tuple[Finding, ...]:
    """Return everything hidden in a DOCX, XLSX, ODS, PDF or HTML file, by its name's ending.

    Raises UnknownKind for another ending, and ValueError where the file is not what its ending says.
    """
    ending = name.lower().rpartition(".")[2]
    if ending in {"docx", "xlsx", "ods"}:
        from aboveline.rendering.hidden_in_office import scan_office

        return scan_office(data)
    if ending == "pdf":
        from aboveline.rendering.hidden_in_pdf import scan_pdf

        return scan_pdf(data)
    if ending in {"html", "htm"}:
        from aboveline.rendering.hidden_in_html import scan_html

        return scan_html(data)
    raise UnknownKind(f"no scanner for .{ending}")
