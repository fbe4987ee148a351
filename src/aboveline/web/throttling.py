"""Slows the guessing of passwords without letting a guesser lock out the person whose account it is.

Wrong tries are counted for an account *at an address*, so that tries from elsewhere do not count against its owner;
for an address over all accounts; and, with much more room, for an account over all addresses. Whoever goes on past a
count waits longer each time. A browser that has signed in to the account before is known by a signed cookie and has a
count of its own: its owner gets in even while someone else is guessing, from the same address or from many. Counts are
kept for names typed, whether or not such an account exists, so they tell nothing about who does.
"""

import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.files import locks
from django.http import HttpRequest, HttpResponse

from aboveline.web.client_address import client_network

WINDOW_SECONDS = 5 * 60
TRIES_PER_ACCOUNT = 10
TRIES_PER_ADDRESS = 100
TRIES_FROM_EVERYWHERE = 200
LONGEST_SECONDS = 60 * 60
COOKIE = "known-browser"
COOKIE_SECONDS = 90 * 24 * 60 * 60
SALT = "aboveline.web.known-browser"


@dataclass(frozen=True, slots=True)
class Guard:
    """The counts one try adds to, in this order: cache key and limit of each. `own` is the account's key here."""

    counts: tuple[tuple[str, int], ...]
    own: str

    @classmethod
    def of(cls, request: HttpRequest, account: str, asked: str = "") -> "Guard":
        """`asked` keeps the counts of another question apart from those of the password."""
        if browser := _known_browser(request, account):
            own = _key(asked, "browser", browser, account)
            return cls(((own, TRIES_PER_ACCOUNT),), own)
        address = client_network(request)
        own = _key(asked, "account", address, account)
        return cls(
            (
                (_key(asked, "address", address), TRIES_PER_ADDRESS),
                (own, TRIES_PER_ACCOUNT),
                (_key(asked, "everywhere", account), TRIES_FROM_EVERYWHERE),
            ),
            own,
        )

    def admits(self) -> bool:
        """Count this try, before the password is looked at, and say whether it may go on.

        Past a count that refuses nothing is counted: one address can neither fill the cache with names nor use up the
        tries that an account has from everywhere.
        """
        return all(_add_one(key, limit) <= limit for key, limit in self.counts)

    def forget(self) -> None:
        """The try was right: its account starts again from nothing. The other counts stay."""
        cache.delete_many([self.own])


def remember_browser(response: HttpResponse, account: str, *, secure: bool) -> None:
    """Give the browser the cookie by which it is known to have signed in to this account."""
    value = signing.dumps([_digest(account), secrets.token_hex(8)], salt=SALT)
    response.set_cookie(COOKIE, value, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=secure)


def _known_browser(request: HttpRequest, account: str) -> str | None:
    try:
        known, browser = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=COOKIE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return browser if secrets.compare_digest(known, _digest(account)) else None


def _add_one(key: str, limit: int) -> int:
    """Count one more. A count ends WINDOW_SECONDS after its *first* try, whatever comes later; each count that follows
    one past its limit lasts twice as long as that, up to LONGEST_SECONDS."""
    now = time.time()
    with _alone():
        tries, ends, times = cache.get(key, (0, 0.0, 0))
        if ends <= now:
            times = times + 1 if tries > limit else 0
            tries, ends = 0, now + min(WINDOW_SECONDS * 2**times, LONGEST_SECONDS)
        cache.set(key, (tries + 1, ends, times), ends - now + LONGEST_SECONDS)
    return int(tries) + 1


@contextmanager
def _alone() -> Iterator[None]:
    """One counter at a time over all workers: a cache of files can neither add nor set in one step."""
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    with (home / "sign-in.lock").open("a") as file:
        locks.lock(file, locks.LOCK_EX)
        yield  # closing the file gives the lock up


def _key(*parts: str) -> str:
    return f"sign-in-{_digest(*parts)}"


def _digest(*words: str) -> str:
    """The same for every spelling of an account that signs in to it."""
    return hashlib.sha256("\0".join(word.strip().casefold() for word in words).encode()).hexdigest()
