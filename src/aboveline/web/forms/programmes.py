"""Setting up an inspection in a programme."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.framework import Framework
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.supplies import SupplyItem
from aboveline.jobs.planning import is_working_day
from aboveline.records.models import Inspection, Service, User
from aboveline.records.queries.conflicts import belongs_to
from aboveline.records.queries.planning import account_with
from aboveline.web.forms.choices import offer
from aboveline.web.forms.week import PlanFields
from aboveline.web.presenters.wording import day_of, inspection_name, said, told

KIND_CHOICES = [
    (Inspection.Kind.CORE.value, gettext_lazy("Core inspection")),
    (Inspection.Kind.REINSPECTION.value, gettext_lazy("Re-inspection: the same framework again, after an earlier one")),
    (Inspection.Kind.LOCAL_AUDIT.value, gettext_lazy("Local audit, led from the programme")),
]


class ProgrammeSetUpForm(PlanFields):
    """`originals` are the earlier inspections that a re-inspection can follow; `lead` is an account by its address."""

    service = forms.ChoiceField(label=gettext_lazy("Which service?"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of inspection is it?"), choices=KIND_CHOICES, widget=forms.RadioSelect
    )
    original = forms.ChoiceField(
        label=gettext_lazy("Which inspection does the re-inspection follow?"),
        help_text=gettext_lazy("Only for a re-inspection"),
        required=False,
    )
    lead = forms.EmailField(
        label=gettext_lazy("E-mail address of the lead inspector"),
        help_text=gettext_lazy("They must have an account: invite them first where they have none"),
    )
    recommendations = forms.CharField(
        label=gettext_lazy("Recommendations of the inspection before"),
        help_text=gettext_lazy("Only for a re-inspection: one on each line. Their progress is then judged one by one"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10000,
        required=False,
    )
    supplies = forms.MultipleChoiceField(
        label=gettext_lazy("What must the service supply?"),
        help_text=gettext_lazy("Each with a day counted from the first day of fieldwork. Days can be moved later"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("service", "kind", "original", "recommendations", "lead", "held_on", "last_day")

    def __init__(
        self,
        *args: Any,
        services: Sequence[Service],
        originals: Sequence[Inspection],
        items: Sequence[SupplyItem],
        framework: Framework,
        **options: Any,
    ) -> None:
        super().__init__(*args, framework=framework, **options)
        self.services = {service.slug: service for service in services}
        self.originals = {str(one.pk): one for one in originals}
        self.items = {item.id: item for item in items}
        self.found_lead: User | None = None
        offer(self, "service", [("", _("Choose")), *((slug, one.name) for slug, one in self.services.items())])
        earlier = [(pk, f"{inspection_name(one)}, {one.service.name}") for pk, one in self.originals.items()]
        offer(self, "original", [("", _("None: it is not a re-inspection")), *earlier])
        offer(self, "supplies", [(item.id, said(item.name)) for item in items])
        self.initial.setdefault("supplies", list(self.items))

    def clean_lead(self) -> str:
        self.found_lead = account_with(self.cleaned_data["lead"])
        if self.found_lead is None:
            raise forms.ValidationError(_("Nobody with this address has an account. Invite them first"))
        return str(self.cleaned_data["lead"])

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        try:
            working = is_working_day(day)
        except ProblemsFound as found:
            raise forms.ValidationError([told(problem) for problem in found.problems]) from found
        if not working:
            raise forms.ValidationError(_("Fieldwork begins on a working day"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        original = self.originals.get(data.get("original", ""))
        inspected = self.services.get(data.get("service", ""))
        if inspected and self.found_lead and belongs_to(self.found_lead, inspected):
            self.add_error("lead", _("They belong to this service, or did not long ago: name somebody else"))
        again = data.get("kind") == Inspection.Kind.REINSPECTION
        if again and original is None:
            self.add_error("original", _("Choose the inspection that the re-inspection follows"))
        if not again and (original or data.get("recommendations", "").strip()) and "kind" in data:
            self.add_error("original", _("Only a re-inspection follows an earlier inspection: choose none"))
        if again and original:
            self._check_original(original, data)
        return data

    def _check_original(self, original: Inspection, data: dict[str, Any]) -> None:
        if data.get("service") and original.service.slug != data["service"]:
            self.add_error("original", _("Choose an inspection of the same service"))
        if data.get("held_on") and original.held_on >= data["held_on"]:
            words = _("The first day of fieldwork must be after {day}, when the first inspection was held")
            self.add_error("held_on", words.format(day=day_of(original.held_on)))

    @property
    def lines(self) -> list[str]:
        """The recommendations, one on each line that is not empty."""
        return [line.strip()[:1000] for line in self.cleaned_data["recommendations"].splitlines() if line.strip()]
