"""A form whose sending twice has one effect."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _


class KeyedForm(forms.Form):
    """Carries a key that is new with every page; see records/actions/saving."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key"].initial = uuid4

    @property
    def given(self) -> dict[str, Any]:
        """What was given, without the key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}

    def renew_key(self) -> None:
        """The key was used for something else (the page was sent, gone back to and changed): ask to send it again."""
        data = cast("QueryDict", self.data).copy()
        data["key"] = str(uuid4())
        self.data = data
        self.add_error(None, _("This page was sent before with other values. Check them and send it again"))


class Confirm(KeyedForm):
    """Asks nothing but whether one is sure."""
