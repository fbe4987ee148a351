"""`aboveline score`: from a file of judgements to scores with intervals and bands."""

from pathlib import Path
from typing import Annotated

import typer

from aboveline.cli.files import files_or_end
from aboveline.cli.output import Format, Table, emit, end_with_problems
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.score import Score
from aboveline.domain.scoring import InspectionScores
from aboveline.jobs.scoring import JudgementFile, score_file

HEADINGS = (
    "level",
    "id",
    "name",
    "sufficient",
    "applicable",
    "not applicable",
    "not answered",
    "cases",
    "share",
    "percent",
    "low",
    "high",
    "band",
    "no interval because",
    "decided by",
    "questions asked",
    "questions in full",
)
SHORT_HEADINGS = ("", "score", "95% interval", "band", "sufficient", "n/a + blank")
TITLES = {"theme": "Themes", "section": "Sections", "criterion": "Criteria", "question": "Questions"}


def register(app: typer.Typer) -> None:
    @app.command("score")
    def score(
        judgements: Annotated[
            Path, typer.Argument(exists=True, dir_okay=False, help="CSV: case,question,answer[,assessor][,note]")
        ],
        framework: Annotated[str, typer.Option("--framework", help="id of a framework, such as cci-2009")],
        caseload_size: Annotated[
            int | None, typer.Option("--caseload-size", min=1, help="number of all eligible cases, read or not")
        ] = None,
        questions: Annotated[
            str | None,
            typer.Option("--questions", help="ids with commas between: score this short question set only"),
        ] = None,
        form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    ) -> None:
        """Score judgements: questions, criteria, sections and themes."""
        try:
            with files_or_end(form):
                file = JudgementFile.at(judgements, caseload_size)
            found = score_file(file, framework, None if questions is None else questions.split(","))
        except ProblemsFound as refused:
            end_with_problems(form, refused.problems)
        if found.value is None:
            end_with_problems(form, found.problems)
        notes = (f"{found.value.cases} cases assessed.", *found.value.notes)
        emit(form, found.value.as_dict(), _tables(form, found.value), notes, found.problems)


def _tables(form: Format, scores: InspectionScores) -> list[Table]:
    levels = {
        "theme": scores.themes,
        "section": scores.sections,
        "criterion": scores.criteria,
        "question": scores.questions,
    }
    if form is Format.CSV:
        return [Table("Scores", HEADINGS, (_full_row(level, one) for level, group in levels.items() for one in group))]
    return [Table(TITLES[level], SHORT_HEADINGS, map(_short_row, group)) for level, group in levels.items()]


def _full_row(level: str, score: Score) -> tuple[object, ...]:
    limits = (score.interval.low, score.interval.high) if score.interval else (None, None)
    return (
        level,
        score.id,
        str(score.name),
        score.sufficient,
        score.applicable,
        score.not_applicable,
        score.not_answered,
        score.cases,
        None if score.share is None else float(score.share),
        score.percent,
        *limits,
        score.band and score.band.id,
        score.no_interval_reason,
        " ".join(score.decision.lowest) if score.decision else None,
        score.asked,
        score.questions,
    )


def _short_row(score: Score) -> tuple[object, ...]:
    """A row narrow enough for a terminal: limits with one decimal, counts as words, what decided below the name."""
    interval = score.interval
    return (
        _named(score),
        f"{score.percent}%" if score.percent is not None else "not scored" if score.asked else "not asked",
        f"{100 * interval.low:.1f}-{100 * interval.high:.1f}%" if interval else "none",
        score.band and score.band.id,
        f"{score.sufficient} of {score.applicable}",
        f"{score.not_applicable} + {score.not_answered}",
    )


def _named(score: Score) -> str:
    found = [f"{score.id} {score.name}"]
    if score.decision and score.decision.lowest:
        found.append(f"lowest: {', '.join(score.decision.lowest)}")
    if score.asked > 0 and score.partly_asked:
        found.append(f"{score.asked} of {score.questions} questions asked")
    return "; ".join(found)
