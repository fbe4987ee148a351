"""Setting up an inspection, narrowing lists, and what was found of the first plan."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.framework import Framework
from aboveline.records.models import Inspection, Service
from aboveline.web.forms.choices import offer
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.presenters.reinspection import PLAN_WORDS
from aboveline.web.presenters.wording import (
    KINDS,
    day_of,
    in_force_on,
    in_force_words,
    inspection_name,
    said,
    sentence_case,
)

KIND_CHOICES = [
    (Inspection.Kind.LOCAL_AUDIT.value, gettext_lazy("Local audit: your own people judge your own cases")),
    (Inspection.Kind.CORE.value, gettext_lazy("Core inspection: by the inspectorate")),
    (Inspection.Kind.REINSPECTION.value, gettext_lazy("Re-inspection: the same framework again, after an earlier one")),
]


class SetUpForm(forms.Form):
    """`services` are those at which the person may set up; `originals` the earlier inspections of them all."""

    service = forms.ChoiceField(
        label=gettext_lazy("Which service?"), error_messages={"required": gettext_lazy("Choose the service")}
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of inspection is it?"),
        choices=KIND_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the kind of inspection")},
    )
    original = forms.ChoiceField(
        label=gettext_lazy("Which inspection does the re-inspection follow?"),
        help_text=gettext_lazy("Only for a re-inspection. One that follows a local audit counts as a local audit"),
        required=False,
    )
    framework = forms.ChoiceField(
        label=gettext_lazy("Which framework?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the framework")},
    )
    held_on = DatePartsField(
        label=gettext_lazy("First day of fieldwork"),
        help_text=gettext_lazy("Cases are eligible as at this day. For example, 14 6 2009"),
        error_messages={"required": gettext_lazy("Enter the first day of fieldwork")},
    )
    published_on = DatePartsField(
        label=gettext_lazy("Day the result was published"),
        help_text=gettext_lazy("Leave empty where it is not published. Comparisons are made as at this day"),
        required=False,
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(
        self,
        *args: Any,
        services: Sequence[Service],
        originals: Sequence[Inspection],
        frameworks: Sequence[Framework],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.services = {service.slug: service for service in services}
        self.originals = {str(inspection.pk): inspection for inspection in originals}
        self.frameworks = {framework.id: framework for framework in frameworks}
        offer(self, "service", [(slug, service.name) for slug, service in self.services.items()])
        offer(self, "framework", [(id_, said(f.title)) for id_, f in self.frameworks.items()])
        offer(self, "original", [("", _("None: it is not a re-inspection")), *self._originals()])
        self.fields["framework"].help_text = " ".join(map(_no_longer_in_force, filter(_ended, frameworks)))
        if not originals:
            self.fields["original"].help_text = _("There is no inspection yet that one can follow")

    def _originals(self) -> list[tuple[str, str]]:
        many = len(self.services) > 1
        return [
            (pk, f"{inspection_name(one)}, {one.service.name}" if many else inspection_name(one))
            for pk, one in self.originals.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        original = self.originals.get(data.get("original", ""))
        if data.get("kind") == Inspection.Kind.REINSPECTION:
            self._check_original(original, data)
        elif original and "kind" in data:
            self.add_error("original", _("Only a re-inspection follows an earlier inspection: choose none"))
        self._check_dates(data, original)
        return data

    def _check_original(self, original: Inspection | None, data: Mapping[str, Any]) -> None:
        if original is None:
            self.add_error("original", _("Choose the inspection that the re-inspection follows"))
            return
        if data.get("service") and original.service.slug != data["service"]:
            self.add_error("original", _("Choose an inspection of the same service"))
        if data.get("framework") and original.framework_id != data["framework"]:
            self.add_error(
                "framework", _("Choose the framework of the first inspection, so that the two can be compared")
            )
        if data.get("held_on") and original.held_on >= data["held_on"]:
            words = _("The first day of fieldwork must be after {day}, when the first inspection was held")
            self.add_error("held_on", words.format(day=day_of(original.held_on)))

    def _check_dates(self, data: Mapping[str, Any], original: Inspection | None) -> None:
        held, published = data.get("held_on"), data.get("published_on")
        if held and published and published < held:
            self.add_error("published_on", _("The day of publication must not be before the first day of fieldwork"))
        framework = self.frameworks.get(data.get("framework", ""))
        local = data.get("kind") == Inspection.Kind.LOCAL_AUDIT or (original is not None and original.local)
        if not (held and framework and data.get("kind")) or local:
            return
        if not in_force_on(framework, held):
            end = day_of(framework.in_force_to) if framework.in_force_to else _("today")
            words = _(
                "The inspectorate used this framework from {start} to {end}. For another day, choose a local audit"
            )
            self.add_error("held_on", words.format(start=day_of(framework.in_force_from), end=end))

    def renew_key(self) -> None:
        """The key was used for another set-up (the page was sent, gone back to and changed): ask to send it again."""
        data = QueryDict(mutable=True)
        for name in self.data:
            data[name] = self.data[name]  # no field of this form has several values
        data["key"] = str(uuid4())
        self.data = data
        self.add_error(None, _("This page was sent before with other values. Check them and send it again"))

    @property
    def chosen(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        data = self.cleaned_data
        framework = self.frameworks[data["framework"]]
        return {
            "service": self.services[data["service"]],
            "framework_id": framework.id,
            "framework_digest": framework.digest,
            "kind": Inspection.Kind(data["kind"]),
            "original": self.originals.get(data["original"]),
            "held_on": data["held_on"],
            "published_on": data["published_on"],
        }


def _ended(framework: Framework) -> bool:
    return framework.in_force_to is not None


def _no_longer_in_force(framework: Framework) -> str:
    words = _("The {framework} framework {in_force}. A local audit may use it for another day; its page says so.")
    return words.format(framework=said(framework.title), in_force=in_force_words(framework))


class FirstPlanForm(forms.Form):
    """Whether the improvement plan after the first inspection was carried out. `version` is the one the person saw."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Was the first improvement plan carried out?"),
        choices=[(value, words) for value, words in PLAN_WORDS.items() if value != Inspection.FirstPlan.NOT_RECORDED],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether the first plan was carried out")},
    )
    note = forms.CharField(
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy("Do not write anything about a single child"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class QuestionFilter(forms.Form):
    """Narrows an inspection's questions; everything lives in the address."""

    find = forms.CharField(label=gettext_lazy("Words in the question"), required=False, max_length=100)
    criterion = forms.ChoiceField(label=gettext_lazy("Criterion"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)

    def __init__(self, *args: Any, framework: Framework, **options: Any) -> None:
        super().__init__(*args, **options)
        every = [("", _("All"))]
        offer(self, "criterion", every + [(c.id, f"{c.id} {said(c.name)}") for c in framework.criteria])
        offer(self, "theme", every + [(t.id, said(t.name)) for t in framework.themes])


class InspectionFilter(forms.Form):
    """Narrows the list of a person's inspections."""

    service = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    framework = forms.ChoiceField(label=gettext_lazy("Framework"), required=False)

    def __init__(
        self, *args: Any, services: Sequence[Service], frameworks: Sequence[Framework], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        every = [("", _("All"))]
        offer(self, "service", every + [(service.slug, service.name) for service in services])
        offer(self, "kind", every + [(kind, sentence_case(str(words))) for kind, words in KINDS.items()])
        offer(self, "framework", every + [(f.id, said(f.title)) for f in frameworks])
