"""A language made for tests: every message of the catalogue in ⟦ ⟧, and what a page shows outside of them."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

OPEN, CLOSE = "⟦", "⟧"
#: a language Django knows, so that its own middleware and formats take part
CODE = "cy"
#: not for a reader, or what somebody typed, or what a machine reads
_UNSEEN = {"script", "style", "textarea", "code"}
_PLACE = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|%\(\w+\)[sd]|%%)")
_VOID = {"meta", "link", "br", "input", "img", "hr", "wbr", "source", "col"}
_SAID = ("aria-label", "title", "alt", "placeholder", "label")


def wrapped(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


def around_places(text: str) -> str:
    """A message in brackets but for its places, so that what is put into them must be translated by itself."""
    return "".join(part if _PLACE.fullmatch(part) or not part.strip() else wrapped(part) for part in _PLACE.split(text))


def each_word(text: str) -> str:
    """So that a text may be shown in part, as a band's name without the words that head its column."""
    return " ".join(map(wrapped, text.split()))


def pseudo_catalogue(template: Catalog) -> Catalog:
    found = Catalog(locale=CODE)
    for message in template:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            found.add(message.id, tuple(around_places(message.id[min(n, 1)]) for n in range(found.num_plurals)))
        else:
            found.add(message.id, around_places(message.id))
    return found


def write_pseudo_language(folder: Path, template: Catalog) -> None:
    """Write the compiled catalogue as a language's folder holds it."""
    target = folder / CODE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    binary = BytesIO()
    write_mo(binary, pseudo_catalogue(template))
    target.write_bytes(binary.getvalue())


class _Shown(HTMLParser):
    """Every text a page shows or speaks; what stands in an element that says it is English is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.attributes: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        hidden = tag in _UNSEEN or (given.get("lang") == "en" and tag != "html") or self.unseen
        if not hidden:
            self.attributes += [value for name, value in attrs if value and self._spoken(name, value)]
            if tag == "input" and given.get("type") in {"submit", "button"}:
                self.attributes.append(given.get("value") or "")
        if tag != "wbr":
            self.pieces.append("\n")
        if tag not in _VOID:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append("\n")
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(data)

    @property
    def unseen(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    @staticmethod
    def _spoken(name: str, value: str) -> bool:
        data = name.startswith("data-") and name != "data-halt"
        return name in _SAID or (data and " " in value and not value.startswith(("[", "{")))


def outside(text: str) -> Iterator[str]:
    """The runs of text that stand in no brackets. Raises ValueError where brackets do not pair up."""
    depth, run, opened = 0, "", 0
    for place, letter in enumerate(text):
        if letter == CLOSE:
            depth -= 1
        if depth == 0 and letter not in OPEN + CLOSE:
            run += letter
        if letter == OPEN:
            if depth == 0:
                yield run
                run, opened = "", place
            depth += 1
        if depth < 0:
            raise ValueError(f"a message's end without its beginning: {text[:place]!r:.300}")
    if depth:
        raise ValueError(f"a message was cut off: {text[opened:]!r:.300}")
    yield run


def untranslated(page: str) -> list[str]:
    """What a page shows in letters outside every message, each line stripped."""
    shown = _Shown()
    shown.feed(page)
    texts: Iterable[str] = ("".join(shown.pieces), *shown.attributes)
    lines = (line.strip() for text in texts for run in outside(text) for line in run.split("\n"))
    return [line for line in lines if any(letter.isalpha() for letter in line)]
