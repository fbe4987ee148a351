"""Notes on a case, and reopening one that was handed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.records.models import CaseNotes
from aboveline.web.forms.keyed import KeyedForm

INTEGRITY = (
    ("", gettext_lazy("Not checked yet")),
    (CaseNotes.Integrity.SOUND, gettext_lazy("No late or antedated entries")),
    (CaseNotes.Integrity.LATE, gettext_lazy("Late entries: written well after what they tell")),
    (CaseNotes.Integrity.ANTEDATED, gettext_lazy("Antedated entries: dated earlier than they were written")),
)


class CaseNotesForm(KeyedForm):
    interview = forms.CharField(
        label=gettext_lazy("Notes of the interview"),
        help_text=gettext_lazy("Do not name the child"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=20000,
        required=False,
    )
    integrity = forms.ChoiceField(
        label=gettext_lazy("Was the record kept in time?"), choices=INTEGRITY, widget=forms.RadioSelect, required=False
    )
    integrity_words = forms.CharField(
        label=gettext_lazy("Which entries, and how it shows"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wrong = data.get("integrity") in (CaseNotes.Integrity.LATE, CaseNotes.Integrity.ANTEDATED)
        if wrong and not data.get("integrity_words"):
            self.add_error("integrity_words", _("Say which entries, and how it shows"))
        return data


class ReopenForm(KeyedForm):
    why = forms.CharField(
        label=gettext_lazy("Why the case is reopened"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Say why the case is reopened")},
    )
