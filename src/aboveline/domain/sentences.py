"""Sentences the domain makes: plain English to whoever prints them, and a message with its words to who translates."""

from collections.abc import Iterable, Mapping
from datetime import date

from aboveline.domain.dates import day_words
from aboveline.domain.framework import Text


class Sentence(str):
    """English text that still knows its `template` (`str.format`), its words and, where it counts, its plural.

    It is an ordinary `str` wherever it is written. A translator asks for the template's translation, translates those
    words that are sentences themselves, and fills one with the other. `many` is the template of every number but one,
    empty where the sentence does not count. Templates are extracted from the source by `of`, `counted` and
    `ProblemKind`, so they stand there as literals.
    """

    template: str = ""
    many: str = ""
    words: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, template: str, /, **words: object) -> "Sentence":
        """Return the sentence. Dates among the words are written out."""
        return cls._made(template, "", words)

    @classmethod
    def counted(cls, one: str, many: str, /, *, count: int, **words: object) -> "Sentence":
        """Return `one` where `count` is 1, else `many`; both may use the count as `{count}`."""
        return cls._made(one, many, {"count": count, **words})

    @classmethod
    def joined(cls, parts: Iterable[object], by: str = " ") -> "Sentence":
        """Return the parts that are not empty, one after the other; each stays what it was."""
        words = {f"part{place}": part for place, part in enumerate(part for part in parts if part)}
        return cls._made(by.join(f"{{{name}}}" for name in words), "", words)

    @classmethod
    def _made(cls, template: str, many: str, words: Mapping[str, object]) -> "Sentence":
        chosen = many if many and words["count"] != 1 else template
        text = chosen.format(**{name: _english(word) for name, word in words.items()}) if words else chosen
        return cls._remembering(text, template, many, words)

    @classmethod
    def _remembering(cls, text: str, template: str, many: str, words: Mapping[str, object]) -> "Sentence":
        made = cls(text)
        made.template, made.many, made.words = template, many, tuple(words.items())
        return made


def _english(word: object) -> object:
    return day_words(word) if isinstance(word, date) else word


def carried(word: object) -> object:
    """Return JSON from which `uncarried` makes the same sentence, wording of a framework, day or plain word."""
    if isinstance(word, date):
        return {"day": word.isoformat()}
    if isinstance(word, Text):
        return {"en": word.en, "cy": word.cy}
    if not isinstance(word, Sentence):
        return word
    words = {name: carried(part) for name, part in word.words}
    return {"text": str(word), "template": word.template, "many": word.many, "words": words}


def uncarried(data: object) -> object:
    """Return what `carried` was given. Raises KeyError or ValueError for anything it did not make."""
    if not isinstance(data, dict):
        return data
    if "day" in data:
        return date.fromisoformat(data["day"])
    if "en" in data:
        return Text(data["en"], data["cy"])
    words = {name: uncarried(part) for name, part in data["words"].items()}
    return Sentence._remembering(data["text"], data["template"], data["many"], words)
