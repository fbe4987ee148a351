"""From shares to what is said of them: the whole percent, the band it is in, and the question that decides a stage.

Under the rule "lowest question" a criterion (a stage of the work) is rated by the question with the lowest share. The
share is compared exactly, before rounding, so two questions of the same whole percent are not therefore a tie.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from aboveline.domain.framework import Band, Framework
from aboveline.domain.sentences import Sentence

LOWEST_CAUTION = Sentence.of(
    "A criterion’s score is that of its lowest question, picked out after the event: it tends to lie below what the "
    "same work would show again, and the interval, which is that question’s own, does not allow for the picking."
)
#: of a score that nothing is in yet, though something may come
NOT_ANSWERED = Sentence.of("Not scored yet: no answer that counts, and not every question is answered.")
WITHHELD = Sentence.of("Withheld: one of its questions is withheld, and that one might have been the lowest.")


class Rateable(Protocol):
    """A question's score, as far as a rating needs it."""

    @property
    def id(self) -> str: ...

    @property
    def share(self) -> Fraction | None: ...

    @property
    def applicable(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """How a criterion's questions decided its rating.

    `lowest` are the questions with the lowest share, in the framework's order: more than one where they tie. `shown`
    is the one whose counts and interval stand for the criterion. Both are empty where nothing decides: no question was
    scored, or one was `withheld`. `not_scored` had no applicable judgement and took no part.
    """

    lowest: tuple[str, ...] = ()
    shown: str | None = None
    not_scored: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()

    @property
    def tied(self) -> bool:
        return len(self.lowest) > 1

    def as_dict(self) -> dict[str, object]:
        return {
            "decided_by": list(self.lowest),
            "shown": self.shown,
            "not_scored": list(self.not_scored),
            "withheld": list(self.withheld),
            "caution": LOWEST_CAUTION if self.lowest else None,
        }


def lowest_question(questions: Sequence[Rateable], withheld: Collection[str] = ()) -> Decision:
    """Return which question decides, from a criterion's question scores in the framework's order.

    Ties: all are named; of these the one with the fewest applicable judgements is shown, as the least is known of it,
    and the first in order where these are equal too. A question that is not scored is passed over. Where a question is
    withheld nothing decides: the rating of the others would be no more than an upper bound.
    """
    kept_back = tuple(q.id for q in questions if q.id in withheld)
    not_scored = tuple(q.id for q in questions if q.share is None and q.id not in withheld)
    shares = {q.id: q.share for q in questions if q.share is not None}
    if kept_back or not shares:
        return Decision(not_scored=not_scored, withheld=kept_back)
    least = min(shares.values())
    tied = [q for q in questions if q.share == least]
    shown = min(tied, key=lambda question: question.applicable)
    return Decision(tuple(q.id for q in tied), shown.id, not_scored)


def whole_percent(share: Fraction) -> int:
    """Return the share as a whole percent, halves up, on the exact fraction (a float would round 0.285 down)."""
    return (200 * share.numerator + share.denominator) // (2 * share.denominator)


def band_of(framework: Framework, percent: int | None) -> Band | None:
    """Return the band of a rounded percent, or None for a group that is not scored."""
    return None if percent is None else framework.band_for(percent)
