"""The draft as the service gets it, what it says of it point by point, and a page for the board."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aboveline.domain.workflow import Stage
from aboveline.jobs.inspections import scores_of
from aboveline.jobs.publishing import snapshot_of
from aboveline.records.actions.drafting import PointValues, decide_point, finish_answer, make_point
from aboveline.records.models import DraftPoint, Inspection
from aboveline.records.queries.drafting import draft_to_service, point_in, points_of
from aboveline.records.queries.publishing import stage_now, versions_out
from aboveline.web.forms.concluding import ActForm, OutcomeForm, PointForm
from aboveline.web.policies import Action, inspection_page, may
from aboveline.web.presenters import concluding as words
from aboveline.web.presenters.points import KINDS, points_table
from aboveline.web.presenters.published import result_page
from aboveline.web.presenters.wording import day_of
from aboveline.web.views.concluding import below, show, step
from aboveline.web.views.kept import page_in, show_or_save
from aboveline.web.views.requests import SignedInRequest


@inspection_page(Action.SEE_DRAFT)
def draft(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    sent, waits = draft_to_service(inspection), stage_now(inspection) is Stage.WITH_SERVICE
    decides = may(request.standing, Action.DECIDE_ON_FACTS)
    return show(
        request,
        inspection,
        "draft",
        page=result_page(_result(inspection)),
        signature=words.signature(inspection),
        points=points_table(inspection, points_of(inspection), linked=decides),
        answer_by=day_of(sent.answer_by) if sent else "",
        late=sent is not None and sent.answer_by < timezone.localdate(),
        answered=day_of(timezone.localdate(sent.answered_at)) if sent and sent.answered_at else "",
        may_finish=waits and sent and not sent.answered_at and may(request.standing, Action.RESPOND_TO_DRAFT),
        public=stage_now(inspection) is Stage.PUBLISHED,
        may_respond=may(request.standing, Action.RESPOND_TO_DRAFT),
    )


def _result(inspection: Inspection) -> Mapping[str, Any]:
    """What is public, once something is and until a correction is begun; before that, all as it stands."""
    out = versions_out(inspection.pk).first() if stage_now(inspection) is Stage.PUBLISHED else None
    return out.snapshot if out else snapshot_of(scores_of(inspection), timezone.localdate())


@inspection_page(Action.SEE_DRAFT)
def board(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """One page for the management board: to print, or to save as a file by the browser."""
    page = result_page(_result(inspection))
    return show(request, inspection, "board", page=page, signature=words.signature(inspection))


@inspection_page(Action.RESPOND_TO_DRAFT)
def new_point(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    page = page_in(
        inspection,
        heading=_("A point on the draft"),
        crumbs=below(inspection, "draft", _("Draft")),
        back=reverse("draft", args=[inspection.pk]),
        saved=_("Your point is with the lead inspector"),
        button=_("Send the point"),
        intro=_("Facts are put right. A judgement is changed only where the facts behind it were wrong."),
    )

    def act(data: dict[str, Any]) -> object:
        values = PointValues(data["where"], data["draft_says"], data["service_says"], data["evidence"])
        return make_point(inspection=inspection, kind=DraftPoint.Kind(data["kind"]), values=values, by=request.user)

    return show_or_save(request, PointForm(request.POST or None), page, act)


@inspection_page(Action.RESPOND_TO_DRAFT)
def finish(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """The service has said everything, so that publication need not wait for its last day."""
    sent = draft_to_service(inspection)
    if sent is None:
        raise Http404
    page = page_in(
        inspection,
        heading=_("Say that the answer is complete"),
        crumbs=below(inspection, "draft", _("Draft")),
        back=reverse("draft", args=[inspection.pk]),
        saved=_("On record: the service has said everything"),
        button=_("The answer is complete"),
        intro=_("Publication then need not wait for your last day. A later point is still recorded."),
    )

    def act(data: dict[str, Any]) -> object:
        return finish_answer(inspection=inspection, expected_version=int(data["version"]), by=request.user)

    return step(request, ActForm(request.POST or None, initial={"version": sent.version}), page, act)


@inspection_page(Action.DECIDE_ON_FACTS)
def point(request: SignedInRequest, inspection: Inspection, point_id: int) -> HttpResponse:
    found = point_in(inspection, point_id)
    if found is None:
        raise Http404
    page = page_in(
        inspection,
        heading=str(KINDS[found.kind]),
        crumbs=below(inspection, "draft", _("Draft")),
        back=reverse("draft", args=[inspection.pk]),
        saved=_("The outcome is saved"),
        template="web/concluding/point.html",
        more={"point": found},
    )

    def act(data: dict[str, Any]) -> object:
        outcome = DraftPoint.Outcome(data["outcome"])
        version = data["version"]
        return decide_point(
            point=found, outcome=outcome, reason=data["reason"], expected_version=version, by=request.user
        )

    form = OutcomeForm(request.POST or None, initial=OutcomeForm.initial_of(found))
    return show_or_save(request, form, page, act)
