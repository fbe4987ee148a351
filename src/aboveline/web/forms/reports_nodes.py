"""Parts of the form of a committee report. Each part knows its fields, and how to go between a report's plain values
and the flat text of a form without loss; whether a value is *right* is said by the report's own checks alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from aboveline.web.forms.date_parts import DateParts, DatePartsField, real_day

Flat = dict[str, str]
Sent = Mapping[str, Any]
Fields = dict[str, forms.Field]
#: what `read` returns where the form says nothing
ABSENT: Any = None
LINE_LETTERS, ROWS_SHOWN = 95, 20


class Node(Protocol):
    """One part. `name` is the path of its value in the report, joined by hyphens."""

    def fields(self, name: str, data: Sent) -> Fields:
        """The form fields for this data (rows and years depend on it)."""

    def flatten(self, name: str, value: Any) -> Flat:
        """The form's text of a value."""

    def read(self, name: str, data: Sent) -> Any:
        """The value of the form's text, or ABSENT."""


def text_in(data: Sent, name: str) -> str:
    return str(data.get(name) or "").replace("\r\n", "\n").strip()


@dataclass(frozen=True)
class Line:
    """One line of text."""

    label: Any
    hint: Any = ""
    width: str = ""

    def widget(self, text: str) -> forms.Widget:
        return forms.TextInput(attrs={"class": f"govuk-input--width-{self.width}"} if self.width else {})

    def fields(self, name: str, data: Sent) -> Fields:
        widget = self.widget(text_in(data, name))
        return {name: forms.CharField(label=self.label, help_text=self.hint, required=False, widget=widget)}

    def flatten(self, name: str, value: Any) -> Flat:
        return {} if value is None else {name: str(value)}

    def read(self, name: str, data: Sent) -> Any:
        return text_in(data, name) or ABSENT


@dataclass(frozen=True)
class Text(Line):
    """A text of several lines; its box has room for what is in it."""

    rows: int = 2

    def widget(self, text: str) -> forms.Widget:
        needed = sum(1 + len(line) // LINE_LETTERS for line in text.split("\n"))
        return forms.Textarea(attrs={"rows": max(self.rows, min(needed + 1, ROWS_SHOWN))})


@dataclass(frozen=True)
class Prose(Text):
    """Paragraphs: an empty line between two, and each line that begins with "- " an item of a list."""

    rows: int = 3

    def flatten(self, name: str, value: Any) -> Flat:
        if value is None:
            return {}
        parts = [str(part).strip() for part in (value if isinstance(value, list) else [value])]
        text = ""
        for before, part in zip(["", *parts], parts, strict=False):
            items = before.startswith("- ") and part.startswith("- ")
            text += ("\n" if items else "\n\n" if text else "") + part
        return {name: text}

    def read(self, name: str, data: Sent) -> Any:
        parts = re.split(r"\n[ \t]*\n\s*|\n(?=- )", text_in(data, name))
        return [part.strip() for part in parts if part.strip()] or ABSENT


@dataclass(frozen=True)
class Lines(Text):
    """One item a line."""

    def flatten(self, name: str, value: Any) -> Flat:
        return {name: "\n".join(map(str, value))} if isinstance(value, list) else {}

    def read(self, name: str, data: Sent) -> Any:
        return [line.strip() for line in text_in(data, name).split("\n") if line.strip()] or ABSENT


@dataclass(frozen=True)
class Numbers(Line):
    """Whole numbers with commas between; what is no number stays as it was typed."""

    def flatten(self, name: str, value: Any) -> Flat:
        return {name: ", ".join(map(str, value))} if isinstance(value, list) else {}

    def read(self, name: str, data: Sent) -> Any:
        parts = [part for part in re.split(r"[\s,;]+", text_in(data, name)) if part]
        return [whole_or_text(part) for part in parts] or ABSENT


@dataclass(frozen=True)
class Years(Line):
    """Financial years with commas between."""

    def flatten(self, name: str, value: Any) -> Flat:
        return {name: ", ".join(map(str, value))} if isinstance(value, list) else {}

    def read(self, name: str, data: Sent) -> Any:
        return [part for part in re.split(r"[\s,;]+", text_in(data, name)) if part] or ABSENT


def whole_or_text(text: str) -> int | str:
    """A whole number of at most 18 digits, with or without separators and a pound sign; else the text."""
    plain = text.replace(",", "").replace("£", "").replace(" ", "").replace("−", "-")
    return int(plain) if re.fullmatch(r"-?[0-9]{1,18}", plain) else text


@dataclass(frozen=True)
class Choice:
    """One of some values. `small` draws radios in a row; otherwise a list to choose from."""

    label: Any
    options: Sequence[tuple[str, Any]]
    hint: Any = ""
    small: bool = False

    def fields(self, name: str, data: Sent) -> Fields:
        widget = forms.RadioSelect if self.small else forms.Select
        choices = list(self.options) if self.small else [("", _("Not chosen yet")), *self.options]
        field = forms.ChoiceField(label=self.label, help_text=self.hint, choices=choices, required=False, widget=widget)
        return {name: field}

    def flatten(self, name: str, value: Any) -> Flat:
        return {} if value is None else {name: str(value)}

    def read(self, name: str, data: Sent) -> Any:
        value = text_in(data, name)
        return value if value in {option for option, _words in self.options} else ABSENT


@dataclass(frozen=True)
class Flag:
    """True where ticked."""

    label: Any
    hint: Any = ""

    def fields(self, name: str, data: Sent) -> Fields:
        return {name: forms.BooleanField(label=self.label, help_text=self.hint, required=False)}

    def flatten(self, name: str, value: Any) -> Flat:
        return {name: "on"} if value is True else {}

    def read(self, name: str, data: Sent) -> Any:
        return bool(data.get(name)) or ABSENT


@dataclass(frozen=True)
class YesNo:
    """True, false, or not said."""

    label: Any
    hint: Any = ""

    def fields(self, name: str, data: Sent) -> Fields:
        choices = [("yes", _("Yes")), ("no", _("No")), ("", _("Not said yet"))]
        field = forms.ChoiceField(
            label=self.label, help_text=self.hint, choices=choices, required=False, widget=forms.RadioSelect
        )
        return {name: field}

    def flatten(self, name: str, value: Any) -> Flat:
        return {name: {True: "yes", False: "no"}.get(value, "")}

    def read(self, name: str, data: Sent) -> Any:
        return {"yes": True, "no": False}.get(text_in(data, name), ABSENT)


@dataclass(frozen=True)
class Day:
    """A date in three boxes. What is no date of the calendar stays as it was typed, and the checks refuse it."""

    label: Any
    hint: Any = ""

    def fields(self, name: str, data: Sent) -> Fields:
        return {name: DatePartsField(label=self.label, help_text=self.hint, required=False, widget=DateParts())}

    def flatten(self, name: str, value: Any) -> Flat:
        if isinstance(value, date):
            year, month, day = f"{value.year:04}", str(value.month), str(value.day)
        else:
            year, month, day = [*str(value or "").split("-", 2), "", "", ""][:3]
        return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year} if value else {}

    def read(self, name: str, data: Sent) -> Any:
        parts = [text_in(data, f"{name}_{part}").replace("-", "/") for part in ("day", "month", "year")]
        if not any(parts):
            return ABSENT
        return real_day(parts) or "-".join(reversed(parts))
