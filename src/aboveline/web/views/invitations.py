"""Accepting an invitation."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from aboveline.records.actions.invitations import NotOpen, accept_invitation
from aboveline.records.actions.people import BelongsToService, StaffCodeTaken
from aboveline.records.models import Invitation, User
from aboveline.records.queries.accounts import user_by_email
from aboveline.records.queries.invitations import open_invitation
from aboveline.web.forms.accounts import AcceptForm
from aboveline.web.policies import public
from aboveline.web.presenters.people import place_name, role_words


@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link: a name and password for somebody new; for somebody with an account, a button once they are
    signed in. Used, withdrawn, too old and made-up links look the same."""
    found = open_invitation(token)
    if found is None:
        return render(request, "web/accounts/link_spent.html", status=410)
    if request.user.is_authenticated:
        return _for_signed_in(request, found, token)
    if user_by_email(found.email):
        return render(request, "web/accounts/sign_in_to_accept.html", {"invitation": found, "here": request.path})
    return _for_new(request, found, token)


def _for_new(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = AcceptForm(request.POST or None, user=User(email=found.email, name=request.POST.get("name", "")[:200]))
    if form.is_valid():
        given = form.cleaned_data
        return _accepted(request, token, None, name=given["name"], password=given["password"])
    context = {"form": form, **_offer(found)}
    return render(request, "web/accounts/accept.html", context, status=422 if form.errors else 200)


def _for_signed_in(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    user = cast("User", request.user)
    if user.email != found.email:
        return render(request, "web/accounts/somebody_elses.html", status=403)
    if request.method == "POST":
        return _accepted(request, token, user)
    return render(request, "web/accounts/accept.html", _offer(found))


def _accepted(request: HttpRequest, token: str, by: User | None, name: str = "", password: str = "") -> HttpResponse:
    try:
        accept_invitation(token=token, by=by, name=name, password=password)
    except NotOpen:
        return render(request, "web/accounts/link_spent.html", status=410)
    except BelongsToService:
        return render(request, "web/accounts/belongs_to_service.html", status=409)
    except StaffCodeTaken:
        return render(request, "web/accounts/staff_code_taken.html", status=409)
    if by:
        messages.success(request, _("You have accepted the invitation"))
        return redirect("home")
    messages.success(request, _("Your account is ready. Sign in to it"))
    return redirect("sign-in")


def _offer(found: Invitation) -> dict[str, object]:
    roles = [role_words(role) for role in found.roles]
    return {"invitation": found, "place": place_name(found.place), "roles": roles}
