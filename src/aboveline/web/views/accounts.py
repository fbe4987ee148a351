"""Sign in and sign out."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from aboveline.records.actions.people import note_sign_in
from aboveline.web import throttling
from aboveline.web.forms.sign_in import SignInForm
from aboveline.web.policies import View, public, signed_in

TOO_MANY = _("There have been too many tries to sign in. Wait five minutes, then try again")


class SignIn(LoginView):
    """Django's sign-in (which keeps `next` on this site) behind the guard against guessing."""

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
        response = super().form_valid(form)
        note_sign_in(by=form.get_user())
        throttling.remember_browser(response, self.account, secure=self.request.is_secure())
        return response


sign_in = public(cast(View, SignIn.as_view()))
sign_out = signed_in(cast(View, LogoutView.as_view()))
