"""Second reads in words and tables: what was chosen, how far each has come, both reads side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aboveline.domain.adjudication import Comparison, Standing
from aboveline.domain.framework import Framework
from aboveline.domain.second_reading import HowChosen
from aboveline.jobs.second_reading import ReadState
from aboveline.records.models import Adjudication, Case, Inspection, SecondReadChoice
from aboveline.records.models.assessment import FindingFields, JudgementFields
from aboveline.web.components import Cell, Column, SummaryRow, Table
from aboveline.web.forms.case_form import ANSWER_FIELDS
from aboveline.web.presenters.case_form_words import given_words, moment_words, option_words
from aboveline.web.presenters.wording import said

HOW_WORDS = {
    HowChosen.RANDOM: gettext_lazy("By the seed"),
    HowChosen.FOR_THE_READER: gettext_lazy("By the seed, so that every first reader has one"),
    HowChosen.BY_HAND: gettext_lazy("By hand"),
}
TONES = {Standing.WAITING: 0, Standing.AGREED: 4, Standing.CONFLICTED: 1}


def overview(states: Sequence[ReadState], chosen: bool) -> str:
    """The sentence that the page begins with."""
    states = [state for state in states if not state.left]
    if not states:
        return _("No case is to be read twice.") if chosen else _("No case has been chosen to be read twice yet.")
    handed_in, settled = sum(state.submitted for state in states), sum(state.settled for state in states)
    words = ngettext(
        "{count} case is read twice; {handed_in} handed in, {settled} settled.",
        "{count} cases are read twice; {handed_in} handed in, {settled} settled.",
        len(states),
    )
    return words.format(count=len(states), handed_in=handed_in, settled=settled)


def choice_rows(choice: SecondReadChoice) -> tuple[SummaryRow, ...]:
    """All it takes to make the random choice again."""
    share = _("{percent}% of {count} cases").format(percent=choice.percent, count=len(choice.first_readers))
    return (
        SummaryRow(_("Share"), share),
        SummaryRow(_("Seed"), choice.seed),
        SummaryRow(_("Generator"), choice.generator),
        SummaryRow(_("Chosen"), f"{moment_words(choice.at)}, {choice.by.name}"),
    )


def reads_table(inspection: Inspection, states: Sequence[ReadState]) -> Table:
    columns = (
        Column("case", _("Case"), sortable=False),
        Column("first", _("First reader"), sortable=False),
        Column("second", _("Second reader"), sortable=False),
        Column("state", _("How it stands"), sortable=False),
    )
    rows = tuple(_row(inspection, state) for state in states)
    return Table("second-reads", _("Cases read twice"), columns, rows, caption_hidden=True)


def _row(inspection: Inspection, state: ReadState) -> tuple[Cell, ...]:
    compare = reverse("side-by-side", args=[inspection.pk, state.number]) if state.submitted else ""
    give = (
        ""
        if state.submitted or state.left
        else f"{reverse('give-second-read', args=[inspection.pk])}?case={state.number}"
    )
    reader = state.read.reader.name if state.read else "–" if state.left else _("Nobody: choose one")
    return (
        Cell(state.number, href=compare, detail=str(HOW_WORDS[state.how])),
        Cell(state.first_reader or ("–" if state.left else _("Nobody yet"))),
        Cell(reader, href=give),
        Cell(_state_words(state)),
    )


def _state_words(state: ReadState) -> str:
    if state.left:
        return _("Left the sample: nothing waits for it")
    if not state.submitted:
        words = ngettext("{count} answer so far", "{count} answers so far", state.given)
        return words.format(count=state.given) if state.given else _("Not begun")
    if state.to_settle:
        return ngettext("{count} question to settle", "{count} questions to settle", state.to_settle).format(
            count=state.to_settle
        )
    if state.kept:
        words = ngettext("Settled; {count} left conflicted", "Settled; {count} left conflicted", state.kept)
        return words.format(count=state.kept)
    return _("Settled")


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """One question as both readers answered it. `settle` is where it can be decided, empty where it cannot."""

    id: str
    text: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    standing: str
    tone: int
    reason: str
    settle: str


Rows = Mapping[str, JudgementFields]


def compared_rows(
    framework: Framework,
    case: Case,
    found: Sequence[Comparison],
    answers: tuple[Rows, Rows],
    decisions: Mapping[str, Adjudication],
    *,
    differ_only: bool,
) -> tuple[ComparedQuestion, ...]:
    """Each question, or only those where the readers do not agree."""
    return tuple(
        _compared(framework, case, one, answers, decisions.get(one.question))
        for one in found
        if not (differ_only and one.agrees)
    )


def _compared(
    framework: Framework, case: Case, one: Comparison, answers: tuple[Rows, Rows], decision: Adjudication | None
) -> ComparedQuestion:
    first, second = (tuple(_given(framework, one.question, rows.get(one.question))) for rows in answers)
    address = reverse("settle", args=[case.inspection_id, case.number, one.question])
    return ComparedQuestion(
        id=one.question,
        text=said(framework.question_by_id[one.question].text),
        first=first,
        second=second,
        standing=_standing(one, decision),
        tone=TONES.get(one.standing, 3),
        reason=decision.reason if decision and one.adjudication else "",
        settle=address if one.agrees is False else "",
    )


def _standing(one: Comparison, decision: Adjudication | None) -> str:
    if one.standing is Standing.CONFLICTED and one.decided:
        return _("left conflicted: the first reader’s answer is scored")
    if decision and not one.adjudication:
        return _("{standing}. An earlier decision fell, because an answer was changed").format(
            standing=said(one.standing.words)
        )
    return said(one.standing.words)


def _given(framework: Framework, question: str, row: JudgementFields | None) -> list[str]:
    return given_words(framework, question, {name: getattr(row, name, "") for name in ANSWER_FIELDS})


def facts_table(
    framework: Framework, first: Mapping[str, FindingFields], second: Mapping[str, FindingFields]
) -> Table | None:
    """The facts of the case on which the readers differ; they decide what applies. None where they agree on all."""
    rows = []
    for fact in framework.case_facts:
        options = [getattr(found.get(fact.id), "option", "") for found in (first, second)]
        if options[0] != options[1]:
            words = (option_words(framework, fact.id, {"option": option})[0] for option in options)
            rows.append((Cell(said(fact.name)), *(Cell(word) for word in words)))
    columns = (
        Column("fact", _("Fact of the case"), sortable=False),
        Column("first", _("First reader"), sortable=False),
        Column("second", _("Second reader"), sortable=False),
    )
    return Table("facts", _("Where they differ on the facts"), columns, tuple(rows)) if rows else None
