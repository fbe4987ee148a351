"""Who reads which case and who talks with whom when, as tables; and how even an allocation is, in figures."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aboveline.domain.allocation import Allocation, Readers
from aboveline.domain.framework import Framework
from aboveline.domain.interviews import Meeting
from aboveline.jobs.allocating import Sharing
from aboveline.jobs.interviewing import Interviewing
from aboveline.records.models import Inspection
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.case_words import code_words, order_words
from aboveline.web.presenters.wording import day_of, listed, said


def readers_table(sharing: Sharing, framework: Framework) -> Table:
    """Every case with who reads it now."""
    columns = (
        Column("case", _("Case"), sortable=False),
        Column("order", _("Order type"), sortable=False),
        Column("who", _("Read by"), sortable=False),
    )
    rows = []
    for number, case in sharing.cases.items():
        given = sharing.kept.get(number, ()) or ((sharing.authors[number],) if number in sharing.authors else ())
        finished = _("finished") if number in sharing.finished else ""
        order = order_words(framework, str(case.attributes.get("order_type") or ""))
        rows.append((Cell(number, detail=finished), Cell(order), Cell(listed(list(given)) or _("Nobody yet"))))
    return Table("readers", _("Cases and who reads them"), columns, tuple(rows))


def loads_table(allocation: Allocation) -> Table:
    """How many cases each reads, against an equal share."""
    columns = (
        Column("who", _("Assessor"), sortable=False),
        Column("cases", _("Cases"), True, sortable=False),
        Column("share", _("Equal share"), True, sortable=False),
        Column("closed", _("May not be theirs"), True, sortable=False),
    )
    rows = tuple(
        (Cell(load.assessor), Cell(str(load.cases)), Cell(f"{float(load.share):.1f}"), Cell(str(load.closed)))
        for load in allocation.loads
    )
    return Table("loads", _("Loads"), columns, rows)


def spread_table(allocation: Allocation, framework: Framework) -> Table:
    """How the kinds of case are spread over assessors."""
    fields = {"order_type": "order_type", "risk": "risk_of_harm"}
    columns = (
        Column("who", _("Assessor"), sortable=False),
        Column("kind", _("Kind of case"), sortable=False),
        Column("cases", _("Cases"), True, sortable=False),
        Column("even", _("An even spread"), True, sortable=False),
    )
    rows = tuple(
        (
            Cell(row.assessor),
            Cell(code_words(framework, fields[row.variable], row.category) or _("Not known")),
            Cell(str(row.cases)),
            Cell(f"{float(row.even):.1f}"),
        )
        for row in allocation.spread
    )
    return Table("spread", _("Kinds of case"), columns, rows)


def remarks_of(allocation: Allocation) -> tuple[str, ...]:
    return tuple(said(remark) for remark in allocation.remarks)


def unread(sharing: Sharing, readers: Readers) -> int:
    return sum(not readers.get(number) and number not in sharing.authors for number in sharing.cases)


def meetings_table(
    meetings: Sequence[Meeting], *, cases: bool = True, wrong: frozenset[Meeting] = frozenset()
) -> Table:
    """Interviews in order of time. `cases` is whether their numbers are told; those in `wrong` say that they are."""
    columns = [
        Column("when", _("When"), sortable=False),
        Column("manager", _("Case manager"), sortable=False),
        Column("who", _("Assessors"), sortable=False),
    ]
    rooms = any(meeting.room for meeting in meetings)
    columns += [Column("room", _("Room"), sortable=False)] * rooms
    columns += [Column("cases", _("Cases"), sortable=False)] * cases
    rows = []
    for meeting in meetings:
        interview, span = meeting.interview, meeting.span
        row = [
            Cell(_("{day}, {start} to {end}").format(
                day=day_of(span.day), start=f"{span.start:%H:%M}", end=f"{span.end:%H:%M}"
            )),
            Cell(interview.case_manager),
            Cell(listed(list(interview.assessors)), detail=_("No longer right") if meeting in wrong else ""),
        ]  # fmt: skip
        row += [Cell(meeting.room)] * rooms + [Cell(", ".join(interview.cases))] * cases
        rows.append(tuple(row))
    return Table("interviews", _("Interviews in order of time"), tuple(columns), tuple(rows))


def wrong_words(wrong: int) -> str:
    """That interviews people are told of do not fit any more; empty where they all do."""
    words = ngettext(
        "{count} interview is no longer right: who reads the cases, or the sample, has changed since it was arranged.",
        "{count} interviews are no longer right: who reads the cases, or the sample, has changed since they were "
        "arranged.",
        wrong,
    )
    return words.format(count=wrong) if wrong else ""


def people_links(inspection: Inspection, found: Interviewing) -> tuple[tuple[str, str], ...]:
    """Each person's own page of interviews, by the place they have in the list: no name stands in an address."""
    address = reverse("interviews", args=[inspection.pk])
    return tuple((label, f"{address}?person={place}") for place, label in enumerate(found.everybody, start=1))


def left_out(found: Interviewing) -> tuple[str, ...]:
    """Cases no interview can be arranged about, and why."""
    words = (
        (found.unread, _("Nobody reads these cases yet: {cases}.")),
        (found.unheld, _("The case list names no case manager for: {cases}.")),
    )
    return tuple(text.format(cases=_first(numbers)) for numbers, text in words if numbers)


def _first(numbers: Iterable[str], most: int = 20) -> str:
    found = list(numbers)
    shown = ", ".join(found[:most])
    return _("{cases} and {count} more").format(cases=shown, count=len(found) - most) if len(found) > most else shown
