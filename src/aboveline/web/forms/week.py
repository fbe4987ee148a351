"""Planning an inspection: its dates and sample, a step of its timetable, and what the service must supply."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.framework import Framework
from aboveline.domain.look_back import LONGEST_MONTHS
from aboveline.records.actions.planning import PlanValues
from aboveline.records.models import MeetingRecord, QualityRead, Supply
from aboveline.web.forms.clock import ClockField
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.forms.kept import KeptForm
from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.presenters.week_words import MEETING_WORDS, PROGRESS_WORDS, SEEN_WORDS, STATE_WORDS, TO_WORDS

SHORT = {"class": "govuk-input--width-4"}
NO_NAMES = gettext_lazy("Write nothing about a single child")


class PlanFields(KeyedForm):
    """Dates, look-back, sample and second reads; all but the first day may be left open."""

    held_on = DatePartsField(
        label=gettext_lazy("First day of fieldwork"),
        help_text=gettext_lazy("Cases are eligible as at this day. It must be a working day"),
        error_messages={"required": gettext_lazy("Enter the first day of fieldwork")},
    )
    last_day = DatePartsField(
        label=gettext_lazy("Last day of fieldwork"),
        help_text=gettext_lazy("Left empty, it is five working days"),
        required=False,
    )
    look_back_months = forms.IntegerField(
        label=gettext_lazy("Look-back in months"), required=False, widget=forms.NumberInput(attrs=SHORT)
    )
    look_back_reason = forms.CharField(
        label=gettext_lazy("Why is the look-back changed?"),
        help_text=gettext_lazy("Only where it is not the framework's own. It stands on the certificate of the draw"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    sample_size = forms.IntegerField(
        label=gettext_lazy("Cases to be drawn"),
        help_text=gettext_lazy("The sample's page shows what a size buys. Left empty, it is decided there"),
        min_value=1,
        max_value=5000,
        required=False,
        widget=forms.NumberInput(attrs=SHORT),
    )
    second_read_percent = forms.IntegerField(
        label=gettext_lazy("Share of cases read twice, in percent"),
        help_text=gettext_lazy("A tenth is usual. Second reads are chosen by seed"),
        min_value=0,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs=SHORT),
    )

    def __init__(self, *args: Any, framework: Framework | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.framework = framework
        if framework:
            words = _("The framework says {months}. Left empty, that holds")
            self.fields["look_back_months"].help_text = words.format(months=framework.eligibility.start_months_max)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        held, last = data.get("held_on"), data.get("last_day")
        if held and last and last < held:
            self.add_error("last_day", _("The last day must not be before the first"))
        self._check_look_back(data)
        return data

    def _check_look_back(self, data: dict[str, Any]) -> None:
        months, framework = data.get("look_back_months"), self.framework
        if months is None or framework is None:
            return
        if months == framework.eligibility.start_months_max:
            data["look_back_months"], data["look_back_reason"] = None, ""
            return
        shortest = framework.eligibility.start_months_min
        if not shortest < months <= LONGEST_MONTHS:
            words = _("Enter a number of months from {low} to {high}")
            self.add_error("look_back_months", words.format(low=shortest + 1, high=LONGEST_MONTHS))
        if not data.get("look_back_reason", "").strip():
            self.add_error("look_back_reason", _("Say why the look-back is not the framework's own"))

    @property
    def plan(self) -> PlanValues:
        """The values of a valid form."""
        data = self.cleaned_data
        return PlanValues(
            held_on=data["held_on"],
            last_day=data["last_day"],
            look_back_months=data["look_back_months"],
            look_back_reason=data["look_back_reason"] if data["look_back_months"] else "",
            sample_size=data["sample_size"],
            second_read_percent=data["second_read_percent"],
        )


class PlanForm(PlanFields, KeptForm):
    columns: ClassVar[Mapping[str, str]] = {
        name: name
        for name in ("last_day", "look_back_months", "look_back_reason", "sample_size", "second_read_percent")
    }


class StepForm(KeptForm):
    moved_to = DatePartsField(
        label=gettext_lazy("Due on another day"),
        help_text=gettext_lazy("Left empty, the timetable's own day holds"),
        required=False,
    )
    done_on = DatePartsField(
        label=gettext_lazy("Done on"),
        help_text=gettext_lazy("Left empty, it is not done, or the records show when"),
        required=False,
    )
    columns: ClassVar[Mapping[str, str]] = {"moved_to": "moved_to", "done_on": "done_on"}


class SupplyForm(KeptForm):
    """`plans` is whether the person may move the day; the service says how it stands."""

    state = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"), choices=list(STATE_WORDS.items()), widget=forms.RadioSelect
    )
    due = DatePartsField(label=gettext_lazy("Wanted by"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    columns: ClassVar[Mapping[str, str]] = {"state": "state", "due": "due", "note": "note"}

    def __init__(self, *args: Any, plans: bool, supply: Supply, **options: Any) -> None:
        super().__init__(*args, **options)
        self.supply = supply
        if not plans:
            self.fields["due"].disabled = True
            self.fields["due"].help_text = _("Only who plans the inspection can move the day")
            self.initial["due"] = supply.due


class NewSupplyForm(KeyedForm):
    name = forms.CharField(label=gettext_lazy("What should the service supply?"), max_length=200)
    due = DatePartsField(label=gettext_lazy("Wanted by"))


class MeetingForm(KeptForm):
    """`kind` is asked for only where a meeting is new."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Which meeting?"), choices=list(MEETING_WORDS.items()), widget=forms.RadioSelect
    )
    held_on = DatePartsField(label=gettext_lazy("Day"))
    began = ClockField(label=gettext_lazy("Began at"), help_text=gettext_lazy("For example, 17:15"))
    present = forms.CharField(label=gettext_lazy("Who was there"), max_length=500)
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        help_text=gettext_lazy("Name cases by their number only, and no child by name"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=10000,
    )
    columns: ClassVar[Mapping[str, str]] = {
        "held_on": "held_on", "began": "began", "present": "present", "notes": "notes",
    }  # fmt: skip

    def __init__(self, *args: Any, meeting: MeetingRecord | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if meeting:
            del self.fields["kind"]


class QualityReadForm(KeptForm):
    """What was seen in an assessor's first cases."""

    seen = forms.ChoiceField(
        label=gettext_lazy("What did you see?"),
        choices=list(SEEN_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what you saw")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the assessor"),
        help_text=gettext_lazy("They read it. Name cases by their number only, and no child by name"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
    )
    columns: ClassVar[Mapping[str, str]] = {"seen": "seen", "note": "note"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("seen") == QualityRead.Seen.TO_TALK and not data.get("note"):
            self.add_error("note", _("Say what is to be talked about"))
        return data


class RecommendationForm(KeyedForm):
    text = forms.CharField(
        label=gettext_lazy("The recommendation"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
    to = forms.ChoiceField(
        label=gettext_lazy("To whom was it made?"), choices=list(TO_WORDS.items()), widget=forms.RadioSelect
    )


class ProgressForm(KeptForm):
    progress = forms.ChoiceField(
        label=gettext_lazy("How far was it carried out?"),
        choices=list(PROGRESS_WORDS.items()),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("What shows it"),
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    columns: ClassVar[Mapping[str, str]] = {"progress": "progress", "note": "note"}
