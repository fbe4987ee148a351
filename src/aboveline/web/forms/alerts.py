"""Raising an alert, following it to its close, and naming the director."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.records.models import Alert, Director
from aboveline.web.forms.keyed import KeyedForm

RISKS = (
    (Alert.Risk.CHILD, gettext_lazy("The child")),
    (Alert.Risk.PUBLIC, gettext_lazy("Other people")),
    (Alert.Risk.BOTH, gettext_lazy("The child and other people")),
)
TEXT = 5000


def _words(label: Any, required: Any, hint: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=TEXT,
        error_messages={"required": required},
    )


class AlertForm(KeyedForm):
    """Three answers, and a way past the head of service. `director` is the one on record, who need not be typed."""

    risk = forms.ChoiceField(
        label=gettext_lazy("Who is at risk now?"),
        choices=RISKS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say who is at risk now")},
    )
    danger = _words(gettext_lazy("What is wrong"), gettext_lazy("Say what is wrong"))
    done = _words(
        gettext_lazy("What you have done already"),
        gettext_lazy("Say what you have done already, or that nothing is done yet"),
        gettext_lazy("For example whom you rang, and when. If nothing yet, say so"),
        rows=3,
    )
    past_head = forms.BooleanField(
        label=gettext_lazy("The head of service is part of the concern: go past them, to the director"),
        required=False,
    )
    director_name = forms.CharField(label=gettext_lazy("Director’s name"), max_length=200, required=False)
    director_email = forms.EmailField(label=gettext_lazy("Director’s e-mail address"), required=False)

    def __init__(self, *args: Any, director: Director | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = director
        if director:
            del self.fields["director_name"], self.fields["director_email"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("past_head") and not self.known:
            if not data.get("director_name"):
                self.add_error("director_name", _("Nobody is named for this inspection: give the director’s name"))
            if not data.get("director_email") and "director_email" not in self.errors:
                self.add_error("director_email", _("Give the director’s e-mail address"))
        return data

    @property
    def alert(self) -> dict[str, Any]:
        """What to record, as `raise_alert` takes it."""
        given = self.given
        named = given["past_head"] and not self.known
        director = (given["director_name"], given["director_email"]) if named else None
        return {name: given[name] for name in ("risk", "danger", "done", "past_head")} | {"director": director}


class AcknowledgeForm(KeyedForm):
    """Takes an alert up, on the version the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(KeyedForm):
    words = _words(gettext_lazy("What was done"), gettext_lazy("Say what was done"), rows=3)


class CloseForm(AcknowledgeForm):
    outcome = _words(
        gettext_lazy("Outcome"),
        gettext_lazy("Say how it ended"),
        gettext_lazy("Who is safe now, by whose action, and what stays to be done by whom"),
    )


class DirectorForm(KeyedForm):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, error_messages={"required": gettext_lazy("Give a name")}
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), error_messages={"required": gettext_lazy("Give an e-mail address")}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
