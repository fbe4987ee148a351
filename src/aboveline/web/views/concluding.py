"""Findings and statement, sign-off, and the way to publication."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aboveline.domain.access import reach_of
from aboveline.domain.signing import Part
from aboveline.domain.workflow import MoveRefused, Stage
from aboveline.jobs.inspections import scores_of
from aboveline.jobs.publishing import (
    hash_now,
    last_day_to_answer,
    move,
    publish_as_it_stands,
    send_to_service,
    settle,
    sign,
    snapshot_of,
)
from aboveline.records.actions.findings import (
    FindingValues,
    StatementValues,
    add_finding,
    save_finding,
    save_statement,
)
from aboveline.records.actions.publishing import NeedsReason, NotSigned, OutAlready, call_publication_off
from aboveline.records.actions.reading import note_case_read
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signing import MayNotSign, NotRead, note_part_read
from aboveline.records.models import Finding, Inspection
from aboveline.records.queries.casework import flagged_answers
from aboveline.records.queries.discussions import discussions_in
from aboveline.records.queries.findings import all_findings, finding_in, statement_of
from aboveline.records.queries.publishing import publications_of, stage_now
from aboveline.records.queries.signing import digests_of_parts
from aboveline.web.components import Crumb
from aboveline.web.forms.concluding import ActForm, FindingForm, PublishForm, ReasonForm, SendForm, StatementForm
from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.policies import Action, inspection_page, within_reach
from aboveline.web.presenters import concluding as words
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.gathered import flags_table
from aboveline.web.presenters.published import result_page
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.views.discussions import open_discussions
from aboveline.web.views.kept import FormPage, page_in, show_or_save
from aboveline.web.views.requests import SignedInRequest

#: what a step is refused by, which a person is told beside the form
REFUSED = (MoveRefused, MayNotSign, NotRead, NotSigned, NeedsReason, OutAlready, Stale)


def show(request: SignedInRequest, inspection: Inspection, template: str, **more: Any) -> HttpResponse:
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "caption": inspection_name(inspection),
        "crumbs": to_inspection(inspection),
        **more,
    }
    return render(request, f"web/concluding/{template}.html", context)


def below(inspection: Inspection, name: str, text: str) -> tuple[Crumb, ...]:
    return (*to_inspection(inspection), Crumb(text, reverse(name, args=[inspection.pk])))


def step(
    request: SignedInRequest, form: KeyedForm, page: FormPage, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """As show_or_save; what the step is refused by is told beside the form, and nothing has happened."""
    try:
        return show_or_save(request, form, page, act)
    except REFUSED as refused:
        form.renew_key()
        form.errors.clear()
        form.add_error(None, words.refusal(refused))
        return show_or_save(request, form, page, act)


@inspection_page(Action.WRITE_FINDINGS)
def findings(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """What is written, beside what assessors put forward. Reading of that is on record."""
    rows, sees = all_findings(inspection), within_reach(request.user, inspection, Action.SEE_CASES)
    flagged = [one for one in flagged_answers(inspection) if sees(one.assessment.case.number)]
    for case in {one.assessment.case_id: one.assessment.case for one in flagged}.values():
        note_case_read(case=case, by=request.user)
    return show(
        request,
        inspection,
        "findings",
        flags=flags_table(flagged),
        groups=words.finding_groups(inspection, rows),
        statement=words.statement_rows(inspection, statement_of(inspection)),
        signature=words.signature(inspection),
    )


def _finding_page(inspection: Inspection, heading: str) -> FormPage:
    return page_in(
        inspection,
        heading=heading,
        crumbs=below(inspection, "findings", _("Findings")),
        back=reverse("findings", args=[inspection.pk]),
        saved=_("The finding is saved"),
        intro=words.voids(inspection),
    )


@inspection_page(Action.WRITE_FINDINGS)
def new_finding(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    form = FindingForm(request.POST or None, finding=None)

    def act(data: dict[str, Any]) -> object:
        values = FindingValues(data["text"], data["to"], data["place"])
        kind = Finding.Kind(data["kind"])
        return add_finding(inspection=inspection, kind=kind, values=values, by=request.user)

    return show_or_save(request, form, _finding_page(inspection, _("Write a finding")), act)


@inspection_page(Action.WRITE_FINDINGS)
def finding(request: SignedInRequest, inspection: Inspection, finding_id: int) -> HttpResponse:
    found = finding_in(inspection, finding_id)
    if found is None:
        raise Http404
    form = FindingForm(request.POST or None, finding=found, initial=FindingForm.initial_of(found))

    def act(data: dict[str, Any]) -> object:
        values = FindingValues(data["text"], data["to"], data["place"], data["withdrawn"])
        return save_finding(finding=found, values=values, expected_version=data["version"], by=request.user)

    return show_or_save(request, form, _finding_page(inspection, _("Change a finding")), act)


@inspection_page(Action.WRITE_FINDINGS)
def statement(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    form = StatementForm(request.POST or None, initial=StatementForm.initial_of(statement_of(inspection)))
    page = page_in(
        inspection,
        heading=_("Verdict and statement"),
        crumbs=below(inspection, "findings", _("Findings")),
        back=reverse("findings", args=[inspection.pk]),
        saved=_("The statement is saved"),
        intro=words.voids(inspection),
    )

    def act(data: dict[str, Any]) -> object:
        values = StatementValues(data["verdict"], data["statement"], data["method"], data["quality"])
        version = data["version"]
        return save_statement(inspection=inspection, values=values, expected_version=version, by=request.user)

    return show_or_save(request, form, page, act)


@inspection_page(Action.SIGN_OFF)
def signing(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    page = words.signing_page(inspection, request.user)
    may_discuss = reach_of(request.standing, Action.COMMENT) is not None
    discussed = len(open_discussions(request, inspection)) if may_discuss else discussions_in(inspection).count()
    about = {"page": page, "signature": words.signature(inspection)}
    return show(request, inspection, "signing", discussed=discussed, may_discuss=may_discuss, **about)


@inspection_page(Action.SIGN_OFF)
def signed_part(request: SignedInRequest, inspection: Inspection, part: str) -> HttpResponse:
    """One part as it stands, and the record that it was read."""
    wanted = next((one for one in Part if one.value == part), None)
    if wanted is None:
        raise Http404
    digest = digests_of_parts(inspection)[part]
    page = page_in(
        inspection,
        heading=str(words.PARTS[wanted]),
        crumbs=below(inspection, "sign-off", _("Sign-off")),
        back=reverse("sign-off", args=[inspection.pk]),
        saved=_("On record: you have read this part as it stands"),
        button=_("I have read this"),
        template="web/concluding/part.html",
        more={"result": result_page(snapshot_of(scores_of(inspection), timezone.localdate())), "part": part},
    )

    def act(data: dict[str, Any]) -> object:
        return note_part_read(inspection=inspection, part=wanted, digest=data["version"], by=request.user)

    return step(request, ActForm(request.POST or None, initial={"version": digest}), page, act)


@inspection_page(Action.SIGN_OFF)
def sign_it(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    page = page_in(
        inspection,
        heading=_("Sign it off"),
        crumbs=below(inspection, "sign-off", _("Sign-off")),
        back=reverse("sign-off", args=[inspection.pk]),
        saved=_("Signed off as it stands"),
        button=_("Sign it off"),
        intro=_("You sign everything as it stands. Any later change voids your signature, and says so."),
    )
    form = ActForm(request.POST or None, initial={"version": hash_now(inspection)})
    return step(request, form, page, lambda data: sign(inspection, data["version"], request.user))


@inspection_page(Action.PUBLISH)
def publication(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """How far it is from publication, what is to be done next, and every version."""
    page = words.publication_page(inspection, list(publications_of(inspection)))
    return show(request, inspection, "publication", page=page, signature=words.signature(inspection))


def _publication_page(inspection: Inspection, **about: Any) -> FormPage:
    crumbs = below(inspection, "publication", _("Publication"))
    return page_in(inspection, crumbs=crumbs, back=reverse("publication", args=[inspection.pk]), **about)


def _seen(inspection: Inspection) -> dict[str, str]:
    return {"version": str(inspection.version)}


@inspection_page(Action.PUBLISH)
def moderate_now(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Forward from the fieldwork, or back; what is published goes back by a correction only."""
    stage = stage_now(inspection)
    if stage is Stage.PUBLISHED:
        return redirect("correct", inspection.pk)
    closes = stage is Stage.FIELDWORK
    page = _publication_page(
        inspection,
        heading=_("Close the fieldwork and moderate") if closes else _("Back to moderation"),
        saved=_("The inspection is in moderation"),
        button=_("Close the fieldwork") if closes else _("Take it back"),
        intro="" if closes else _("Whatever waits to come out is called off."),
    )
    form = ActForm(request.POST or None, initial=_seen(inspection))
    return step(
        request, form, page, lambda data: move(inspection, Stage.MODERATION, int(data["version"]), request.user)
    )


