"""Choose what assessors wrote: most insufficient answers say why and what would have made the work sufficient."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from aboveline.domain.applicability import Given
from aboveline.domain.judgement import Answer
from aboveline.exchange.demonstration import NoteLibrary, WrittenNote
from aboveline.jobs.demonstration.odds import Odds

T = TypeVar("T")
#: how often an assessor writes a note, says what was wanting, or remarks on good work
_NOTE, _IMPROVEMENT, _GOOD = 0.72, 0.85, 0.35


class NoteWriter:
    """Deals out the notes of each question like cards, shuffled anew when all are dealt, so that they rarely repeat."""

    def __init__(self, library: NoteLibrary, seed: str) -> None:
        self.library, self.seed = library, seed
        self._dealt: Counter[str] = Counter()

    def write(self, case: str, question: str, answer: Answer, reason: str, *, none_made: bool) -> Given:
        """The answer with its notes. `none_made`: it is insufficient because there was nothing to judge."""
        odds = Odds(self.seed, "note", case, question)
        if answer is Answer.INSUFFICIENT and odds.happens(_NOTE):
            written = self._none_made(odds) if none_made else self._weak(question)
            return Given(answer, reason, written.note, written.improvement if odds.happens(_IMPROVEMENT) else "")
        good = self.library.sufficient.get(question, ())
        if answer is Answer.SUFFICIENT and self._dealt[f"good {question}"] < len(good) and odds.happens(_GOOD):
            return Given(answer, reason, self._deal(f"good {question}", good))
        return Given(answer, reason)

    def _none_made(self, odds: Odds) -> WrittenNote:
        return self.library.none_made[odds.below(len(self.library.none_made))]

    def _weak(self, question: str) -> WrittenNote:
        return self._deal(f"weak {question}", self.library.for_insufficient(question))

    def _deal(self, pack: str, notes: Sequence[T]) -> T:
        turn, place = divmod(self._dealt[pack], len(notes))
        self._dealt[pack] += 1
        return Odds(self.seed, pack, str(turn)).shuffled(notes)[place]
