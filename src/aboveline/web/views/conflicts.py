"""The conflict register of a service, kept by each side of its own people, and what a person declares of themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.records.actions.conflicts import record_conflict, take_up_conflict, withdraw_conflict
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Conflict, Inspection, Service, User
from aboveline.records.queries.conflicts import (
    entries_of,
    entry_in,
    inspects,
    people_in_reach,
    register_of,
    withdrawn_by,
)
from aboveline.records.queries.inspections import inspections_at, inspections_of
from aboveline.records.queries.people import services_of
from aboveline.web.components import Crumb
from aboveline.web.forms.conflicts import ConflictForm, EnterForm, TakeUpForm, WithdrawForm
from aboveline.web.policies import Action, allowed, inspection_page, service_page, signed_in
from aboveline.web.presenters.conflicts import TIE_WORDS, dates, nowhere, register_rows, with_what
from aboveline.web.presenters.crumbs import to_account, to_inspection, to_service
from aboveline.web.views.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class _Register:
    """The register of a service as one side keeps it: the service of its own people, an inspectorate's team of those
    who inspect."""

    place: Service | Inspection

    @property
    def service(self) -> Service:
        return self.place if isinstance(self.place, Service) else self.place.service

    @property
    def of_inspectors(self) -> bool:
        return isinstance(self.place, Inspection)

    def to(self, what: str, *more: int) -> str:
        if isinstance(self.place, Inspection):
            return reverse(f"inspection-{what}", args=[self.place.pk, *more])
        return reverse(f"service-{what}", args=[self.place.slug, *more])

    def keeps(self, person: User) -> bool:
        return inspects(person, self.service) is self.of_inspectors

    def entries(self) -> list[Conflict]:
        """The service sees every entry; those who inspect, what is said of them."""
        return [one for one in register_of(self.service) if not self.of_inspectors or self.keeps(one.user)]

    def entry(self, asked_by: User, pk: int) -> Conflict:
        """An entry that this person may decide on: kept here, and not about themselves. Http404 else."""
        found = entry_in(self.service, pk)
        if found is None or found.user_id == asked_by.pk or not self.keeps(found.user):
            raise Http404
        return found

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return to_inspection(self.place) if isinstance(self.place, Inspection) else to_service(self.place)


def _register(request: SignedInRequest, place: Service | Inspection) -> HttpResponse:
    here = _Register(place)

    def way(what: str) -> Callable[[Conflict], str]:
        def to(entry: Conflict) -> str:
            kept = entry.user_id != request.user.pk and here.keeps(entry.user)
            return here.to(what, entry.pk) if kept else ""

        return to

    take_up = way("take-up-conflict") if here.of_inspectors else nowhere
    rows = register_rows(here.entries(), way("withdraw-conflict"), take_up)
    return _page(request, here, "register", rows=rows)


def _page(request: SignedInRequest, here: _Register, template: str, **more: Any) -> HttpResponse:
    crumbs = here.crumbs
    if template != "register":
        crumbs = (*crumbs, Crumb(_("Conflict register"), here.to("conflicts")))
    form = more.get("form")
    status = more.pop("status", HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK)
    ways = {"register": here.to("conflicts"), "enter": here.to("enter-conflict")}
    about = {"service": here.service, "service_name": here.service.name, "of_inspectors": here.of_inspectors}
    return render(request, f"web/conflicts/{template}.html", {**about, **ways, "crumbs": crumbs, **more}, status=status)


def _enter(request: SignedInRequest, place: Service | Inspection) -> HttpResponse:
    """An entry about somebody else or oneself, which holds from the next request; by the inspected service about
    somebody who inspects it, a proposal."""
    here = _Register(place)
    people = [one for one in people_in_reach(here.service) if not here.of_inspectors or here.keeps(one)]
    inspections = [place] if isinstance(place, Inspection) else list(inspections_at(place))
    form = EnterForm(
        request.POST or None,
        people=people,
        services=[here.service],
        inspections=inspections,
        initial={"service": here.service.pk},
    )
    if form.is_valid():
        proposed = not here.keeps(form.given_person)
        if _entered(request, form, form.given_person, proposed=proposed):
            words = _("The conflict is on the register and holds from now on")
            if proposed:
                words = _("The conflict is proposed. Those who lead the inspection decide on it")
            messages.success(request, words)
            return redirect(here.to("conflicts"))
    return _page(request, here, "enter", form=form)


def _entered(request: SignedInRequest, form: ConflictForm, person: User, *, proposed: bool = False) -> bool:
    def act() -> dict[str, Any]:
        return {"entry": record_conflict(user=person, by=request.user, proposed=proposed, **form.entry).pk}

    try:
        once(by=request.user, key=form.cleaned_data["key"], body=form.given | {"of": person.pk}, act=act)
    except KeyReused:
        form.renew_key()
        return False
    return True


def _withdraw(request: SignedInRequest, place: Service | Inspection, **number: int) -> HttpResponse:
    """Withdraw an entry made in error, never one about oneself; where somebody was quicker, show what they wrote."""
    here = _Register(place)
    entry = here.entry(request.user, *number.values())
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
            return redirect(here.to("conflicts"))
    if newest and newest.withdrawn_at is None:
        messages.warning(request, _("Somebody changed this entry meanwhile. Look at it again; nothing was withdrawn"))
        return redirect(here.to("conflicts"))
    more = {"form": form, "entry": entry, "with_what": with_what(entry), "newest": newest}
    if newest:
        more["newest_by"] = withdrawn_by(newest)
    if newest and request.method == "POST":
        more["status"] = HTTPStatus.CONFLICT
    return _page(request, here, "withdraw", **more)


@inspection_page(Action.KEEP_REGISTER)
def team_take_up(request: SignedInRequest, inspection: Inspection, tie_id: int) -> HttpResponse:
    """Ask, then make what the service proposed an entry that holds."""
    here = _Register(inspection)
    entry = here.entry(request.user, tie_id)
    form = TakeUpForm(request.POST or None, initial={"version": entry.version})
    if not entry.proposed or entry.withdrawn_at:
        messages.info(request, _("This entry was decided on already. Nothing was changed"))
        return redirect(here.to("conflicts"))
    if form.is_valid():
        try:
            take_up_conflict(entry=entry, expected_version=form.cleaned_data["version"], by=request.user)
        except Stale:
            messages.warning(request, _("Somebody decided on this entry meanwhile. Nothing was changed"))
        else:
            messages.success(request, _("The conflict is on the register and holds from now on"))
        return redirect(here.to("conflicts"))
    about = {"with_what": with_what(entry), "tie": TIE_WORDS[Conflict.Tie(entry.tie)], "dates": dates(entry)}
    return _page(
        request, here, "take_up", form=form, entry=entry, withdraw=here.to("withdraw-conflict", tie_id), **about
    )


register, team_register = (
    service_page(Action.MANAGE_PEOPLE)(_register),
    inspection_page(Action.KEEP_REGISTER)(_register),
)
enter, team_enter = service_page(Action.MANAGE_PEOPLE)(_enter), inspection_page(Action.KEEP_REGISTER)(_enter)
withdraw, team_withdraw = (
    service_page(Action.MANAGE_PEOPLE)(_withdraw),
    inspection_page(Action.KEEP_REGISTER)(_withdraw),
)


@signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """What is on the register about oneself, and a form to declare more."""
    inspections = allowed(request.user, inspections_of(request.user), Action.SEE_INSPECTION)
    form = ConflictForm(request.POST or None, services=services_of(request.user), inspections=inspections)
    if form.is_valid() and _entered(request, form, request.user):
        messages.success(request, _("Declared. You are kept from these cases from now on"))
        return redirect("my-conflicts")
    rows = register_rows(entries_of(request.user))
    context = {"form": form, "rows": rows, "crumbs": to_account()}
    return render(request, "web/conflicts/mine.html", context, status=422 if form.errors else 200)
