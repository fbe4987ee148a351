"""Narrows the audit trail; everything lives in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.web.forms.choices import offer
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.presenters.trail import verb_words
from aboveline.web.presenters.wording import sentence_case


class TrailFilter(forms.Form):
    verb = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)
    who = forms.CharField(label=gettext_lazy("Who"), required=False, max_length=100)
    case = forms.CharField(label=gettext_lazy("Case number"), required=False, max_length=20)
    since = DatePartsField(label=gettext_lazy("From day"), required=False)
    until = DatePartsField(label=gettext_lazy("To day"), required=False)

    def __init__(self, *args: Any, verbs: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        named = sorted((sentence_case(verb_words(verb)), verb) for verb in verbs)
        offer(self, "verb", [("", _("Everything")), *((verb, words) for words, verb in named)])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first"))
        return data
