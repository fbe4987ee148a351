"""A new password for whoever forgot theirs, by a link to their address."""

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _

from aboveline.domain.letters import LetterKind
from aboveline.jobs.letters import post
from aboveline.records.actions.accounts import change_password
from aboveline.records.actions.letters import Draft
from aboveline.records.models import User
from aboveline.records.queries.accounts import user_by_id
from aboveline.web import throttling
from aboveline.web.forms.accounts import AddressForm, NewPasswordForm
from aboveline.web.forms.numbers import is_number
from aboveline.web.policies import public


@public
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link. The answer is the same whether or not there is an account, and while an address is being tried."""
    form = AddressForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "web/accounts/forgotten.html", {"form": form}, status=status)
    email = form.cleaned_data["email"].lower()
    # A guess here costs its target a letter: a few, then none, with the same answer.
    if throttling.Guard.of(request, email, asked="new password").admits():
        post([Draft(LetterKind.NEW_PASSWORD, email)], by=None)
    return render(request, "web/accounts/link_sent.html", {"email": email})


@public
def new_password(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Set a new password by the link. It works once: the token is made from the password there was."""
    user = _person(number)
    if user is None or not user.is_active or not default_token_generator.check_token(user, token):
        return render(request, "web/accounts/link_spent.html", status=410)
    form = NewPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        change_password(user=user, password=form.cleaned_data["password"], by=None)
        messages.success(request, _("Your password is changed. Sign in with it"))
        return redirect("sign-in")
    status = 422 if form.errors else 200
    return render(request, "web/accounts/new_password.html", {"form": form}, status=status)


def _person(number: str) -> User | None:
    try:
        pk = urlsafe_base64_decode(number).decode("ascii")
    except ValueError:
        return None
    return user_by_id(int(pk)) if is_number(pk) else None
