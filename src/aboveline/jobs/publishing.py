"""An inspection from moderation to its published page: how far it has come, its signature, and what is published."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from aboveline.domain.access import Action, RunBy
from aboveline.domain.comparison import ThemeComparison
from aboveline.domain.letters import LetterKind
from aboveline.domain.score import Score
from aboveline.domain.sentences import carried
from aboveline.domain.signing import content_hash
from aboveline.domain.workflow import MoveRefused, Progress, Stage, can_move, check_complete, check_move
from aboveline.exchange.calendars import load_calendar
from aboveline.jobs.inspections import Progress as Cases
from aboveline.jobs.inspections import (
    ScoredInspection,
    comparison_of,
    framework_asked,
    framework_of,
    progress_of,
    scores_of,
)
from aboveline.jobs.letters import post_to_all
from aboveline.jobs.second_reading import unsettled_reads
from aboveline.records.actions.drafting import send_draft
from aboveline.records.actions.inspections import move_to_stage
from aboveline.records.actions.publishing import come_out, publish
from aboveline.records.actions.signatures import void_sign_off
from aboveline.records.actions.signing import sign_off
from aboveline.records.models import Inspection, Publication, SignOff, User
from aboveline.records.queries.alerts import open_alerts_in
from aboveline.records.queries.casework import submitted_numbers
from aboveline.records.queries.drafting import draft_to_service, open_points
from aboveline.records.queries.findings import all_findings, statement_of
from aboveline.records.queries.inspections import inspection_by_id
from aboveline.records.queries.planning import recommendations_of
from aboveline.records.queries.signing import digests_of_parts, sign_off_of

#: working days a service has to answer a draft, where nothing else is agreed
DAYS_TO_ANSWER = 10


def workflow_progress(
    inspection: Inspection, correction_reason: str = "", publish_at: datetime | None = None
) -> Progress:
    """What moving an inspection depends on; `publish_at` is when it would come out, where that is decided."""
    cases = progress_of(inspection, framework_of(inspection))
    return Progress(
        sampled=len(cases.cases),
        submitted=_submitted(inspection, cases),
        open_alerts=open_alerts_in(inspection),
        unsettled_reads=unsettled_reads(inspection, framework_asked(inspection)),
        signed=sign_off_of(inspection).stands,
        open_points=open_points(inspection),
        answer_until=_answer_until(inspection, publish_at) if publish_at else None,
        correction_reason=correction_reason,
    )


def _submitted(inspection: Inspection, cases: Cases) -> int:
    """Cases handed in; where the service runs the exercise itself, a finished case counts as handed in."""
    if inspection.run_by is RunBy.PROGRAMME:
        return len(submitted_numbers(inspection) & {case.number for case in cases.cases})
    return cases.finished


def _answer_until(inspection: Inspection, publish_at: datetime) -> date | None:
    sent = draft_to_service(inspection)
    waits = sent is not None and sent.answered_at is None and timezone.localdate(publish_at) <= sent.answer_by
    return sent.answer_by if sent and waits else None


def move(inspection: Inspection, to: Stage, expected_version: int, by: User, reason: str = "") -> Inspection:
    """Take an inspection, as it is by the clock and held meanwhile, to another stage. Raises MoveRefused, and Stale
    where it came out since it was seen. A correction voids what was signed; going back calls off what waits."""
    with transaction.atomic():
        held = come_out(inspection=inspection, by=by)
        progress = workflow_progress(held, reason)
        moved = move_to_stage(inspection=held, to=to, progress=progress, expected_version=expected_version, by=by)
        if progress.correction_reason:
            void_sign_off(inspection=moved, why="a correction was begun", by=by)
    return moved


#: the stage that comes after each, where it goes on by what is done in it
_NEXT = {
    Stage.FIELDWORK: Stage.MODERATION,
    Stage.MODERATION: Stage.SIGNED,
    Stage.SIGNED: Stage.WITH_SERVICE,
    Stage.WITH_SERVICE: Stage.PUBLISHED,
}


def waits_for(inspection: Inspection) -> str:
    """What keeps an inspection from its next stage now; empty where nothing does."""
    now = Stage(inspection.stage)
    try:
        if now in _NEXT:
            check_move(now, _NEXT[now], workflow_progress(inspection, publish_at=timezone.now()))
    except MoveRefused as refused:
        return refused.reason
    return ""


def moves_open(inspection: Inspection) -> tuple[Stage, ...]:
    """The stages it could go to now."""
    progress, now = workflow_progress(inspection), Stage(inspection.stage)
    return tuple(stage for stage in Stage if can_move(now, stage, progress))


def sign(inspection: Inspection, expected_hash: str, by: User) -> SignOff:
    """Sign as it stands, and take an inspection in moderation on.

    Raises MayNotSign, NotRead, Stale, or MoveRefused where it is not ready to be signed, whatever its stage.
    """
    with transaction.atomic():
        check_complete(workflow_progress(inspection))
        row = sign_off(inspection=inspection, expected_hash=expected_hash, by=by)
        if inspection.stage == Stage.MODERATION:
            move(inspection, Stage.SIGNED, inspection.version, by)
    return row


def hash_now(inspection: Inspection) -> str:
    return content_hash(digests_of_parts(inspection))


def last_day_to_answer(sent: date, working_days: int = DAYS_TO_ANSWER) -> date:
    """Raises ProblemsFound outside the calendar."""
    return load_calendar().add(sent, working_days)


def send_to_service(inspection: Inspection, answer_by: date, expected_version: int, by: User) -> Inspection:
    """Send the draft, with a letter to whoever may answer it. Raises MoveRefused, Stale."""
    with transaction.atomic():
        moved = move(inspection, Stage.WITH_SERVICE, expected_version, by)
        draft = getattr(inspection, "draft_to_service", None)
        send_draft(inspection=moved, answer_by=answer_by, expected_version=draft.version if draft else 0, by=by)
        post_to_all(LetterKind.DRAFT, Action.RESPOND_TO_DRAFT, moved, by=by)
    return moved


def publish_as_it_stands(inspection: Inspection, publish_at: datetime, reason: str, by: User) -> Publication:
    """Publish what is signed from a moment on; where the moment is there, the inspection comes to its last stage.

    Inspection and sign-off are held before anything is read of them, so that what comes out is what stands signed.
    Raises MoveRefused where points are open, the service may still answer or nothing stands signed, NotSigned,
    NeedsReason, Stale.
    """
    with transaction.atomic():
        held = come_out(inspection=inspection, by=by)
        check_move(Stage(held.stage), Stage.PUBLISHED, workflow_progress(held, publish_at=publish_at))
        snapshot = snapshot_of(scores_of(held), timezone.localdate(publish_at))
        made = publish(inspection=held, snapshot=snapshot, publish_at=publish_at, reason=reason, by=by)
        come_out(inspection=held, by=by)
    return made


def snapshot_of(scored: ScoredInspection, as_at: date) -> dict[str, Any]:
    """All that a published page shows, in plain values: figures of the whole inspection, and nothing of a case."""
    inspection, comparison = scored.inspection, comparison_of(scored, as_at)
    return {
        "inspection": _about(scored),
        "as_at": as_at.isoformat(),
        "statement": _statement(inspection),
        "findings": [
            {"id": f"{inspection.pk}-{row.pk}", "kind": row.kind, "to": row.to, "text": row.text}
            for row in all_findings(inspection)
        ],
        "earlier": [
            {"text": row.wording, "to": row.to, "progress": row.progress, "note": row.note}
            for row in recommendations_of(inspection)
        ],
        "scores": list(_scores(scored)),
        "comparison": [_compared(theme) for theme in comparison.themes],
        "caution": carried(comparison.caution),
        "notes": [carried(note) for note in scored.scores.notes],
    }


def _about(scored: ScoredInspection) -> dict[str, Any]:
    inspection = scored.inspection
    return {
        "id": inspection.pk,
        "service": inspection.service.name,
        "area": inspection.service.area,
        "kind": inspection.kind,
        "held_on": inspection.held_on.isoformat(),
        "framework": scored.framework.id,
        "framework_title": _texts(scored.framework.title),
        "framework_digest": scored.framework.digest,
        "band_word": _texts(scored.framework.band_word),
        "cases": scored.scores.cases,
        "eligible": scored.scores.caseload_size,
        "run_by": "programme" if inspection.programme_id else "service",
        "synthetic": inspection.synthetic,
        "first_plan": inspection.first_plan,
    }


def _statement(inspection: Inspection) -> dict[str, str]:
    row = statement_of(inspection)
    return {name: getattr(row, name) if row else "" for name in ("verdict", "statement", "method", "quality")}


def _texts(text: Any) -> dict[str, str]:
    """A framework's wording in both languages."""
    return {language: text.in_language(language) for language in ("en", "cy")}


