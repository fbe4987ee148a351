"""A result as it was put on record, for readers: the draft, what is signed, and what is public look the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from aboveline.domain.sentences import uncarried
from aboveline.records.models import Inspection
from aboveline.web.components import Cell, Column, SummaryRow, Table
from aboveline.web.presenters.wording import KINDS, day_of, month_of, said, sentence_case

FINDING_KINDS: Mapping[str, object] = {
    "strength": gettext_lazy("Strengths"),
    "improvement": gettext_lazy("Areas for improvement"),
    "recommendation": gettext_lazy("Recommendations"),
}
TO: Mapping[str, object] = {
    "service": gettext_lazy("To the service"),
    "board": gettext_lazy("To the management board"),
    "partner": gettext_lazy("To a partner"),
}
PROGRESS: Mapping[str, object] = {
    "not_assessed": gettext_lazy("Not assessed yet"),
    "none": gettext_lazy("No progress"),
    "some": gettext_lazy("Some progress"),
    "sufficient": gettext_lazy("Sufficient progress"),
    "achieved": gettext_lazy("Achieved"),
}
VERDICTS: Mapping[str, object] = {
    "above": gettext_lazy("Above the average"),
    "below": gettext_lazy("Below the average"),
    "no_clear_difference": gettext_lazy("No clear difference from the average"),
    "not_testable": gettext_lazy("Not testable"),
}
FIRST_PLANS: Mapping[str, object] = {
    Inspection.FirstPlan.CARRIED_OUT: gettext_lazy("Carried out"),
    Inspection.FirstPlan.PARTLY: gettext_lazy("Partly carried out"),
    Inspection.FirstPlan.NOT_CARRIED_OUT: gettext_lazy("Not carried out"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One finding: to whom, where it is a recommendation."""

    text: str
    to: str = ""


@dataclass(frozen=True)
class ResultPage:
    """All that a result says. `written` are the parts of the statement that were written, with their headings."""

    name: str
    service: str
    verdict: str
    statement: str
    written: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, tuple[Said, ...]], ...]
    earlier: Table | None
    themes: Table
    criteria: Table
    questions: Table
    comparison: Table
    caution: str
    notes: tuple[str, ...]
    facts: tuple[SummaryRow, ...]

    @property
    def score_tables(self) -> tuple[Table, ...]:
        return (self.themes, self.criteria, self.questions)


def named(snapshot: Mapping[str, Any]) -> str:
    """For example "September 2010 re-inspection"."""
    about = snapshot["inspection"]
    return f"{month_of(date.fromisoformat(about['held_on']))} {KINDS[about['kind']]}"


def result_page(snapshot: Mapping[str, Any]) -> ResultPage:
    words = snapshot["statement"]
    written = ((_("Method"), words["method"]), (_("Quality of these results"), words["quality"]))
    return ResultPage(
        name=named(snapshot),
        service=snapshot["inspection"]["service"],
        verdict=words["verdict"],
        statement=words["statement"],
        written=tuple((heading, text) for heading, text in written if text),
        findings=_findings(snapshot["findings"]),
        earlier=_earlier(snapshot["earlier"]),
        themes=_scores(snapshot, "theme", _("Headline scores")),
        criteria=_scores(snapshot, "criterion", _("Criteria")),
        questions=_scores(snapshot, "question", _("Questions")),
        comparison=_comparison(snapshot),
        caution=said(uncarried(snapshot["caution"])),
        notes=tuple(said(uncarried(note)) for note in snapshot["notes"]),
        facts=_facts(snapshot),
    )


def in_language(words: Mapping[str, str] | None) -> str:
    """A framework's wording as it was put on record, in the reader's language."""
    if words is None:
        return ""
    return words.get((get_language() or "en")[:2]) or words["en"]


def _findings(rows: Sequence[Mapping[str, str]]) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    found = []
    for kind, heading in FINDING_KINDS.items():
        of_kind = tuple(Said(row["text"], str(TO.get(row["to"], ""))) for row in rows if row["kind"] == kind)
        if of_kind:
            found.append((str(heading), of_kind))
    return tuple(found)


