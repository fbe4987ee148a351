"""An audit round set up in one go: questions, cases, auditors and days; and what the next round would be like."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from aboveline.domain import caseload as domain
from aboveline.domain.caseload import CaseloadEntry, Eligibility, eligible, months_before
from aboveline.domain.framework import Framework
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.sampling import Method
from aboveline.domain.workflow import check_complete
from aboveline.exchange.calendars import load_calendar
from aboveline.exchange.timetables import timetable_for
from aboveline.jobs.allocating import proposed, put_on_record, sharing_of
from aboveline.jobs.casework import attributes_of
from aboveline.jobs.drawing import entry_of, make_draw
from aboveline.jobs.frameworks import load_framework
from aboveline.jobs.planning import ROUND_STEPS
from aboveline.jobs.publishing import workflow_progress
from aboveline.records.actions.caseloads import CaseRow, confirm_caseload
from aboveline.records.actions.inspections import set_up_inspection
from aboveline.records.actions.people import join_team
from aboveline.records.actions.rounds import RoundValues, close_round, save_round
from aboveline.records.models import AuditRound, Caseload, Inspection, Role, Service, User
from aboveline.records.queries.arranging import team_of
from aboveline.records.queries.caseloads import cases_on
from aboveline.records.queries.cases import reference_of
from aboveline.records.queries.rounds import possible_auditors


@dataclass(frozen=True, slots=True)
class RoundWish:
    """A round as asked for. `caseload` is an earlier list to take over, None where a new one comes later."""

    framework_id: str
    held_on: date
    values: RoundValues
    auditors: Sequence[User]
    caseload: Caseload | None


@dataclass(frozen=True, slots=True)
class RoundGuess:
    """What the next round would be like after the last one, or where there was none."""

    held_on: date
    values: RoundValues
    auditors: Sequence[User]


def guess_round(service: Service, last: AuditRound | None, today: date, by: User) -> RoundGuess:
    """The round before, a month later: the same questions, cases and people, and each day moved along.

    Its title is left empty: it names the month, which is for the page to say.
    """
    able = possible_auditors(service)
    if last is None:
        held_on = _working_day(today)
        steps = timetable_for(Inspection.Kind.LOCAL_AUDIT).by_id
        days = [_after(held_on, steps[step].offset) for step in ROUND_STEPS]
        return RoundGuess(held_on, RoundValues("", "", (), None, *days), [one for one in able if one == by])
    before = last.inspection.held_on
    held_on = _working_day(max(months_before(before, -1), today))
    moved = [_moved(day, before, held_on) for day in (last.files_close, last.audits_due, last.moderation)]
    values = RoundValues("", last.set_title, tuple(last.questions), last.cases, *moved)
    team = set(team_of(last.inspection))
    return RoundGuess(held_on, values, [one for one in able if one in team])


def _working_day(day: date) -> date:
    try:
        return load_calendar().next_working_day(day)
    except ProblemsFound:
        return day


def _after(day: date, count: int) -> date | None:
    """So many working days later; None beyond the calendar."""
    try:
        return load_calendar().add(day, count)
    except ProblemsFound:
        return None


def _moved(day: date | None, before: date, held_on: date) -> date | None:
    """As many days from the first day as it was in the round before, on a working day."""
    return _working_day(held_on + (day - before)) if day else None


def eligible_on(caseload: Caseload, framework: Framework, day: date) -> Eligibility:
    """Which cases of a list on record could be drawn on another day; cases are known by our numbers."""
    return eligible(domain.Caseload.of(entry_of(case) for case in cases_on(caseload)), framework, day)


@transaction.atomic
def set_up_round(*, service: Service, wish: RoundWish, by: User, may_draw: bool) -> Inspection:
    """Set up a round whole or not at all: with a list taken over it is drawn and shared out too, if `may_draw`.

    Raises ProblemsFound where the draw cannot be made as wished, CannotUnseal where the old list cannot be read.
    """
    framework = load_framework(wish.framework_id)
    inspection = set_up_inspection(
        service=service,
        framework_id=framework.id,
        framework_digest=framework.digest,
        kind=Inspection.Kind.LOCAL_AUDIT,
        held_on=wish.held_on,
        synthetic=service.synthetic,
        by=by,
    )
    save_round(inspection=inspection, values=wish.values, expected_version=0, by=by)
    for auditor in wish.auditors:
        join_team(user=auditor, inspection=inspection, role=Role.LOCAL_ASSESSOR, by=by)
    if wish.caseload:
        caseload = _take_over(wish.caseload, inspection, framework, by)
        if may_draw:
            _draw(inspection, caseload, wish.values.cases, by)
            _share_out(inspection, by)
    return inspection


def _take_over(earlier: Caseload, inspection: Inspection, framework: Framework, by: User) -> Caseload:
    """The cases of an earlier list, with which of them can be drawn worked out anew for the round's first day."""
    entries = [_with_reference(entry_of(case), reference_of(case)) for case in cases_on(earlier)]
    caseload = domain.Caseload.of(entries)
    found = eligible(caseload, framework, inspection.held_on)
    reasons = {ref: one.reason for one in found.exclusions for ref in one.case_refs}
    return confirm_caseload(
        inspection=inspection,
        rows=[CaseRow(e.case_ref, attributes_of(e), reasons.get(e.case_ref, "")) for e in caseload.entries],
        digest=caseload.digest,
        exclusions=[{"reason": o.reason, "words": o.words, "count": o.count} for o in found.exclusions],
        by=by,
    )


def _with_reference(entry: CaseloadEntry, reference: str) -> CaseloadEntry:
    return replace(entry, case_ref=reference)


def _draw(inspection: Inspection, caseload: Caseload, cases: int | None, by: User) -> None:
    """Draw so many cases, or put every eligible one on record as drawn."""
    make_draw(
        inspection=inspection,
        caseload=caseload,
        method=Method.CUBE if cases else Method.SIMPLE,
        size=cases or max(1, caseload.eligible),
        reason="",
        expected_draws=0,
        by=by,
    ).expect()


def _share_out(inspection: Inspection, by: User) -> None:
    """Share the cases out as proposed; where nothing can be proposed it is left to the allocation page."""
    inspection.refresh_from_db()
    sharing = sharing_of(inspection)
    found = proposed(sharing) if sharing.people else None
    if found and found.value:
        put_on_record(sharing, found.value.readers, expected_version=sharing.version, by=by)


@transaction.atomic
def close(inspection: Inspection, expected_version: int, closed_on: date | None, by: User) -> AuditRound:
    """Close a round that is finished, or open it again without a day. Raises MoveRefused, Stale."""
    if closed_on:
        check_complete(workflow_progress(inspection))
    return close_round(inspection=inspection, closed_on=closed_on, expected_version=expected_version, by=by)
