"""Accepting an invitation, passwords, the second factor."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.records.models import User

ADVICE = gettext_lazy("At least 12 characters. Three or four words that do not belong together are easy to remember")
LONGEST = 200


def new_password() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("New password"),
        help_text=ADVICE,
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Enter a password")},
    )


def own_password() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Your password now"),
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Enter your password")},
    )


class PersonForm(forms.Form):
    """A form about the account of `user`."""

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user


class NewPasswordForm(PersonForm):
    """A new password of `user`, who need not be saved yet; no rule but length and not being known or one's own name."""

    password = new_password()

    def clean_password(self) -> str:
        given = str(self.cleaned_data["password"])
        try:
            validate_password(given, self.user)
        except ValidationError as error:
            raise ValidationError([_PLAIN.get(one.code or "", one.message) for one in error.error_list]) from error
        return given


#: the validators' own errors in our words
_PLAIN = {
    "password_too_short": gettext_lazy("Use at least 12 characters"),
    "password_too_common": gettext_lazy("This password is on a list of passwords in wide use. Choose another"),
    "password_too_similar": gettext_lazy("The password is too much like your name or address. Choose another"),
}


class AcceptForm(NewPasswordForm):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter your name")},
    )
    field_order = ("name", "password")


class OwnPasswordForm(PersonForm):
    """Asks for the password of whoever is signed in, before something that a stolen session must not do.

    The field is not there for somebody who only ever signs in through their organisation.
    """

    own_password = own_password()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.user.has_usable_password():
            del self.fields["own_password"]

    def clean_own_password(self) -> str:
        given = str(self.cleaned_data["own_password"])
        if not self.user.check_password(given):
            raise ValidationError(_("The password is not right"))
        return given


class ChangePasswordForm(OwnPasswordForm, NewPasswordForm):
    field_order = ("own_password", "password")


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter your email address"),
            "invalid": gettext_lazy("Enter an email address like name@example.gov.uk"),
        },
    )


def code_field(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter the code")},
    )


class CodeForm(forms.Form):
    code = code_field(
        gettext_lazy("Code"),
        gettext_lazy("The six figures that your authenticator app shows now, or one of your recovery codes"),
    )


class SetUpForm(OwnPasswordForm):
    """`secret` is the app's, signed so that nobody can put another in its place. The password is asked for only where
    the app takes the place of another (`again`)."""

    code = code_field(gettext_lazy("Code that the app shows now"))
    secret = forms.CharField(widget=forms.HiddenInput, max_length=400)
    field_order = ("code", "own_password")

    def __init__(self, *args: Any, again: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not again:
            self.fields.pop("own_password", None)
