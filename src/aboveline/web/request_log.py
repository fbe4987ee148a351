"""One line in the log for every request: its route, its status and how long it took. See config/json_log."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

LOGGER = logging.getLogger(__name__)


class RequestsNoted:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = perf_counter()
        response = self.get_response(request)
        taken = round((perf_counter() - start) * 1000)
        told = {"request": request, "status_code": response.status_code, "milliseconds": taken}
        LOGGER.info("request", extra=told)
        return response
