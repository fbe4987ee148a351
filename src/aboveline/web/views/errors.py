"""Error pages: what happened, that nothing was lost, and the way on. They need no database and no session."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from aboveline.web.policies import public


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page("400", HTTPStatus.BAD_REQUEST, request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page("403", HTTPStatus.FORBIDDEN, request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page("404", HTTPStatus.NOT_FOUND, request)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page("500", HTTPStatus.INTERNAL_SERVER_ERROR)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page("expired", HTTPStatus.FORBIDDEN, request)


def error_page(name: str, status: HTTPStatus, request: HttpRequest | None = None) -> HttpResponse:
    """Return `web/errors/NAME.html`. Without a request it is drawn without context processors, so that it cannot fail
    for the reason the page failed."""
    return HttpResponse(render_to_string(f"web/errors/{name}.html", {}, request), status=status)
