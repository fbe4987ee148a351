"""The financial block of a committee report's form: what is said, the amounts by year, and money from outside."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aboveline.domain.committee_finance import MoneyRow
from aboveline.web.forms.reports_groups import Entry, Group, Money
from aboveline.web.forms.reports_nodes import ABSENT, Day, Fields, Flat, Node, Prose, Sent, Years, YesNo

MONEY = Money(
    (
        (MoneyRow.CAPITAL_GROSS, _("Gross increase in capital expenditure")),
        (MoneyRow.CAPITAL_OWN, _("Funded by the council’s own capital resources")),
        (MoneyRow.CAPITAL_SPECIFIC, _("Funded by specific capital resources")),
        (MoneyRow.REVENUE_GROSS, _("Gross increase in revenue expenditure")),
        (MoneyRow.REVENUE_OWN, _("Funded by the council’s own resources")),
        (MoneyRow.REVENUE_EXTERNAL, _("Funded by external resources")),
    )
)

AFTERWARDS = _("What pays for the service afterwards")


class Finance(Group):
    """Everything under `financial`. The amounts stand beside the other keys, not under one of their own."""

    def __init__(self) -> None:
        external = Group(
            _("Money from outside the council"),
            {
                "expires": YesNo(_("Does the external funding end?")),
                "when": Day(_("When it ends")),
                "afterwards": Entry(AFTERWARDS, Prose(AFTERWARDS, rows=2)),
            },
        )
        nodes: dict[str, Node] = {
            "statement": Entry(_("Financial implications"), Prose(_("Financial implications"))),
            "years": Years(
                _("Years shown"), _("Leave empty for the report’s own financial year and the three after it"), "20"
            ),
            "external_funding": external,
        }
        super().__init__(_("Financial"), nodes)

    def fields(self, name: str, data: Sent) -> dict[str, forms.Field]:
        own: Fields = super().fields(name, data)
        return {**own, **MONEY.fields(name, data)}

    def flatten(self, name: str, value: Any) -> Flat:
        return {**super().flatten(name, value), **MONEY.flatten(name, value)}

    def columns(self, name: str, value: Any, meets_on: date | None) -> Flat:
        """The hidden field that says which years the form has boxes for."""
        return {f"{name}-columns": ",".join(MONEY.years_of(value, meets_on))}

    def read(self, name: str, data: Sent) -> Any:
        own = super().read(name, data) or {}
        return {**own, **(MONEY.read(name, data) or {})} or ABSENT
