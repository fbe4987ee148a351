"""Error pages: what happened, that nothing was lost, and the way on. They need no database and no session."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from aboveline.web.policies import public


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page("400", HTTPStatus.BAD_REQUEST, request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page("403", HTTPStatus.FORBIDDEN, request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page("404", HTTPStatus.NOT_FOUND, request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the error that no view expected is at hand. Where it is the database's, sending again may help."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return database_away(request)
    return error_page("500", HTTPStatus.INTERNAL_SERVER_ERROR)


def database_away(request: HttpRequest) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        answer: HttpResponse = JsonResponse({"ok": False, "error": "503"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    else:
        answer = error_page("503", HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = "10"
    return answer


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page("expired", HTTPStatus.FORBIDDEN, request)


def error_page(name: str, status: HTTPStatus, request: HttpRequest | None = None) -> HttpResponse:
    """Return `web/errors/NAME.html`. Without a request it is drawn without context processors, so that it cannot fail
    for the reason the page failed. A script, which asks for JSON, gets the name alone."""
    if request is not None and "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"ok": False, "error": name}, status=status)
    return HttpResponse(render_to_string(f"web/errors/{name}.html", {}, request), status=status)
