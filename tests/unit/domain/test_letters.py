"""Letters: how long between two tries, and until when one is tried."""

from datetime import UTC, datetime, timedelta

import pytest

from aboveline.domain.letters import TRYING, LetterKind, too_late, wait_after

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "minutes"),
    [
        (LetterKind.ALERT, [1, 2, 4, 8, 10, 10]),
        (LetterKind.NEW_PASSWORD, [1, 2, 4, 5, 5, 5]),
        (LetterKind.INVITATION, [1, 2, 4, 8, 16, 32, 60, 60]),
        (LetterKind.SUPPLIES, [1, 2, 4, 8, 16, 32, 60, 60]),
    ],
)
def test_the_wait_doubles_up_to_what_the_kind_allows(kind, minutes):
    assert [wait_after(kind, tried) for tried in range(1, len(minutes) + 1)] == [timedelta(minutes=m) for m in minutes]


def test_a_letter_tried_for_months_still_has_a_next_try():
    assert wait_after(LetterKind.ALERT, 1_000_000) == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("kind", "after"),
    [
        (LetterKind.NEW_PASSWORD, timedelta(hours=1)),
        (LetterKind.SUPPLIES, timedelta(days=7)),
        (LetterKind.REPLACEMENT, timedelta(days=7)),
        (LetterKind.DRAFT, timedelta(days=7)),
    ],
)
def test_it_is_given_up_when_nobody_would_still_wait(kind, after):
    assert not too_late(kind, NOW, NOW + after - timedelta(seconds=1))
    assert too_late(kind, NOW, NOW + after)


@pytest.mark.parametrize("kind", [LetterKind.ALERT, LetterKind.INVITATION])
def test_what_ends_by_itself_is_never_too_late(kind):
    assert not too_late(kind, NOW, NOW + timedelta(days=1000))


def test_nobody_else_tries_it_while_a_mail_server_may_still_answer(settings):
    """Connect, EHLO, STARTTLS, EHLO, AUTH, MAIL, RCPT, DATA, the text, QUIT: each may take as long as is waited for."""
    assert timedelta(seconds=10 * settings.EMAIL_TIMEOUT) < TRYING
