"""`aboveline compare`: an area's theme scores against the published ones, as at a date."""

from datetime import datetime
from typing import Annotated

import typer

from aboveline.cli.output import Format, Table, emit, end_with_problems
from aboveline.domain.comparator import Basis, Figure
from aboveline.domain.comparison import Comparison, ThemeComparison, holders_in_words
from aboveline.domain.dates import day_words
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.published import words_for
from aboveline.domain.rating import whole_percent
from aboveline.jobs.comparing import compare_area

HEADINGS = (
    "theme",
    "name",
    "area",
    "lowest",
    "lowest held by",
    "highest",
    "highest held by",
    "average",
    "areas",
    "rank",
    "of",
    "quartile",
    "verdict",
)
SHORT_HEADINGS = ("theme", "area", "lowest", "highest", "average", "rank", "quartile", "verdict")


def register(app: typer.Typer) -> None:
    @app.command("compare")
    def compare(
        area: Annotated[str, typer.Option("--area", help="name of the area, as in its published result")],
        theme_scores: Annotated[str, typer.Option("--theme-scores", help="safeguarding=75,roh=70,lor=81")],
        as_at: Annotated[datetime, typer.Option("--as-at", formats=["%Y-%m-%d"], help="date of the comparison")],
        framework: Annotated[str, typer.Option("--framework")] = "cci-2009",
        basis: Annotated[Basis, typer.Option("--basis", help="printed tables, or the published rows")] = Basis.PRINTED,
        form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    ) -> None:
        """Compare an area with the lowest, highest and average published by a date."""
        try:
            found = compare_area(area, theme_scores, as_at.date(), framework, basis)
        except ProblemsFound as refused:
            end_with_problems(form, refused.problems)
        if found.value is None:
            end_with_problems(form, found.problems)
        title = f"{area} as at {day_words(as_at.date())}, {basis.value}"
        headings, row = (HEADINGS, _full_row) if form is Format.CSV else (SHORT_HEADINGS, _short_row)
        table = Table(title, headings, map(row, found.value.themes))
        emit(form, found.value.as_dict(), [table], _notes(found.value), found.problems)


def _full_row(theme: ThemeComparison) -> tuple[object, ...]:
    shown = theme.as_dict()
    keys = ("id", "name", "area", "lowest", "lowest_area", "highest", "highest_area", "average", "areas")
    return (*(shown[key] for key in (*keys, "rank", "of", "quartile", "verdict")),)


def _short_row(theme: ThemeComparison) -> tuple[object, ...]:
    standing = theme.standing
    return (
        theme.id,
        "not given" if theme.score is None else f"{whole_percent(theme.score.share)}%",
        _figure(theme.lowest),
        _figure(theme.highest),
        _figure(theme.average),
        f"{standing.rank} of {standing.of}" if standing.rank else "none",
        standing.quartile or "none",
        theme.verdict.value.replace("_", " "),
    )


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return "not known"
    holders = holders_in_words(figure)
    return f"{figure.percent}% ({holders})" if holders else f"{figure.percent}%"


def _notes(comparison: Comparison) -> list[str]:
    """Where each average stood, every reason once, and the caution."""
    where: dict[str, list[str]] = {}
    for theme in comparison.themes:
        if theme.average:
            where.setdefault(f"{words_for(theme.average.published)}, {theme.average.source}", []).append(theme.id)
        if theme.own_score_in_set:
            where.setdefault(theme.own_score_in_set, []).append(theme.id)
    reasons = dict.fromkeys(reason for theme in comparison.themes for reason in theme.reasons)
    return [*(f"{', '.join(themes)}: {source}" for source, themes in where.items()), *reasons, comparison.caution]
