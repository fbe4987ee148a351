"""The messages people read, out of the source and into catalogues.

translations.py extract       write the template catalogue from source and page templates
translations.py check         say what is out of date; nothing is written
translations.py language cy   begin a language, or bring its catalogue up to the template
translations.py compile       make each language's catalogue what the pages load
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent
SOURCE = ROOT / "src" / "aboveline"
LOCALE = SOURCE / "web" / "locale"
TEMPLATE = LOCALE / "django.pot"
#: makes sentences from templates that the problem catalogues give as literals
MAKER = "domain/problems.py"

#: one message, or the message of one and that of many
Message = str | tuple[str, str]


class NotLiteral(Exception):
    """A message that cannot be extracted, because it is not written out where it is marked."""


def _first(call: ast.Call) -> Iterator[Message]:
    yield _literal(call.args[0])


def _pair(call: ast.Call) -> Iterator[Message]:
    yield _literal(call.args[0]), _literal(call.args[1])


def _kind(call: ast.Call) -> Iterator[Message]:
    """A problem's message, with that of one where it counts, and its remedy."""
    message, remedy = _literal(call.args[1]), _literal(call.args[2])
    one = [_literal(word.value) for word in call.keywords if word.arg == "one"]
    yield (one[0], message) if one else message
    yield remedy


def _literal(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise NotLiteral(f"line {node.lineno}: {ast.unparse(node)}")


MARKS: dict[str, Callable[[ast.Call], Iterator[Message]]] = {
    "_": _first,
    "gettext": _first,
    "gettext_lazy": _first,
    "ngettext": _pair,
    "ngettext_lazy": _pair,
    "Sentence.of": _first,
    "Sentence.counted": _pair,
    "ProblemKind": _kind,
}
_TEXT = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE = re.compile(rf"\bngettext\({_TEXT}, {_TEXT},|\b(?:gettext|_)\({_TEXT}\)")


def in_python(source: str, *, maker: bool = False) -> Iterator[Message]:
    """Yield what is marked in a module, in its order.

    Raises NotLiteral for a mark around anything but a literal, which only a maker of messages may have.
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if read := MARKS.get(ast.unparse(call.func)):
            try:
                yield from list(read(call))
            except NotLiteral:
                if not maker:
                    raise


def in_template(source: str) -> Iterator[Message]:
    """Yield what is marked in a page template, as Django looks it up."""
    for one, many, alone in _IN_TEMPLATE.findall(templatize(source)):
        yield ast.literal_eval(alone) if alone else (ast.literal_eval(one), ast.literal_eval(many))


def catalogue() -> Catalog:
    """Every message of the source, with the files it stands in."""
    found = Catalog(charset="utf-8")
    for path in sorted(SOURCE.rglob("*.py")) + sorted(SOURCE.rglob("templates/**/*.html")):
        name = path.relative_to(SOURCE).as_posix()
        text = path.read_text(encoding="utf-8")
        try:
            for message in in_python(text, maker=name == MAKER) if path.suffix == ".py" else in_template(text):
                found.add(message, locations=[(name, None)])
        except NotLiteral as wrong:
            sys.exit(f"{name}, {wrong}: write the message out where it is marked")
    return found


def written(messages: Catalog, **options: bool) -> bytes:
    text = BytesIO()
    write_po(text, messages, sort_by_file=True, include_lineno=False, width=110, **options)
    return text.getvalue()


def languages() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def compiled(path: Path) -> bytes:
    """A language's catalogue as pages load it. Messages nobody has reviewed stay English."""
    binary = BytesIO()
    write_mo(binary, read_po(BytesIO(path.read_bytes())), use_fuzzy=False)
    return binary.getvalue()


def extract() -> None:
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(written(catalogue(), omit_header=True))


def compile_all() -> None:
    for path in languages():
        path.with_suffix(".mo").write_bytes(compiled(path))


def language(code: str) -> None:
    path = LOCALE / code / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    known = read_po(BytesIO(path.read_bytes()), locale=code) if path.exists() else Catalog(locale=code)
    known.update(catalogue())
    path.write_bytes(written(known))


def stale() -> list[str]:
    """The catalogues that are not what the source, or the language's own text, says."""
    found = [] if TEMPLATE.exists() and TEMPLATE.read_bytes() == written(catalogue(), omit_header=True) else [TEMPLATE]
    for path in languages():
        binary = path.with_suffix(".mo")
        if not binary.exists() or binary.read_bytes() != compiled(path):
            found.append(binary)
    return [path.relative_to(ROOT).as_posix() for path in found]


def main() -> None:
    match sys.argv[1:]:
        case ["extract"]:
            extract()
        case ["check"]:
            if found := stale():
                sys.exit(f"out of date: {', '.join(found)}; ./run fix writes them")
        case ["language", code]:
            language(code)
        case ["compile"]:
            compile_all()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