@inspection_page(Action.PUBLISH)
def send_draft(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    page = _publication_page(
        inspection,
        heading=_("Send the draft to the service"),
        saved=_("The draft is with the service"),
        button=_("Send the draft"),
        intro=_("From now on the service sees the draft and its scores, and can answer point by point."),
    )
    initial = {**_seen(inspection), "answer_by": last_day_to_answer(timezone.localdate())}
    form = SendForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> object:
        return send_to_service(inspection, data["answer_by"], int(data["version"]), request.user)

    return step(request, form, page, act)


@inspection_page(Action.PUBLISH)
def publish_it(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    earlier = [one for one in publications_of(inspection) if one.called_off_at is None]
    page = _publication_page(
        inspection,
        heading=_("Publish a correction") if earlier else _("Publish"),
        saved=_("Publication is decided"),
        button=_("Publish"),
        intro=_("What is published is never changed; it can be corrected by a further version."),
    )
    form = PublishForm(request.POST or None, correction=bool(earlier), initial=_seen(inspection))

    def act(data: dict[str, Any]) -> object:
        if int(data["version"]) != inspection.version:
            raise Stale(inspection)
        return publish_as_it_stands(inspection, _moment(data), data.get("reason", ""), request.user)

    return step(request, form, page, act)


def _moment(data: dict[str, Any]) -> datetime:
    if not data.get("day"):
        return timezone.now()
    return timezone.make_aware(datetime.combine(data["day"], data.get("time") or time(0, 1)))


@inspection_page(Action.PUBLISH)
def call_off(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    coming = next((one for one in publications_of(inspection) if words.coming(one)), None)
    if coming is None and request.method == "POST":
        return redirect("publication", inspection.pk)
    page = _publication_page(
        inspection, heading=_("Call the publication off"), saved=_("The publication is called off"),
        button=_("Call it off"), intro="" if coming else _("Nothing is waiting to come out."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None, initial=_seen(inspection))

    def act(data: dict[str, Any]) -> object:
        if coming:
            call_publication_off(publication=coming, why=data["why"], by=request.user)
        return coming

    return step(request, form, page, act)


@inspection_page(Action.PUBLISH)
def correct(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Take a published inspection back to moderation, so that it can be corrected."""
    page = _publication_page(
        inspection,
        heading=_("Begin a correction"),
        saved=_("The correction is begun. What is public stays as it is until the corrected version comes out"),
        button=_("Begin the correction"),
    )
    form = ReasonForm(request.POST or None, initial=_seen(inspection))

    def act(data: dict[str, Any]) -> object:
        now = settle(inspection, request.user)
        return move(now, Stage.MODERATION, now.version, request.user, data["why"])

    return step(request, form, page, act)
