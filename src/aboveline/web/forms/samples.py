"""How many cases to draw and how; why a case is replaced."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.replacement import REASONS
from aboveline.domain.sampling import Method
from aboveline.web.presenters.case_words import METHOD_SENTENCES, REASON_WORDS

NOTE_LENGTH = 2000


class SizeForm(forms.Form):
    """The calculator: what would so many cases buy?"""

    size = forms.IntegerField(
        label=gettext_lazy("Number of cases"),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        error_messages={"invalid": gettext_lazy("Enter a whole number of cases")},
    )

    def __init__(self, *args: Any, eligible: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.eligible = eligible

    def clean_size(self) -> int:
        size: int = self.cleaned_data["size"]
        if not 1 <= size <= self.eligible:
            raise forms.ValidationError(
                _("Enter a number from 1 to {eligible}, the cases that can be drawn").format(eligible=self.eligible)
            )
        return size


class DrawForm(SizeForm):
    """`draws` made before decide whether a reason is asked for."""

    method = forms.ChoiceField(
        label=gettext_lazy("Method"),
        choices=[(str(method), METHOD_SENTENCES[method]) for method in Method],
        widget=forms.RadioSelect,
        initial=str(Method.CUBE),
        error_messages={"required": gettext_lazy("Choose a method")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why is the sample drawn again?"),
        help_text=gettext_lazy("This stays on record beside the earlier draw. Write no names"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why the sample is drawn again")},
    )
    expected_draws = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, draws: int, **options: Any) -> None:
        super().__init__(*args, **options)
        if not draws:
            del self.fields["reason"]


class ReplaceForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why is the case taken out?"),
        choices=[(reason, REASON_WORDS[reason]) for reason in REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why the case is taken out")},
    )
    note = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("A sentence that another inspector would understand. Write no names"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say in a sentence what happened")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
