"""`aboveline report`: a committee report from its file, as DOCX, PDF or HTML."""

from pathlib import Path
from typing import Annotated

import typer

from aboveline.cli.files import bytes_of, files_or_end, write_whole
from aboveline.cli.output import Format, Table, emit, end_with_problems


def register(app: typer.Typer) -> None:
    app.command("report")(report)


def report(
    file: Annotated[Path, typer.Argument(help="The report as YAML.", exists=True, dir_okay=False, readable=True)],
    out: Annotated[Path, typer.Option("--out", help="Where to write it: .docx, .pdf or .html.")],
    form: Annotated[Format, typer.Option("--format", help="How to print the outcome.")] = Format.TABLE,
) -> None:
    """Build a committee report, or say everything that keeps it from being built."""
    from aboveline.jobs.report_figures import published_figures
    from aboveline.jobs.reports import FORMATS, open_report, render_report

    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise typer.BadParameter(f"use one of {', '.join(FORMATS)}", param_hint="--out")
    if not out.parent.is_dir():
        raise typer.BadParameter("that folder does not exist", param_hint="--out")
    opened = open_report(bytes_of(form, file), file=file.name, source=published_figures())
    if opened.value is None:
        end_with_problems(form, opened.problems)
    made = render_report(opened.value.outline, ending)
    if made.value is None:
        end_with_problems(form, (*opened.problems, *made.problems))
    with files_or_end(form):
        write_whole(out, made.value)
    row = {
        "title": opened.value.outline.title,
        "status": str(opened.value.report.status),
        "out": str(out),
        "bytes": len(made.value),
        "warnings": len(opened.problems),
    }
    emit(form, {"report": row}, [Table("Report", list(row), [list(row.values())])], warnings=opened.problems)
