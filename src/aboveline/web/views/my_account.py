"""One's own account: password, second factor, sessions."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from aboveline.domain.access import sees_cases
from aboveline.records.actions.accounts import change_password, end_session, end_sessions, set_answer_keys
from aboveline.records.actions.second_factor import new_recovery_codes, set_up_second_factor
from aboveline.records.queries.accounts import (
    recovery_codes_left,
    roles_anywhere,
    second_factor_of,
    session_of,
    sessions_of,
)
from aboveline.web import throttling
from aboveline.web.forms.accounts import ChangePasswordForm, OwnPasswordForm, SetUpForm
from aboveline.web.policies import signed_in
from aboveline.web.presenters.accounts import sessions_table
from aboveline.web.presenters.crumbs import to_account, to_home
from aboveline.web.sessions import SECOND_FACTOR, before_second_factor, ending_of, renew
from aboveline.web.views.requests import SignedInRequest

SALT = "aboveline.web.authenticator-app"
SECRET_SECONDS = 60 * 60
WRONG_CODE = gettext_lazy("The code is not the one that the app shows now. Check that the phone’s clock is right")


@signed_in
def account(request: SignedInRequest) -> HttpResponse:
    user = request.user
    context = {
        "crumbs": to_home(),
        "second_factor": second_factor_of(user),
        "codes_left": recovery_codes_left(user),
        "required": sees_cases(roles_anywhere(user)) and not settings.SECOND_FACTOR_WAIVED,
        "has_password": user.has_usable_password(),
        "sessions": sessions_table(sessions_of(user), _key(request)),
    }
    return render(request, "web/accounts/account.html", context)


@signed_in
@require_POST
def answer_keys(request: SignedInRequest) -> HttpResponse:
    """Switch the answering by single keys on or off, and go back to the page where that was asked for."""
    on = request.POST.get("state") != "off"
    set_answer_keys(on=on, by=request.user)
    messages.success(request, _("Single keys give answers again") if on else _("Single keys give no answers any more"))
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else reverse("account"))


def _key(request: HttpRequest) -> str:
    return str(request.session.session_key or "")


@signed_in
def password(request: SignedInRequest) -> HttpResponse:
    """Change one's own password; every other session ends."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if _admitted(request, form) and form.is_valid():
        change_password(user=request.user, password=form.cleaned_data["password"], by=request.user, keep=_key(request))
        update_session_auth_hash(request, request.user)
        renew(request)
        messages.success(request, _("Your password is changed. Wherever else you were signed in, you are signed out"))
        return redirect("account")
    return _page(request, "web/accounts/password.html", form)


def _admitted(request: SignedInRequest, form: Any) -> bool:
    """Guessing one's own password is slowed as signing in is."""
    if request.method != "POST":
        return False
    if throttling.Guard.of(request, request.user.email, asked="own password").admits():
        return True
    form.add_error(None, _("There have been too many tries. Wait five minutes, then try again"))
    return False


def _page(request: SignedInRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    context = {"form": form, "crumbs": to_account(), **more}
    return render(request, template, context, status=422 if form.errors else 200)


@before_second_factor
@signed_in
def set_up(request: SignedInRequest) -> HttpResponse:
    """Set up an authenticator app, in place of an earlier one; then the recovery codes are shown, once."""
    again = second_factor_of(request.user) is not None
    form = SetUpForm(request.POST or None, user=request.user, again=again)
    secret = _secret(request.POST.get("secret", "")) or generate_totp_secret()
    if _admitted(request, form) and form.is_valid():
        code = "".join(form.cleaned_data["code"].split())
        codes = set_up_second_factor(secret=secret, code=code, by=request.user, keep=_key(request))
        if codes:
            renew(request)
            request.session[SECOND_FACTOR] = True
            return _codes(request, codes)
        form.add_error("code", WRONG_CODE)
    adapter = get_adapter()
    more = {
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "signed_secret": signing.dumps(secret, salt=SALT),
        # Drawn by the library from an address that it has percent-encoded; it holds no text.
        "drawing": mark_safe(_only_svg(adapter.build_totp_svg(adapter.build_totp_url(request.user, secret)))),  # noqa: S308
        "required": sees_cases(roles_anywhere(request.user)) and not settings.SECOND_FACTOR_WAIVED,
        "again": again,
    }
    return _page(request, "web/accounts/set_up_second_factor.html", form, **more)


def _secret(signed: str) -> str:
    """The secret that an earlier showing of the page made; empty where it did not, or too long ago."""
    try:
        return str(signing.loads(signed, salt=SALT, max_age=SECRET_SECONDS))
    except signing.BadSignature:
        return ""


def _only_svg(drawn: str) -> str:
    return drawn[drawn.index("<svg") :]


def _codes(request: SignedInRequest, codes: list[str]) -> HttpResponse:
    return render(request, "web/accounts/recovery_codes.html", {"codes": codes, "crumbs": to_account()})


@signed_in
def codes(request: SignedInRequest) -> HttpResponse:
    """New recovery codes, after one's password."""
    if second_factor_of(request.user) is None:
        return redirect("set-up-second-factor")
    form = OwnPasswordForm(request.POST or None, user=request.user)
    if _admitted(request, form) and (form.is_valid() or not form.fields):
        return _codes(request, new_recovery_codes(by=request.user))
    return _page(request, "web/accounts/new_recovery_codes.html", form, left=recovery_codes_left(request.user))


@signed_in
@require_POST
def end_one(request: SignedInRequest, session_id: int) -> HttpResponse:
    session = session_of(request.user, session_id)
    if session is None:
        raise Http404
    end_session(session=session, by=request.user)
    messages.success(request, _("That session is ended"))
    return redirect("account")


@signed_in
@require_POST
def end_others(request: SignedInRequest) -> HttpResponse:
    count = end_sessions(user=request.user, by=request.user, keep=_key(request))
    words = ngettext("{count} other session is ended", "{count} other sessions are ended", count)
    messages.success(request, words.format(count=count))
    return redirect("account")


@before_second_factor
@signed_in
def session(request: SignedInRequest) -> HttpResponse:
    """How long this session still lasts. Asking (GET) does not lengthen it, sending (POST) does."""
    ending = ending_of(request)
    if request.method == "POST" and "application/json" not in request.headers.get("Accept", ""):
        return redirect("home")
    left = {"seconds": ending.seconds, "for_good": ending.for_good, "at": f"{ending.at:%H:%M}"} if ending else {}
    return JsonResponse({"ok": True, **left})
