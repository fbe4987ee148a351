"""A programme: its inspections by stage, and setting one up in it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aboveline.domain.workflow import Stage
from aboveline.jobs.frameworks import load_framework
from aboveline.jobs.planning import default_supplies, week_of
from aboveline.jobs.setting_up import set_up_in_programme
from aboveline.records.actions.saving import KeyReused, once
from aboveline.records.models import Inspection, Programme
from aboveline.records.queries.people import standing_in
from aboveline.records.queries.planning import inspections_in
from aboveline.records.queries.programmes import every_service, inspections_under
from aboveline.records.queries.publishing import stage_now
from aboveline.web.forms.programmes import ProgrammeSetUpForm
from aboveline.web.policies import Action, allowed, may, programme_page
from aboveline.web.presenters.programmes import by_stage, to_programme
from aboveline.web.presenters.wording import said
from aboveline.web.views.requests import SignedInRequest


@programme_page(Action.SEE_PROGRAMME)
def programme(request: SignedInRequest, programme: Programme) -> HttpResponse:
    seen = allowed(request.user, inspections_in(programme), Action.SEE_INSPECTION)
    today = timezone.localdate()
    context = {
        "programme": programme,
        "framework": said(load_framework(programme.framework_id).title),
        "crumbs": to_programme(programme)[:1],
        "stages": by_stage([(one, week_of(one, today)) for one in seen]),
        "may_manage": may(request.standing, Action.MANAGE_PROGRAMME),
    }
    return render(request, "web/programmes/programme.html", context)


@programme_page(Action.MANAGE_PROGRAMME)
def set_up(request: SignedInRequest, programme: Programme) -> HttpResponse:
    framework = load_framework(programme.framework_id)
    form = ProgrammeSetUpForm(
        request.POST or None,
        services=list(every_service()),
        originals=[one for one in inspections_under(framework.id) if _known(request, one)],
        items=default_supplies(),
        framework=framework,
        initial={"second_read_percent": 10},
    )
    if form.is_valid():
        try:
            made = once(
                by=request.user,
                key=form.cleaned_data["key"],
                body=form.given,
                act=lambda: _made(request, programme, form),
            )
        except KeyReused:
            form.renew_key()
        else:
            messages.success(request, _("The inspection is set up. The lead inspector sees it now"))
            return redirect("week", made["inspection"])
    context = {
        "form": form,
        "programme": programme,
        "crumbs": to_programme(programme),
        "framework": said(framework.title),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "web/programmes/set_up.html", context, status=status)


def _known(request: SignedInRequest, inspection: Inspection) -> bool:
    """Whether this person may know of an inspection: it is published, or theirs to see."""
    out = stage_now(inspection) is Stage.PUBLISHED
    return out or may(standing_in(request.user, inspection), Action.SEE_INSPECTION)


def _made(request: SignedInRequest, programme: Programme, form: ProgrammeSetUpForm) -> dict[str, Any]:
    data = form.cleaned_data
    assert form.found_lead
    made = set_up_in_programme(
        programme=programme,
        service=form.services[data["service"]],
        kind=Inspection.Kind(data["kind"]),
        original=form.originals.get(data["original"]),
        plan=form.plan,
        lead=form.found_lead,
        items=[form.items[id] for id in data["supplies"]],
        recommendations=form.lines,
        by=request.user,
    )
    return {"inspection": made.pk}
