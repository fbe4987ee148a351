"""What is missing before a case can be handed in, as links, and how it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.domain.framework import Framework
from aboveline.jobs.submitting import StillMissing
from aboveline.records.models import Case, CaseNotes, Submission
from aboveline.web.components import SummaryRow
from aboveline.web.forms.casework import INTEGRITY
from aboveline.web.presenters.case_form_words import moment_words, option_words
from aboveline.web.presenters.wording import said
from aboveline.web.presenters.work import Link

#: the classes that an assessor finds twice, by the framework's ids of facts: as recorded, as it should have been
CLASSES = (("rosh_recorded", "rosh_should_be"), ("vulnerability_recorded", "vulnerability_should_be"))


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class as the record has it and as the assessor finds it; `agreed` is words, empty while either is open."""

    name: str
    recorded: str
    should_be: str
    agreed: str


def missing_links(missing: StillMissing, case: Case, framework: Framework) -> tuple[Link, ...]:
    """Each thing missing, where it is given, in the order of the form."""
    form = reverse("judge-case", args=[case.inspection_id, case.number])
    names = {fact.id: said(fact.name) for fact in framework.case_facts}
    links = [Link(names[fact], f"{form}#fact-{fact}-option") for fact in missing.facts]
    links += [
        Link(f"{question.id} {said(question.text)}", f"{form}#{question.id}-answer")
        for question in framework.questions
        if question.id in missing.progress.missing
    ]
    if missing.record_unchecked:
        notes = reverse("case-notes", args=[case.inspection_id, case.number])
        links.append(Link(_("Whether the record was kept in time"), f"{notes}#id_integrity"))
    return tuple(links)


def class_lines(framework: Framework, facts: Mapping[str, str]) -> tuple[ClassLine, ...]:
    """Each class that the framework asks for twice and of which something is known."""
    named = {fact.id: fact for fact in framework.case_facts}
    lines = []
    for recorded, should_be in CLASSES:
        if not {recorded, should_be} <= named.keys() or not (facts.get(recorded) or facts.get(should_be)):
            continue
        was, ought = (option_words(framework, one, {"option": facts.get(one, "")})[0] for one in (recorded, should_be))
        agreed = _agreed(facts.get(recorded), facts.get(should_be))
        lines.append(ClassLine(said(named[should_be].name), was, ought, agreed))
    return tuple(lines)


def _agreed(recorded: str | None, should_be: str | None) -> str:
    if not recorded or not should_be:
        return ""
    return _("Agreed") if recorded == should_be else _("Not agreed")


def notes_rows(notes: CaseNotes | None) -> list[SummaryRow]:
    """What is on record beside the answers; nothing where nothing was written."""
    if notes is None:
        return []
    words = dict(INTEGRITY)[notes.integrity] if notes.integrity else ""
    checked = ". ".join(str(one) for one in (words, notes.integrity_words) if one)
    rows = ((_("Interview"), notes.interview), (_("Was the record kept in time?"), checked))
    return [SummaryRow(key, value) for key, value in rows if value]


def history(submissions: Iterable[Submission]) -> tuple[str, ...]:
    """Every handing-in and reopening in words, newest first."""
    lines = []
    for one in submissions:
        if one.reopened_at and one.reopened_by:
            words = _("Reopened {when} by {who}: {why}")
            lines.append(
                words.format(when=moment_words(one.reopened_at), who=one.reopened_by.name, why=one.reopened_why)
            )
        words = _("Submitted {when} by {who}")
        lines.append(words.format(when=moment_words(one.submitted_at), who=one.submitted_by.name))
    return tuple(lines)
