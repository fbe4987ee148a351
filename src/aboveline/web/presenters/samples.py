"""The sample page: the cases drawn, those that stand by, those replaced, and how like the caseload they are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aboveline.domain.caseload import CaseloadEntry
from aboveline.domain.framework import Framework
from aboveline.domain.sampling import BalanceRow, balance_table
from aboveline.records.models import Case, Draw, DrawnCase, Inspection
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.case_words import (
    breakable,
    cases_words,
    code_words,
    field_words,
    method_words,
    order_words,
    reason_words,
    whole_percent,
)
from aboveline.web.presenters.caseloads import moment
from aboveline.web.presenters.wording import number_word, signed, whole_points

#: the least difference between caseload and sample, in percentage points, that the page speaks of
NOTICED = 5
#: features whose values are names, written as the service writes them
NAMED_BY_THE_SERVICE = {"team", "case_manager"}
#: in place of what the list says of a case that a person may not know more of than its number
NOT_SHOWN = Cell("–", order=None)


@dataclass(frozen=True, slots=True)
class SamplePage:
    sentence: str
    sample: Table
    reserves: Table | None
    replaced: Table | None
    balance_sentence: str
    balance: Table
    draws: Table


def sample_page(
    draw: Draw,
    draws: Sequence[Draw],
    places: Sequence[DrawnCase],
    frame: Sequence[CaseloadEntry],
    framework: Framework,
    *,
    references: Mapping[str, str] | None = None,
    change: str = "",
    opens: Callable[[str], bool] = lambda number: True,
    listed: Callable[[str], bool] = lambda number: True,
) -> SamplePage:
    """`frame` are the eligible cases under our numbers. `references` are shown where given.

    `change` is the route by which a case leaves the sample, or asks to; empty where this person has none.
    `opens` is which cases they may open, by number; `listed`, of which they may see what the list says.
    """
    by_place = {place: [d for d in places if d.place == place] for place in DrawnCase.Place}
    sample = by_place[DrawnCase.Place.SAMPLE]
    balance = balance_table(frame, [drawn.case.number for drawn in sample])
    reserves = by_place[DrawnCase.Place.RESERVE]
    replaced = by_place[DrawnCase.Place.REPLACED]
    rows = _SampleRows(draw.inspection, framework, references, change if reserves else "", opens, listed)
    return SamplePage(
        sentence=_sentence(draw, len(sample), len(replaced), len(frame)),
        sample=rows.table(sample),
        reserves=_reserves_table(framework, reserves, listed) if reserves else None,
        replaced=_replaced_table(replaced, listed) if replaced else None,
        balance_sentence=balance_sentence(framework, balance),
        balance=balance_as_table(framework, balance),
        draws=draws_table(draws),
    )


def _sentence(draw: Draw, sample: int, replaced: int, eligible: int) -> str:
    words = _("{cases} of {eligible} eligible were drawn on {when} by {who}. Method: {method}.").format(
        cases=cases_words(sample),
        eligible=f"{eligible:,}",
        when=moment(draw.drawn_at),
        who=draw.drawn_by,
        method=method_words(draw.method).lower(),
    )
    if replaced:
        words += " " + _("Since then {count} replaced by the next reserve.").format(count=_have_been(replaced))
    return words


def _have_been(count: int) -> str:
    return _("one case was") if count == 1 else _("{count} cases were").format(count=number_word(count))


@dataclass(frozen=True, slots=True)
class _SampleRows:
    inspection: Inspection
    framework: Framework
    references: Mapping[str, str] | None
    change: str
    opens: Callable[[str], bool]
    listed: Callable[[str], bool]

    def table(self, sample: Sequence[DrawnCase]) -> Table:
        columns = [
            Column("case", _("Case")),
            Column("order", _("Order type")),
            Column("started", _("Started")),
            Column("risk", field_words("risk_of_harm")),
            Column("safety", field_words("safety")),
            Column("team", _("Team")),
        ]
        if self.references is not None:
            columns.insert(1, Column("reference", _("The service's reference")))
        if self.change:
            columns.append(Column("replace", _("Change"), sortable=False))
        rows = tuple(self._row(drawn) for drawn in sorted(sample, key=lambda drawn: drawn.case.number))
        return Table("sample", _("The sample"), tuple(columns), rows)

    def _row(self, drawn: DrawnCase) -> tuple[Cell, ...]:
        case = drawn.case
        about = self._about(case.attributes) if self.listed(case.number) else [NOT_SHOWN] * 5
        cells = [Cell(case.number, href=self._case_address(case), detail=_came_in(drawn)), *about]
        if self.references is not None:
            cells.insert(1, Cell(breakable(self.references.get(case.number, "–"))))
        if self.change:
            href = reverse(self.change, args=[self.inspection.pk, drawn.pk])
            cells.append(Cell(_replace_words(case.number), href=href))
        return tuple(cells)

    def _about(self, attributes: Mapping[str, str]) -> list[Cell]:
        return [
            Cell(order_words(self.framework, attributes.get("order_type", ""))),
            _day_cell(attributes.get("order_start")),
            *(Cell(code_words(self.framework, name, _code(attributes, name))) for name in ("risk_of_harm", "safety")),
            Cell(breakable(attributes.get("team") or "–")),
        ]

    def _case_address(self, case: Case) -> str:
        return reverse("case", args=[self.inspection.pk, case.number]) if self.opens(case.number) else ""


def _code(attributes: Mapping[str, str], name: str) -> str:
    return attributes.get(name) or "not_assessed"


def _day_cell(text: str | None) -> Cell:
    day = parse_date(text) if text else None
    return Cell(date_format(day, "j\xa0M\xa0Y"), order=day.toordinal()) if day else Cell("–", order=None)


def _came_in(drawn: DrawnCase) -> str:
    """Whose place a case took, where it came in from the reserves."""
    out = getattr(drawn, "replaces", None)
    return _("took the place of {number}").format(number=out.case.number) if out else ""


def _reserves_table(framework: Framework, reserves: Sequence[DrawnCase], listed: Callable[[str], bool]) -> Table:
    columns = (
        Column("place", _("Order"), sortable=False),
        Column("case", _("Case"), sortable=False),
        Column("order", _("Order type"), sortable=False),
        Column("team", _("Team"), sortable=False),
    )
    rows = tuple(
        (
            Cell(str(place)),
            Cell(drawn.case.number),
            *(_of_reserve(framework, drawn.case) if listed(drawn.case.number) else [NOT_SHOWN] * 2),
        )
        for place, drawn in enumerate(reserves, start=1)
    )
    return Table("reserves", _("Reserves, in the order in which they come in"), columns, rows)


def _of_reserve(framework: Framework, case: Case) -> list[Cell]:
    words = order_words(framework, case.attributes.get("order_type", ""))
    return [Cell(words), Cell(breakable(case.attributes.get("team") or "–"))]


def _replace_words(number: str) -> SafeString:
    """The number stands at the head of its row: here only those need it who hear the link alone."""
    return format_html('{}<span class="govuk-visually-hidden"> {}</span>', _("Replace"), number)


def _replaced_table(replaced: Sequence[DrawnCase], listed: Callable[[str], bool]) -> Table:
    columns = (
        Column("case", _("Case"), sortable=False),
        Column("by", _("Replaced by"), sortable=False),
        Column("reason", _("Reason"), sortable=False),
        Column("note", _("What happened"), sortable=False),
    )
    rows = tuple(
        (
            Cell(drawn.case.number),
            Cell(drawn.replaced_by.case.number if drawn.replaced_by else "–"),
            Cell(reason_words(drawn.reason)),
            Cell(breakable(drawn.note or "–")) if listed(drawn.case.number) else NOT_SHOWN,
        )
        for drawn in replaced
    )
    return Table("replaced", _("Replaced cases"), columns, rows)


def balance_sentence(framework: Framework, balance: Sequence[BalanceRow]) -> str:
    """The largest difference between caseload and sample, rounded as the table beside it rounds."""
    if not balance:
        return ""
    widest = max(balance, key=lambda row: abs(row.sample_share - row.caseload_share))
    if abs(whole_points(100 * (widest.sample_share - widest.caseload_share))) < NOTICED:
        return _("No share of the sample differs from the caseload's by {points} points or more.").format(
            points=NOTICED
        )
    value = code_words(framework, widest.variable, widest.category)
    return _(
        "The widest difference: {field}, {value}, is {caseload} of the caseload and {sample} of the sample."
    ).format(
        field=field_words(widest.variable).lower(),
        value=value if widest.variable in NAMED_BY_THE_SERVICE else value.lower(),
        caseload=whole_percent(widest.caseload_share),
        sample=whole_percent(widest.sample_share),
    )


def balance_as_table(framework: Framework, balance: Sequence[BalanceRow]) -> Table:
    columns = (
        Column("value", _("Feature"), sortable=False),
        Column("caseload", _("Caseload"), True, sortable=False),
        Column("caseload_share", _("% of caseload"), True, sortable=False),
        Column("sample", _("Sample"), True, sortable=False),
        Column("sample_share", _("% of sample"), True, sortable=False),
        Column("difference", _("Points apart"), True, sortable=False),
    )
    rows = tuple(
        (
            Cell(f"{field_words(row.variable)}: {code_words(framework, row.variable, row.category)}"),
            Cell(str(row.caseload)),
            Cell(whole_percent(row.caseload_share)),
            Cell(str(row.sample)),
            Cell(whole_percent(row.sample_share)),
            Cell(signed(100 * (row.sample_share - row.caseload_share))),
        )
        for row in balance
    )
    return Table("balance", _("Caseload against sample"), columns, rows)


def draws_table(draws: Sequence[Draw]) -> Table:
    """Every draw on record, the newest first, each with its certificate."""
    columns = (
        Column("draw", _("Draw"), sortable=False),
        Column("when", _("When and by whom"), sortable=False),
        Column("how", _("How"), sortable=False),
        Column("why", _("Why it was drawn again"), sortable=False),
    )
    rows = tuple(
        (
            Cell(
                _("Draw {ordinal}: certificate").format(ordinal=draw.ordinal),
                href=reverse("certificate", args=[draw.inspection_id, draw.ordinal]),
                detail="" if place else _("in force"),
            ),
            Cell(f"{moment(draw.drawn_at)}, {draw.drawn_by}"),
            Cell(f"{method_words(draw.method)}, {cases_words(draw.size)}"),
            Cell(breakable(draw.reason or "–")),
        )
        for place, draw in enumerate(draws)
    )
    return Table("draws", _("Every draw"), columns, rows)
