"""A form field with its data, as a design-system group: label or legend, hint, errors and control with matching ids.

One template is rendered for a whole group (Django's own widgets take one for each option), because a case form has
hundreds of them.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.forms.widgets import Input
from django.utils.translation import gettext_lazy as _

from aboveline.web.forms.date_parts import DateParts

#: Which control a widget is drawn as; the first class that fits. CheckboxSelectMultiple is a RadioSelect to Django.
CONTROLS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (DateParts, "date"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (Input, "input"),
)
CLASSES: Mapping[str, str] = {
    "input": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "file": "govuk-file-upload",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "checkbox": "govuk-checkboxes__input",
}
#: What a field that must be filled in says when it is empty; the form's own words come first where it has any.
REQUIRED: Mapping[str, Any] = {
    "radios": _("Choose an answer to “{label}”"),
    "checkboxes": _("Choose at least one answer to “{label}”"),
    "checkbox": _("Tick “{label}” to go on"),
    "select": _("Choose an answer to “{label}”"),
    "date": _("Enter a date for “{label}”"),
    "file": _("Choose a file for “{label}”"),
}
REQUIRED_OTHERWISE = _("Enter an answer to “{label}”")
GROUPED = frozenset({"radios", "checkboxes", "date"})
#: Browsers check these themselves, in words and places of their own, or cut what is pasted; the server says it better.
LEFT_TO_THE_SERVER = ("required", "maxlength", "minlength", "min", "max", "step", "pattern")


class DesignSystemBoundField(BoundField):
    @property
    def control(self) -> str:
        widget = self.field.widget
        return next((name for kind, name in CONTROLS if isinstance(widget, kind)), "other")

    @property
    def input_id(self) -> str:
        return self.field.widget.attrs.get("id") or self.auto_id

    @property
    def first_input_id(self) -> str:
        """The id an error links to: the input itself, the first radio or checkbox, the first wrong part of a date."""
        if self.control == "date":
            return f"{self.input_id}_{min(self.wrong_parts, default=0)}"
        if self.control not in GROUPED:
            return self.input_id
        return f"{self.input_id}_0"

    @property
    def wrong_parts(self) -> frozenset[int]:
        """Which parts of a date (0 day, 1 month, 2 year) its errors are about; all of them where no part is named."""
        if not self.errors:
            return frozenset()
        named = {part for error in self.errors.as_data() for part in getattr(error, "date_parts", ())}
        return frozenset(named or {0, 1, 2})

    @property
    def error_words(self) -> list[str]:
        """The errors in words; Django's "This field is required" names no field, so it is said better."""
        default = str(forms.Field.default_error_messages["required"])
        better = str(REQUIRED.get(self.control, REQUIRED_OTHERWISE)).format(label=self.label)
        return [better if error == default else str(error) for error in self.errors]

    @property
    def aria_describedby(self) -> str | None:
        if self.field.widget.attrs.get("aria-describedby"):
            return None
        parts = [f"{self.input_id}-hint"] if self.help_text else []
        if self.errors:
            parts.append(f"{self.input_id}-error")
        return " ".join(parts) or None

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(dict(attrs), widget)
        return {name: value for name, value in built.items() if name not in LEFT_TO_THE_SERVER}

    def get_context(self) -> dict[str, Any]:
        control = self.control
        widget = self.field.widget.get_context(
            self.html_name, self.value(), self.build_widget_attrs({"id": self.input_id})
        )["widget"]
        return {
            "field": self,
            "control": control,
            "control_template": f"web/forms/controls/{control}.html",
            "grouped": control in GROUPED,
            "id": self.input_id,
            "errors": self.error_words if self.errors else [],
            "described_by": self.aria_describedby,
            "widget": widget,
            "attributes": self._attributes(control, widget),
            "max_length": getattr(self.field, "max_length", None) if control == "textarea" else None,
            "label_class": "govuk-label",
            "legend_class": "govuk-fieldset__legend",
        }

    def _attributes(self, control: str, widget: Mapping[str, Any]) -> str:
        """The attributes of a single control, ready for its tag."""
        given = {name: value for name, value in widget["attrs"].items() if name not in LEFT_TO_THE_SERVER}
        classes = [CLASSES.get(control, ""), given.pop("class", "")]
        if control == "textarea" and getattr(self.field, "max_length", None):
            classes.append("govuk-js-character-count")
        if self.errors and control in CLASSES:
            classes.append(f"{CLASSES[control].split()[0]}--error")
        kind = widget.get("type")
        if kind == "number":
            given["inputmode"] = "numeric" if isinstance(self.field, forms.IntegerField) else "decimal"
            kind = "text"
        if kind:
            given["type"] = kind
        return flatatt({"class": " ".join(filter(None, classes)), **given})

    def group(self, **options: Any) -> str:
        """Return the group with presentation options, as the `field_group` tag documents them."""
        return self.render(context=self.get_context() | options)
