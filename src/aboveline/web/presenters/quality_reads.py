"""Early quality reads in words: for the lead, assessor by assessor; for an assessor, what was seen of theirs."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aboveline.jobs.quality_reading import FirstCases
from aboveline.records.models import Inspection, QualityRead
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.week_words import SEEN_WORDS
from aboveline.web.presenters.wording import day_of, inspection_name, listed
from aboveline.web.presenters.work import Task


def reads_table(inspection: Inspection, found: Iterable[FirstCases]) -> Table:
    columns = (
        Column("assessor", _("Assessor"), sortable=False),
        Column("cases", _("First cases handed in"), sortable=False),
        Column("seen", _("What was seen"), sortable=False),
        Column("read", _("Last word"), sortable=False),
    )
    rows = tuple(
        (
            Cell(one.assessor.name, href=reverse("quality-read", args=[inspection.pk, one.assessor.pk])),
            Cell(", ".join(one.numbers) or _("None yet")),
            Cell(str(SEEN_WORDS[one.read.seen]), detail=one.read.note) if one.read else Cell(_("Not looked at yet")),
            Cell(read_by(one.read) if one.read else "–"),
        )
        for one in found
    )
    return Table("quality-reads", _("Early quality reads"), columns, rows, caption_hidden=True)


def read_by(read: QualityRead) -> str:
    return _("{who}, {day}").format(who=read.changed_by.name, day=day_of(localdate(read.changed_at)))


def seen_words(read: QualityRead) -> str:
    """What was seen, by whom and when, in one line."""
    return _("{seen}. {who}").format(seen=SEEN_WORDS[read.seen], who=read_by(read))


def not_read_words(found: Iterable[FirstCases]) -> str:
    """Whose first cases nobody has looked at yet; empty where that is nobody."""
    names = [
        _("{name} ({cases})").format(name=one.assessor.name, cases=", ".join(one.numbers) or _("none handed in yet"))
        for one in found
        if one.read is None
    ]
    return _("No early quality read yet: {names}.").format(names=listed(names)) if names else ""


def talk_tasks(reads: Iterable[QualityRead]) -> tuple[Task, ...]:
    return tuple(
        Task(
            _("Talk with {who} about your first cases").format(who=read.changed_by.name),
            reverse("week", args=[read.inspection_id]),
            f"{inspection_name(read.inspection)}, {read.inspection.service.name}",
        )
        for read in reads
    )
