"""The sample: its size weighed, drawn, shown, and a case of it replaced."""

import dataclasses
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.domain.caseload import eligible
from aboveline.jobs.drawing import make_draw, numbered
from aboveline.jobs.inspections import framework_of
from aboveline.jobs.planning import planned_framework
from aboveline.records.actions.draws import AlreadyDrawn, NoReserveLeft, replace_case
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.showing import note_references_shown
from aboveline.records.models import Caseload, Draw, DrawnCase, Inspection, ReplacementRequest
from aboveline.records.queries.caseloads import (
    assessment_began,
    caseload_on_record,
    drawn_case,
    draws_of,
    places_in,
    set_up_at,
)
from aboveline.records.queries.cases import drawn_cases, reference_of
from aboveline.records.queries.inspections import draw_in_force
from aboveline.records.queries.planning import plan_of
from aboveline.web.components import Crumb
from aboveline.web.forms.numbers import number_sent
from aboveline.web.forms.samples import DrawForm, ReplaceForm, SizeForm
from aboveline.web.policies import Action, inspection_page, may, own_cases_page, within_reach
from aboveline.web.presenters.case_words import field_words, order_words, reason_words
from aboveline.web.presenters.caseloads import seed_sentence
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.sample_size import size_page, usual_size
from aboveline.web.presenters.samples import SamplePage, sample_page
from aboveline.web.presenters.wording import inspection_name, listed, told
from aboveline.web.views.replacements import ask_from
from aboveline.web.views.requests import SignedInRequest


