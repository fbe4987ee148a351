"""Requests to replace a case of the sample: asked by one side, answered by the other, decided by the lead."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.domain.access import Action, Standing, may
from aboveline.jobs.asking import answering
from aboveline.records.models import Inspection, ReplacementRequest
from aboveline.web.components import Cell, Column, SummaryRow, Table
from aboveline.web.presenters.case_words import reason_words
from aboveline.web.presenters.caseloads import moment
from aboveline.web.presenters.week_words import ANSWER_WORDS, OUTCOME_WORDS, SIDE_WORDS
from aboveline.web.presenters.wording import day_of


def state_of(request: ReplacementRequest) -> str:
    """Where a request is, in a few words."""
    if request.outcome:
        return str(OUTCOME_WORDS[request.outcome])
    if request.answer:
        return _("{answer}; the lead inspector decides").format(answer=str(ANSWER_WORDS[request.answer]))
    return _("To be answered by {day}").format(day=day_of(request.answer_by))


def waits_for(request: ReplacementRequest, standing: Standing, today: date) -> bool:
    """Whether a request waits for a person of this standing: the other side to answer, then the lead to decide."""
    if request.outcome:
        return False
    if not request.answer and may(standing, answering(request.side)):
        return True
    return (bool(request.answer) or today > request.answer_by) and may(standing, Action.DRAW)


def requests_table(inspection: Inspection, requests: Iterable[ReplacementRequest]) -> Table:
    columns = (
        Column("case", _("Case"), sortable=False),
        Column("who", _("Asked by"), sortable=False),
        Column("why", _("Why"), sortable=False),
        Column("state", _("How it stands"), sortable=False),
    )
    rows = tuple(
        (
            Cell(one.drawn.case.number, href=reverse("replacement", args=[inspection.pk, one.pk])),
            Cell(str(SIDE_WORDS[one.side]), detail=moment(one.asked_at)),
            Cell(reason_words(one.reason)),
            Cell(state_of(one)),
        )
        for one in requests
    )
    return Table("requests", _("Requests, newest first"), columns, rows)


def request_rows(request: ReplacementRequest) -> tuple[SummaryRow, ...]:
    """Everything of one request: what was asked, answered and decided, by whom and when."""
    side = str(SIDE_WORDS[request.side])
    rows = [
        SummaryRow(_("Asked by"), f"{side}: {request.asked_by.name}, {moment(request.asked_at)}"),
        SummaryRow(_("Reason"), reason_words(request.reason)),
        SummaryRow(_("What happened"), request.note),
        SummaryRow(_("To be answered by"), day_of(request.answer_by)),
    ]
    if request.answer and request.answered_by and request.answered_at:
        who = f"{request.answered_by.name}, {moment(request.answered_at)}"
        rows.append(SummaryRow(_("Answer"), f"{ANSWER_WORDS[request.answer]}: {request.answer_words} ({who})"))
    if request.outcome and request.decided_by and request.decided_at:
        who = f"{request.decided_by.name}, {moment(request.decided_at)}"
        rows.append(SummaryRow(_("Decision"), f"{OUTCOME_WORDS[request.outcome]}: {request.outcome_words} ({who})"))
    return tuple(rows)
