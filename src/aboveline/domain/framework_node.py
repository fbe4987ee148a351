"""One value in a parsed framework file, which can be asked for as what it should be and notes what it is not.

Every question asked of a node returns a value of the right type even when the file is wrong, so that reading goes on
and every problem is found at once; what was wrong lies in the node's findings.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from aboveline.domain import framework_problems as kinds
from aboveline.domain.framework import Text
from aboveline.domain.problems import Place, Problem, ProblemKind, nearest_of
from aboveline.domain.sentences import Sentence

Path = tuple[str | int, ...]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")

#: stands for a value whose absence is already reported; whatever is asked of it answers without a further problem
MISSING = object()

#: the earliest day, standing for a date that could not be read
NO_DAY = date.min


class Document(Protocol):
    """A parsed file: plain values, and the line of each path in it."""

    @property
    def tree(self) -> object: ...

    @property
    def lines(self) -> Mapping[Path, int]: ...


@dataclass
class Findings:
    """What was wrong, and where each thing with an id stands, as ((thing, id) -> (file, place))."""

    problems: list[Problem] = field(default_factory=list)
    places: dict[tuple[str, str], tuple[str, Place]] = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    value: object
    file: str
    path: Path
    lines: Mapping[Path, int]
    findings: Findings

    @classmethod
    def root(cls, file: str, document: Document, findings: Findings) -> "Node":
        return cls(document.tree, file, (), document.lines, findings)

    def child(self, step: str | int, value: object) -> "Node":
        return Node(value, self.file, (*self.path, step), self.lines, self.findings)

    @property
    def place(self) -> Place:
        words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path).removeprefix(".")
        line = next((self.lines[p] for p in self._upwards() if p in self.lines), None)
        return Place(path=words or None, line=line)

    def _upwards(self) -> Iterable[Path]:
        return (self.path[:length] for length in range(len(self.path), -1, -1))

    def refuse(self, kind: ProblemKind, *, value: object = None, nearest: str | None = None, **words: object) -> None:
        self.findings.problems.append(kind.at(self.place, file=self.file, value=value, nearest=nearest, **words))

    def mark(self, thing: str, id: str) -> None:
        """Remember that the thing with this id stands here, for problems found later."""
        self.findings.places[thing, id] = (self.file, self.place)

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, "Node"]:
        """The mapping's values by key. Unknown and missing keys are refused; a missing required one is MISSING."""
        known = (*required, *optional)
        given = self.mapping()
        for key, node in given.items():
            if key not in known:
                near = nearest_of(key, known)
                node.refuse(kinds.UNKNOWN_KEY, key=key, allowed=", ".join(known), nearest=near)
        for key in required:
            if key not in given and self.value is not MISSING and isinstance(self.value, Mapping):
                self.refuse(kinds.MISSING_KEY, key=key)
        return {key: given.get(key, self.child(key, MISSING)) for key in known if key in given or key in required}

    def mapping(self) -> dict[str, "Node"]:
        if not isinstance(self.value, Mapping):
            self._wrong(Sentence.of("a mapping of keys to values"))
            return {}
        return {str(key): self.child(str(key), value) for key, value in self.value.items()}

    def items(self, *, may_be_empty: bool = False) -> list["Node"]:
        if not isinstance(self.value, list):
            self._wrong(Sentence.of("a list"))
            return []
        if not self.value and not may_be_empty:
            self.refuse(kinds.EMPTY_LIST)
        return [self.child(number, value) for number, value in enumerate(self.value)]

    def string(self) -> str:
        if not isinstance(self.value, str):
            self._wrong("text")
            return ""
        if not self.value.strip():
            self.refuse(kinds.EMPTY_TEXT)
        return " ".join(self.value.split())

    def text(self) -> Text:
        """Wording: plain text is English; a mapping gives `en` and may give `cy`."""
        if isinstance(self.value, Mapping):
            languages = self.fields(["en"], ["cy"])
            return Text(languages["en"].string(), languages["cy"].string() if "cy" in languages else None)
        return Text(self.string())

    def id(self) -> str:
        if self.value is MISSING:
            return ""
        if not isinstance(self.value, str):
            self.refuse(kinds.UNQUOTED_ID, value=self.value, found=kind_of(self.value))
            return ""
        if not _ID.fullmatch(self.value):
            self.refuse(kinds.BAD_ID, value=self.value)
            return ""
        return self.value

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high; -1 where it could not be read."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self._wrong(Sentence.of("a whole number"))
            return -1
        return self.value if self._in_range(self.value, low, high) else -1

    def share(self) -> float:
        """A number from 0 to 1."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            self._wrong(Sentence.of("a number from 0 to 1"))
            return 0.0
        self._in_range(self.value, 0, 1)
        return float(self.value)

    def _in_range(self, number: float, low: int, high: int) -> bool:
        inside = low <= number <= high
        if not inside:
            self.refuse(kinds.OUT_OF_RANGE, value=number, low=low, high=high)
        return inside

    def day(self) -> date:
        if not isinstance(self.value, date):
            self._wrong(Sentence.of("a date such as 2009-04-01, without quotation marks"))
            return NO_DAY
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self._wrong(Sentence.of("true or false"))
            return False
        return self.value

    def choice(self, allowed: Sequence[str]) -> str:
        """One of the allowed words, or "" where it is not."""
        if not isinstance(self.value, str):
            self._wrong(Sentence.of("one of {allowed}", allowed=", ".join(allowed)))
            return ""
        if self.value not in allowed:
            near = nearest_of(self.value, allowed)
            self.refuse(kinds.NOT_A_CHOICE, value=self.value, allowed=", ".join(allowed), nearest=near)
            return ""
        return self.value

    def _wrong(self, expected: str) -> None:
        if self.value is not MISSING:
            shown = None if isinstance(self.value, (list, Mapping)) else self.value
            self.refuse(kinds.WRONG_TYPE, value=shown, expected=expected, found=kind_of(self.value))


def kind_of(value: object) -> str:
    """What a value is, in plain words."""
    if value is None:
        return Sentence.of("nothing")
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, Sentence.of("true or false")),
        ((int, float), Sentence.of("a number")),
        (date, Sentence.of("a date")),
        (str, Sentence.of("text")),
        (list, Sentence.of("a list")),
    )
    return next((name for kind, name in names if isinstance(value, kind)), Sentence.of("a mapping of keys to values"))
