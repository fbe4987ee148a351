"""Choosing second reads, giving a case to a second reader, and settling where two differ."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.adjudication import REASON_LIMIT, Comparison, Standing
from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Answer
from aboveline.records.models import Adjudication, User
from aboveline.web.forms.choices import offer
from aboveline.web.forms.kept import KeptForm
from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.presenters.wording import said


class ChooseForm(KeyedForm):
    percent = forms.IntegerField(
        label=gettext_lazy("Share of the cases to read twice, in percent"),
        help_text=gettext_lazy(
            "Rounded up, and spread over the first readers. The inspection’s own seed decides which, once"
        ),
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )


class GiveForm(KeyedForm):
    """Which case goes to which second reader."""

    number = forms.ChoiceField(label=gettext_lazy("Case"), error_messages={"required": gettext_lazy("Choose a case")})
    reader = forms.ChoiceField(
        label=gettext_lazy("Second reader"),
        help_text=gettext_lazy("Somebody of the team who had no part in the first read"),
        error_messages={"required": gettext_lazy("Choose the second reader")},
    )

    def __init__(self, *args: Any, numbers: Iterable[str], people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        offer(self, "number", [("", _("Choose a case")), *((one, one) for one in numbers)])
        named = [(pk, one.name) for pk, one in self.people.items()]
        offer(self, "reader", [("", _("Choose a person")), *named])

    @property
    def chosen_reader(self) -> User:
        return self.people[self.cleaned_data["reader"]]


#: what a person can decide; an answer that neither gave is chosen as that answer
CHOICES = {
    Standing.FIRST: gettext_lazy("The first reader’s answer: {answer}"),
    Standing.SECOND: gettext_lazy("The second reader’s answer: {answer}"),
    Standing.OTHER: gettext_lazy("Another answer: {answer}"),
}
JUDGED = (Answer.SUFFICIENT, Answer.INSUFFICIENT, Answer.NOT_APPLICABLE)


class SettleForm(KeptForm):
    """`comparison` is the question as both read it; its two answers and the third can be chosen, or none."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Which answer stands?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose which answer stands")},
    )
    reason = forms.CharField(
        label=gettext_lazy("What in the record decides it?"),
        help_text=gettext_lazy("Without names"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=REASON_LIMIT,
        error_messages={"required": gettext_lazy("Write what in the record decides it")},
    )
    columns: ClassVar[Any] = {"outcome": "standing", "reason": "reason"}

    def __init__(self, *args: Any, framework: Framework, comparison: Comparison, **options: Any) -> None:
        super().__init__(*args, **options)
        given = {Standing.FIRST: comparison.first, Standing.SECOND: comparison.second}
        self.other = next((one for one in JUDGED if one not in given.values()), None)
        answers = given | ({Standing.OTHER: self.other} if self.other else {})
        named = [
            (to.value, str(CHOICES[to]).format(answer=said(framework.answers[answer])))
            for to, answer in answers.items()
            if answer in framework.answers
        ]
        left = _("Neither: leave it conflicted; the first reader’s answer is scored, and the scores say so")
        offer(self, "outcome", [*named, (Standing.CONFLICTED.value, left)])

    @property
    def wish(self) -> tuple[Standing, Answer | None]:
        to = Standing(self.cleaned_data["outcome"])
        return to, self.other if to is Standing.OTHER else None


def decided_before(row: Adjudication | None, comparison: Comparison) -> dict[str, Any]:
    """What the form begins with: the decision as it stands, or an empty one where it fell."""
    stands = row is not None and comparison.adjudication is not None
    return SettleForm.initial_of(row) if stands else {"version": row.version if row else 0}
