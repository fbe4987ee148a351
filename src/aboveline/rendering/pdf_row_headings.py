"""Marks the first cell of each row as the heading of its row in a tagged PDF, for people who hear a table.

Typst 0.15 tags headings of columns alone: its `pdf.header-cell` stands behind a feature that its Python binding cannot
switch on. Where cells name their headings, each must also be given the heading of its row (ISO 32000-1, 14.8.5.7, and
the tree of ids of 14.7.2).
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String


def mark_row_headings(pdf: bytes) -> bytes:
    """Return the document with the headings of rows marked; the same bytes for the same document.

    A table of one row, or of two columns under headings, is heard whole and is left as it is.
    """
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tables = [
            thing for thing in document.objects if isinstance(thing, Dictionary) and thing.get("/S") == Name.Table
        ]
        rows = [row for table in tables for row in _rows_with_headings(table)]
        if rows:
            _mark(document, rows)
        document.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def _rows_with_headings(table: Any) -> list[list[Any]]:
    rows = [list(row.K) for row in _under(table, Name.TR)]
    body = [cells for cells in rows if cells[0].S == Name.TD]
    return body if len(body) > 1 and (len(body) == len(rows) or len(body[0]) > 2) else []


def _under(element: Any, kind: Name) -> Iterator[Any]:
    for child in element.K:
        if isinstance(child, Dictionary) and "/S" in child:
            yield from [child] if kind == child.S else _under(child, kind)


def _mark(document: pikepdf.Pdf, rows: list[list[Any]]) -> None:
    root: Any = document.Root.StructTreeRoot
    if "/IDTree" not in root:
        root.IDTree = document.make_indirect(Dictionary(Names=Array()))
    ids: Any = pikepdf.NameTree(root.IDTree)
    for number, (head, *cells) in enumerate(rows):
        name = f"row {number}"
        head.S, head.ID, ids[name] = Name.TH, String(name), head
        _of_table(head).Scope = Name.Row
        for cell in cells:
            attributes = _of_table(cell)
            attributes.Headers = Array([*attributes.get("/Headers", []), String(name)])


def _of_table(cell: Any) -> Any:
    """The cell's attributes as part of a table, which it is given where it has none."""
    if "/A" not in cell:
        cell.A = Array()
    found = next((attributes for attributes in cell.A if Name.Table == attributes.O), None)
    if found is None:
        cell.A.append(Dictionary(O=Name.Table))
        found = cell.A[-1]
    return found
