"""A date asked for as day, month and year, because people make fewer mistakes with three boxes than with one."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aboveline.web.forms.numbers import is_number

PART_NAMES = (_("Day"), _("Month"), _("Year"))
PART_WORDS = (_("a day"), _("a month"), _("a year"))
YEAR_FIGURES = 4


class DateParts(forms.MultiWidget):
    """Three text inputs named NAME_day, NAME_month and NAME_year."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"day": forms.TextInput, "month": forms.TextInput, "year": forms.TextInput}, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], PART_NAMES, strict=True):
            part["label"] = label
        return context


class DatePartsError(ValidationError):
    """A problem with a date; `date_parts` are the positions of the wrong parts (0 day, 1 month, 2 year)."""

    def __init__(self, message: Any, date_parts: Sequence[int] = (), code: str = "invalid") -> None:
        super().__init__(message, code=code)
        self.date_parts = tuple(date_parts)


class DatePartsField(forms.MultiValueField):
    """Cleans to a date, or None where empty and not required."""

    widget = DateParts

    def __init__(self, **options: Any) -> None:
        parts = [forms.CharField(required=False) for _part in PART_NAMES]
        super().__init__(parts, require_all_fields=False, **options)

    def clean(self, value: Sequence[Any] | None) -> date | None:
        """Raises DatePartsError naming every missing part, or where the parts are not a date of the calendar."""
        if self.disabled and not isinstance(value, list):
            value = [value.day, value.month, value.year] if isinstance(value, date) else None
        parts = [str(part or "").strip() for part in (value or ("", "", ""))]
        if not any(parts):
            if self.required:
                raise DatePartsError(self.error_messages["required"], code="required")
            return None
        missing = [position for position, part in enumerate(parts) if not part]
        if missing:
            wanted = [str(PART_WORDS[position]) for position in missing]
            message = format_lazy(_("{label} must include {parts}"), label=self.label or _("Date"), parts=_both(wanted))
            raise DatePartsError(message, missing, "incomplete")
        day = self._real(parts)
        self.validate(day)
        self.run_validators(day)
        return day

    def _real(self, parts: Sequence[str]) -> date:
        day = real_day(parts)
        if day:
            return day
        message = format_lazy(_("{label} must be a real date, for example 27 3 2010"), label=self.label or _("Date"))
        raise DatePartsError(message, _wrong(parts))

    def compress(self, data_list: Sequence[Any]) -> date | None:
        return self.clean(data_list)


def _both(words: Sequence[str]) -> str:
    return str(_("{first} and {second}")).format(first=words[0], second=words[1]) if len(words) == 2 else words[0]


def real_day(parts: Sequence[str]) -> date | None:
    """The date that day, month and year in plain figures make; None where there is no such day."""
    if not _wrong(parts):
        with suppress(ValueError):  # a day that its month has not
            return date(*(int(part) for part in reversed(parts)))
    return None


def _wrong(parts: Sequence[str]) -> list[int]:
    """The parts that no date has; a year of two figures is nobody's, least of all the year 9."""
    limits = (31, 12, 9999)
    wrong = {
        position
        for position, (part, limit) in enumerate(zip(parts, limits, strict=True))
        if not is_number(part) or not 1 <= int(part) <= limit
    }
    return sorted(wrong if len(parts[2]) == YEAR_FIGURES else {*wrong, 2})
