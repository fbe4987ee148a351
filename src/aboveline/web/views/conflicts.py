"""The conflict register of a service, and what a person declares of themselves."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.records.actions.conflicts import record_conflict, withdraw_conflict
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Conflict, Service, User
from aboveline.records.queries.conflicts import entries_of, entry_in, people_in_reach, register_of, withdrawn_by
from aboveline.records.queries.inspections import inspections_at, inspections_of
from aboveline.records.queries.people import services_of
from aboveline.web.components import Crumb
from aboveline.web.forms.conflicts import ConflictForm, EnterForm, WithdrawForm
from aboveline.web.policies import Action, allowed, service_page, signed_in
from aboveline.web.presenters.conflicts import register_rows, with_what
from aboveline.web.presenters.crumbs import to_account, to_service
from aboveline.web.views.requests import SignedInRequest


@service_page(Action.MANAGE_PEOPLE)
def register(request: SignedInRequest, service: Service) -> HttpResponse:
    def withdraw(entry: Conflict) -> str:
        own = entry.user_id == request.user.pk
        return "" if own else reverse("withdraw-conflict", args=[service.slug, entry.pk])

    rows = register_rows(register_of(service), withdraw)
    return _page(request, service, "register", rows=rows)


def _page(request: SignedInRequest, service: Service, template: str, **more: Any) -> HttpResponse:
    own = reverse("service-conflicts", args=[service.slug])
    crumbs = to_service(service) if template == "register" else _below(service, own)
    form = more.get("form")
    status = more.pop("status", HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK)
    context = {"service": service, "service_name": service.name, "crumbs": crumbs, **more}
    return render(request, f"web/conflicts/{template}.html", context, status=status)


def _below(service: Service, own: str) -> tuple[Crumb, ...]:
    return (*to_service(service), Crumb(_("Conflict register"), own))


@service_page(Action.MANAGE_PEOPLE)
def enter(request: SignedInRequest, service: Service) -> HttpResponse:
    """An entry about somebody else or oneself; it holds from the next request."""
    inspections = list(inspections_at(service))
    people = people_in_reach(service)
    initial = {"service": service.pk}
    form = EnterForm(request.POST or None, people=people, services=[service], inspections=inspections, initial=initial)
    if form.is_valid() and _entered(request, form, form.given_person):
        messages.success(request, _("The conflict is on the register and holds from now on"))
        return redirect("service-conflicts", service.slug)
    return _page(request, service, "enter", form=form)


def _entered(request: SignedInRequest, form: ConflictForm, person: User) -> bool:
    def act() -> dict[str, Any]:
        return {"entry": record_conflict(user=person, by=request.user, **form.entry).pk}

    try:
        once(by=request.user, key=form.cleaned_data["key"], body=form.given | {"of": person.pk}, act=act)
    except KeyReused:
        form.renew_key()
        return False
    return True


@service_page(Action.MANAGE_PEOPLE)
def withdraw(request: SignedInRequest, service: Service, entry_id: int) -> HttpResponse:
    """Withdraw an entry made in error, never one about oneself; where somebody was quicker, show what they wrote."""
    entry = entry_in(service, entry_id)
    if entry is None or entry.user_id == request.user.pk:
        raise Http404
    form = WithdrawForm(request.POST or None, initial={"version": entry.version})
    newest: Conflict | None = entry if entry.withdrawn_at else None
    if form.is_valid():
        given = form.cleaned_data
        try:
            withdraw_conflict(entry=entry, why=given["why"], expected_version=given["version"], by=request.user)
        except Stale as stale:
            newest = stale.current
        else:
            messages.success(request, _("The entry is withdrawn; it stays on the register with its reason"))
            return redirect("service-conflicts", service.slug)
    more = {"form": form, "entry": entry, "with_what": with_what(entry), "newest": newest}
    if newest:
        more["newest_by"] = withdrawn_by(newest)
    if newest and request.method == "POST":
        more["status"] = HTTPStatus.CONFLICT
    return _page(request, service, "withdraw", **more)


@signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """What is on the register about oneself, and a form to declare more."""
    inspections = allowed(request.user, inspections_of(request.user), Action.SEE_INSPECTION)
    form = ConflictForm(request.POST or None, services=services_of(request.user), inspections=inspections)
    if form.is_valid() and _entered(request, form, request.user):
        messages.success(request, _("Declared. You are kept from these cases from now on"))
        return redirect("my-conflicts")
    rows = register_rows(entries_of(request.user), lambda _entry: "")
    context = {"form": form, "rows": rows, "crumbs": to_account()}
    return render(request, "web/conflicts/mine.html", context, status=422 if form.errors else 200)
