"""When the steps of an inspection's timetable were done, as far as the records themselves tell."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from aboveline.domain.access import RunBy
from aboveline.domain.workflow import Progress
from aboveline.jobs.publishing import workflow_progress
from aboveline.jobs.quality_reading import all_looked_at
from aboveline.records.models import Inspection
from aboveline.records.queries import milestones
from aboveline.records.queries.arranging import first_readers, interviews_in, sampled_numbers
from aboveline.records.queries.caseloads import caseload_on_record
from aboveline.records.queries.drafting import draft_to_service
from aboveline.records.queries.inspections import draw_in_force
from aboveline.records.queries.rounds import cases_by, feedback_given, round_of


def done_days(inspection: Inspection) -> dict[str, date]:
    """Each step done with its day."""
    progress = workflow_progress(inspection)
    found: dict[str, date | None] = {
        **_before(inspection),
        **_read(inspection, progress),
        **(_round(inspection) if inspection.local else _concluded(inspection, progress)),
        "published": inspection.published_on,
    }
    return {step: day for step, day in found.items() if day}


def _before(inspection: Inspection) -> Mapping[str, date | None]:
    """From the case list to the interviews, and what was looked at early."""
    listed, draw = caseload_on_record(inspection), draw_in_force(inspection)
    readers, looked = first_readers(inspection), all_looked_at(inspection)
    found: dict[str, date | None] = {}
    if draw:
        found["sample_drawn"] = found["cases_drawn"] = timezone.localdate(draw.drawn_at)
    if draw and all(number in readers for number in sampled_numbers(inspection)):
        given = max((row.at for rows in readers.values() for row in rows), default=draw.drawn_at)
        found["cases_allocated"] = timezone.localdate(given)
    if arranged := [row.at for row in interviews_in(inspection)]:
        found["interviews_arranged"] = timezone.localdate(max(arranged))
    return found | {
        "caseload_confirmed": timezone.localdate(listed.confirmed_at) if listed else None,
        "early_reads": timezone.localdate(looked) if looked else None,
    }


def _read(inspection: Inspection, progress: Progress) -> Mapping[str, date | None]:
    """Every case handed in (judged, where the service runs it itself) and every second read settled."""
    if not progress.sampled or progress.submitted < progress.sampled:
        return {}
    own = inspection.run_by is RunBy.SERVICE
    read = milestones.last_judged(inspection) if own else milestones.last_handed_in(inspection)
    settled = None if progress.unsettled_reads else milestones.last_settled(inspection)
    return {"assessments_submitted": read, "second_reads_settled": settled}


def _concluded(inspection: Inspection, progress: Progress) -> Mapping[str, date | None]:
    """From the feedback meeting to the last point answered. What is signed was moderated."""
    signed, draft = milestones.signed_on(inspection) if progress.signed else None, draft_to_service(inspection)
    found = {"feedback_given": milestones.feedback_met(inspection), "scores_moderated": signed, "signed_off": signed}
    if draft is None:
        return found
    returned = timezone.localdate(draft.answered_at) if draft.answered_at else None
    decided = milestones.last_point_decided(inspection) or returned
    answered = max(returned, decided) if returned and decided and not progress.open_points else None
    sent = timezone.localdate(draft.sent_at)
    return {**found, "draft_sent": sent, "accuracy_returned": returned, "accuracy_answered": answered}


def _round(inspection: Inspection) -> Mapping[str, date | None]:
    """A service's own round: files close on their day, and a case manager's feedback is marked."""
    held, marks = round_of(inspection), feedback_given(inspection)
    managers = [name for name in cases_by(inspection, "case_manager") if name]
    told = [marks[name].at for name in managers if name in marks]
    return {
        "files_closed": held.files_close if held else None,
        "feedback_given": timezone.localdate(max(told)) if told and len(told) == len(managers) else None,
    }
