"""When a session ends by itself, and what comes before anything else in it: a second factor, for whoever sees cases."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from aboveline.domain.access import sees_cases
from aboveline.records.actions.accounts import note_seen
from aboveline.records.models import User
from aboveline.records.queries.accounts import roles_anywhere, second_factor_of
from aboveline.web.client_address import client_address
from aboveline.web.policies import Action, View

Next = Callable[[HttpRequest], HttpResponse]
STARTED, SEEN, SECOND_FACTOR = "started_at", "seen_at", "second_factor"
#: a session is written down as seen at most once in this many seconds
NOTE_EACH = 60


@dataclass(frozen=True, slots=True)
class Ending:
    """When this session ends where nothing more is asked of the server; `warn` is how many seconds before to say so."""

    at: datetime
    seconds: int
    warn: int
    for_good: bool


def ending_of(request: HttpRequest) -> Ending | None:
    """None where nobody is signed in, or no session is at hand."""
    session = getattr(request, "session", None)
    if session is None or STARTED not in session:
        return None
    now = time.time()
    longest, idle = session[STARTED] + settings.SESSION_LONGEST_SECONDS, _seen(request) + settings.SESSION_IDLE_SECONDS
    ends = min(longest, idle)
    left = max(0, int(ends - now))
    at = timezone.localtime(datetime.fromtimestamp(ends, tz=timezone.get_current_timezone()))
    return Ending(at, left, settings.SESSION_WARN_SECONDS, longest <= idle)


def _seen(request: HttpRequest) -> float:
    """This request counts as seen, unless it only asks how long is left."""
    return request.session.get(SEEN, time.time()) if _only_asks(request) else time.time()


def _only_asks(request: HttpRequest) -> bool:
    try:
        return request.method == "GET" and request.path == reverse("session")
    except NoReverseMatch:
        return False


class SessionsEnd:
    """End a session that was idle or lasted too long; otherwise note that it was seen."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self.look(request)
        return self.get_response(request)

    def look(self, request: HttpRequest) -> None:
        now, session = time.time(), request.session
        started, seen = session.setdefault(STARTED, now), session.get(SEEN, 0.0)
        idle = now - (seen or now)
        # What was seen in the last minute is not written down, so that minute is allowed on top.
        if now - started > settings.SESSION_LONGEST_SECONDS or idle > settings.SESSION_IDLE_SECONDS + NOTE_EACH:
            logout(request)
        elif now - seen >= NOTE_EACH and not _only_asks(request):
            session[SEEN] = now
            self.note(request)

    def note(self, request: HttpRequest) -> None:
        device = request.headers.get("User-Agent", "")
        key = str(request.session.session_key)
        note_seen(key=key, address=client_address(request), device=device, by=cast("User", request.user))


def begin(request: HttpRequest) -> None:
    """Somebody signed in: from now on the session's time runs, whatever this browser's session was before."""
    request.session[STARTED] = time.time()
    request.session.pop(SEEN, None)


def renew(request: HttpRequest) -> None:
    """Go on under a new session id; the next request writes down where."""
    request.session.cycle_key()
    request.session.pop(SEEN, None)


def before_second_factor(view: View) -> View:
    """A page that somebody needs before they have set up their second factor."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


class SecondFactorRequired:
    """Lead whoever sees cases, and has no second factor yet, to set one up; until then they see nothing else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        free = getattr(view, "policy", None) is Action.PUBLIC or getattr(view, "before_second_factor", False)
        if free or settings.SECOND_FACTOR_WAIVED or not self.missing(request):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"ok": False, "error": "second_factor"}, status=403)
        return redirect("set-up-second-factor")

    def missing(self, request: HttpRequest) -> bool:
        if not request.user.is_authenticated or request.session.get(SECOND_FACTOR):
            return False
        user = request.user
        if second_factor_of(user):
            request.session[SECOND_FACTOR] = True
            return False
        return sees_cases(roles_anywhere(user))