def _earlier(rows: Sequence[Mapping[str, str]]) -> Table | None:
    if not rows:
        return None
    columns = (
        Column("text", _("Recommendation")),
        Column("to", _("To whom")),
        Column("progress", _("Progress")),
    )
    cells = tuple(
        (Cell(row["text"]), Cell(str(TO.get(row["to"], ""))), Cell(str(PROGRESS[row["progress"]]), detail=row["note"]))
        for row in rows
    )
    return Table("earlier", _("What the inspection before recommended"), columns, cells)


def _scores(snapshot: Mapping[str, Any], level: str, caption: str) -> Table:
    word = in_language(snapshot["inspection"]["band_word"])
    columns = (
        Column("name", _("Work")),
        Column("score", _("Score"), numeric=True),
        Column("interval", _("95% interval"), numeric=True),
        Column("counts", _("Sufficient of applicable"), numeric=True),
        Column("band", sentence_case(word)),
    )
    rows = [row for row in snapshot["scores"] if row["level"] == level]
    return Table(f"{level}s", caption, columns, tuple(_score_row(row, word, level) for row in rows))


def _score_row(row: Mapping[str, Any], word: str, level: str) -> tuple[Cell, ...]:
    name = in_language(row["name"])
    first = Cell(name, detail=row["id"] if level == "question" else "")
    if level == "criterion":
        first = Cell(f"{row['id']} {name}")
    if row["withheld"]:
        why = _("Withheld: {reason}").format(reason=row["withheld"])
        return (first, Cell("–"), Cell("–"), Cell("–"), Cell(why))
    scored = row["percent"] is not None
    interval = f"{row['low']:.0f}–{row['high']:.0f}%" if row["low"] is not None else "–"
    counts = _("{sufficient} of {applicable}").format(sufficient=row["sufficient"], applicable=row["applicable"])
    band = in_language(row["band_name"]).removesuffix(f" {word}") or (
        _("Not scored") if row["asked"] else _("Not asked")
    )
    return (
        first,
        Cell(f"{row['percent']}%" if scored else "–"),
        Cell(interval),
        Cell(counts if scored else "–"),
        Cell(band, detail=_decided(row)),
    )


def _decided(row: Mapping[str, Any]) -> str:
    told = []
    if row["computed_band"]:
        told.append(_("decided by two people; computed: {band}").format(band=row["computed_band"]))
    if row["provisional"]:
        told.append(_("provisional: {reason}").format(reason=row["provisional"]))
    return sentence_case("; ".join(told))


def _comparison(snapshot: Mapping[str, Any]) -> Table:
    """The themes of which something had been published; no row where nothing was."""
    columns = (
        Column("theme", _("Theme")),
        Column("area", _("This area"), numeric=True),
        Column("lowest", _("Lowest"), numeric=True),
        Column("average", _("Average"), numeric=True),
        Column("highest", _("Highest"), numeric=True),
        Column("verdict", _("Against the average")),
    )
    as_at = day_of(date.fromisoformat(snapshot["as_at"]))
    caption = _("Compared with what had been published by {day}").format(day=as_at)
    names = {row["id"]: in_language(row["name"]) for row in snapshot["scores"] if row["level"] == "theme"}
    rows = tuple(
        (
            Cell(names.get(row["id"], row["name"])),
            *(Cell(_percent(row[name])) for name in ("area", "lowest", "average", "highest")),
            Cell(str(VERDICTS[row["verdict"]]), detail=" ".join(said(uncarried(reason)) for reason in row["reasons"])),
        )
        for row in snapshot["comparison"]
        if row["lowest"] is not None or row["average"] is not None
    )
    return Table("comparison", caption, columns, rows)


def _percent(value: int | None) -> str:
    return "–" if value is None else f"{value}%"


def _facts(snapshot: Mapping[str, Any]) -> tuple[SummaryRow, ...]:
    about = snapshot["inspection"]
    eligible = about["eligible"]
    rows = [
        SummaryRow(_("Service"), about["service"]),
        SummaryRow(_("First day of fieldwork"), day_of(date.fromisoformat(about["held_on"]))),
        SummaryRow(_("Cases assessed"), str(about["cases"])),
        SummaryRow(_("Eligible cases"), _("Not known") if eligible is None else str(eligible)),
        SummaryRow(_("Framework"), in_language(about["framework_title"])),
    ]
    if about["first_plan"] in FIRST_PLANS:
        rows.append(SummaryRow(_("First improvement plan"), str(FIRST_PLANS[about["first_plan"]])))
    return tuple(rows)
