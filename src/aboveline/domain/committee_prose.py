"""What the prose of a committee report claims, against the figures bound to it; and letters that mislead the eye."""

import re
import unicodedata
from collections.abc import Iterator

from aboveline.domain import committee_problems as kinds
from aboveline.domain.committee import CommitteeReport
from aboveline.domain.committee_entry import FigureRef, Paragraph, Prose
from aboveline.domain.committee_figures import Figures, ScoreSnapshot
from aboveline.domain.problems import Place, Problem, nearest_of
from aboveline.domain.sentences import Sentence

# "95% interval" is how sure a figure is, not a figure.
_PERCENT = re.compile(
    r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s?(?:%(?!\s?\d)|per\s?cent\b|percent\b)(?!\s(?:confidence\s)?interval)",
    re.IGNORECASE,
)
_BAD_PERCENT = re.compile(r"\d+\s?%\s?\d+|(?<![\d.,])(?:10[1-9]|1[1-9]\d|[2-9]\d\d)\s?%|%\s?%")
_RANK = re.compile(
    r"\b(?:top|upper|first|bottom|lowest|best|highest)[\s-]+(?:performing\s+)?(?:quartile|quarter|decile|fifth|third)\b"
    r"|\b(?:top|bottom|best|worst)\s+\d+\s?(?:%|per\s?cent|areas|services)"
    r"|\brank(?:ed|s|ing)\b|\b(?:best|worst|highest|lowest)[\s-]+performing\b"
    r"|\b(?:best|worst|top|first|leading|number one)\s+(?:in|of)\s+(?:the\s+)?"
    r"(?:country|nation|region|England|Wales)\b",
    re.IGNORECASE,
)
_IMPROVEMENT = re.compile(r"\bimprovements?\b", re.IGNORECASE)
_CLAIMED_BANDS = (("minimum", re.compile(r"\bminim(?:al|um)\b", re.IGNORECASE)),)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[^\W\d_]+")

