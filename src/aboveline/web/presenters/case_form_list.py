"""The cases under assessment as a table: who judges which, how far each has come."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.records.models import Inspection
from aboveline.records.queries.assessing import CaseCount
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.case_form_words import moment_words


class State(StrEnum):
    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETE = "complete"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class CaseList:
    """`filters` are (state or empty, words, count); `table` holds the rows of the filter in force, sorted."""

    total: int
    complete: int
    state: str
    filters: tuple[tuple[str, str, int], ...]
    table: Table

    def on(self, page: "Page[tuple[Cell, ...]]") -> Table:
        return replace(self.table, rows=tuple(page.object_list))


def state_of(count: CaseCount, questions: int) -> State:
    """Complete: every question has an answer, from a person or from the case facts. Submitted: handed in too."""
    if count.submitted:
        return State.SUBMITTED
    if not count.judged and not count.ruled_out:
        return State.NOT_STARTED
    return State.COMPLETE if count.judged + count.ruled_out >= questions else State.IN_PROGRESS


def case_list(
    counts: Sequence[CaseCount],
    inspection: Inspection,
    questions: int,
    *,
    state: str,
    sort: str | None,
    judges: Callable[[str], bool],
    again: Mapping[str, bool],
) -> CaseList:
    """`questions` is how many the framework has. A state that is not one shows every case. `again` are the numbers of
    cases that the reader of the list is to read a second time, and whether blind: of those no count is told. `judges`
    says of a case whether they may judge it."""
    states = [(count, None if again.get(count.number) else state_of(count, questions)) for count in counts]
    tally = Counter(one for _count, one in states)
    wanted = state if state in set(State) else ""
    names = {State.NOT_STARTED: _("Not started"), State.IN_PROGRESS: _("In progress"), State.COMPLETE: _("Complete")}
    names[State.SUBMITTED] = _("Submitted")

    def page(number: str) -> str:
        return "second-read" if number in again else "judge-case" if judges(number) else "case"

    rows = tuple(
        _row(
            count,
            names[one] if one else "",
            questions,
            reverse(page(count.number), args=[inspection.pk, count.number]),
            detail=_("Yours to read a second time") if count.number in again else "",
        )
        for count, one in states
        if not wanted or one == wanted
    )
    filters = (("", _("All"), len(counts)), *((one.value, words, tally[one]) for one, words in names.items()))
    table = Table("cases", _("Cases under assessment"), _columns(), rows, caption_hidden=True).sorted_by(sort)
    return CaseList(len(counts), tally[State.COMPLETE] + tally[State.SUBMITTED], wanted, filters, table)


def _columns() -> tuple[Column, ...]:
    return (
        Column("case", _("Case")),
        Column("assessor", _("Assessor")),
        Column("answered", _("Answered"), numeric=True),
        Column("progress", _("Progress")),
        Column("saved", _("Last saved")),
    )


def _row(count: CaseCount, words: str, questions: int, address: str, detail: str) -> tuple[Cell, ...]:
    """`words` are how far the case has come; empty where that is not told."""
    if not words:
        return (Cell(count.number, href=address, detail=detail), *[Cell("–", order=None)] * 4)
    expected = questions - count.ruled_out
    answered = _("%(answered)s of %(expected)s") % {"answered": count.judged, "expected": expected}
    return (
        Cell(count.number, href=address, detail=detail),
        Cell(count.assessor or _("Nobody yet"), order=count.assessor.casefold() or None),
        Cell(answered, order=count.judged / expected if expected else 1.0),
        Cell(words, order=(count.judged + count.ruled_out) / questions if questions else 0),
        Cell(moment_words(count.last_saved) if count.last_saved else "–", order=count.last_saved),
    )
