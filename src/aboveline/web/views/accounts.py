"""Sign in, with a second factor where one is set up, and sign out."""

from http import HTTPStatus
from typing import Any, cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.stages import LoginStage, LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from aboveline.records.actions.second_factor import spend_code
from aboveline.records.models import User
from aboveline.web import kept_forms, throttling
from aboveline.web.forms.accounts import CodeForm
from aboveline.web.forms.sign_in import SignInForm
from aboveline.web.policies import View, public, signed_in
from aboveline.web.sessions import before_second_factor
from aboveline.web.single_sign_on import offered

TOO_MANY = _("There have been too many tries to sign in. Wait five minutes, then try again")
WRONG_CODE = _("The code is not right, or it was used before. Wait for the next one")


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
        """The password is right: sign in, or ask for the second factor first."""
        self.guard.forget()
        user = form.get_user()
        login = Login(user=user, redirect_url=self.get_success_url())
        response = perform_password_login(self.request, {"email": user.email}, login)
        kept = self.request.POST.get("kept", "")[: kept_forms.LIMIT]
        if self.request.user.is_authenticated:
            return with_kept_form(self.request, response, kept)
        return _ask_for_code(self.request, CodeForm(), kept=kept) if kept else response

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        kept = self.request.POST.get("kept", "")[: kept_forms.LIMIT]
        return super().get_context_data(**{"kept": kept, "single_sign_on": offered(), **given})


def with_kept_form(request: HttpRequest, response: HttpResponse, sealed: str) -> HttpResponse:
    """Signed in: the form as it was sent, to send again, in place of the page; cookies go with it.

    The page, and a word about it, where the form was another person's; the page alone where there is none.
    """
    if not sealed:
        return response
    kept = kept_forms.given_back(sealed, cast("User", request.user))
    if kept is None:
        messages.warning(request, _("A form was open here for someone else. What it held was not kept"))
        return response
    page = render(request, "web/accounts/kept_form.html", {"kept": kept})
    page.cookies = response.cookies
    return page


@public
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second half of signing in, for whoever has just given the right password or come from their organisation."""
    stage: LoginStage | None = LoginStageController.enter(request, AuthenticateStage.key)
    user = stage.login.user if stage else None
    if stage is None or user is None or not user.is_active:
        return redirect("sign-in")
    kept = request.POST.get("kept", "")[: kept_forms.LIMIT]
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return _ask_for_code(request, form, kept=kept)
    guard = throttling.Guard.of(request, user.email, asked="code")
    if not guard.admits():
        return _ask_for_code(request, CodeForm(), [(TOO_MANY, "id_code")], kept, HTTPStatus.TOO_MANY_REQUESTS)
    if not spend_code(by=user, code=form.cleaned_data["code"]):
        form.add_error("code", WRONG_CODE)
        return _ask_for_code(request, form, kept=kept)
    guard.forget()
    return with_kept_form(request, stage.exit(), kept)


def _ask_for_code(
    request: HttpRequest,
    form: CodeForm,
    refused: Any = (),
    kept: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"form": form, "refused": refused, "kept": kept}
    return render(request, "web/accounts/second_factor.html", context, status=status)


def sign_in_again(request: HttpRequest, kept: str) -> HttpResponse:
    """The sign-in page as the answer to a form, which it carries sealed."""
    page = SignIn()
    page.setup(request)
    context = page.get_context_data(form=SignInForm(request), kept=kept)
    return page.render_to_response(context, status=HTTPStatus.UNAUTHORIZED)


sign_in = public(cast(View, SignIn.as_view()))
sign_out = before_second_factor(signed_in(cast(View, LogoutView.as_view())))
