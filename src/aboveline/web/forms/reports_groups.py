"""Parts of the form of a committee report that hold others: groups, rows, entries, amounts and objectives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aboveline.domain.committee_finance import FinancialYear, MoneyRow
from aboveline.jobs.service_reports import objective_lists, objectives_in
from aboveline.web.forms.numbers import is_number
from aboveline.web.forms.reports_nodes import ABSENT, Choice, Fields, Flat, Line, Node, Sent, text_in, whole_or_text

STATES = (
    ("answered", _("Answered")),
    ("not_applicable", _("Not applicable")),
    ("not_considered", _("Not considered")),
    ("", _("Blank")),
)
MARKS = (("positive", _("Positive")), ("neutral", _("Neutral")), ("negative", _("Negative")))
ROWS_LIMIT = 40


@dataclass(frozen=True)
class Group:
    """Parts that stand under one key."""

    label: Any
    nodes: Mapping[str, Node]
    hint: Any = ""

    def fields(self, name: str, data: Sent) -> Fields:
        made: Fields = {}
        for key, node in self.nodes.items():
            made |= node.fields(f"{name}-{key}", data)
        return made

    def flatten(self, name: str, value: Any) -> Flat:
        found: Flat = {}
        for key, node in self.nodes.items():
            if isinstance(value, dict) and key in value:
                found |= node.flatten(f"{name}-{key}", value[key])
        return found

    def read(self, name: str, data: Sent) -> Any:
        values = {key: node.read(f"{name}-{key}", data) for key, node in self.nodes.items()}
        return {key: value for key, value in values.items() if value is not ABSENT} or ABSENT


@dataclass(frozen=True)
class Rows:
    """A list of groups. How many the form holds is itself sent with it; a row with nothing in it is no row."""

    label: Any
    one: Any
    row: Group
    hint: Any = ""
    blank: int = 0

    def count(self, name: str, data: Sent) -> int:
        sent = text_in(data, f"{name}-count")
        return min(int(sent), ROWS_LIMIT) if is_number(sent) else self.blank

    def fields(self, name: str, data: Sent) -> Fields:
        made: Fields = {f"{name}-count": forms.CharField(required=False, widget=forms.HiddenInput)}
        for index in range(self.count(name, data)):
            made |= self.row.fields(f"{name}-{index}", data)
        return made

    def flatten(self, name: str, value: Any) -> Flat:
        items = value if isinstance(value, list) else []
        found: Flat = {f"{name}-count": str(max(len(items), self.blank))}
        for index, item in enumerate(items):
            found |= self.row.flatten(f"{name}-{index}", item)
        return found

    def read(self, name: str, data: Sent) -> Any:
        rows = (self.row.read(f"{name}-{index}", data) for index in range(self.count(name, data)))
        return [row for row in rows if row is not ABSENT] or ABSENT


@dataclass(frozen=True)
class Entry:
    """A content, or the reason why there is none. Text under a heading that is still blank counts as its answer."""

    label: Any
    content: Node
    hint: Any = ""

    def fields(self, name: str, data: Sent) -> Fields:
        state = forms.ChoiceField(label=_("State"), choices=STATES, required=False, widget=forms.RadioSelect)
        reason = forms.CharField(label=_("Reason, where there is no answer"), required=False)
        return {**self.content.fields(f"{name}-text", data), f"{name}-state": state, f"{name}-reason": reason}

    def flatten(self, name: str, value: Any) -> Flat:
        if isinstance(value, dict) and len(value) == 1 and next(iter(value)) in dict(STATES):
            ((state, reason),) = value.items()
            return {
                **self.content.flatten(f"{name}-text", None),
                f"{name}-state": state,
                f"{name}-reason": reason or "",
            }
        found = self.content.flatten(f"{name}-text", value)
        answered = value is not None and value != [] and value != ""
        return {**found, f"{name}-state": "answered" if answered else "", f"{name}-reason": ""}

    def read(self, name: str, data: Sent) -> Any:
        state = text_in(data, f"{name}-state")
        if state in ("not_applicable", "not_considered"):
            return {state: text_in(data, f"{name}-reason")}
        return self.content.read(f"{name}-text", data)

    def contradiction(self, name: str, data: Sent) -> tuple[str, Any] | None:
        """A field and what is wrong where saving would drop something that was typed."""
        state, reason = text_in(data, f"{name}-state"), text_in(data, f"{name}-reason")
        no_answer = state in ("not_applicable", "not_considered")
        if no_answer and self.content.read(f"{name}-text", data) is not ABSENT:
            words = _("“{label}” has an answer and is marked as having none: choose Answered, or take the answer out")
            return f"{name}-state", str(words).format(label=self.label)
        if reason and not no_answer:
            words = _("“{label}” has a reason: choose Not applicable or Not considered, or take the reason out")
            return f"{name}-state", str(words).format(label=self.label)
        return None


@dataclass(frozen=True)
class Money:
    """Whole pounds by row and financial year, under `capital` and `revenue`. An empty box is "not stated", not nil."""

    rows: Sequence[tuple[MoneyRow, Any]]

    def columns(self, name: str, data: Sent) -> list[str]:
        return [year for year in text_in(data, f"{name}-columns").split(",") if year][:10]

    def fields(self, name: str, data: Sent) -> Fields:
        made: Fields = {f"{name}-columns": forms.CharField(required=False, widget=forms.HiddenInput)}
        for row, words in self.rows:
            for year in self.columns(name, data):
                made |= Line(f"{words}, {year}").fields(self.cell(name, row, year), data)
        return made

    def cell(self, name: str, row: MoneyRow, year: str) -> str:
        return f"{name}-{row.replace('.', '-')}-{year}"

    def flatten(self, name: str, value: Any) -> Flat:
        """`value` is the whole of `financial`; its years are those it names and those that have an amount."""
        found: Flat = {}
        for row, _words in self.rows:
            for year, amount in _amounts(value, row).items():
                if amount is not None:
                    words = f"{amount:,}" if isinstance(amount, int) else str(amount)
                    found[self.cell(name, row, _canonical(year))] = words
        return found

    def read(self, name: str, data: Sent) -> Any:
        found: dict[str, dict[str, Any]] = {}
        for row, _words in self.rows:
            section, _dot, key = row.partition(".")
            typed = {year: text_in(data, self.cell(name, row, year)) for year in self.columns(name, data)}
            amounts = {year: whole_or_text(text) if text else None for year, text in typed.items()}
            if amounts:
                found.setdefault(section, {})[key] = amounts
        return found or ABSENT

    def years_of(self, value: Any, meets_on: date | None) -> list[str]:
        """The years to show: those named, else four from the first meeting; and any that has an amount."""
        named = value.get("years") if isinstance(value, dict) else None
        shown = [_canonical(year) for year in named] if isinstance(named, list) else []
        shown = shown or ([str(year) for year in FinancialYear.four_from(meets_on)] if meets_on else [])
        stated = (y for row, _words in self.rows for y, amount in _amounts(value, row).items() if amount is not None)
        return sorted({*shown, *map(_canonical, stated)})


def _amounts(value: Any, row: MoneyRow) -> Mapping[str, Any]:
    section, _dot, key = row.partition(".")
    for step in (section, key):
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _canonical(year: object) -> str:
    try:
        return str(FinancialYear.parse(str(year)))
    except ValueError:
        return str(year)


@dataclass(frozen=True)
class Objectives:
    """One mark for each objective of a council's list; its objectives show once the list is chosen and saved."""

    label: Any
    hint: Any = ""
    nodes: Mapping[str, Node] = field(default_factory=dict)

    def list_node(self) -> Choice:
        return Choice(_("List of objectives"), [(id_, listed.title) for id_, listed in objective_lists().items()])

    def marks(self, name: str, data: Sent) -> list[tuple[str, Choice]]:
        listed = objectives_in(text_in(data, f"{name}-list"))
        return [(o.code, Choice(f"{o.number}. {o.name}", MARKS, small=True)) for o in listed]

    def fields(self, name: str, data: Sent) -> Fields:
        made = self.list_node().fields(f"{name}-list", data)
        for code, mark in self.marks(name, data):
            made |= mark.fields(f"{name}-impacts-{code}", data)
        return made

    def flatten(self, name: str, value: Any) -> Flat:
        if not isinstance(value, dict):
            return {}
        impacts = value.get("impacts")
        marked = impacts.items() if isinstance(impacts, dict) else ()
        found = {f"{name}-impacts-{code}": str(mark) for code, mark in marked if mark is not None}
        return {f"{name}-list": str(value.get("list") or ""), **found}

    def read(self, name: str, data: Sent) -> Any:
        chosen = self.list_node().read(f"{name}-list", data)
        if chosen is ABSENT:
            return ABSENT
        marks = {code: mark.read(f"{name}-impacts-{code}", data) for code, mark in self.marks(name, data)}
        return {"list": chosen, "impacts": {code: mark for code, mark in marks.items() if mark is not ABSENT}}
