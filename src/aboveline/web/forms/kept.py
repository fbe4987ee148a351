"""A form on something that has a version: it comes back with both values where somebody saved meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.presenters.wording import day_of


@dataclass(frozen=True, slots=True)
class TwoValues:
    """What somebody else saved, and what was typed here and not saved."""

    label: str
    theirs: str
    yours: str


class KeptForm(KeyedForm):
    """`columns` are its fields and the attributes of the row they are kept in. Version 0 is a row not there yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    columns: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What the form begins with for a row, or for none."""
        if row is None:
            return {"version": 0}
        return {name: getattr(row, column) for name, column in cls.columns.items()} | {"version": row.version}

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"key", "version"}}

    def beside(self, current: Any) -> tuple[TwoValues, ...]:
        """Each field in which what is saved now differs from what was sent."""
        theirs = self.initial_of(current)
        found = []
        for name in self.columns:
            words = self._words(name, theirs.get(name)), self._words(name, self.cleaned_data.get(name))
            if words[0] != words[1]:
                found.append(TwoValues(str(self.fields[name].label), *words))
        return tuple(found)

    def send_on(self, current: Any) -> None:
        """Make what was typed ready to be sent in place of what is saved now."""
        data = cast("QueryDict", self.data).copy()
        data["version"], data["key"] = str(current.version if current else 0), str(uuid4())
        self.data = data

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value or "–"))  # type: ignore[arg-type]
        if isinstance(value, date):
            return day_of(value)
        if isinstance(value, time):
            return str(time_format(value, "H:i"))
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return str(value) if value not in (None, "") else "–"
