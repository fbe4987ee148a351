"""Sharing out the cases by hand, and the time there is for interviews."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.allocation import CAPACITIES
from aboveline.domain.interviews import Interview, Meeting
from aboveline.domain.span import Span
from aboveline.jobs.allocating import Sharing
from aboveline.jobs.interviewing import Interviewing, offered
from aboveline.records.actions.arranging import WeekValues
from aboveline.web.forms.choices import offer
from aboveline.web.forms.clock import ClockField
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.forms.kept import KeptForm
from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.presenters.wording import day_of

PERCENT = {"class": "govuk-input--width-3"}
MINUTES = {"class": "govuk-input--width-4"}
SHORT_TIME = {"class": "govuk-input--width-4"}
#: the boxes of one day, by their names
TIMES = {
    "am{place}_from": gettext_lazy("Morning from"),
    "am{place}_to": gettext_lazy("Morning to"),
    "pm{place}_from": gettext_lazy("Afternoon from"),
    "pm{place}_to": gettext_lazy("Afternoon to"),
}


class TeamForm(forms.Form):
    """How much of a full load each takes, and which cases two read together. It asks for a proposal and saves nothing.

    Its fields are named by the person's number, so that no name stands in an address.
    """

    pairs = forms.CharField(
        label=gettext_lazy("Cases that two assessors read together"),
        help_text=gettext_lazy("Case numbers with commas, for example C003, C017. Left empty, every case has one"),
        required=False,
        max_length=4000,
    )

    def __init__(self, *args: Any, sharing: Sharing, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sharing = sharing
        for label, user in sharing.people.items():
            self.fields[f"load_{user.pk}"] = forms.IntegerField(
                label=_("Load of {name}, in percent").format(name=label),
                min_value=CAPACITIES.start,
                max_value=CAPACITIES.stop - 1,
                initial=sharing.capacities.get(label, 100),
                widget=forms.NumberInput(attrs=PERCENT),
            )
        self.fields["pairs"].initial = ", ".join(sorted(sharing.pairs))
        self.order_fields([*(f"load_{user.pk}" for user in sharing.people.values()), "pairs"])

    def clean_pairs(self) -> list[str]:
        wanted = [part.strip().upper() for part in self.cleaned_data["pairs"].split(",") if part.strip()]
        unknown = [number for number in wanted if number not in self.sharing.cases]
        if unknown:
            words = _("Not in the sample: {numbers}")
            raise forms.ValidationError(words.format(numbers=", ".join(unknown)))
        return wanted

    @property
    def changed_sharing(self) -> Sharing:
        """The sharing with what was asked for, of a valid form."""
        loads = {label: self.cleaned_data[f"load_{user.pk}"] for label, user in self.sharing.people.items()}
        return self.sharing.changed(loads, self.cleaned_data["pairs"])


class SharingForm(KeyedForm):
    """A select for each place: who reads a case, and who reads it beside them where a pair does."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, sharing: Sharing, readers: Mapping[str, Sequence[str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sharing = sharing
        self.fields["version"].initial = sharing.version
        for number in sharing.cases:
            if number in sharing.authors:
                continue
            given = readers.get(number, ())
            for place in range(max(1, len(given), 2 if number in sharing.pairs else 1)):
                self.fields[f"reader_{number}_{place}"] = self._field(number, place, given)

    def _field(self, number: str, place: int, given: Sequence[str]) -> forms.ChoiceField:
        people = self.sharing.people
        choices = [(str(user.pk), self._words(label, number)) for label, user in people.items()]
        label = _("{number}: read by") if place == 0 else _("{number}: and by")
        initial = str(people[given[place]].pk) if place < len(given) and given[place] in people else ""
        return forms.ChoiceField(
            label=label.format(number=number),
            choices=[("", _("Nobody yet")), *choices],
            initial=initial,
            required=False,
        )

    def _words(self, label: str, number: str) -> str:
        return label if self.sharing.may_take(label, number) else _("{name} (may not read it)").format(name=label)

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"key", "version"}}

    @property
    def readers(self) -> dict[str, tuple[str, ...]]:
        """Who reads what, as chosen in a valid form; cases that stay with somebody who left are in it too."""
        label_of = {str(user.pk): label for label, user in self.sharing.people.items()}
        found: dict[str, list[str]] = {number: [name] for number, name in self.sharing.authors.items()}
        for name, value in self.cleaned_data.items():
            if name.startswith("reader_") and value:
                found.setdefault(name.split("_")[1], []).append(label_of[value])
        return {number: tuple(given) for number, given in found.items()}


