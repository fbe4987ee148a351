"""Letters by e-mail: written in the transaction of what causes them, sent by a worker once that is committed.

A letter is sent at least once: where a worker is killed after the mail server took one and before that is on record, it
is sent again, under the same Message-ID.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks import task

from aboveline.domain.access import Action, may
from aboveline.domain.letters import LetterKind, LetterState
from aboveline.jobs.letter_words import Unwritable, needed, words_of
from aboveline.records.actions.letters import Draft, end_letter, note_not_sent, note_sent, take_letter, write_letter
from aboveline.records.models import Inspection, Letter, ReplacementRequest, User
from aboveline.records.queries.letters import letter_by_id, lost_letters
from aboveline.records.queries.people import people_of, standing_in

LOGGER = logging.getLogger(__name__)
ALERTS_FIRST = 50


@transaction.atomic
def post(drafts: Iterable[Draft], *, by: User | None) -> None:
    """Write letters beside what causes them; once all of it is committed, a worker is asked to send them."""
    for draft in drafts:
        _ask_on_commit(write_letter(draft=draft, by=by))


def post_to_all(
    kind: LetterKind, action: Action, inspection: Inspection, *, by: User, request: ReplacementRequest | None = None
) -> None:
    """Write to everybody else around an inspection who may do what waits now."""
    to = [one for one in people_of(inspection) if one != by and may(standing_in(one, inspection), action)]
    service = inspection.service if action is not Action.DRAW else None
    post((Draft(kind, one.email, service, inspection, request=request) for one in to), by=by)


@task
def send_letter(number: int) -> None:
    """Send one letter. All that is kept of this in the queue is its number."""
    letter = letter_by_id(number)
    if letter is not None and letter.state == LetterState.WAITS:
        send(letter)


def send(letter: Letter) -> None:
    """Try a letter now where it is time and it is still needed; a failure puts its next try into the queue."""
    if not needed(letter):
        end_letter(letter=letter, state=LetterState.NOT_NEEDED, by=None)
        return
    try:
        subject, text = words_of(letter)
    except Unwritable:
        end_letter(letter=letter, state=LetterState.GIVEN_UP, by=None)
        return
    if take_letter(letter=letter, by=None) is None:
        return
    try:
        EmailMessage(subject, text, None, [letter.to], headers={"Message-ID": _message_id(letter)}).send()
    except (OSError, SMTPException) as error:
        LOGGER.warning("a letter could not be sent: %s", type(error).__name__)
        after = note_not_sent(letter=letter, why=type(error).__name__, by=None)
        if after.state == LetterState.WAITS:
            _ask_to_send(after, after.next_try_at)
    else:
        note_sent(letter=letter, by=None)


def send_lost(now: datetime) -> None:
    """Ask again for letters whose task was lost: with the process that should have asked, or the worker that had it."""
    for letter in lost_letters(now):
        _ask_to_send(letter)


def _ask_on_commit(letter: Letter) -> None:
    """Where asking fails the letter is on record all the same, and `send_lost` finds it."""
    # A lambda: Django says of what failed its __qualname__, which a partial has not.
    transaction.on_commit(lambda: _ask_to_send(letter), robust=True)


def _ask_to_send(letter: Letter, run_after: datetime | None = None) -> None:
    priority = ALERTS_FIRST if letter.kind == LetterKind.ALERT else 0
    send_letter.using(priority=priority, run_after=run_after).enqueue(letter.pk)


def _message_id(letter: Letter) -> str:
    """The same for every try, so that a mail program may show a letter that came twice once."""
    host = settings.SITE_ADDRESS.split("://")[-1].split("/")[0].split(":")[0]
    return f"<letter.{letter.pk}.{letter.written_at:%Y%m%d%H%M%S%f}@{host}>"
