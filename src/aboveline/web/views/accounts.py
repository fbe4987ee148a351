"""Sign in and sign out."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from aboveline.records.actions.people import note_sign_in
from aboveline.records.models import User
from aboveline.web import kept_forms, throttling
from aboveline.web.forms.sign_in import SignInForm
from aboveline.web.policies import View, public, signed_in

TOO_MANY = _("There have been too many tries to sign in. Wait five minutes, then try again")


class SignIn(LoginView):
    """Django's sign-in (which keeps `next` on this site) behind the guard against guessing.

    A form that was sent signed out comes along as `kept` (see kept_forms), through wrong passwords as well.
    """

    template_name = "web/accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.account = request.POST.get("username", "").strip().lower()[:254]
        self.guard = throttling.Guard.of(request, self.account)
        if not self.guard.admits():
            return self.too_many()
        return super().post(request, *args, **kwargs)

    def too_many(self) -> HttpResponse:
        """The same answer to a right and a wrong password, for any name typed."""
        form = SignInForm(self.request, initial={"username": self.account})
        context = self.get_context_data(form=form, refused=[(TOO_MANY, "id_username")])
        return self.render_to_response(context, status=HTTPStatus.TOO_MANY_REQUESTS)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        self.guard.forget()
        response, user = super().form_valid(form), form.get_user()
        note_sign_in(by=user)
        if sealed := self.request.POST.get("kept"):
            response = self.give_back(sealed, user) or response
        throttling.remember_browser(response, self.account, secure=self.request.is_secure())
        kept_forms.remember_person(response, user, secure=self.request.is_secure())
        return response

    def give_back(self, sealed: str, user: User) -> HttpResponse | None:
        """The form as it was sent, to send again; None, and a word about it, where it was another person's."""
        kept = kept_forms.given_back(sealed, user)
        if kept is None:
            messages.warning(self.request, _("A form was open here for someone else. What it held was not kept"))
            return None
        return render(self.request, "web/accounts/kept_form.html", {"kept": kept})

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        return super().get_context_data(**{"kept": self.request.POST.get("kept", "")[: kept_forms.LIMIT], **given})


def sign_in_again(request: HttpRequest, kept: str) -> HttpResponse:
    """The sign-in page as the answer to a form, which it carries sealed."""
    page = SignIn()
    page.setup(request)
    context = page.get_context_data(form=SignInForm(request), kept=kept)
    return page.render_to_response(context, status=HTTPStatus.UNAUTHORIZED)


sign_in = public(cast(View, SignIn.as_view()))
sign_out = signed_in(cast(View, LogoutView.as_view()))