def _scores(scored: ScoredInspection) -> Iterable[Mapping[str, Any]]:
    levels = (("theme", "themes"), ("section", "sections"), ("criterion", "criteria"), ("question", "questions"))
    for level, name in levels:
        for score in getattr(scored.scores, name):
            yield {"level": level, **_score(score)}


def _score(score: Score) -> dict[str, Any]:
    interval = score.interval
    return {
        "id": score.id,
        "name": _texts(score.name),
        "sufficient": None if score.withheld else score.sufficient,
        "applicable": None if score.withheld else score.applicable,
        "percent": score.percent,
        "low": interval and round(100 * interval.low, 1),
        "high": interval and round(100 * interval.high, 1),
        "no_interval": carried(score.no_interval_reason or ""),
        "band": score.band.id if score.band else "",
        "band_name": _texts(score.band.name) if score.band else None,
        "computed_band": score.computed_band.id if score.computed_band else "",
        "withheld": score.withheld,
        "provisional": score.provisional,
        "asked": bool(score.asked),
    }


def _compared(theme: ThemeComparison) -> dict[str, Any]:
    told = theme.as_dict()
    kept = ("id", "area", "lowest", "highest", "average", "areas", "rank", "of", "quartile", "verdict")
    return {name: told[name] for name in kept} | {
        "name": str(theme.name),
        "reasons": [carried(reason) for reason in theme.reasons if isinstance(reason, str)],
    }


def settle(inspection: Inspection, by: User) -> Inspection:
    """The inspection as it is now: where its moment has come meanwhile, its stage follows."""
    come_out(inspection=inspection, by=by)
    return inspection_by_id(inspection.pk) or inspection
