"""What a proxy or a monitor asks: does the process answer, and may requests be sent to it? Nothing else is told."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aboveline.records.database.readiness import Readiness, readiness
from aboveline.records.queries.letters import letters_late
from aboveline.web.policies import public


@public
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. The database is not asked: a server without it need not be started again."""
    return JsonResponse({"live": True})


@public
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 where the database answers and every migration was applied, else 503 with which of the two is missing."""
    found = readiness()
    status = HTTPStatus.OK if found is Readiness.READY else HTTPStatus.SERVICE_UNAVAILABLE
    told: dict[str, object] = {"ready": found is Readiness.READY, "state": found.value}
    if found is Readiness.READY:
        # Requests may be sent here all the same: it is the worker that wants looking at.
        told |= {"letters": "late" if letters_late(timezone.now()) else "on time"}
    return JsonResponse(told, status=status)
