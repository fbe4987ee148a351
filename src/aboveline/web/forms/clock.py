"""A time of day as people write it: 9:30, 09.30 or 930."""

import re
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_TIME = re.compile(r"([0-2]?\d)[:.]?([0-5]\d)")


class ClockField(forms.CharField):
    """Cleans to a time, or None where empty and not required."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})
    default_error_messages = {"clock": _("Enter a time, for example 9:30")}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        found = _TIME.fullmatch(str(value).strip())
        if not found or int(found[1]) > 23:
            raise forms.ValidationError(self.error_messages["clock"], code="clock")
        return time(int(found[1]), int(found[2]))

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value
