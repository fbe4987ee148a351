"""The people of a service, an inspection's team and a programme: the same pages for each kind of place."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aboveline.domain.access import RunBy
from aboveline.domain.letters import LetterState
from aboveline.jobs.inviting import invite_by_letter
from aboveline.records.actions.invitations import ToOneself, withdraw_invitation
from aboveline.records.actions.people import LastOfItsKind, StaffCodeTaken, end_role, give_role
from aboveline.records.actions.saving import KeyReused, once
from aboveline.records.models import Inspection, Service, User
from aboveline.records.models.accounts import Place
from aboveline.records.queries.invitations import invitation_at, invitations_at
from aboveline.records.queries.letters import letters_at
from aboveline.records.queries.people import held_role, held_roles, people_around
from aboveline.web.forms.keyed import Confirm, KeyedForm
from aboveline.web.forms.people import GiveForm, InviteForm
from aboveline.web.policies import Action, View, inspection_page, may, programme_page, service_page
from aboveline.web.presenters.letters import letters_table
from aboveline.web.presenters.people import Ways, invited_rows, people_rows, place_name, role_words
from aboveline.web.views.requests import SignedInRequest


def people(request: SignedInRequest, place: Place) -> HttpResponse:
    ways = Ways(place)
    rows = people_rows(held_roles(place), ways)
    return _page(request, ways, "people", people=rows, invited=invited_rows(list(invitations_at(place)), ways))


def _page(request: SignedInRequest, ways: Ways, template: str, **more: Any) -> HttpResponse:
    form = more.get("form")
    context = {
        "ways": ways,
        "crumbs": ways.crumbs if template == "people" else ways.crumbs_below,
        "place": place_name(ways.place),
        "register": ways.to("conflicts") if _has_register(request, place=ways.place) else "",
        **more,
    }
    return render(request, f"web/people/{template}.html", context, status=422 if form and form.errors else 200)


def letters(request: SignedInRequest, place: Place) -> HttpResponse:
    """How it stands with each letter from here, so that somebody can act where one does not leave."""
    found = letters_at(place, timezone.now())
    wait = any(one.state == LetterState.WAITS and one.tried for one in found)
    return _page(request, Ways(place), "letters", table=letters_table(found), wait=wait)


def _has_register(request: SignedInRequest, place: Place) -> bool:
    """Each side has the register of its own people: the service, and an inspectorate's team."""
    inspected = isinstance(place, Inspection) and may(request.standing, Action.KEEP_REGISTER)
    return isinstance(place, Service) or inspected


def invite(request: SignedInRequest, place: Place) -> HttpResponse:
    """The answer is the same whether or not somebody has an account."""
    ways = Ways(place)
    form = InviteForm(request.POST or None, roles=ways.roles, place=place)
    if form.is_valid():

        def act() -> dict[str, Any]:
            asked = {"email": form.cleaned_data["email"], "roles": form.given_roles, **form.beside}
            return {"invited": invite_by_letter(place=place, by=request.user, **asked).pk}

        if _once(request, form, place, act):
            words = _("{email} is invited. The letter is on its way; its link works for 7 days")
            messages.success(request, words.format(email=form.cleaned_data["email"]))
            return redirect(ways.people)
    return _page(request, ways, "invite", form=form)


def give(request: SignedInRequest, place: Place) -> HttpResponse:
    ways = Ways(place)
    candidates = [one for one in people_around(place) if one != request.user or _to_oneself(place)]
    form = GiveForm(request.POST or None, roles=ways.roles, place=place, people=candidates)
    if form.is_valid():

        def act() -> dict[str, Any]:
            person = form.given_person
            held = {one.role for one in held_roles(place) if one.user_id == person.pk}
            for role in form.given_roles:
                if role not in held:
                    give_role(user=person, place=place, role=role, by=request.user, **form.beside)
            return {"given": person.pk}

        if _once(request, form, place, act):
            messages.success(request, _("{name} has the role from now on").format(name=form.given_person.name))
            return redirect(ways.people)
    return _page(request, ways, "give", form=form, anybody=bool(candidates))


def _to_oneself(place: Place) -> bool:
    """Only in the team of a service's own exercise, where whoever plans it already sees every case."""
    return isinstance(place, Inspection) and place.run_by is RunBy.SERVICE


def _once(request: SignedInRequest, form: KeyedForm, place: Place, act: Any) -> dict[str, Any] | None:
    """Carry it out once for its key; None, with the reason on the form, where it is not done."""
    body = form.given | {"place": f"{type(place).__name__} {place.pk}"}
    try:
        return once(by=request.user, key=form.cleaned_data["key"], body=body, act=act)
    except KeyReused:
        form.renew_key()
    except StaffCodeTaken as taken:
        form.add_error("staff_code", _("Your case lists name {name} by this code").format(name=taken))
    except ToOneself:
        form.add_error("email", _("Nobody gives a role to themselves: ask somebody else who manages people here"))
    return None


def end(request: SignedInRequest, place: Place, **number: int) -> HttpResponse:
    """Ask, then take a role away."""
    ways, held = Ways(place), held_role(place, _only(number))
    if held is None:
        if request.method == "POST":
            return redirect(ways.people)  # sent twice, or somebody else was quicker: it is done
        raise Http404
    form = Confirm(request.POST or None)
    if form.is_valid():
        try:
            end_role(held=held, by=request.user)
        except LastOfItsKind:
            form.add_error(None, _("Nobody else manages people here. Give somebody else that right first"))
        else:
            words = _("{name} is no longer: {role}").format(name=held.user.name, role=role_words(held.role))
            messages.success(request, words)
            return _after_ending(request, held.user, ways)
    return _page(request, ways, "end_role", form=form, person=held.user, role=role_words(held.role))


def _after_ending(request: SignedInRequest, ended: User, ways: Ways) -> HttpResponse:
    """One who took their own role away may not see the page any more."""
    return redirect("home" if ended == request.user else ways.people)


def withdraw(request: SignedInRequest, place: Place, **number: int) -> HttpResponse:
    """Ask, then take an invitation back."""
    ways, found = Ways(place), invitation_at(place, _only(number))
    if found is None:
        if request.method == "POST":
            return redirect(ways.people)
        raise Http404
    form = Confirm(request.POST or None)
    if form.is_valid():
        withdraw_invitation(invitation=found, by=request.user)
        messages.success(request, _("The invitation is withdrawn: its link leads nowhere now"))
        return redirect(ways.people)
    return _page(request, ways, "withdraw", form=form, invitation=found, roles=[role_words(r) for r in found.roles])


def _only(number: dict[str, int]) -> int:
    (pk,) = number.values()
    return pk


def _three(view: View) -> tuple[View, View, View]:
    """One page for each kind of place, each by its own right."""
    return (
        service_page(Action.MANAGE_PEOPLE)(view),
        inspection_page(Action.PLAN)(view),
        programme_page(Action.MANAGE_PROGRAMME)(view),
    )


service_people, team, programme_people = _three(people)
service_invite, team_invite, programme_invite = _three(invite)
service_letters, team_letters, programme_letters = _three(letters)
service_give, team_give, programme_give = _three(give)
service_end, team_end, programme_end = _three(end)
service_withdraw, team_withdraw, programme_withdraw = _three(withdraw)
