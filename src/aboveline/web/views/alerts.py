"""Alerts: raised from a case, taken up, followed to their close; and the director they go to past the head."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from aboveline.jobs.alerting import give_director, raise_and_tell
from aboveline.records.actions.alerts import (
    HeadsAddress,
    acknowledge_alert,
    add_alert_step,
    close_alert,
    name_director,
    note_alert_read,
)
from aboveline.records.actions.reading import note_case_read
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Alert, Case, Director, Inspection
from aboveline.records.queries.alerts import (
    alert_in,
    alerts_in,
    director_of,
    has_no_director,
    head_addresses,
    raised_on,
    steps_of,
    told_of,
)
from aboveline.web.forms.alerts import (
    AcknowledgeForm,
    AlertForm,
    CloseForm,
    DirectorForm,
    StepForm,
    TellDirectorForm,
    heads_address,
)
from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.policies import Action, case_page, inspection_page, may
from aboveline.web.presenters.alerts import alert_view, not_told
from aboveline.web.presenters.crumbs import to_alerts, to_cases, to_inspection
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.views.requests import SignedInRequest


@case_page(Action.RAISE_ALERT)
def raise_on_case(request: SignedInRequest, case: Case) -> HttpResponse:
    """The form; above it, what became of the alerts that this person raised on the case, and a form for the director
    of one that has none."""
    director, heads = director_of(case.inspection), head_addresses(case.inspection)
    if director and director.email in heads:
        director = None
    late = request.POST.get("do") == "director"
    form = AlertForm(None if late else request.POST or None, director=director, heads=heads)
    given = TellDirectorForm(request.POST if late else None, heads=heads)
    sent = None
    if late and given.is_valid():
        sent = _once(request, given, {"case": case.pk}, lambda: _with_director(request, case, given))
    elif form.ready:
        sent = _once(request, form, {"case": case.pk}, lambda: _raised(request, case, form))
    if sent:
        alert = next(one for one in raised_on(case, request.user) if one.pk == sent["alert"])
        if not has_no_director(alert):
            messages.success(request, _("The alert is on record. Below stands when each letter has left"))
            return redirect("raise-alert", case.inspection_id, case.number)
        messages.warning(request, _("The alert is on record. No director could be told: say below who it is"))
        given = TellDirectorForm(_typed(form, alert), heads=heads)
        form = AlertForm(director=director, heads=heads)
    note_case_read(case=case, by=request.user)
    return _page(request, case.inspection, "raise", _raising(request, case, director, form, given))


def _typed(form: AlertForm, alert: Alert) -> dict[str, Any]:
    """What was typed of a director who could not be told, for the form that asks again."""
    typed = {name: form.data.get(f"director_{name}", "") for name in ("name", "email")}
    return {"key": str(uuid4()), "alert": alert.pk, **typed}


def _raising(
    request: SignedInRequest, case: Case, director: Director | None, form: AlertForm, given: TellDirectorForm
) -> dict[str, Any]:
    mine = list(raised_on(case, request.user))
    without = next((one for one in mine if has_no_director(one)), None)
    if without and not given.is_bound:
        given.initial["alert"] = without.pk
    return {
        "crumbs": to_cases(case.inspection),
        "case": case,
        "director": director,
        "form": form,
        "given": given,
        "mine": [(alert_view(one), not_told(told_of(one), past_head=one.past_head), one == without) for one in mine],
    }


def _raised(request: SignedInRequest, case: Case, form: AlertForm) -> dict[str, Any]:
    return {"alert": raise_and_tell(case=case, by=request.user, **form.alert).pk}


def _with_director(request: SignedInRequest, case: Case, form: TellDirectorForm) -> dict[str, Any]:
    """Raises Http404 for an alert that somebody else raised, or on another case."""
    alert = next((one for one in raised_on(case, request.user) if one.pk == form.given["alert"]), None)
    if alert is None:
        raise Http404
    give_director(alert=alert, name=form.given["name"], email=form.given["email"], by=request.user)
    return {"alert": alert.pk}


def _once(
    request: SignedInRequest, form: KeyedForm, about: dict[str, Any], act: Callable[[], dict[str, Any]]
) -> dict[str, Any] | None:
    """Carry it out once for its key; None, with the reason on the form, where the key was another's."""
    try:
        return once(by=request.user, key=form.cleaned_data["key"], body=form.given | about, act=act)
    except KeyReused:
        form.renew_key()
    except HeadsAddress:
        form.add_error("email", heads_address())
    return None


