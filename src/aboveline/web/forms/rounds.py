"""Setting up an audit round on one page, and choosing what its history shows."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.framework import Framework
from aboveline.domain.question_set import NO_TITLE, QuestionSet, question_set
from aboveline.records.actions.rounds import RoundValues
from aboveline.records.models import User
from aboveline.web.forms.choices import offer
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.forms.week import SHORT
from aboveline.web.presenters.wording import said, told

ALL, CHOOSE, LAST, NEW, DRAW = "all", "choose", "last", "new", "draw"
DAYS = ("files_close", "audits_due", "moderation")


class RoundForm(KeyedForm):
    """`sets` are the short question sets of earlier rounds; `last_list` is what the list that could be taken over is
    called, empty where there is none; `eligible` counts its cases that can be drawn on a day."""

    title = forms.CharField(label=gettext_lazy("What is the round called?"), max_length=100)
    held_on = DatePartsField(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("Cases are eligible as at this day"),
        error_messages={"required": gettext_lazy("Enter the first day")},
    )
    asks = forms.ChoiceField(label=gettext_lazy("Which questions?"), widget=forms.RadioSelect)
    questions = forms.MultipleChoiceField(
        label=gettext_lazy("Questions of the set"), widget=forms.CheckboxSelectMultiple, required=False
    )
    set_title = forms.CharField(
        label=gettext_lazy("What is the set called?"),
        help_text=gettext_lazy("Later rounds can ask the same set again by this name"),
        max_length=100,
        required=False,
    )
    source = forms.ChoiceField(label=gettext_lazy("Which case list?"), widget=forms.RadioSelect)
    how_many = forms.ChoiceField(
        label=gettext_lazy("Which cases?"),
        choices=[(ALL, gettext_lazy("All that can be audited")), (DRAW, gettext_lazy("A draw of so many"))],
        widget=forms.RadioSelect,
    )
    cases = forms.IntegerField(
        label=gettext_lazy("Cases to draw"),
        min_value=1,
        max_value=5000,
        required=False,
        widget=forms.NumberInput(attrs=SHORT),
    )
    auditors = forms.MultipleChoiceField(
        label=gettext_lazy("Who audits?"),
        help_text=gettext_lazy("Cases are shared out evenly; nobody gets a case they manage"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person")},
    )
    files_close = DatePartsField(label=gettext_lazy("Case files close"), required=False)
    audits_due = DatePartsField(label=gettext_lazy("Audits are due"), required=False)
    moderation = DatePartsField(label=gettext_lazy("Moderation"), required=False)

    def __init__(
        self,
        *args: Any,
        framework: Framework,
        sets: Sequence[QuestionSet],
        people: Sequence[User],
        last_list: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.framework, self.sets = framework, {f"set-{n}": one for n, one in enumerate(sets, start=1)}
        self.people: Mapping[str, User] = {str(one.pk): one for one in people}
        offer(self, "asks", self._asks())
        offer(self, "questions", [(q.id, f"{q.id} {said(q.text)}") for q in framework.questions])
        lists = [(LAST, last_list)] if last_list else []
        offer(self, "source", [*lists, (NEW, _("A new one, uploaded next"))])
        offer(self, "auditors", [(pk, one.name) for pk, one in self.people.items()])

    def _asks(self) -> list[tuple[str, str]]:
        whole = _("All {count} questions of the framework").format(count=len(self.framework.questions))
        named = [
            (id, _("{title}: {count} questions").format(title=one.title, count=len(one.question_ids)))
            for id, one in self.sets.items()
        ]
        return [*named, (ALL, whole), (CHOOSE, _("A short set, chosen below"))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("asks") == CHOOSE and "questions" in data:
            self._check_set(data)
        if data.get("how_many") == DRAW and not data.get("cases") and "cases" not in self.errors:
            self.add_error("cases", _("Enter how many cases to draw"))
        given = [(name, data[name]) for name in DAYS if data.get(name)]
        for (_before, first), (name, day) in pairwise(given):
            if day < first:
                self.add_error(name, _("Files close first, then audits are due, then comes moderation"))
        return data

    def _check_set(self, data: dict[str, Any]) -> None:
        found = question_set(self.framework, data.get("set_title", ""), data["questions"])
        for problem in found.errors:
            self.add_error("set_title" if problem.code == NO_TITLE.code else "questions", told(problem))

    @property
    def asked(self) -> QuestionSet | None:
        """The short set of a valid form; None where every question is asked."""
        data = self.cleaned_data
        if data["asks"] == CHOOSE:
            return question_set(self.framework, data["set_title"], data["questions"]).expect()
        return self.sets.get(data["asks"])

    @property
    def values(self) -> RoundValues:
        data, asked = self.cleaned_data, self.asked
        whole = asked is None or len(asked.question_ids) == len(self.framework.questions)
        return RoundValues(
            title=data["title"],
            set_title="" if whole or asked is None else asked.title,
            questions=() if whole or asked is None else asked.question_ids,
            cases=data["cases"] if data["how_many"] == DRAW else None,
            **{name: data[name] for name in DAYS},
        )

    @property
    def chosen_people(self) -> list[User]:
        return [self.people[pk] for pk in self.cleaned_data["auditors"]]


class FrameworkChoice(forms.Form):
    """Which framework a round is under; in the address, since the questions to choose from follow from it."""

    framework = forms.ChoiceField(label=gettext_lazy("Framework"), required=False)

    def __init__(self, *args: Any, frameworks: Sequence[Framework], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "framework", [(one.id, said(one.title)) for one in frameworks])


class HistoryFilter(FrameworkChoice):
    """What the history shows: one theme, stage, criterion or question of one framework."""

    measure = forms.ChoiceField(label=gettext_lazy("Measure"), required=False)

    def __init__(self, *args: Any, measures: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "measure", measures)
