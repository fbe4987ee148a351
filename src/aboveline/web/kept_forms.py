"""A form sent by someone whose session had ended: carried through sign-in inside the page, and given back unsent.

A form reaches this only past the guard against forged posts, whose token is new with every sign-in: so it was opened by
whoever signed in last on this browser. A signed cookie says who that was, and nobody else gets the form back. It is
sealed, so that a page left open shows nobody what was typed; nothing of it is kept on the server or put in an address.
"""

import json
import zlib
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse

from aboveline.records.identity import CannotUnseal, seal, unseal
from aboveline.records.models import User

COOKIE = "last-person"
COOKIE_SECONDS = 7 * 24 * 60 * 60
SALT = "aboveline.web.last-person"
PURPOSE = "kept form"
#: characters of a sealed form; a case form with every note at its full length is larger, one in use is not
LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where a form was sent, and its fields in order; a name may come more than once."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What a person wrote, as far as it is more than one word: for them to know the form by."""
        return tuple(dict.fromkeys(value.strip() for _name, value in self.fields if len(value.split()) > 1))


def remember_person(response: HttpResponse, user: User, *, secure: bool) -> None:
    """Give the browser the cookie that says who signed in last."""
    value = signing.dumps(user.pk, salt=SALT)
    response.set_cookie(COOKIE, value, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=secure)


def keep(request: HttpRequest) -> str:
    """Return the form sent, sealed for the person who had it; empty where nobody is known, where it is too large, and
    where it has a file, which no page can give back."""
    person = _last_person(request)
    if person is None or request.FILES:
        return ""
    fields = [(name, value) for name, values in request.POST.lists() if not _secret(name) for value in values]
    content = json.dumps([person, request.get_full_path(), fields])
    sealed = seal(zlib.compress(content.encode()), PURPOSE).decode()
    return sealed if len(sealed) <= LIMIT else ""


def given_back(sealed: str, user: User) -> KeptForm | None:
    """Open what `keep` made; None where it is changed or was another person's."""
    try:
        person, address, fields = json.loads(zlib.decompress(unseal(sealed.encode("ascii", "replace"), PURPOSE)))
    except CannotUnseal:
        return None
    return KeptForm(address, tuple((name, value) for name, value in fields)) if person == user.pk else None


def _last_person(request: HttpRequest) -> int | None:
    try:
        return int(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=COOKIE_SECONDS))
    except signing.BadSignature:
        return None


def _secret(name: str) -> bool:
    return name == "csrfmiddlewaretoken" or "password" in name
