"""`aboveline reinspect`: what changed between two inspections, and what their samples cannot show."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from aboveline.cli.files import files_or_end
from aboveline.cli.output import Format, Table, emit, end_with_problems
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.rating import whole_percent
from aboveline.domain.reinspection import Change, PlanCarriedOut, Reinspection
from aboveline.jobs.scoring import JudgementFile, reinspect_files

HEADINGS = (
    "level",
    "id",
    "name",
    "original",
    "new",
    "difference",
    "low",
    "high",
    "verdict",
    "band before",
    "band after",
)
SHORT_HEADINGS = ("", "score", "points", "95% interval", "verdict", "band")
FILE = typer.Argument(exists=True, dir_okay=False, help="CSV: case,question,answer[,assessor][,note]")


def register(app: typer.Typer) -> None:
    @app.command("reinspect")
    def reinspect(
        original: Annotated[Path, FILE],
        new: Annotated[Path, FILE],
        framework: Annotated[str, typer.Option("--framework", help="id of a framework, such as cci-2009")],
        caseload_sizes: Annotated[
            str, typer.Option("--caseload-sizes", help="N,M: eligible cases then and now; either may be left blank")
        ] = "",
        first_plan: Annotated[
            PlanCarriedOut, typer.Option("--first-plan", help="was the first improvement plan carried out?")
        ] = PlanCarriedOut.NOT_RECORDED,
        form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    ) -> None:
        """Set a re-inspection against its original inspection."""
        then, now = _sizes(caseload_sizes)
        try:
            with files_or_end(form):
                files = JudgementFile.at(original, then), JudgementFile.at(new, now)
            found = reinspect_files(*files, framework, first_plan)
        except ProblemsFound as refused:
            end_with_problems(form, refused.problems)
        if found.value is None:
            end_with_problems(form, found.problems)
        emit(form, found.value.as_dict(), _tables(form, found.value), _notes(found.value), found.problems)


def _sizes(text: str) -> tuple[int | None, int | None]:
    """Two whole numbers above 0, either blank. Raises typer.BadParameter (usage, exit 2) for anything else."""
    parts = [part.strip() for part in text.split(",")] if text.strip() else ["", ""]
    if len(parts) != 2 or any(
        part and not (part.isascii() and part.isdigit() and len(part) < 10 and int(part)) for part in parts
    ):
        raise typer.BadParameter("give two whole numbers above 0, such as 120,95", param_hint="--caseload-sizes")
    first, second = (int(part) if part else None for part in parts)
    return first, second


def _tables(form: Format, result: Reinspection) -> list[Table]:
    if form is Format.CSV:
        both = (*result.themes, *result.criteria)
        return [Table("Change", HEADINGS, map(_full_row, both))]
    return [
        Table("Themes (primary)", SHORT_HEADINGS, map(_short_row, result.themes)),
        Table("Criteria (exploratory)", SHORT_HEADINGS, map(_short_row, result.criteria)),
    ]


def _full_row(change: Change) -> tuple[object, ...]:
    shown = change.as_dict()
    limits = (change.interval.low, change.interval.high) if change.interval else (None, None)
    bands = (band and band.id for band in (change.band_before, change.band_after))
    return (
        "theme" if change.primary else "criterion",
        *(shown[key] for key in ("id", "name", "original", "new", "difference")),
        *limits,
        change.verdict.value,
        *bands,
    )


def _short_row(change: Change) -> tuple[object, ...]:
    interval = change.interval
    limits = f"{_points(100 * interval.low)} to {_points(100 * interval.high)}" if interval else "none"
    bands = [band.id if band else "not scored" for band in (change.band_before, change.band_after)]
    return (
        f"{change.id} {change.name}",
        f"{_share(change.original)} to {_share(change.new)}",
        None if change.points is None else _points(change.points),
        limits,
        change.verdict.words,
        " to ".join(bands),
    )


def _share(share: Fraction | None) -> str:
    return "not scored" if share is None else f"{whole_percent(share)}%"


def _points(value: float) -> str:
    """Percentage points with their sign."""
    return f"{value:+.1f}".replace("-", "−")


def _notes(result: Reinspection) -> list[str]:
    reasons = (change.no_interval_reason for change in (*result.themes, *result.criteria))
    plan = result.first_plan_carried_out.value.replace("_", " ")
    return [
        f"{result.original_cases} cases, then {result.new_cases}. First improvement plan carried out: {plan}.",
        *dict.fromkeys(reason for reason in reasons if reason),
        *result.warnings,
    ]
