"""Raising an alert, following it to its close, and naming the director."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.alerts import address
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


def heads_address() -> str:
    return _("This is the address of a head of service. Give the director’s own address")


class AlertForm(KeyedForm):
    """Three answers, and a way past the head of service. `director` is the one on record, who need not be typed but
    may be replaced; `heads` are the addresses that cannot be the director's."""

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

    def __init__(self, *args: Any, director: Director | None, heads: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known, self.heads = director, heads

    @property
    def ready(self) -> bool:
        """Whether it can go on record: nothing that is wrong with the director's address keeps a child waiting."""
        return self.is_bound and not set(self.errors) - {"director_name", "director_email"}

    @property
    def alert(self) -> dict[str, Any]:
        """What to record, as `raise_alert` takes it."""
        given = self.given
        name, email = given.get("director_name", ""), given.get("director_email", "")
        fit = not self.errors and name and email and address(email) not in self.heads
        typed = self.data.get("director_name") or self.data.get("director_email") or not self.known
        director = ((name, email) if fit else ("", "")) if given["past_head"] and typed else None
        return {name: given[name] for name in ("risk", "danger", "done", "past_head")} | {"director": director}


class TellDirectorForm(KeyedForm):
    """The director of an alert that went past the head and has none; none of `heads` is the director's address."""

    alert = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Director’s name"),
        max_length=200,
        error_messages={"required": gettext_lazy("The alert waits for its director: give the director’s name")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Director’s e-mail address"),
        error_messages={"required": gettext_lazy("Give the director’s e-mail address")},
    )

    def __init__(self, *args: Any, heads: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.heads = heads

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if address(email) in self.heads:
            raise forms.ValidationError(heads_address())
        return email


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
