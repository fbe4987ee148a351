"""Text on a PDF page that nobody sees: white, drawn invisibly or transparently, or outside the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Matrix

#: text render modes that paint nothing (ISO 32000-1, 9.3.6)
_INVISIBLE = {3, 7}
#: operators that set the colour of fills in grey or RGB, and those that show text (ISO 32000-1, annex A)
_FILLS, _SHOWS = {"g", "rg", "sc", "scn", "cs"}, {"Tj", "TJ", "'", '"'}
#: forms within forms deeper than this are not followed
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class _Paint:
    """What `q` saves: where the page's units lie, and whether what is filled can be seen."""

    matrix: Matrix
    white: bool = False
    clear: bool = False


@dataclass
class _Pen:
    """Follows one stream of drawing steps; `line` and `leading` say where the next text begins."""

    paint: _Paint
    resources: Any
    saved: list[_Paint] = field(default_factory=list)
    line: Matrix = field(default_factory=Matrix)
    leading: float = 0.0

    def follow(self, operator: str, operands: Sequence[Any]) -> None:
        if operator == "q":
            self.saved.append(self.paint)
        elif operator == "Q":
            self.paint = self.saved.pop() if self.saved else self.paint
        elif operator == "cm":
            self.paint = replace(self.paint, matrix=_matrix(operands) @ self.paint.matrix)
        elif operator in _FILLS:
            self.paint = replace(self.paint, white=bool(operands) and all(operand == 1 for operand in operands))
        elif operator == "k":
            self.paint = replace(self.paint, white=all(operand == 0 for operand in operands))
        elif operator == "gs":
            state = self.resources.get("/ExtGState", {}).get(str(operands[0]), {})
            self.paint = replace(self.paint, clear=state.get("/ca", 0 if self.paint.clear else 1) == 0)
        else:
            self._move(operator, operands)

    def _move(self, operator: str, operands: Sequence[Any]) -> None:
        if operator == "BT":
            self.line = Matrix()
        elif operator == "Tm":
            self.line = _matrix(operands)
        elif operator == "TL":
            self.leading = float(operands[0])
        elif operator in {"Td", "TD"}:
            right, up = (float(operand) for operand in operands)
            self.leading = -up if operator == "TD" else self.leading
            self.line = Matrix(1, 0, 0, 1, right, up) @ self.line
        elif operator in {"T*", "'", '"'}:
            self.line = Matrix(1, 0, 0, 1, 0, -self.leading) @ self.line

    @property
    def place(self) -> tuple[float, float]:
        """Where text begins, in the page's own units."""
        return (self.line @ self.paint.matrix).transform((0, 0))


def unseen_text(page: pikepdf.Page) -> Iterator[str]:
    """What hides text on a page, in words, once for each piece of text."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    yield from _unseen(page, _Pen(_Paint(Matrix()), page.get("/Resources", {})), box, 0)


def _unseen(stream: Any, pen: _Pen, box: tuple[float, float, float, float], depth: int) -> Iterator[str]:
    for step in pikepdf.parse_content_stream(stream):
        operator, operands = str(step.operator), list(step.operands)
        pen.follow(operator, operands)
        if operator == "Tr" and int(operands[0]) in _INVISIBLE:
            yield "hidden text"
        elif operator in _SHOWS:
            yield from _how_hidden(pen, box)
        elif operator == "Do" and depth < _DEPTH:
            yield from _in_form(pen, str(operands[0]), box, depth)


def _how_hidden(pen: _Pen, box: tuple[float, float, float, float]) -> Iterator[str]:
    across, up = pen.place
    if not (box[0] <= across <= box[2] and box[1] <= up <= box[3]):
        yield "text outside the page"
    if pen.paint.clear:
        yield "hidden text"
    elif pen.paint.white:
        yield "text in the colour of the paper"


def _in_form(pen: _Pen, name: str, box: tuple[float, float, float, float], depth: int) -> Iterator[str]:
    """A form is drawn by its own steps where the page's are."""
    form = pen.resources.get("/XObject", {}).get(name)
    if form is None or form.get("/Subtype") != "/Form":
        return
    matrix = _matrix(list(form.get("/Matrix", [1, 0, 0, 1, 0, 0]))) @ pen.paint.matrix
    inner = _Pen(replace(pen.paint, matrix=matrix), form.get("/Resources", pen.resources))
    yield from _unseen(form, inner, box, depth + 1)


def _matrix(operands: Sequence[Any]) -> Matrix:
    return Matrix(*(float(operand) for operand in operands))
