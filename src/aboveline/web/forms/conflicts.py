"""Entries of the conflict register."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.records.models import Case, Conflict, Inspection, Service, User
from aboveline.records.queries.cases import case_by_number
from aboveline.web.forms.choices import offer
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.presenters.wording import inspection_name

TIES: Mapping[str, Any] = {
    Conflict.Tie.EMPLOYED: gettext_lazy("Is or was employed by the service"),
    Conflict.Tie.SECONDED: gettext_lazy("Is or was seconded to the service"),
    Conflict.Tie.MANAGED: gettext_lazy("Managed or supervised the case"),
    Conflict.Tie.DECLARED: gettext_lazy("Another tie: kinship, friendship, a dispute"),
}


class ConflictForm(KeyedForm):
    """A tie with a service, or with one case of one of its inspections.

    `services` are those that can be named, `inspections` those whose cases can.
    """

    tie = forms.ChoiceField(
        label=gettext_lazy("What the tie is"),
        choices=list(TIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the tie is")},
    )
    service = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    inspection = forms.ChoiceField(
        label=gettext_lazy("Inspection, where the tie is with one case"),
        required=False,
    )
    number = forms.CharField(
        label=gettext_lazy("Case number, where the tie is with one case"),
        help_text=gettext_lazy("Our own number, for example C012; never a name"),
        required=False,
        max_length=20,
    )
    starts = DatePartsField(label=gettext_lazy("First day of the tie, where known"), required=False)
    ends = DatePartsField(label=gettext_lazy("Last day of the tie, empty while it lasts"), required=False)
    note = forms.CharField(
        label=gettext_lazy("What somebody who allocates cases needs to know"),
        help_text=gettext_lazy("Do not name a child"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(
        self, *args: Any, services: Iterable[Service], inspections: Iterable[Inspection], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.services = {str(one.pk): one for one in services}
        self.inspections = {str(one.pk): one for one in inspections}
        self.case: Case | None = None
        offer(self, "service", [("", _("Choose a service")), *((pk, one.name) for pk, one in self.services.items())])
        named = [(pk, f"{inspection_name(one)}, {one.service.name}") for pk, one in self.inspections.items()]
        offer(self, "inspection", [("", _("No single case")), *named])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day must not be before the first"))
        if data.get("tie") == Conflict.Tie.MANAGED or data.get("inspection") or data.get("number"):
            self._find_case(data)
        elif data.get("tie") and not data.get("service"):
            self.add_error("service", _("Choose the service that the tie is with"))
        return data

    def _find_case(self, data: Mapping[str, Any]) -> None:
        inspection = self.inspections.get(data.get("inspection", ""))
        if inspection is None:
            self.add_error("inspection", _("Choose the inspection that the case is in"))
            return
        self.case = case_by_number(inspection.pk, str(data.get("number", "")).strip().upper())
        if self.case is None:
            self.add_error("number", _("Enter the number of a case in this inspection"))

    @property
    def entry(self) -> dict[str, Any]:
        """What to record, as `record_conflict` takes it."""
        data = self.cleaned_data
        named = {name: data[name] for name in ("starts", "ends", "note")}
        service = None if self.case else self.services[data["service"]]
        return {"tie": Conflict.Tie(data["tie"]), "case": self.case, "service": service, **named}


class EnterForm(ConflictForm):
    """An entry about any of the people who have to do with a service."""

    person = forms.ChoiceField(
        label=gettext_lazy("Person"), error_messages={"required": gettext_lazy("Choose a person")}
    )
    field_order = ("person", "tie", "service", "inspection", "number", "starts", "ends", "note")

    def __init__(self, *args: Any, people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        named = [(pk, one.name) for pk, one in self.people.items()]
        offer(self, "person", [("", _("Choose a person")), *named])

    @property
    def given_person(self) -> User:
        return self.people[self.cleaned_data["person"]]


class TakeUpForm(KeyedForm):
    """Nothing is asked; `version` is the one the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(KeyedForm):
    """Why an entry was made in error; `version` is the one the person saw."""

    why = forms.CharField(
        label=gettext_lazy("Why the entry is wrong"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Say why the entry is wrong")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
