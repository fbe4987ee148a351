"""Words that several pages share: what an inspection is called, a band without its heading, small numbers."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from aboveline.domain.framework import Band, Framework, Text
from aboveline.domain.problems import Problem
from aboveline.domain.score import Score
from aboveline.domain.sentences import Sentence
from aboveline.records.models import Inspection

KINDS: Mapping[str, object] = {
    Inspection.Kind.CORE: gettext_lazy("core inspection"),
    Inspection.Kind.REINSPECTION: gettext_lazy("re-inspection"),
    Inspection.Kind.LOCAL_AUDIT: gettext_lazy("local audit"),
}
_NUMBERS = (
    gettext_lazy("none"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
)


def said(text: object) -> str:
    """A framework's wording, a sentence of the domain or a day in the reader's language; anything else as it is."""
    if isinstance(text, Text):
        return text.in_language(get_language() or "en")
    if isinstance(text, date):
        return day_of(text)
    if not isinstance(text, Sentence):
        return str(text)
    words = dict(text.words)
    found = _translated(text, words.get("count"))
    return found.format(**{name: _word(word) for name, word in words.items()}) if words else found


def _translated(sentence: Sentence, count: object) -> str:
    """A sentence's template in the reader's language, its places still to be filled."""
    if not sentence.template:
        return str(sentence)
    if sentence.many and isinstance(count, int):
        return translation.ngettext(sentence.template, sentence.many, count)
    return translation.gettext(sentence.template)


def _word(word: object) -> object:
    return said(word) if isinstance(word, Text | date | Sentence) else word


def told(problem: Problem) -> str:
    """What is wrong and what to do, in one line."""
    return f"{said(problem.message)} {said(problem.remedy)}"


def spoken(sentence: Sentence) -> SafeString:
    """A sentence as a template shows it: what Django's escaping asks a value for."""
    return escape(said(sentence))


def sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def number_word(number: int) -> str:
    """Numbers to ten as words."""
    return str(_NUMBERS[number]) if 0 <= number < len(_NUMBERS) else str(number)


def month_of(day: date) -> str:
    return date_format(day, "F Y")


def day_of(day: date) -> str:
    return date_format(day, "j F Y")


def in_force_on(framework: Framework, day: date) -> bool:
    return framework.in_force_from <= day and (framework.in_force_to is None or day <= framework.in_force_to)


def in_force_words(framework: Framework) -> str:
    """For example "was in force from 1 April 2009 to 31 May 2012"; without an end, since when."""
    if framework.in_force_to is None:
        return _("has been in force since {day}").format(day=day_of(framework.in_force_from))
    return _("was in force from {start} to {end}").format(
        start=day_of(framework.in_force_from), end=day_of(framework.in_force_to)
    )


def kind_words(inspection: Inspection) -> str:
    return str(KINDS[inspection.kind])


def inspection_name(inspection: Inspection) -> str:
    """For example "September 2010 re-inspection"."""
    return f"{month_of(inspection.held_on)} {kind_words(inspection)}"


def short_band(framework: Framework, band: Band | None) -> str:
    """A band's name without the words that head its column: "Minimum improvement required" is "Minimum"."""
    if band is None:
        return _("Not scored")
    return said(band.name).removesuffix(f" {said(framework.band_word)}")


def band_words(framework: Framework, score: Score) -> str:
    """A score's band, or that it is withheld or not scored."""
    return _("withheld") if score.withheld else short_band(framework, score.band)


def moderated_words(framework: Framework, score: Score) -> str:
    """What moderation decided of a score that is shown, empty where nothing."""
    told = []
    if score.computed_band:
        computed = short_band(framework, score.computed_band)
        told.append(_("decided by two people; computed: {band}").format(band=computed))
    if score.provisional:
        told.append(_("provisional: {reason}").format(reason=score.provisional))
    return sentence_case("; ".join(told))


def short_answer(framework: Framework, answer: str) -> str:
    """An answer's words as far as a bracket: "Sufficient (above the line)" is "Sufficient"."""
    return said(framework.answers[answer]).partition(" (")[0]


def listed(words: Sequence[str]) -> str:
    """Join as "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("{most} and {last}").format(most=", ".join(words[:-1]), last=words[-1])


def whole_points(points: float) -> int:
    """Percentage points, rounded half away from nothing."""
    whole = int(abs(points) + 0.5)
    return whole if points > 0 else -whole


def signed(points: float) -> str:
    """Whole percentage points with their sign: "+37", "−4", "0"."""
    whole = whole_points(points)
    return f"{'+' if whole > 0 else '−'}{abs(whole)}" if whole else "0"
