"""Uploading a case list and saying which column holds what."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.caseload import FIELDS, REQUIRED_FIELDS
from aboveline.jobs.caseloads import CaseListColumns
from aboveline.jobs.casework import FILE_BYTES
from aboveline.web.presenters.case_words import field_words


class UploadForm(forms.Form):
    list = forms.FileField(
        label=gettext_lazy("Case list"),
        help_text=gettext_lazy("CSV, XLSX or ODS, at most 5 MB, 5,000 rows and 60 columns"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
        error_messages={
            "required": gettext_lazy("Choose the file that holds the case list"),
            "empty": gettext_lazy("The file is empty. Choose it again; it may not have been saved"),
        },
    )

    def clean_list(self) -> Any:
        file = self.cleaned_data["list"]
        if file.size > FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than {limit} MB. Keep only the case list in it").format(
                    limit=FILE_BYTES // 1_000_000
                )
            )
        return file


class ColumnsForm(forms.Form):
    """One list of headings for each field. `columns` are those of the staged list with the choices as they stand."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, columns: CaseListColumns, **options: Any) -> None:
        super().__init__(*args, **options)
        headings = [(str(index), heading) for index, heading in enumerate(shown_headings(columns))]
        for name in FIELDS:
            held = columns.mapping.columns.get(name)
            self.fields[name] = forms.ChoiceField(
                label=field_words(name),
                help_text=_hint(columns, name),
                choices=[("", _("Not in the list")), *headings],
                required=False,
                initial="" if held is None else str(held),
            )

    def clean(self) -> dict[str, Any]:
        """One column may hold one field only."""
        data = super().clean() or self.cleaned_data
        first: dict[str, str] = {}
        for name in FIELDS:
            chosen = data.get(name)
            if chosen and first.setdefault(chosen, name) != name:
                words = _("“{heading}” is already chosen for “{field}”. Choose another column for “{this}”")
                heading = dict(self.fields[name].choices)[chosen]  # type: ignore[attr-defined]
                self.add_error(
                    name, words.format(heading=heading, field=field_words(first[chosen]), this=field_words(name))
                )
        return data

    @property
    def choices(self) -> dict[str, int | None]:
        return {name: int(self.cleaned_data[name]) if self.cleaned_data[name] else None for name in FIELDS}


def shown_headings(columns: CaseListColumns) -> list[str]:
    """The headings; by number only where row 1 may not hold headings at all, for then it could hold a child's name."""
    if len(columns.mapping.columns) < 2:
        return [_("Column {number}").format(number=index + 1) for index in range(len(columns.headings))]
    return [heading or _("Column {number}").format(number=i + 1) for i, heading in enumerate(columns.headings)]


def _hint(columns: CaseListColumns, name: str) -> str:
    if name in columns.mapping.contested:
        return _("Two columns could hold this. Choose one")
    if name in columns.mapping.unsure:
        return _("The heading is only similar. Check it")
    if name in REQUIRED_FIELDS:
        return _("Needed") if name in columns.mapping.columns else _("Needed, and no column was recognised")
    return ""
