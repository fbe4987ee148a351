"""Saying something about an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.records.models import Comment, Discussion
from aboveline.records.models.discussions import can_be
from aboveline.web.forms.keyed import KeyedForm


class CommentForm(KeyedForm):
    """`found` is the discussion as it stands; the button pressed says what the comment does to it."""

    words = forms.CharField(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("It cannot be changed once it is sent. Do not name the child"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, found: Discussion | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.newest = found.version if found else 0
        self.can_be = can_be(found)
        self.initial.setdefault("version", self.newest)
        if Comment.Did.REOPENED in self.can_be:
            self.fields["words"].label = _("Why it is open again")

    @property
    def did(self) -> Comment.Did:
        """What was asked for, or the first thing that can be done where that is none of them."""
        return next((one for one in self.can_be if one == self.data.get("do")), self.can_be[0])

    def clean(self) -> dict[str, Any]:
        """Nothing is asked for where somebody wrote meanwhile: that is told first."""
        data = super().clean() or self.cleaned_data
        seen_newest = data.get("version") == self.newest
        if seen_newest and self.did != Comment.Did.RESOLVED and not data.get("words") and not self.errors:
            reopened = self.did == Comment.Did.REOPENED
            self.add_error("words", _("Say why it is open again") if reopened else _("Write your comment"))
        return data
