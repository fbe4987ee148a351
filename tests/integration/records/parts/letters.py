"""Letters: written, tried, sent or not, ended, erased."""

from datetime import timedelta

from django.utils import timezone

from aboveline.domain.letters import LetterKind, LetterState
from aboveline.records.actions.letters import (
    Draft,
    end_letter,
    erase_letters,
    note_not_sent,
    note_sent,
    take_letter,
    write_letter,
)
from aboveline.records.models import Letter
from aboveline.records.queries import background, letters, people, planning
from tests.integration.records.parts import Act
from tests.integration.records.parts.week import asked
from tests.integration.records.world import World

WRITTEN, TRIED = ("letter.written",), ("letter.written", "letter.tried")


def written(w: World) -> Letter:
    draft = Draft(LetterKind.SUPPLIES, "Head@example.org", w.service, w.drawn)
    return Letter.objects.filter(inspection=w.drawn).first() or write_letter(draft=draft, by=w.by)


def taken(w: World) -> Letter:
    letter = written(w)
    take_letter(letter=letter, by=w.by)
    return letter


def password(w: World) -> Letter:
    letter = write_letter(draft=Draft(LetterKind.NEW_PASSWORD, "anybody@example.org"), by=w.by)
    end_letter(letter=letter, state=LetterState.NOT_NEEDED, by=w.by)
    return letter


def listed(w: World) -> object:
    return written(w) and letters.letters_at(w.drawn, timezone.now())


ACTS = {
    "letters.write_letter": Act(written, WRITTEN, {"kind": "supplies"}),
    "letters.take_letter": Act(taken, TRIED, {"tried": "1"}),
    "letters.note_sent": Act(
        lambda w: note_sent(letter=taken(w), by=w.by), (*TRIED, "letter.sent"), {"tried": "1"}
    ),
    "letters.note_not_sent": Act(
        lambda w: note_not_sent(letter=taken(w), why="TimeoutError", by=w.by), (*TRIED, "letter.not_sent"),
        {"tried": "1", "why": "TimeoutError", "state": "waits"},
    ),
    "letters.end_letter": Act(
        lambda w: end_letter(letter=written(w), state=LetterState.GIVEN_UP, by=w.by), (*WRITTEN, "letter.ended"),
        {"state": "given_up"},
    ),
    "letters.erase_letters": Act(
        lambda w: password(w) and erase_letters(settled_before=timedelta(0), by=w.by),
        (*WRITTEN, "letter.ended", "letter.erased"), {"kind": "new_password"}, at_service=False,
    ),
}  # fmt: skip
OF_INSPECTION = {
    "letters.letter_by_id": lambda w: letters.letter_by_id(written(w).pk),
    "letters.letters_at": listed,
    "planning.supplies_wanted": lambda w: asked(w) and planning.supplies_wanted(w.drawn),
}
OF_SERVICE = {"people.people_of": lambda w: people.people_of(w.drawn)}
#: the letters and the queue of the whole installation, for the worker and the readiness page
OTHERS = {
    "letters.lost_letters": letters.lost_letters,
    "letters.letters_late": letters.letters_late,
    "background.work_waits": background.work_waits,
}
