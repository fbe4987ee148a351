"""Inspections: the list, setting one up, its page, and what was found of the first plan."""

from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aboveline.jobs.frameworks import all_frameworks
from aboveline.jobs.inspections import framework_of, progress_of, scores_of
from aboveline.records.actions.inspections import record_first_plan, set_up_inspection
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Inspection, Service, User
from aboveline.records.queries.inspections import inspections_at, later_reinspection
from aboveline.records.queries.overview import inspections_matching, stage_of
from aboveline.records.queries.people import services_of, standing_at, standing_in
from aboveline.web.forms.inspections import FirstPlanForm, InspectionFilter, QuestionFilter, SetUpForm
from aboveline.web.policies import Action, allowed, first_seen, inspection_page, may, signed_in
from aboveline.web.presenters import inspection as page_of
from aboveline.web.presenters.crumbs import to_inspection, to_service
from aboveline.web.presenters.inspection_list import inspections_table
from aboveline.web.presenters.reinspection import PLAN_WORDS
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.presenters.work import next_step, work_links
from aboveline.web.views.discussions import open_discussions
from aboveline.web.views.requests import SignedInRequest

PER_PAGE = 25


@signed_in
def inspections(request: SignedInRequest) -> HttpResponse:
    services = list(services_of(request.user))
    form = InspectionFilter(request.GET, services=services, frameworks=all_frameworks())
    form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") for name in form.fields}
    found = inspections_matching(
        request.user, slug=asked["service"], kind=asked["kind"], framework_id=asked["framework"]
    )
    page = Paginator(allowed(request.user, found, Action.SEE_INSPECTION), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "table": inspections_table([stage_of(one) for one in page], several=len(services) > 1),
        "narrowed": any(asked.values()),
        "may_set_up": bool(_services_to_set_up(request.user)),
    }
    return render(request, "web/inspections/list.html", context)


@signed_in
def set_up(request: SignedInRequest) -> HttpResponse:
    services = _services_to_set_up(request.user)
    if not services:
        raise Http404
    originals = [one for at in services for one in allowed(request.user, inspections_at(at), Action.SEE_SCORES)]
    form = SetUpForm(
        request.POST or None,
        services=services,
        originals=originals,
        frameworks=all_frameworks(),
        initial=_first_choices(request, services),
    )
    if form.is_valid():
        try:
            made = once(
                by=request.user,
                key=form.cleaned_data["key"],
                body={name: str(value) for name, value in form.chosen.items()},
                act=lambda: {"inspection": set_up_inspection(**form.chosen, by=request.user).pk},
            )
        except KeyReused:
            form.renew_key()
        else:
            messages.success(request, _("The inspection is set up. Next, upload the case list"))
            return redirect("inspection", made["inspection"])
    return render(request, "web/inspections/set_up.html", {"form": form}, status=_status(form))


def _services_to_set_up(user: User) -> list[Service]:
    return [service for service in services_of(user) if may(standing_at(user, service), Action.SET_UP)]


def _first_choices(request: SignedInRequest, services: list[Service]) -> dict[str, str]:
    frameworks = all_frameworks()
    return {
        "key": str(uuid4()),
        "service": request.GET.get("service") or services[0].slug,
        "framework": frameworks[0].id if len(frameworks) == 1 else "",
    }


@inspection_page(Action.SEE_INSPECTION)
def inspection(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    if not may(request.standing, Action.SEE_SCORES):
        return _without_scores(request, inspection)
    scored = scores_of(inspection)
    original = first_seen(request.user, inspection)
    first = scores_of(original) if original else None
    progress = progress_of(inspection, scored.framework)
    as_at = inspection.published_on or timezone.localdate()
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "crumbs": to_service(inspection.service),
        "page": page_of.inspection_page(scored, first, progress, as_at, request.GET),
        "filter": QuestionFilter(request.GET, framework=scored.framework),
        "links": work_links(inspection, request.standing, len(open_discussions(request, inspection))),
        "next": next_step(stage_of(inspection), progress, request.standing),
        "first_kept": inspection.original is not None and first is None,
        "later": _later(request, inspection),
        "may_record_plan": may(request.standing, Action.RECORD_FIRST_PLAN),
    }
    return render(request, "web/inspections/inspection.html", context)


def _later(request: SignedInRequest, inspection: Inspection) -> Inspection | None:
    """The re-inspection that follows this inspection, where this person may know of it."""
    found = later_reinspection(inspection)
    return found if found and may(standing_in(request.user, found), Action.SEE_INSPECTION) else None


def _without_scores(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Where the inspection is in its week, for those who may not see its scores, or not yet."""
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "crumbs": to_service(inspection.service),
        "name": inspection_name(inspection),
        "stage": stage_of(inspection),
        "when_scores": page_of.when_scores(request.standing),
        "links": work_links(inspection, request.standing, len(open_discussions(request, inspection))),
        "next": next_step(stage_of(inspection), None, request.standing),
    }
    return render(request, "web/inspections/without_scores.html", context)


@inspection_page(Action.RECORD_FIRST_PLAN)
def first_plan(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Record whether the first plan was carried out; where someone saved meanwhile, show both values (409)."""
    if inspection.kind != Inspection.Kind.REINSPECTION:
        messages.info(request, _("Only a re-inspection judges whether a first plan was carried out"))
        return redirect("inspection", inspection.pk)
    recorded = inspection.first_plan != Inspection.FirstPlan.NOT_RECORDED
    initial = {
        "outcome": inspection.first_plan if recorded else "",
        "note": inspection.first_plan_note,
        "version": inspection.version,
    }
    form = FirstPlanForm(request.POST or None, initial=initial)
    theirs, status = None, _status(form)
    if form.is_valid():
        theirs = _save_plan(inspection, form, request.user)
        if theirs is None:
            messages.success(request, _("Saved: what was found of the first plan"))
            return redirect("inspection", inspection.pk)
        form, status = FirstPlanForm(initial=form.cleaned_data | {"version": theirs.version}), HTTPStatus.CONFLICT
    context = {
        "form": form,
        "inspection": inspection,
        "service_name": inspection.service.name,
        "crumbs": to_inspection(inspection),
        "name": inspection_name(inspection),
        "theirs": theirs,
        "theirs_words": PLAN_WORDS[theirs.first_plan] if theirs else "",
        "yours_words": PLAN_WORDS[form.initial["outcome"]] if theirs else "",
        "framework": framework_of(inspection),
    }
    return render(request, "web/inspections/first_plan.html", context, status=status)


def _save_plan(inspection: Inspection, form: FirstPlanForm, by: User) -> Inspection | None:
    """Return the newer inspection where someone else saved another value meanwhile, else None."""
    data = form.cleaned_data
    try:
        record_first_plan(
            inspection=inspection,
            outcome=Inspection.FirstPlan(data["outcome"]),
            note=data["note"],
            expected_version=data["version"],
            by=by,
        )
    except Stale as stale:
        same = (stale.current.first_plan, stale.current.first_plan_note) == (data["outcome"], data["note"])
        return None if same else stale.current
    return None


def _status(form: FirstPlanForm | SetUpForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
