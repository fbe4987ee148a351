"""Reads a YAML file as plain values with the line of each, refusing what could mislead a reader or flood the machine.

What is accepted is small: mappings with text keys, lists, text, whole and decimal numbers, true and false, null and
ISO dates. `yes`, `no`, `on` and `off` are text. Nothing is expanded, so no file grows when it is read.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from aboveline.domain import yaml_problems as kinds
from aboveline.domain.problems import Checked, Place, Problem, ProblemKind, checked

Path = tuple[str | int, ...]

LIMIT_BYTES = 1_000_000
LIMIT_VALUES = 50_000
LIMIT_DEPTH = 20
LIMIT_DIGITS = 18

#: libyaml parses ten times faster where the wheel carries it; both give the same events
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WHOLE = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"\.nan|[-+]?\.inf", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: Mapping[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A file's values, and the line (from 1) on which the key or list item at each path stands; `()` is the file's."""

    tree: object
    lines: Mapping[Path, int]


class _UnreadableError(Exception):
    """The rest of the file is not worth, or not safe, reading."""


def read_yaml(data: bytes, *, file: str, limit_bytes: int = LIMIT_BYTES) -> Checked[YamlDocument]:
    """Return the document in `data`, or every problem found; `file` is the name used in problems."""
    if len(data) > limit_bytes:
        return Checked(None, (kinds.TOO_LARGE.at(file=file, limit=f"{limit_bytes:,}"),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Checked(None, (kinds.NOT_UTF8.at(Place(line=line), file=file),))
    return _Builder(file).read(text)


class _Builder:
    """Builds values from parser events; problems gather, and only the unsafe ones stop the reading."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.lines: dict[Path, int] = {}
        self.count = 0

    def read(self, text: str) -> Checked[YamlDocument]:
        tree: object = None
        try:
            self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_PARSER)
            tree = self._only_document()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            reason = error.problem or error.context or "it breaks off"
            self._refuse(kinds.SYNTAX, mark.line + 1 if mark else None, (), reason=reason)
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            self._refuse(kinds.SYNTAX, line, (), reason="it holds a character that text files do not use")
        except _UnreadableError:
            pass
        return checked(YamlDocument(tree, self.lines), self.problems)

    def _only_document(self) -> object:
        for event in self.events:
            if isinstance(event, yaml.StreamEndEvent):
                self._refuse(kinds.EMPTY, None, ())
                raise _UnreadableError
            if isinstance(event, yaml.DocumentStartEvent):
                break
        tree = self._value(next(self.events), ())
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._refuse(kinds.SEVERAL_DOCUMENTS, _line(event), ())
                raise _UnreadableError
        if tree is None and not self.problems:
            self._refuse(kinds.EMPTY, None, ())
        return tree

    def _value(self, event: yaml.Event, path: Path, depth: int = 0) -> object:
        self._admit(event, path, depth)
        self.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth + 1)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path) if event.implicit[0] else event.value
        return None

    def _admit(self, event: yaml.Event, path: Path, depth: int) -> None:
        self.count += 1
        if self.count > LIMIT_VALUES:
            self._refuse(kinds.TOO_MANY_VALUES, _line(event), (), limit=f"{LIMIT_VALUES:,}")
            raise _UnreadableError
        if depth > LIMIT_DEPTH:
            self._refuse(kinds.TOO_DEEP, _line(event), (), limit=LIMIT_DEPTH)
            raise _UnreadableError
        if getattr(event, "anchor", None):
            self._refuse(kinds.ALIAS, _line(event), path)
        if tag := getattr(event, "tag", None):
            self._refuse(kinds.TAG, _line(event), path, tag=tag)

    def _mapping(self, path: Path, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, path, depth)
            value_path = (*path, key)
            if key in found:
                self._refuse(kinds.DUPLICATE_KEY, _line(event), value_path, key=key)
            self.lines.setdefault(value_path, _line(event))
            found[key] = self._value(next(self.events), value_path, depth)
        return found

    def _key(self, event: yaml.Event, path: Path, depth: int) -> str:
        self._admit(event, path, depth)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        self._refuse(kinds.KEY_NOT_TEXT, _line(event), path)
        raise _UnreadableError

    def _sequence(self, path: Path, depth: int) -> list[object]:
        found: list[object] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._value(event, (*path, len(found)), depth))
        return found

    def _scalar(self, event: yaml.ScalarEvent, path: Path) -> object:
        """The value of a scalar written without quotation marks."""
        text = str(event.value)
        if text in _WORDS:
            return _WORDS[text]
        if _WHOLE.fullmatch(text) and len(text) <= LIMIT_DIGITS:
            return int(text)
        if _DAY.fullmatch(text):
            return self._day(event, text, path)
        if _DECIMAL.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
        if any(pattern.fullmatch(text) for pattern in (_WHOLE, _DECIMAL, _NOT_FINITE)):
            self._refuse(kinds.NOT_FINITE, _line(event), path, value=text)
            return None
        return text

    def _day(self, event: yaml.ScalarEvent, text: str, path: Path) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._refuse(kinds.NO_SUCH_DAY, _line(event), path, value=text)
            return None

    def _refuse(
        self, kind: ProblemKind, line: int | None, path: Path, *, value: str | None = None, **words: object
    ) -> None:
        place = Place(path=path_words(path) or None, line=line)
        self.problems.append(kind.at(place, file=self.file, value=value, nearest=None, **words))


def path_words(path: Path) -> str:
    """A path as people read it: `criteria[0].questions[2].text`; list positions count from 0 as in the file's tree."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