_CONTROL = {"Cc", "Cs", "Co", "Cn"}
_DIRECTION = {chr(code) for code in (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
#: Cyrillic and Greek letters that no eye tells from Latin ones
_LOOKALIKES = frozenset("аеорсухіјѕԁһԛԝАВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
_UNSEEN = {chr(code) for code in (0x200B, 0x2060, 0xFEFF, 0x00AD)}


def check_text(text: str, path: str) -> Iterator[Problem]:
    """Yield a problem for each unseen or direction-changing character and each word that mixes scripts."""
    for character in sorted({c for c in text if _unreadable(c)}):
        name = unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"
        yield kinds.BAD_CHARACTER.at(Place(path=path), name=name)
    among_latin = any("a" <= c.lower() <= "z" for c in text)
    strangers = {word: _stranger(word, among_latin=among_latin) for word in _WORD.findall(text)}
    for word, stranger in sorted((word, stranger) for word, stranger in strangers.items() if stranger):
        yield kinds.MIXED_SCRIPT.at(Place(path=path), value=word, word=word, name=unicodedata.name(stranger).title())


def _unreadable(character: str) -> bool:
    if character in "\n\t\r":
        return False
    return character in _DIRECTION or character in _UNSEEN or unicodedata.category(character) in _CONTROL


def _stranger(word: str, *, among_latin: bool) -> str:
    """Return the first Cyrillic or Greek letter that passes for a Latin one, or an empty string.

    It stands in a word with Latin letters, or in a word of such letters alone among Latin words ("Averag е").
    """
    scripts = {letter: unicodedata.name(letter, "").split(" ")[0] for letter in word}
    if "LATIN" not in scripts.values() and not (among_latin and _LOOKALIKES.issuperset(word)):
        return ""
    return next((letter for letter in word if scripts[letter] in {"CYRILLIC", "GREEK"}), "")


def check_prose(report: CommitteeReport, figures: Figures) -> tuple[Problem, ...]:
    """Return every reference that stands for nothing and every typed or unfounded claim about the figures."""
    prose = (
        problem
        for path, paragraph in _paragraphs(report)
        for problem in (*_references(paragraph, path, figures), *_claims(paragraph, path, figures))
    )
    return (*prose, *(problem for path, words in _plain(report) for problem in _plain_words(words, path, figures)))


def _plain(report: CommitteeReport) -> Iterator[tuple[str, str]]:
    """Words that are printed as they stand, with the path of each: no reference is read in them."""
    yield "subject", report.subject
    yield from ((f"{name}.{entry.state}", entry.reason) for name, entry in report.entries())
    for index, commitment in enumerate(report.commitments):
        yield f"commitments.{index}.what", commitment.what
    for index, paper in enumerate(report.background_papers.value or ()):
        yield f"background_papers.{index}.title", paper.title
    for index, action in enumerate(report.improvement_plan.value or ()):
        for name in ("recommendation", "action", "baseline", "target", "progress"):
            yield f"improvement_plan.{index}.{name}", getattr(action, name)


def _plain_words(words: str, path: str, figures: Figures) -> Iterator[Problem]:
    """A plan's own measures may be percentages: only ranks and broken numbers are looked for here."""
    place = Place(path=path)
    if "{{" in words:
        yield kinds.REFERENCE_OUT_OF_PLACE.at(place)
    yield from _unfounded(words, place, figures)


def _paragraphs(report: CommitteeReport) -> Iterator[tuple[str, Paragraph]]:
    blocks: list[tuple[str, Prose]] = [(name, entry.value or ()) for name, entry in report.entries()]
    blocks += [(f"recommendations.{i}.text", r.text) for i, r in enumerate(report.recommendations)]
    blocks.append(("financial.statement", report.finance.statement.value or ()))
    blocks.append(("financial.external_funding.afterwards", report.finance.external.afterwards.value or ()))
    blocks.append(("key_decision.reason", report.key_decision.reason if report.key_decision else ()))
    blocks.append(("access.public_interest", report.access.public_interest.value or ()))
    for name, prose in blocks:
        for index, paragraph in enumerate(prose):
            yield f"{name}.{index}", paragraph


def _references(paragraph: Paragraph, path: str, figures: Figures) -> Iterator[Problem]:
    for ref in paragraph.references:
        if figures.words_for(ref) is None:
            known = figures.known_references()
            yield kinds.UNKNOWN_REFERENCE.at(
                Place(path=path),
                value=str(ref),
                reference=str(ref),
                allowed=", ".join(known) or Sentence.of("none, because no figures are bound"),
                nearest=nearest_of(str(ref), known),
            )
    if re.search(r"\{\{|\}\}", paragraph.typed):
        found = paragraph.typed.strip()
        yield kinds.UNKNOWN_REFERENCE.at(
            Place(path=path), value=found, reference=found, allowed=", ".join(figures.known_references())
        )


def _claims(paragraph: Paragraph, path: str, figures: Figures) -> Iterator[Problem]:
    place = Place(path=path)
    yield from _unfounded(paragraph.typed, place, figures)
    for sentence in _SENTENCE.split(paragraph.typed):
        yield from _percents(sentence, place, figures)
        yield from _bands(sentence, place, figures)


def _unfounded(words: str, place: Place, figures: Figures) -> Iterator[Problem]:
    bad = _BAD_PERCENT.search(words)
    if bad:
        yield kinds.BAD_PERCENT.at(place, value=bad[0])
    for sentence in _SENTENCE.split(words):
        rank = _RANK.search(sentence)
        if rank and not figures.has_rank:
            yield kinds.RANK_CLAIM.at(place, value=rank[0])


def _percents(sentence: str, place: Place, figures: Figures) -> Iterator[Problem]:
    bound = _bound_percents(figures)
    for match in _PERCENT.finditer(sentence):
        value, theme = float(match[1]), _theme_named(sentence, figures)
        named = bound.get((theme.theme, value)) if theme else None
        same = named or next((ref for (_, percent), ref in bound.items() if percent == value), None)
        if theme and named is None:
            yield kinds.CONTRADICTS_FIGURE.at(place, value=match[0], theme=theme.name, id=theme.theme)
        elif same:
            yield kinds.TYPED_FIGURE.at(place, value=match[0], reference=str(same))


def _bound_percents(figures: Figures) -> dict[tuple[str, float], FigureRef]:
    """The reference that prints each percentage of each theme; the area's own score comes before comparators."""
    found: dict[tuple[str, float], FigureRef] = {}
    for kind, group in (("score", figures.scores), ("original", figures.original)):
        for score in group.scores if group else ():
            if score.percent is not None:
                found.setdefault((score.theme, score.percent), FigureRef(kind, score.theme))
    for row in figures.comparator.comparators if figures.comparator else ():
        for kind in ("average", "highest", "lowest"):
            if getattr(row, kind) is not None:
                found.setdefault((row.theme, getattr(row, kind)), FigureRef(kind, row.theme))
    return found


def _theme_named(sentence: str, figures: Figures) -> ScoreSnapshot | None:
    """Return the one theme a sentence names, or None where it names none or several."""
    flat = _letters(sentence)
    scores = figures.scores.scores if figures.scores else ()
    named = [score for score in scores if _letters(" ".join(score.name.split()[:3])) in flat]
    return named[0] if len(named) == 1 else None


def _letters(text: str) -> str:
    """Letters only, so that Re-offending and reoffending, or quotation marks, make no difference."""
    return "".join(c for c in text.lower() if c.isalpha())


def _bands(sentence: str, place: Place, figures: Figures) -> Iterator[Problem]:
    if figures.scores is None or not _IMPROVEMENT.search(sentence):
        return
    for claimed, pattern in _CLAIMED_BANDS:
        match = pattern.search(sentence)
        others = [s for s in figures.scores.scores if s.band and claimed not in s.band.lower()]
        if match and others:
            bands = "; ".join(f"{(score.band or '').lower()} for {score.name}" for score in others)
            typed = match[0].lower()
            yield kinds.BAND_CLAIM.at(place, value=match[0], claimed=typed, bands=bands, id=others[0].theme)
