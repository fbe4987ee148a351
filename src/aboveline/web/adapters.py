"""How the account library is fitted in: no sign-up, secrets sealed, one end of every way to sign in."""

from typing import Any, NoReturn, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from aboveline.records.actions.accounts import note_single_sign_on
from aboveline.records.actions.people import note_sign_in
from aboveline.records.identity import seal, unseal
from aboveline.records.models import User
from aboveline.records.queries.accounts import user_by_email
from aboveline.web import kept_forms, throttling
from aboveline.web.client_address import client_address
from aboveline.web.sessions import begin


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our own pages say what happened."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return redirect("sign-in")

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **about: Any) -> HttpResponse:
        """Signed in, whichever way: on record, and the browser is known from now on."""
        response: HttpResponse = super().post_login(request, user, **about)
        person = cast("User", user)
        begin(request)
        note_sign_in(by=person)
        throttling.remember_browser(response, person.email, secure=request.is_secure())
        kept_forms.remember_person(response, person, secure=request.is_secure())
        return response


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps and recovery codes are sealed in the database."""

    def encrypt(self, text: str) -> str:
        return seal(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text.encode()).decode()


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Only for somebody with an account here, found by an address that the provider vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.state.get("process") != "login":
            _refuse(request)
        if sociallogin.is_existing:
            return
        addresses = [a.email for a in sociallogin.email_addresses if a.verified or settings.OIDC_TRUSTS_EMAIL]
        person = user_by_email(addresses[0]) if addresses else None
        if person is None or not person.is_active:
            _refuse(request)
        sociallogin.connect(request, person)
        note_single_sign_on(provider=sociallogin.account.provider, by=person)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        _refuse(request)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The trail says it; there is nothing to do for the person."""


def _refuse(request: HttpRequest) -> NoReturn:
    """The same words whatever the reason, so that they tell nothing of who has an account."""
    messages.warning(request, _("You could not be signed in that way. Use your password, or ask for an invitation"))
    raise ImmediateHttpResponse(redirect("sign-in"))
