"""The financial table of a committee report, and what is said of external funding."""

from collections.abc import Callable, Iterator

from aboveline.domain.committee import CommitteeReport
from aboveline.domain.committee_entry import EntryState, Prose
from aboveline.domain.committee_finance import SECTIONS, FinancialYear, MoneyRow, pounds
from aboveline.rendering.outline import Block, Grid, Para, printable

_ROW_WORDS = {
    MoneyRow.CAPITAL_GROSS: "Gross increase in capital expenditure",
    MoneyRow.CAPITAL_OWN: "Funded by: the council’s own capital resources",
    MoneyRow.CAPITAL_SPECIFIC: "Funded by: specific capital resources",
    MoneyRow.REVENUE_GROSS: "Gross increase in revenue expenditure",
    MoneyRow.REVENUE_OWN: "Funded by: the council’s own resources",
    MoneyRow.REVENUE_EXTERNAL: "Funded by: external resources",
}


def money_blocks(report: CommitteeReport, words: Callable[[Prose], Iterator[Block]]) -> Iterator[Block]:
    """The table over the report's years, then external funding; nothing where finance is not applicable."""
    finance = report.finance
    if finance.empty and finance.statement.state is EntryState.NOT_APPLICABLE:
        return
    years = finance.years or FinancialYear.four_from(report.dated)
    rows = tuple(
        (_ROW_WORDS[row], *(pounds(finance.amount(row, year)) for year in years))
        for section in SECTIONS
        for row in (section.gross, *section.funding)
    )
    yield Grid(
        caption="Capital expenditure and revenue implications, by financial year",
        headings=("Item", *map(str, years)),
        rows=rows,
        widths=(0.44, *(0.56 / len(years) for _ in years)),
        numeric=frozenset(range(1, len(years) + 1)),
        strong=frozenset({0, 3}),
    )
    if finance.empty:
        yield Para("No amount has been entered for any year. “Not stated” is not the same as nil.", quiet=True)
    yield from _external(report, words)


def _external(report: CommitteeReport, words: Callable[[Prose], Iterator[Block]]) -> Iterator[Block]:
    external = report.finance.external
    if external.expires is None:
        yield Para("Does the external funding have an expiry date? Not stated.", quiet=True)
        return
    if not external.expires:
        yield Para("Does the external funding have an expiry date? No.")
        return
    when = f"{external.when.day} {external.when:%B %Y}" if external.when else "date not stated"
    yield Para(f"Does the external funding have an expiry date? Yes: {when}.")
    if external.afterwards.value is None:
        yield Para(
            printable(f"How the service will be funded after that: {external.afterwards.words.lower()}."), quiet=True
        )
        return
    yield Para("How the service will be funded after that:")
    yield from words(external.afterwards.value)
