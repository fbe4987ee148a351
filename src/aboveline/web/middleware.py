"""Deny by default, and keep pages out of caches."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from aboveline.web.forms.numbers import is_number
from aboveline.web.kept_forms import keep
from aboveline.web.policies import Action
from aboveline.web.views.accounts import sign_in_again
from aboveline.web.views.errors import error_page

Next = Callable[[HttpRequest], HttpResponse]


class PrivatePages:
    """No page may be kept by a browser or a proxy: it can hold what is said of a child."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(f"/{str(settings.STATIC_URL).lstrip('/')}"):
            response.setdefault("Cache-Control", "no-store")
        return response


class BodiesLimited:
    """Refuse a body over the limit before any of it is read; a body must say how long it is."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not is_number(length) or int(length) > settings.MAX_BODY_BYTES:
            return error_page("413", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)


class SignInRequired:
    """Refuse a view that declares no policy; ask for sign-in before any that is not public, and keep a form sent."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        policy = getattr(view, "policy", None)
        if policy is None:
            raise PermissionDenied("this page has no policy")
        if policy is Action.PUBLIC or request.user.is_authenticated:
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"ok": False, "error": "signed_out"}, status=401)
        if request.method == "POST" and (kept := keep(request)):
            return sign_in_again(request, kept)
        # After a lost session a form's own address may only take posts; home is where to come back to.
        asked = request.get_full_path() if request.method == "GET" else reverse("home")
        return HttpResponseRedirect(f"{reverse(str(settings.LOGIN_URL))}?{urlencode({'next': asked})}")
