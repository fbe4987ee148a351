"""Replace a case with the other side heard: one asks, the other answers in time, the lead inspector decides."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from aboveline.records.actions.draws import replace_case
from aboveline.records.actions.saving import Stale
from aboveline.records.audit import Happened, record
from aboveline.records.models import DrawnCase, ReplacementRequest, User
from aboveline.records.versions import locked

Answer, Outcome = ReplacementRequest.Answer, ReplacementRequest.Outcome


class AlreadyAsked(ValueError):
    """Raised where a request about the case is open. `request` is that one."""

    def __init__(self, request: ReplacementRequest) -> None:
        self.request = request
        super().__init__("a request about this case is open")


class TooEarly(ValueError):
    """Raised where the other side has not answered and still has time to."""


@transaction.atomic
def ask_replacement(
    *,
    drawn: DrawnCase,
    side: ReplacementRequest.Side,
    reason: str,
    note: str,
    answer_by: date,
    expected_version: int,
    by: User,
) -> ReplacementRequest:
    """Ask that a case leave the sample. Raises Stale where it left already, AlreadyAsked where a request is open."""
    newest = locked(drawn, expected_version)
    if newest.place != DrawnCase.Place.SAMPLE:
        raise Stale(newest)
    request = ReplacementRequest(
        drawn=newest, asked_by=by, asked_at=timezone.now(), side=side, reason=reason, note=note, answer_by=answer_by
    )
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise AlreadyAsked(ReplacementRequest.objects.get(drawn=newest, outcome="")) from error
    values = {"reason": reason, "note": note, "answer_by": answer_by}
    record([Happened("replacement.asked", request, values, reason, newest.draw.inspection.service_id)], by=by)
    return request


@transaction.atomic
def answer_replacement(
    *, request: ReplacementRequest, answer: ReplacementRequest.Answer, words: str, expected_version: int, by: User
) -> ReplacementRequest:
    """The other side agrees or objects. Raises Stale where it was answered or decided meanwhile."""
    newest = locked(request, expected_version)
    if newest.answer or newest.outcome:
        raise Stale(newest)
    newest.answer, newest.answer_words = answer, words
    newest.answered_by, newest.answered_at, newest.version = by, timezone.now(), newest.version + 1
    newest.save()
    values = {"answer": answer, "note": words}
    record([Happened("replacement.answered", newest, values, service_id=_service_of(newest))], by=by)
    return newest


@transaction.atomic
def decide_replacement(
    *,
    request: ReplacementRequest,
    outcome: ReplacementRequest.Outcome,
    words: str,
    today: date,
    expected_version: int,
    by: User,
) -> ReplacementRequest:
    """Replace the case by the next reserve, or keep it.

    Raises Stale, TooEarly before the other side answered or its time ran out, NoReserveLeft as `replace_case` does.
    """
    newest = locked(request, expected_version)
    if newest.outcome:
        raise Stale(newest)
    if not newest.answer and today <= newest.answer_by:
        raise TooEarly("the other side still has time to answer")
    newest.outcome, newest.outcome_words = outcome, words
    newest.decided_by, newest.decided_at, newest.version = by, timezone.now(), newest.version + 1
    newest.save()
    if outcome == Outcome.REPLACED:
        drawn = DrawnCase.objects.select_for_update().get(pk=newest.drawn_id)
        replace_case(drawn=drawn, reason=newest.reason, note=newest.note, expected_version=drawn.version, by=by)
    values = {"outcome": outcome, "note": words}
    record([Happened("replacement.decided", newest, values, service_id=_service_of(newest))], by=by)
    return newest


def _service_of(request: ReplacementRequest) -> int:
    service: int = request.drawn.draw.inspection.service_id
    return service
