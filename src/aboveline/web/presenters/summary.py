"""The sentences an inspection's page begins with: what is true in words, before any figure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aboveline.domain.framework import Framework
from aboveline.domain.score import Score
from aboveline.domain.scoring import InspectionScores
from aboveline.domain.statistics import CASELOAD_UNKNOWN
from aboveline.web.presenters.scale import percent_words
from aboveline.web.presenters.wording import listed, number_word, said, sentence_case, short_band

#: fewer cases than this and a page says that its intervals are wide
FEW_CASES = 20


def how_often(scores: InspectionScores) -> str:
    """How often work was good enough over the themes, in tenths, for example "seven to eight times in ten"."""
    tenths = sorted(int(10 * theme.share + 0.5) for theme in scores.themes if theme.share is not None)
    if not tenths:
        return ""
    low, high = tenths[0], tenths[-1]
    if low == high:
        if low in (0, 10):
            return _("nearly always") if low else _("hardly ever")
        return _("about {number} times in ten").format(number=number_word(low))
    if low == 0 and high == 10:
        return _("hardly ever in one theme and nearly always in another")
    if low == 0:
        return _("at most {number} times in ten").format(number=number_word(high))
    if high == 10:
        return _("{number} times in ten to nearly always").format(number=number_word(low))
    return _("{low} to {high} times in ten").format(low=number_word(low), high=number_word(high))


def weakest(scores: InspectionScores) -> Score | None:
    known = [criterion for criterion in scores.criteria if criterion.share is not None]
    return min(known, key=lambda criterion: criterion.share or 0, default=None)


def bands_sentence(framework: Framework, scores: InspectionScores) -> str:
    """How many criteria fall into each band, from the weakest, and which criterion is the weakest."""
    ordered = sorted(framework.bands, key=lambda band: band.from_percent)
    counts = [(band, sum(c.band == band for c in scores.criteria)) for band in ordered]
    parts = [
        _("{band} in {number}").format(band=short_band(framework, band).lower(), number=number_word(count))
        for band, count in counts
        if count
    ]
    withheld = sum(bool(criterion.withheld) for criterion in scores.criteria)
    unscored = sum(criterion.band is None for criterion in scores.criteria) - withheld
    parts += [_("not scored in {number}").format(number=number_word(unscored))] if unscored else []
    parts += [_("withheld in {number}").format(number=number_word(withheld))] if withheld else []
    lowest = weakest(scores)
    if not parts or lowest is None:
        return ""
    words = _("{heading}: {parts} of the {total} criteria. Weakest: {id} {name}, {percent}%.")
    return words.format(
        heading=sentence_case(said(framework.band_word)),
        parts=listed(parts),
        total=number_word(len(scores.criteria)),
        id=lowest.id,
        name=said(lowest.name),
        percent=lowest.percent,
    )


def few_cases(scores: InspectionScores) -> str:
    """A caution where so few cases were assessed that little can be said; empty otherwise."""
    if not 0 < scores.cases < FEW_CASES:
        return ""
    return ngettext(
        "Only {cases} case was assessed: read the figures with the intervals, which are wide or missing.",
        "Only {cases} cases were assessed: read the figures with the intervals, which are wide.",
        scores.cases,
    ).format(cases=scores.cases)


def cautions(scores: InspectionScores) -> tuple[str, ...]:
    """What a reader must know of these scores, the size of the caseload apart, which the page states as a fact."""
    return tuple(note for note in scores.notes if note != CASELOAD_UNKNOWN)


def headline_list(scores: InspectionScores) -> str:
    """Each theme with its percent, for lists: "‘Safeguarding’ work 75%, ...". Empty where nothing is scored."""
    known = [theme for theme in scores.themes if theme.percent is not None or theme.withheld]
    return ", ".join(f"{sentence_case(said(theme.name))} {percent_words(theme)}" for theme in known)
