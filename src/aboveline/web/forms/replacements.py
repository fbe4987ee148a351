"""Asking, answering and deciding on the replacement of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.forms.samples import NOTE_LENGTH, ReplaceForm
from aboveline.web.presenters.week_words import ANSWER_WORDS, OUTCOME_WORDS

NO_NAMES = gettext_lazy("A sentence that the other side would understand. Write no names")


class AskForm(KeyedForm, ReplaceForm):
    """The form of a replacement; sent, it asks the other side first."""


class AnswerForm(KeyedForm):
    answer = forms.ChoiceField(
        label=gettext_lazy("Do you agree that the case is replaced?"),
        choices=list(ANSWER_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether you agree")},
    )
    words = forms.CharField(
        label=gettext_lazy("Why?"), help_text=NO_NAMES, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DecideForm(KeyedForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"), choices=list(OUTCOME_WORDS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("Why?"), help_text=NO_NAMES, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].error_messages["required"] = gettext_lazy("Say what you decide")
