"""What a writer put under one heading of a committee report: an answer, a reason why there is none, or nothing yet."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from aboveline.domain.sentences import Sentence

T = TypeVar("T")


class EntryState(StrEnum):
    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    NOT_CONSIDERED = "not_considered"
    BLANK = "blank"


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One heading's content. `value` is there exactly when answered; blank is never the same as not applicable."""

    state: EntryState = EntryState.BLANK
    value: T | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.state is EntryState.ANSWERED) != (self.value is not None):
            raise ValueError("an entry holds a value exactly when it is answered")

    @classmethod
    def answered(cls, value: T) -> "Entry[T]":
        return cls(EntryState.ANSWERED, value)

    @classmethod
    def not_applicable(cls, reason: str) -> "Entry[T]":
        return cls(EntryState.NOT_APPLICABLE, None, reason)

    @classmethod
    def not_considered(cls, reason: str = "") -> "Entry[T]":
        return cls(EntryState.NOT_CONSIDERED, None, reason)

    @property
    def words(self) -> str:
        """What is printed where there is no answer; empty where there is one."""
        said = {
            EntryState.ANSWERED: "",
            EntryState.NOT_APPLICABLE: Sentence.of("Not applicable"),
            EntryState.NOT_CONSIDERED: Sentence.of("Not considered"),
            EntryState.BLANK: Sentence.of("Not yet completed"),
        }[self.state]
        return Sentence.joined([said, self.reason], ": ") if said else ""


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A place in prose where a bound figure is printed: a kind (`score`, `lowest`, ...) and, mostly, a theme id."""

    kind: str
    theme: str = ""

    def __str__(self) -> str:
        return f"{self.kind}.{self.theme}" if self.theme else self.kind


Span: TypeAlias = str | FigureRef

_REFERENCE = re.compile(r"\{\{\s*([a-z_]+)(?:\.([a-z_]+))?\s*\}\}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one item of a list, as runs of plain text and references to figures."""

    spans: tuple[Span, ...]
    bullet: bool = False

    @classmethod
    def parse(cls, text: str) -> "Paragraph":
        """Read `{{kind.theme}}` as a reference and a leading "- " as a list item; all else is plain text."""
        flat = " ".join(text.split())
        bullet = flat.startswith("- ")
        return cls(tuple(_spans(flat[2:] if bullet else flat)), bullet)

    @property
    def typed(self) -> str:
        """The text a person typed, each reference standing as a blank."""
        return "".join(span if isinstance(span, str) else " " for span in self.spans)

    @property
    def references(self) -> tuple[FigureRef, ...]:
        return tuple(span for span in self.spans if isinstance(span, FigureRef))


Prose: TypeAlias = tuple[Paragraph, ...]


def _spans(text: str) -> list[Span]:
    spans: list[Span] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > end:
            spans.append(text[end : match.start()])
        spans.append(FigureRef(match[1], match[2] or ""))
        end = match.end()
    if end < len(text):
        spans.append(text[end:])
    return spans