def _page(request: SignedInRequest, inspection: Inspection, template: str, context: dict[str, Any]) -> HttpResponse:
    beside = {
        "inspection": inspection,
        "name": inspection_name(inspection),
        "service_name": inspection.service.name,
    }
    forms = [one for one in context.values() if isinstance(one, KeyedForm)]
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if any(one.errors for one in forms) else HTTPStatus.OK
    status = context.pop("status", wrong)
    return render(request, f"web/alerts/{template}.html", beside | context, status=status)


@inspection_page(Action.FOLLOW_ALERT)
def listed(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Every alert of the inspection that this person may see; what they say is on their own pages."""
    views = [alert_view(one) for one in alerts_in(inspection, request.user)]
    can_name = may(request.standing, Action.NAME_DIRECTOR)
    context = {"alerts": views, "crumbs": to_inspection(inspection), "can_name": can_name}
    return _page(request, inspection, "list", context | {"director": director_of(inspection)})


@inspection_page(Action.FOLLOW_ALERT)
def alert(request: SignedInRequest, inspection: Inspection, alert_id: int) -> HttpResponse:
    """One alert; a post takes it up, adds a step or closes it, by which button was pressed."""
    found = alert_in(inspection, alert_id, request.user)
    if found is None:
        raise Http404
    forms: dict[str, KeyedForm] = {
        "acknowledge": AcknowledgeForm(initial={"version": found.version}),
        "step": StepForm(),
        "close": CloseForm(initial={"version": found.version}),
    }
    asked = request.POST.get("do", "")
    newest = None
    if request.method == "POST" and asked in forms:
        form = forms[asked] = type(forms[asked])(request.POST)
        try:
            if form.is_valid() and _once(request, form, {"alert": found.pk}, lambda: _do(request, found, asked, form)):
                messages.success(request, DONE[asked]())
                return redirect("alert", inspection.pk, found.pk)
        except Stale as stale:
            newest = stale.current
    note_alert_read(alert=found, by=request.user)
    context = {f"{name}_form": form for name, form in forms.items()} | _shown(found, inspection)
    if newest:
        typed = forms[asked].given.get("words") or forms[asked].given.get("outcome") or ""
        context |= {"conflict": alert_view(newest), "typed": typed, "status": HTTPStatus.CONFLICT}
        context |= {"acknowledge_form": AcknowledgeForm(initial={"version": newest.version})}
        context |= {"close_form": CloseForm(initial={"version": newest.version})}
    return _page(request, inspection, "alert", context)


def _do(request: SignedInRequest, alert: Alert, asked: str, form: KeyedForm) -> dict[str, Any]:
    given, by = form.given, request.user
    if asked == "acknowledge":
        acknowledge_alert(alert=alert, expected_version=given["version"], by=by)
    elif asked == "step":
        add_alert_step(alert=alert, words=given["words"], by=by)
    else:
        close_alert(alert=alert, outcome=given["outcome"], expected_version=given["version"], by=by)
    return {"done": asked}


DONE = {
    "acknowledge": lambda: _("You have taken the alert up"),
    "step": lambda: _("The step is on record"),
    "close": lambda: _("The alert is closed"),
}


def _shown(alert: Alert, inspection: Inspection) -> dict[str, Any]:
    return {
        "alert": alert,
        "view": alert_view(alert),
        "steps": steps_of(alert),
        "untold": not_told(told_of(alert), past_head=alert.past_head),
        "crumbs": to_alerts(inspection),
    }


@inspection_page(Action.NAME_DIRECTOR)
def director(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """To whom alerts go where the head of service is the concern."""
    kept = director_of(inspection)
    initial = {"name": kept.name, "email": kept.email, "version": kept.version} if kept else {"version": 0}
    form = DirectorForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "crumbs": to_inspection(inspection), "kept": kept}
    if form.is_valid():
        given = form.given
        named = {"name": given["name"], "email": given["email"], "expected_version": given["version"]}

        def act() -> dict[str, Any]:
            return {"version": name_director(inspection=inspection, by=request.user, **named).version}

        try:
            if _once(request, form, {"inspection": inspection.pk}, act):
                messages.success(request, _("The director is on record for this inspection"))
                return redirect("inspection", inspection.pk)
        except Stale as stale:
            newest = stale.current
            context |= {"newest": newest, "status": HTTPStatus.CONFLICT, "typed": given}
            again = {"name": given["name"], "email": given["email"], "version": newest.version}
            context |= {"form": DirectorForm(initial=again)}
    return _page(request, inspection, "director", context)
