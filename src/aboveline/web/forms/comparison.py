"""What is compared with the others, as at which day and on which basis. Everything lives in the address."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.comparator import Basis
from aboveline.domain.framework import Framework
from aboveline.records.models import Inspection
from aboveline.web.forms.choices import offer
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.presenters.wording import inspection_name, said


class ComparisonForm(forms.Form):
    """Either one of the person's inspections, or an area's name with the percents somebody published of it."""

    inspection = forms.ChoiceField(
        label=gettext_lazy("Whose scores?"),
        help_text=gettext_lazy(
            "An inspection here is compared with its own sampling error; percents from elsewhere cannot be"
        ),
        required=False,
    )
    area = forms.CharField(label=gettext_lazy("Name of the area"), required=False, max_length=200)
    as_at = DatePartsField(
        label=gettext_lazy("As at which day?"),
        help_text=gettext_lazy(
            "Figures dated later are left out. A month counts from its first day and a range from its first month, so "
            "a table can count some weeks before its report came out; its own date and source stand beside it. "
            "For example, 18 1 2011"
        ),
        error_messages={"required": gettext_lazy("Enter the day as at which to compare")},
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Compared with what?"),
        choices=[
            (Basis.PRINTED.value, gettext_lazy("The printed tables: lowest, average and highest of all areas")),
            (Basis.ROWS.value, gettext_lazy("The areas’ own published scores, as far as they were found")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what to compare with")},
    )

    def __init__(self, *args: Any, framework: Framework, inspections: Sequence[Inspection], **options: Any) -> None:
        super().__init__(*args, **options)
        self.framework = framework
        self.inspections = {str(one.pk): one for one in inspections}
        elsewhere = [("", _("Percents from elsewhere: give them below"))]
        known = [(pk, f"{inspection_name(one)}, {one.service.name}") for pk, one in self.inspections.items()]
        offer(self, "inspection", elsewhere + known)
        for theme in framework.themes:
            self.fields[f"percent-{theme.id}"] = forms.IntegerField(
                label=said(theme.name),
                required=False,
                min_value=0,
                max_value=100,
                error_messages=_percent_errors(theme),
            )

    @property
    def percent_fields(self) -> list[forms.BoundField]:
        return [self[f"percent-{theme.id}"] for theme in self.framework.themes]

    @property
    def percents(self) -> Mapping[str, int]:
        given = {theme.id: self.cleaned_data.get(f"percent-{theme.id}") for theme in self.framework.themes}
        return {theme: percent for theme, percent in given.items() if percent is not None}

    @property
    def chosen(self) -> Inspection | None:
        return self.inspections.get(self.cleaned_data["inspection"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("inspection") or "inspection" in self.errors:
            return data
        if not data.get("area"):
            self.add_error("area", _("Choose an inspection, or enter the name of the area"))
        first = f"percent-{self.framework.themes[0].id}"
        if not self.percents and not any(field.errors for field in self.percent_fields):
            self.add_error(first, _("Choose an inspection, or enter at least one percent"))
        return data


def _percent_errors(theme: Any) -> dict[str, str]:
    words = _("{theme} must be a whole percent from 0 to 100").format(theme=said(theme.name))
    return {"invalid": words, "min_value": words, "max_value": words}