class InterviewWeekForm(KeptForm):
    """The times of each day of fieldwork, and how long interviews take. A day without times has no interviews."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of an interview on one case"),
        min_value=5,
        max_value=480,
        widget=forms.NumberInput(attrs=MINUTES),
    )
    further = forms.IntegerField(
        label=gettext_lazy("Minutes more for each further case"),
        help_text=gettext_lazy("Cases of the same two people are then joined. Left empty, each case has its own"),
        min_value=1,
        max_value=480,
        required=False,
        widget=forms.NumberInput(attrs=MINUTES),
    )
    pause = forms.IntegerField(
        label=gettext_lazy("Pause between two interviews, in minutes"),
        min_value=0,
        max_value=120,
        widget=forms.NumberInput(attrs=MINUTES),
    )
    step = forms.IntegerField(
        label=gettext_lazy("Interviews start every so many minutes"),
        min_value=5,
        max_value=120,
        widget=forms.NumberInput(attrs=MINUTES),
    )
    rooms = forms.CharField(
        label=gettext_lazy("Rooms"),
        help_text=gettext_lazy("With commas. Left empty, rooms do not matter"),
        max_length=500,
        required=False,
    )
    columns: ClassVar[Mapping[str, str]] = {name: name for name in ("minutes", "further", "pause", "step")}

    def __init__(self, *args: Any, days: Sequence[date], **options: Any) -> None:
        super().__init__(*args, **options)
        self.days = days
        for place in range(len(days)):
            for name, label in TIMES.items():
                box = ClockField(label=label, required=False, widget=forms.TextInput(attrs=SHORT_TIME))
                self.fields[name.format(place=place)] = box

    @property
    def by_day(self) -> list[tuple[str, list[Any]]]:
        """The boxes of each day, for the page to stand them side by side."""
        ends = [(part, end) for part in ("am", "pm") for end in ("from", "to")]
        return [
            (day_of(day), [self[f"{part}{place}_{end}"] for part, end in ends]) for place, day in enumerate(self.days)
        ]

    @property
    def lengths(self) -> list[Any]:
        """The boxes that are not of one day."""
        return [self[name] for name in ("minutes", "further", "pause", "step", "rooms")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in [name for name in self.fields if name.endswith("_from")]:
            other = name.replace("_from", "_to")
            start, end = data.get(name), data.get(other)
            if name in self.errors or other in self.errors:
                continue
            if (start is None) != (end is None):
                self.add_error(name if start is None else other, _("Give both times, or neither"))
            elif start and end and end <= start:
                self.add_error(other, _("The end must be after the start"))
        if not self.errors and not self._sessions(data):
            self.add_error(None, _("Set aside some time on at least one day"))
        return data

    def _sessions(self, data: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(
            (day, data[f"{part}{place}_from"], data[f"{part}{place}_to"])
            for place, day in enumerate(self.days)
            for part in ("am", "pm")
            if data.get(f"{part}{place}_from")
        )

    @property
    def values(self) -> WeekValues:
        """What is to be put on record, of a valid form."""
        data = self.cleaned_data
        rooms = tuple(dict.fromkeys(room.strip()[:60] for room in data["rooms"].split(",") if room.strip()))
        return WeekValues(self._sessions(data), data["minutes"], data["further"], data["step"], data["pause"], rooms)


class AbsenceForm(KeyedForm):
    person = forms.ChoiceField(label=gettext_lazy("Who is away?"))
    day = DatePartsField(label=gettext_lazy("On which day?"))
    starts = ClockField(label=gettext_lazy("From"), help_text=gettext_lazy("Left empty, the whole day"), required=False)
    ends = ClockField(label=gettext_lazy("To"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", [("", _("Choose")), *people])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if (starts is None) != (ends is None) and not self.errors:
            self.add_error("ends" if starts else "starts", _("Give both times, or neither"))
        elif starts and ends and ends <= starts:
            self.add_error("ends", _("The end must be after the start"))
        return data


class InterviewsForm(KeyedForm):
    """A select of times for each interview, and of rooms where they matter."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, found: Interviewing, wanted: Sequence[tuple[Interview, Meeting | None]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.found = found
        self.fields["version"].initial = found.version
        self.interviews = {"_".join(interview.cases): interview for interview, _meeting in wanted}
        for interview, meeting in wanted:
            self._add(interview, meeting)

    def _add(self, interview: Interview, meeting: Meeting | None) -> None:
        name = "_".join(interview.cases)
        spans = offered(self.found, interview)
        if meeting and meeting.span not in spans:
            spans = sorted([*spans, meeting.span])
        self.fields[f"at_{name}"] = forms.ChoiceField(
            label=_("{cases}: {people}").format(
                cases=", ".join(interview.cases), people=", ".join((interview.case_manager, *interview.assessors))
            ),
            choices=[("", _("No time yet")), *((span_key(span), span_words(span)) for span in spans)],
            initial=span_key(meeting.span) if meeting else "",
            required=False,
        )
        if self.found.week.rooms:
            self.fields[f"room_{name}"] = forms.ChoiceField(
                label=_("{cases}: room").format(cases=", ".join(interview.cases)),
                choices=[(room, room) for room in self.found.week.rooms],
                initial=meeting.room if meeting else self.found.week.rooms[0],
                required=False,
            )

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"key", "version"}}

    @property
    def meetings(self) -> list[Meeting]:
        """The meetings chosen in a valid form."""
        data = self.cleaned_data
        return [
            Meeting(interview, key_span(data[f"at_{name}"]), data.get(f"room_{name}", ""), fixed=True)
            for name, interview in self.interviews.items()
            if data[f"at_{name}"]
        ]


def span_key(span: Span) -> str:
    return f"{span.day.isoformat()} {span.start:%H:%M}-{span.end:%H:%M}"


def key_span(key: str) -> Span:
    day, _space, times = key.partition(" ")
    start, _dash, end = times.partition("-")
    return Span(date.fromisoformat(day), _clock(start), _clock(end))


def _clock(text: str) -> Any:
    return ClockField().to_python(text)


def span_words(span: Span) -> str:
    """Short enough for a select: "Mon 23 Nov, 09:30–10:45"."""
    return f"{date_format(span.day, 'D j M')}, {span.start:%H:%M}–{span.end:%H:%M}"
