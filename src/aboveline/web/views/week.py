"""Where an inspection is in its week: the timetable, the plan, and what the service must supply."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aboveline.domain.problems import ProblemsFound
from aboveline.jobs.asking import ask_for
from aboveline.jobs.inspections import framework_of
from aboveline.jobs.planning import Week, check_first_day, check_moves, default_supplies, wanted_supplies, week_of
from aboveline.records.actions.planning import (
    ListOnRecord,
    WantedSupply,
    plan_fieldwork,
    save_step,
    save_supply,
)
from aboveline.records.actions.saving import KeyReused, once
from aboveline.records.models import Inspection, Supply
from aboveline.records.queries.arranging import interviews_no_longer_right
from aboveline.records.queries.planning import plan_of, supplies_of, supply_in
from aboveline.records.queries.rounds import round_of
from aboveline.web.components import Crumb
from aboveline.web.forms.keyed import Confirm
from aboveline.web.forms.week import NewSupplyForm, PlanForm, StepForm, SupplyForm
from aboveline.web.policies import Action, inspection_page, may
from aboveline.web.presenters.arranging import wrong_words
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.week import supplies_table, supply_name, week_page
from aboveline.web.presenters.wording import inspection_name, said, told
from aboveline.web.presenters.work import week_links
from aboveline.web.views.discussions import open_discussions
from aboveline.web.views.kept import page_in, show_or_save
from aboveline.web.views.quality_reads import quality_reads_beside
from aboveline.web.views.requests import SignedInRequest


def to_week(inspection: Inspection) -> tuple[Crumb, ...]:
    return (*to_inspection(inspection), Crumb(_("Where it is in its week"), reverse("week", args=[inspection.pk])))


@inspection_page(Action.SEE_INSPECTION)
def week(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    today, may_plan = timezone.localdate(), may(request.standing, Action.PLAN)
    found, supplies = week_of(inspection, today), list(supplies_of(inspection))
    sees_supplies = may_plan or may(request.standing, Action.SEE_SAMPLE)
    sees_interviews = may(request.standing, Action.SEE_ALLOCATION)
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "caption": inspection_name(inspection),
        "crumbs": to_inspection(inspection),
        "page": week_page(inspection, found, plan_of(inspection), framework_of(inspection), may_plan=may_plan),
        "supplies": supplies_table(
            inspection, supplies if sees_supplies else (), today, linked=may(request.standing, Action.SEE_SAMPLE)
        ),
        "links": week_links(inspection, request.standing, len(open_discussions(request, inspection))),
        "wrong": wrong_words(len(interviews_no_longer_right(inspection)) if sees_interviews else 0),
        "round": round_of(inspection),
        "may_plan": may_plan,
        "may_ask_all": not any(one.item for one in supplies),
        "ask_all": Confirm(),
    } | quality_reads_beside(request, inspection)
    return render(request, "web/week/week.html", context)


@inspection_page(Action.PLAN)
def plan(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    initial = PlanForm.initial_of(plan_of(inspection)) | {"held_on": inspection.held_on}
    form = PlanForm(request.POST or None, framework=framework_of(inspection), initial=initial)
    page = page_in(
        inspection,
        heading=_("Plan the fieldwork"),
        crumbs=to_week(inspection),
        back=reverse("week", args=[inspection.pk]),
        saved=_("The plan is saved"),
    )

    def act(data: dict[str, Any]) -> object:
        check_first_day(data["held_on"])
        return plan_fieldwork(
            inspection=inspection, values=form.plan, expected_version=data["version"], by=request.user
        )

    try:
        return show_or_save(request, form, page, act)
    except ListOnRecord:
        words = _("A case list is on record, confirmed by the day and the look-back as they are: they stay")
        form.add_error("held_on", words)
        return show_or_save(request, form, page, act)


@inspection_page(Action.PLAN)
def step(request: SignedInRequest, inspection: Inspection, step: str) -> HttpResponse:
    found = week_of(inspection, timezone.localdate())
    one = found.timetable.by_id.get(step)
    if one is None:
        raise Http404
    form = StepForm(request.POST or None, initial=StepForm.initial_of(found.changes.get(step)))
    page = page_in(
        inspection,
        heading=said(one.name),
        crumbs=to_week(inspection),
        back=reverse("week", args=[inspection.pk]) + "#timetable",
        saved=_("The timetable is changed"),
        intro=_step_intro(found, step),
    )

    def act(data: dict[str, Any]) -> object:
        values = {"moved_to": data["moved_to"], "done_on": data["done_on"]}
        if problems := check_moves(inspection, step, data["moved_to"]):
            raise ProblemsFound(problems)
        return save_step(inspection=inspection, step=step, expected_version=data["version"], by=request.user, **values)

    return show_or_save(request, form, page, act)


def _step_intro(found: Week, step: str) -> str:
    source = said(found.timetable.by_id[step].source.text)
    return _("Where its day comes from: {source}.").format(source=source)


@inspection_page(Action.PLAN)
def ask(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Ask for all the product's own list names, where nothing of it was asked for yet."""
    form = Confirm(request.POST or None)
    if form.is_valid() and not any(one.item for one in supplies_of(inspection)):

        def act() -> dict[str, Any]:
            wanted = wanted_supplies(default_supplies(), inspection.held_on)
            return {"asked": len(ask_for(inspection=inspection, wanted=wanted, by=request.user))}

        try:
            once(by=request.user, key=form.cleaned_data["key"], body={"page": request.path}, act=act)
            messages.success(request, _("The service is asked for these things"))
        except ProblemsFound as found:
            messages.error(request, " ".join(told(problem) for problem in found.problems))
        except KeyReused:
            messages.info(request, _("This page was sent before with other values. Check them and send it again"))
    return redirect(reverse("week", args=[inspection.pk]) + "#supplies")


@inspection_page(Action.PLAN)
def new_supply(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    page = page_in(
        inspection,
        heading=_("Ask for one thing more"),
        crumbs=to_week(inspection),
        back=reverse("week", args=[inspection.pk]) + "#supplies",
        saved=_("The service is asked for it"),
    )

    def act(data: dict[str, Any]) -> object:
        wanted = [WantedSupply(data["name"], data["due"])]
        return ask_for(inspection=inspection, wanted=wanted, by=request.user)

    return show_or_save(request, NewSupplyForm(request.POST or None), page, act)


@inspection_page(Action.SEE_SAMPLE)
def supply(request: SignedInRequest, inspection: Inspection, supply_id: int) -> HttpResponse:
    """How it stands with one thing: the service says so, who plans the inspection may move its day too."""
    found = supply_in(inspection, supply_id)
    if found is None:
        raise Http404
    plans = may(request.standing, Action.PLAN)
    if not plans and not may(request.standing, Action.SUPPLY_CASELOAD):
        if request.method == "POST":
            raise Http404
        return redirect(reverse("week", args=[inspection.pk]) + "#supplies")
    form = SupplyForm(request.POST or None, plans=plans, supply=found, initial=SupplyForm.initial_of(found))
    page = page_in(
        inspection,
        heading=supply_name(found),
        crumbs=to_week(inspection),
        back=reverse("week", args=[inspection.pk]) + "#supplies",
        saved=_("Saved: how it stands with this"),
    )

    def act(data: dict[str, Any]) -> object:
        return save_supply(
            supply=found,
            state=Supply.State(data["state"]),
            due=data["due"],
            note=data["note"],
            expected_version=data["version"],
            by=request.user,
        )

    return show_or_save(request, form, page, act)
