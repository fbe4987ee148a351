"""Choose what assessors wrote: most insufficient answers say why and what would have made the work sufficient."""

from collections.abc import Sequence
from typing import TypeVar

from aboveline.domain.applicability import Given
from aboveline.domain.judgement import Answer
from aboveline.exchange.demonstration import NoteLibrary
from aboveline.jobs.demonstration.odds import Odds

T = TypeVar("T")
#: how often an assessor writes a note, says what was wanting, or remarks on good work
_NOTE, _IMPROVEMENT, _GOOD = 0.78, 0.85, 0.35


class NoteWriter:
    """Deals out the notes of each question in turn, so that a page of one question's cases does not repeat itself."""

    def __init__(self, library: NoteLibrary, seed: str) -> None:
        self.library, self.seed = library, seed
        self._dealt: dict[str, int] = {}

    def write(self, case: str, question: str, answer: Answer, reason: str, *, none_made: bool) -> Given:
        """The answer with its notes. `none_made`: it is insufficient because there was nothing to judge."""
        odds = Odds(self.seed, "note", case, question)
        if answer is Answer.INSUFFICIENT and odds.happens(_NOTE):
            notes = self.library.none_made if none_made else self.library.insufficient[question]
            written = self._deal(question + "none" * none_made, notes)
            improvement = written.improvement if odds.happens(_IMPROVEMENT) else ""
            return Given(answer, reason, written.note, improvement)
        good = self.library.sufficient.get(question, ())
        if answer is Answer.SUFFICIENT and good and odds.happens(_GOOD):
            return Given(answer, reason, self._deal(question + "good", good))
        return Given(answer, reason)

    def _deal(self, pack: str, notes: Sequence[T]) -> T:
        """The next of a pack, from a starting place of its own."""
        place = self._dealt.setdefault(pack, Odds(self.seed, "deal", pack).below(len(notes)))
        self._dealt[pack] = place + 1
        return notes[place % len(notes)]
