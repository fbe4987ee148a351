"""Starting a committee report, and replacing one's text by a file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.governance_rules import rules_on
from aboveline.jobs.service_report_start import Beginning, jurisdictions
from aboveline.jobs.service_reports import rule_sets
from aboveline.records.models import Inspection
from aboveline.web.forms.date_parts import DatePartsField
from aboveline.web.forms.reports_schema import BODIES
from aboveline.web.presenters.wording import inspection_name

COUNTRIES = {"england": gettext_lazy("England"), "wales": gettext_lazy("Wales")}
LINE = 200


class NewReportForm(forms.Form):
    """What a report cannot start without. `inspections` are those whose scores it may be written on."""

    inspection = forms.ChoiceField(
        label=gettext_lazy("Which inspection is it about?"),
        help_text=gettext_lazy("Its scores, those of the first inspection and what was published by then are bound"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the inspection that the report is about")},
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=LINE,
        error_messages={"required": gettext_lazy("Enter the subject of the report")},
    )
    council = forms.CharField(
        label=gettext_lazy("Council"),
        max_length=LINE,
        error_messages={"required": gettext_lazy("Enter the name of the council")},
    )
    jurisdiction = forms.ChoiceField(
        label=gettext_lazy("Which country’s rules apply?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the country whose rules apply")},
    )
    body = forms.CharField(
        label=gettext_lazy("First body that receives it"),
        help_text=gettext_lazy("You can add others afterwards"),
        max_length=LINE,
        error_messages={"required": gettext_lazy("Enter the first body that receives the report")},
    )
    body_kind = forms.ChoiceField(
        label=gettext_lazy("What is that body?"),
        choices=[("", gettext_lazy("Choose")), *BODIES],
        error_messages={"required": gettext_lazy("Choose what the body is")},
    )
    meets_on = DatePartsField(
        label=gettext_lazy("Date of its meeting"),
        help_text=gettext_lazy("The financial table begins with this date’s financial year. For example, 18 1 2011"),
        error_messages={"required": gettext_lazy("Enter the date of the meeting")},
    )
    report_of = forms.CharField(
        label=gettext_lazy("Report of (post)"),
        max_length=LINE,
        error_messages={"required": gettext_lazy("Enter the post of the officer whose report it is")},
    )
    contact = forms.CharField(
        label=gettext_lazy("Contact officer (post)"),
        max_length=LINE,
        error_messages={"required": gettext_lazy("Enter the post of the contact officer")},
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, inspections: Sequence[Inspection], **options: Any) -> None:
        super().__init__(*args, **options)
        self.inspections = {str(one.pk): one for one in inspections}
        several = len({one.service_id for one in inspections}) > 1
        self.fields["inspection"].choices = [(pk, _name(one, several)) for pk, one in self.inspections.items()]  # type: ignore[attr-defined]
        self.fields["jurisdiction"].choices = [(id_, COUNTRIES.get(id_, id_.title())) for id_ in jurisdictions()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        country, day = data.get("jurisdiction"), data.get("meets_on")
        if country and day and rules_on(rule_sets(), country, day) is None:
            self.add_error("meets_on", _("No rules of this country on that day are held here: choose another date"))
        return data

    @property
    def chosen(self) -> tuple[Inspection, Beginning]:
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("inspection", "key")}
        return self.inspections[self.cleaned_data["inspection"]], Beginning(**data)


def _name(inspection: Inspection, several: bool) -> str:
    name = inspection_name(inspection)
    return f"{name}, {inspection.service.name}" if several else name


class SourceForm(forms.Form):
    """A report's file, in place of the text on record. `version` is the one the person saw."""

    file = forms.FileField(
        label=gettext_lazy("The report as YAML"),
        help_text=gettext_lazy("At most 500 kB. It takes the place of the whole report"),
        error_messages={
            "required": gettext_lazy("Choose the file that is to take the report’s place"),
            "empty": gettext_lazy("The file is empty: choose another"),
        },
        allow_empty_file=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
