"""What is wrong with something a person gave us: every problem at once, each with its place and its remedy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Generic, TypeVar

from aboveline.domain.sentences import Sentence, carried, uncarried

T = TypeVar("T")

#: words of a message that list what is accepted: ours, not an echo of what somebody gave
LISTS = frozenset({"allowed", "expected", "known"})


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: a sheet, row and column of a table (row 1 is the heading), or a path and line of a text file."""

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    path: str | None = None
    line: int | None = None

    def as_dict(self) -> dict[str, str | int | None]:
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "path": self.path, "line": self.line}

    def words(self) -> Sentence:
        parts = [
            Sentence.of("sheet {sheet}", sheet=self.sheet) if self.sheet else "",
            Sentence.of("row {row}", row=self.row) if self.row else "",
            Sentence.of("column {column}", column=self.column) if self.column else "",
            self.path or "",
            Sentence.of("line {line}", line=self.line) if self.line else "",
        ]
        return Sentence.joined(parts, ", ")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `value` is what was found, shortened; it is None where showing it could expose a child."""

    code: str
    severity: Severity
    message: str
    remedy: str
    file: str | None = None
    place: Place = field(default_factory=Place)
    value: str | None = None
    nearest: str | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            "code": self.code,
            "severity": str(self.severity),
            "file": self.file,
            "place": self.place.as_dict(),
            "value": self.value,
            "message": self.message,
            "remedy": self.remedy,
            "nearest": self.nearest,
        }

    def carried(self) -> dict[str, object]:
        """Return JSON from which `problem_carried` makes this problem again, its sentences still translatable."""
        return self.as_dict() | {"message": carried(self.message), "remedy": carried(self.remedy)}


def problem_carried(data: Mapping[str, Any]) -> Problem:
    """Return the problem that `carried` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    kept = {name: data[name] for name in ("code", "file", "value", "nearest")}
    message, remedy = (_text(uncarried(data[name])) for name in ("message", "remedy"))
    return Problem(
        message=message, remedy=remedy, severity=Severity(data["severity"]), place=Place(**data["place"]), **kept
    )


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One row of the problem catalogue. `message` and `remedy` are templates of sentences filled by `at`.

    A message that counts has `one`, its template where the word `count` is 1.
    """

    code: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    one: str = ""

    def at(
        self,
        place: Place | None = None,
        *,
        file: str | None = None,
        value: object = None,
        nearest: str | None = None,
        **words: object,
    ) -> Problem:
        """Return the problem of this kind at `place`. Values are cut to 80 characters, other words to 200, lists of
        what is accepted (`LISTS`) only where they are no help any more. Dates among the words are written out."""
        shown = None if value is None else shorten(str(value))
        filled = {key: _in_sentence(key, word) for key, word in words.items()} | {"value": shown, "nearest": nearest}
        remedy = Sentence.of(self.remedy, **filled)
        if nearest and nearest not in remedy:
            remedy = Sentence.joined([remedy, Sentence.of("Did you mean “{nearest}”?", nearest=nearest)])
        return Problem(
            code=self.code,
            severity=self.severity,
            message=self._message(filled),
            remedy=remedy,
            file=file,
            place=place or Place(),
            value=shown,
            nearest=nearest,
        )

    def _message(self, words: dict[str, Any]) -> Sentence:
        return Sentence.counted(self.one, self.message, **words) if self.one else Sentence.of(self.message, **words)


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """The outcome of reading something: a value when there is no error, and every problem found on the way."""

    value: T | None
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def ok(self) -> bool:
        return self.value is not None and not self.errors

    def expect(self) -> T:
        """Return the value. Raises ProblemsFound, carrying every problem, where there is an error."""
        if self.value is None or self.errors:
            raise ProblemsFound(self.problems)
        return self.value


class ProblemsFound(ValueError):
    """Raised where a caller needs the value and there are errors; carries them all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"problems: {len(self.problems)}; " + "; ".join(p.message for p in self.problems[:3]))


def checked(value: T, problems: Iterable[Problem]) -> Checked[T]:
    """Return the value with its problems, or without the value where one of them is an error."""
    found = tuple(problems)
    return Checked(None if any(p.severity is Severity.ERROR for p in found) else value, found)


def nearest_of(value: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed name most like `value`, or None when none is near."""
    matches = get_close_matches(value, list(allowed), n=1, cutoff=0.6)
    return matches[0] if matches else None


def _in_sentence(key: str, word: object) -> object:
    if isinstance(word, date | Sentence | int):
        return word
    return shorten(str(word), 4_000 if key in LISTS else 200)


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError("a problem's message and remedy are text")
    return text


def shorten(text: str, limit: int = 80) -> str:
    """Cut text to `limit` characters and show control characters harmlessly."""
    clean = "".join(c if c.isprintable() else "�" for c in text[: limit + 1])
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
