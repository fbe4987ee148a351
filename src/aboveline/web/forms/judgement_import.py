from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from aboveline.jobs.judgement_import import LIMIT_BYTES


class JudgementFileForm(forms.Form):
    """The CSV file to look at. What is in it is checked apart."""

    file = forms.FileField(
        label=_("File of judgements"),
        help_text=_("CSV, at most 2 MB"),
        allow_empty_file=True,
        max_length=200,
        error_messages={"required": _("Choose a file of judgements")},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LIMIT_BYTES:
            raise forms.ValidationError(_("The file must be smaller than 2 MB"))
        return file