@own_cases_page(Action.SEE_LISTED)
def sample(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    return _sample(request, inspection)


@inspection_page(Action.DRAW)
def draw(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Draw once, however often the button is pressed; a draw that someone else made first is shown instead (409)."""
    on_record = caseload_on_record(inspection)
    if request.method != "POST" or on_record is None:
        return redirect("sample", inspection.pk)
    before = number_sent(request.POST.get("expected_draws", ""))
    form = DrawForm(request.POST, eligible=on_record.eligible, draws=before)
    if not form.is_valid():
        return _sample(request, inspection, form)
    wanted = {name: form.cleaned_data[name] for name in ("method", "size", "expected_draws")}
    wanted["reason"] = form.cleaned_data.get("reason", "")
    try:
        made = make_draw(inspection=inspection, caseload=on_record, by=request.user, **wanted)
    except Stale as stale:
        return _already_drawn(request, inspection, stale.current, wanted)
    except AlreadyDrawn:
        messages.error(request, _("Assessment has begun, so the sample stays. Replace single cases instead"))
        return redirect("sample", inspection.pk)
    if made.value is None:
        for problem in made.errors:
            form.add_error("size", told(problem))
        return _sample(request, inspection, form)
    messages.success(request, _("The sample is drawn and on record"))
    return redirect("sample", inspection.pk)


def _already_drawn(
    request: SignedInRequest, inspection: Inspection, newest: Draw | None, wanted: Mapping[str, Any]
) -> HttpResponse:
    """A second click of the same person changes nothing and says so; anything else is a conflict."""
    own = newest and newest.drawn_by == request.user and newest.ordinal == wanted["expected_draws"] + 1
    if own and (newest.method, newest.size) == (wanted["method"], wanted["size"]):  # type: ignore[union-attr]
        messages.info(request, _("The sample had been drawn already. It was not drawn twice"))
        return redirect("sample", inspection.pk)
    if newest is None:
        messages.error(request, _("Another case list was put on record meanwhile. Look at it; nothing was drawn"))
    else:
        messages.error(request, _("Someone else drew a sample meanwhile. It is shown here; yours was not drawn"))
    return _sample(request, inspection, status=HTTPStatus.CONFLICT)


@inspection_page(Action.SEE_CASES)
def references(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """The sample with the service's own references, on request only; each reference shown is on record."""
    draw = draw_in_force(inspection)
    if request.method != "POST" or draw is None:
        return redirect("sample", inspection.pk)
    shown = within_reach(request.user, inspection, Action.SEE_CASES)
    cases = [drawn.case for drawn in drawn_cases(draw, DrawnCase.Place.SAMPLE) if shown(drawn.case.number)]
    note_references_shown(inspection=inspection, cases=cases, by=request.user)
    return _sample(request, inspection, references={case.number: reference_of(case) for case in cases})


@inspection_page(Action.DRAW)
def replace(request: SignedInRequest, inspection: Inspection, drawn_id: int) -> HttpResponse:
    """Take a case out of the sample for a reason; the next reserve takes its place.

    Where an inspectorate runs the inspection, the service is heard first.
    """
    if inspection.programme_id:
        return ask_from(request, inspection, drawn_id, ReplacementRequest.Side.TEAM)
    draw = draw_in_force(inspection)
    drawn = drawn_case(draw, drawn_id) if draw else None
    if draw is None or drawn is None:
        raise Http404
    reserve = drawn_cases(draw, DrawnCase.Place.RESERVE).first()
    form = ReplaceForm(request.POST or None, initial={"version": drawn.version})
    if request.method == "POST" and form.is_valid():
        return _replace(request, drawn, reserve, form)
    if drawn.place != DrawnCase.Place.SAMPLE or reserve is None:
        messages.info(request, _not_to_replace(drawn))
        return redirect("sample", inspection.pk)
    return _replace_page(request, drawn, reserve, form)


def _replace(request: SignedInRequest, drawn: DrawnCase, reserve: DrawnCase | None, form: ReplaceForm) -> HttpResponse:
    data, inspection = form.cleaned_data, drawn.draw.inspection
    try:
        came_in = replace_case(
            drawn=drawn, reason=data["reason"], note=data["note"], expected_version=data["version"], by=request.user
        )
    except Stale as stale:
        return _replaced_meanwhile(request, stale.current, reserve, form)
    except NoReserveLeft:
        messages.error(request, _("Every reserve has been used. Carry on with one case fewer"))
        return redirect("sample", inspection.pk)
    words = _("{out} was replaced by {reserve}").format(out=drawn.case.number, reserve=came_in.case.number)
    messages.success(request, words)
    return redirect("sample", inspection.pk)


def _replaced_meanwhile(
    request: SignedInRequest, newest: DrawnCase, reserve: DrawnCase | None, form: ReplaceForm
) -> HttpResponse:
    data = form.cleaned_data
    if (newest.reason, newest.note) == (data["reason"], data["note"]):
        messages.info(request, _("The case had been replaced already. It was not replaced twice"))
        return redirect("sample", newest.draw.inspection_id)
    return _replace_page(request, newest, reserve, form, conflict=True)


def _not_to_replace(drawn: DrawnCase) -> str:
    if drawn.place == DrawnCase.Place.SAMPLE:
        return _("Every reserve has been used. Carry on with one case fewer")
    return _("Case {number} is not in the sample now").format(number=drawn.case.number)


def _replace_page(
    request: SignedInRequest, drawn: DrawnCase, reserve: DrawnCase | None, form: ReplaceForm, conflict: bool = False
) -> HttpResponse:
    inspection, framework = drawn.draw.inspection, framework_of(drawn.draw.inspection)
    context = {
        "form": form,
        "drawn": drawn,
        "reserve": reserve,
        "order": order_words(framework, drawn.case.attributes.get("order_type", "")),
        "begun": hasattr(drawn.case, "assessment"),
        "conflict": conflict,
        "reason_now": reason_words(drawn.reason),
        "crumbs": (*to_inspection(inspection), Crumb(_("Sample"), reverse("sample", args=[inspection.pk]))),
    }
    status = HTTPStatus.CONFLICT if conflict else HTTPStatus.OK
    return _render(request, inspection, "replace", context, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else status)


def _sample(
    request: SignedInRequest,
    inspection: Inspection,
    form: DrawForm | None = None,
    *,
    references: Mapping[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    on_record, draws = caseload_on_record(inspection), list(draws_of(inspection))
    may_draw = may(request.standing, Action.DRAW)
    began = assessment_began(inspection)
    context: dict[str, Any] = {
        "on_record": on_record,
        "may_draw": may_draw and not began,
        "may_see_references": may(request.standing, Action.SEE_CASES),
        "began": began,
        "references": references,
        "seed": seed_sentence(inspection, set_up_at(inspection)),
        "crumbs": to_inspection(inspection),
    }
    if draws:
        context["draw"] = draws[0]
        context["page"] = _drawn_page(request, draws, references, _change(request, inspection))
    if on_record and on_record.eligible and not began:
        context |= _to_draw(request, inspection, on_record, form, len(draws))
    invalid = form is not None and form.errors
    return _render(request, inspection, "sample", context, HTTPStatus.UNPROCESSABLE_ENTITY if invalid else status)


def _drawn_page(
    request: SignedInRequest, draws: list[Draw], references: Mapping[str, str] | None, change: str
) -> SamplePage:
    draw = draws[0]
    framework = framework_of(draw.inspection)
    frame = eligible(numbered(draw.caseload), planned_framework(draw.inspection), draw.inspection.held_on).entries
    found = list(places_in(draw))
    page = sample_page(
        draw,
        draws,
        found,
        frame,
        framework,
        references=references,
        change=change,
        opens=within_reach(request.user, draw.inspection, Action.SEE_CASES),
        listed=within_reach(request.user, draw.inspection, Action.SEE_LISTED),
    )
    return dataclasses.replace(page, sample=page.sample.sorted_by(request.GET.get("sort")))


def _change(request: SignedInRequest, inspection: Inspection) -> str:
    """The route by which this person takes a case out of the sample, or asks for it."""
    if may(request.standing, Action.DRAW):
        return "replace-case"
    heard = inspection.programme_id and may(request.standing, Action.SUPPLY_CASELOAD)
    return "ask-replacement" if heard else ""


def _to_draw(
    request: SignedInRequest, inspection: Inspection, on_record: Caseload, form: DrawForm | None, draws: int
) -> dict[str, Any]:
    """The calculator for the size asked for (else the usual one) and the form that draws it."""
    framework, count, plan = framework_of(inspection), on_record.eligible, plan_of(inspection)
    usual = min(plan.sample_size, count) if plan and plan.sample_size else usual_size(framework, count)
    calculator = SizeForm(
        request.GET if "size" in request.GET else None,
        eligible=count,
        auto_id="calculator_%s",
        initial={"size": usual},
    )
    asked = calculator.is_bound and calculator.is_valid()
    size = calculator.cleaned_data["size"] if asked else usual
    initial = {"size": size, "expected_draws": draws}
    return {
        "calculator": calculator,
        "size": size_page(count, size),
        "form": form or DrawForm(eligible=count, draws=draws, initial=initial),
        "balanced_on": listed([field_words(name).lower() for name in framework.sample.balance_on]),
        "typical": listed([str(one) for one in framework.sample.typical_sizes]),
    }


def _render(
    request: SignedInRequest, inspection: Inspection, name: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    own = {"inspection": inspection, "service_name": inspection.service.name, "caption": inspection_name(inspection)}
    return render(request, f"web/samples/{name}.html", own | context, status=status)
