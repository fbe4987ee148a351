"""Reading case-level content is itself on record: a page that cannot be recorded is not shown."""

from django.db import transaction

from aboveline.records.audit import Happened, record
from aboveline.records.models import Case, Inspection, Service, User


@transaction.atomic
def note_case_read(*, case: Case, by: User, verb: str = "case.read", request_id: str = "") -> None:
    record([Happened(verb, case, service_id=case.inspection.service_id)], by=by, request_id=request_id)


@transaction.atomic
def note_answers_read(*, inspection: Inspection, question: str, by: User, request_id: str = "") -> None:
    """One page showed every case's answer to one question: one event that names the question."""
    happened = Happened("answers.read", inspection, reason=question, service_id=inspection.service_id)
    record([happened], by=by, request_id=request_id)


@transaction.atomic
def note_meetings_read(*, inspection: Inspection, by: User, request_id: str = "") -> None:
    """A page showed what was said at meetings, where cases are talked of."""
    record([Happened("meetings.read", inspection, service_id=inspection.service_id)], by=by, request_id=request_id)


@transaction.atomic
def note_trail_downloaded(*, on: Service | Inspection, by: User, request_id: str = "") -> None:
    """The trail of a service or of an inspection was taken away as a file."""
    service_id = on.pk if isinstance(on, Service) else on.service_id
    record([Happened("trail.downloaded", on, service_id=service_id)], by=by, request_id=request_id)
