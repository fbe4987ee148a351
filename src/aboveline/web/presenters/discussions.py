"""Discussions in words: the mark beside an answer, what was said, the open ones of an inspection and of a person."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aboveline.domain.framework import Framework
from aboveline.records.models import Case, Comment, Discussion, Inspection, User
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.case_form_words import moment_words
from aboveline.web.presenters.wording import inspection_name, said
from aboveline.web.presenters.work import Link, Task

#: what a comment did besides being said
DID_WORDS: Mapping[str, Promise] = {
    Comment.Did.RESOLVED: gettext_lazy("resolved it"),
    Comment.Did.REOPENED: gettext_lazy("reopened it"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside an answer: the way to its discussion, and whether one is open."""

    question: str
    text: str
    href: str
    open: bool

    def drawn(self) -> SafeString:
        """The mark as a link, for pages that are not drawn question by question."""
        return format_html(
            '<p class="ab-discuss"{}><a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> ({})</span>'
            "</a></p>",
            SafeString(' data-open="yes"') if self.open else "",
            self.href,
            self.text,
            self.question,
        )


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One comment; `did` is words where it resolved or reopened, `new` whether it came after what the reader saw."""

    who: str
    when: str
    did: str
    words: str
    new: bool


def marks_of(case: Case, framework: Framework, discussed: Mapping[str, Discussion]) -> Mapping[str, Mark]:
    """The mark of every question of a case."""
    base = reverse("discussion", args=[case.inspection_id, case.number, "-"]).removesuffix("-/")
    return {one.id: _mark(one.id, f"{base}{one.id}/", discussed.get(one.id)) for one in framework.questions}


def _mark(question: str, href: str, found: Discussion | None) -> Mark:
    if found is None:
        return Mark(question, _("Discuss"), href, open=False)
    if found.resolved:
        return Mark(question, _("Discussed and resolved"), href, open=False)
    return Mark(question, _("Open discussion"), href, open=True)


def state_words(found: Discussion | None) -> str:
    """How a discussion stands: since when, and by whom; empty where there is none."""
    if found is None:
        return ""
    words = _("Resolved {when} by {who}") if found.resolved else _("Last word {when} by {who}")
    return words.format(when=moment_words(found.changed_at), who=found.changed_by.name)


def comment_lines(comments: Sequence[Comment], seen: int | None = None) -> tuple[CommentLine, ...]:
    """Everything said, in order. `seen` is the version that the reader had seen: each comment makes the next."""
    return tuple(
        CommentLine(
            one.by.name,
            moment_words(one.at),
            str(DID_WORDS.get(one.did, "")),
            one.words,
            new=seen is not None and version > seen,
        )
        for version, one in enumerate(comments, start=1)
    )


def discussions_table(
    framework: Framework, rows: Iterable[Discussion], readers: Mapping[str, User], *, resolved: bool
) -> Table:
    """One line for each discussion; what is said in it stands on its own page only."""
    columns = (
        Column("answer", _("Answer"), sortable=False),
        Column("reader", _("Assessor"), sortable=False),
        Column("said", _("Comments"), sortable=False, numeric=True),
        Column("state", _("How it stands"), sortable=False),
    )
    caption = _("Resolved discussions") if resolved else _("Open discussions")
    lines = tuple(_line(framework, row, readers.get(row.case.number)) for row in rows)
    return Table("discussions", caption, columns, lines, caption_hidden=True)


def _line(framework: Framework, row: Discussion, reader: User | None) -> tuple[Cell, ...]:
    asked = framework.question_by_id.get(row.question)
    since = _("since {when}").format(when=moment_words(row.since))  # type: ignore[attr-defined]
    name = _("{number}: {question}").format(number=row.case.number, question=row.question)
    return (
        Cell(name, href=_address(row), detail=said(asked.text) if asked else ""),
        Cell(reader.name if reader else _("Nobody yet")),
        Cell(str(row.said), detail=since),  # type: ignore[attr-defined]
        Cell(state_words(row)),
    )


def _address(row: Discussion) -> str:
    return reverse("discussion", args=[row.case.inspection_id, row.case.number, row.question])


def open_links(framework: Framework, discussed: Iterable[Discussion]) -> tuple[Link, ...]:
    """The open ones among the discussions of a case, in the framework's order."""
    still = {row.question: row for row in discussed if not row.resolved}
    return tuple(
        Link(f"{question.id} {said(question.text)}", _address(still[question.id]))
        for question in framework.questions
        if question.id in still
    )


def discussion_tasks(rows: Iterable[Discussion], shown: Callable[[Inspection, str], bool]) -> tuple[Task, ...]:
    """One task for each case with answers whose discussion waits for this person; `rows` newest word first."""
    cases: dict[int, list[Discussion]] = {}
    for row in rows:
        if shown(row.case.inspection, row.case.number):
            cases.setdefault(row.case_id, []).append(row)
    return tuple(_task(waiting) for waiting in cases.values())


def _task(waiting: Sequence[Discussion]) -> Task:
    newest, inspection = waiting[0], waiting[0].case.inspection
    words = ngettext(
        "Case {number}: an answer is being discussed",
        "Case {number}: {count} answers are being discussed",
        len(waiting),
    )
    several = reverse("discussions", args=[inspection.pk])
    return Task(
        words.format(number=newest.case.number, count=len(waiting)),
        _address(newest) if len(waiting) == 1 else several,
        f"{inspection_name(inspection)}, {inspection.service.name}. {state_words(newest)}",
    )
