"""The case-list pages: what is on record, and how a list that was uploaded reads."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aboveline.domain.framework import Framework
from aboveline.jobs.casework import Looked
from aboveline.records.models import Case, Caseload, Inspection
from aboveline.web.components import Cell, Column, SummaryRow, Table
from aboveline.web.presenters.case_words import breakable, cases_words, exclusion_words, order_words
from aboveline.web.presenters.wording import day_of


@dataclass(frozen=True, slots=True)
class CaseloadPage:
    """The list on record. Without one the sentence says so and there are no tables."""

    sentence: str
    facts: tuple[SummaryRow, ...]
    exclusions: Table | None = None
    orders: Table | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What confirming would put on record."""

    sentence: str
    exclusions: Table | None
    orders: Table


def moment(at: datetime) -> str:
    """For example "3 June 2009, 14:05"."""
    return date_format(timezone.localtime(at), "j F Y, H:i")


def seed_sentence(inspection: Inspection, set_up: datetime | None) -> SafeString:
    """When the seed was made, which is before any list could be seen."""
    seed = breakable(inspection.seed)
    if set_up is None:
        return format_html(_("The seed of the draw is {}."), seed)
    return format_html(
        _("The seed of the draw is {}. It was made on {}, before any list was seen."), seed, moment(set_up)
    )


def caseload_page(
    inspection: Inspection, framework: Framework, caseload: Caseload | None, cases: Sequence[Case]
) -> CaseloadPage:
    if caseload is None:
        return CaseloadPage(_("No case list is on record yet."), ())
    sentence = _("{cases} on record, of which {eligible} can be drawn.").format(
        cases=cases_words(len(cases)), eligible=f"{caseload.eligible:,}"
    )
    facts = (
        SummaryRow(
            _("Confirmed"), _("{when} by {who}").format(when=moment(caseload.confirmed_at), who=caseload.confirmed_by)
        ),
        SummaryRow(_("Eligible as at"), day_of(inspection.held_on)),
    )
    excluded = [(one["reason"], int(one["count"])) for one in caseload.exclusions]
    pairs = [(case.attributes.get("order_type", ""), not case.not_eligible) for case in cases]
    return CaseloadPage(
        sentence, facts, exclusions_table(inspection, framework, excluded), orders_table(framework, pairs)
    )


def preview(looked: Looked, framework: Framework) -> Preview | None:
    """None where the list has an error."""
    if looked.read.value is None or looked.eligibility is None:
        return None
    listed, frame = looked.read.value.entries, looked.eligibility
    eligible = {entry.case_ref for entry in frame.entries}
    sentence = _("The list can be read whole: {cases}, of which {eligible} can be drawn.").format(
        cases=cases_words(len(listed)), eligible=f"{len(eligible):,}"
    )
    excluded = [(one.reason, one.count) for one in frame.exclusions]
    pairs = [(entry.order_type, entry.case_ref in eligible) for entry in listed]
    inspection = looked.upload.inspection
    return Preview(sentence, exclusions_table(inspection, framework, excluded), orders_table(framework, pairs))


def exclusions_table(inspection: Inspection, framework: Framework, excluded: Sequence[tuple[str, int]]) -> Table | None:
    """Why cases cannot be drawn, with how many; None where all can."""
    if not excluded:
        return None
    columns = (Column("reason", _("Reason"), sortable=False), Column("cases", _("Cases"), True, sortable=False))
    rows = tuple(
        (Cell(exclusion_words(framework, inspection.held_on, reason)), Cell(f"{count:,}")) for reason, count in excluded
    )
    return Table("exclusions", _("Cases that cannot be drawn"), columns, rows)


def orders_table(framework: Framework, pairs: Iterable[tuple[str, bool]]) -> Table:
    """Cases listed and eligible by order type, from (order type, eligible) of each case."""
    pairs = list(pairs)
    listed, eligible = Counter(t for t, _ok in pairs), Counter(t for t, ok in pairs if ok)
    columns = (
        Column("order", _("Order type"), sortable=False),
        Column("listed", _("Listed"), True, sortable=False),
        Column("eligible", _("Eligible"), True, sortable=False),
    )
    rows = tuple(
        (Cell(order_words(framework, order)), Cell(f"{count:,}"), Cell(f"{eligible[order]:,}"))
        for order, count in listed.most_common()
    )
    return Table("orders", _("Cases by order type"), columns, rows)


def problems_sentence(errors: int, rows: int) -> str:
    """How much is wrong, and that nothing has happened."""
    problems = ngettext("{count} problem", "{count} problems", errors).format(count=f"{errors:,}")
    if rows < 2:
        return _("{problems} to put right. Nothing has been put on record.").format(problems=problems)
    return _("{problems} in {rows} rows to put right. Nothing has been put on record.").format(
        problems=problems, rows=f"{rows:,}"
    )
