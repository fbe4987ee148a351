"""Letters in words: whether one has left and when, and the letters of a place. None shows what a letter says."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aboveline.domain.letters import LetterKind, LetterState
from aboveline.records.models import Letter
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.case_form_words import moment_words

KINDS = {
    LetterKind.INVITATION: gettext_lazy("Invitation"),
    LetterKind.NEW_PASSWORD: gettext_lazy("New password"),
    LetterKind.ALERT: gettext_lazy("An alert waits"),
    LetterKind.SUPPLIES: gettext_lazy("Something is to be supplied"),
    LetterKind.REPLACEMENT: gettext_lazy("A request to replace a case"),
    LetterKind.DRAFT: gettext_lazy("The draft is with the service"),
}


def letter_words(letter: Letter) -> str:
    """How it stands with a letter, with its time."""
    if letter.state == LetterState.SENT and letter.settled_at:
        return _("sent {when}").format(when=moment_words(letter.settled_at))
    if letter.state == LetterState.GIVEN_UP:
        return _("not sent: given up after {tries} tries").format(tries=letter.tried)
    if letter.state == LetterState.NOT_NEEDED:
        return _("not sent: no longer needed")
    if not letter.tried:
        return _("on its way since {when}").format(when=moment_words(letter.written_at))
    when = moment_words(letter.next_try_at)
    words = ngettext(
        "could not be sent yet: tried once, again {when}",
        "could not be sent yet: tried {tries} times, again {when}",
        letter.tried,
    )
    return words.format(tries=letter.tried, when=when)


def letters_table(letters: Iterable[Letter]) -> Table:
    columns = (
        Column("to", _("To"), sortable=False),
        Column("about", _("What for"), sortable=False),
        Column("written", _("Written"), sortable=False),
        Column("state", _("How it stands"), sortable=False),
    )
    rows = tuple(
        (
            Cell(one.to),
            Cell(str(KINDS[LetterKind(one.kind)])),
            Cell(moment_words(one.written_at)),
            Cell(capfirst(letter_words(one))),
        )
        for one in letters
    )
    return Table("letters", _("Letters, newest first"), columns, rows)
