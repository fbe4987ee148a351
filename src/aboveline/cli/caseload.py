"""`aboveline caseload check FILE | blank --out FILE`: whether a case list can be used; an empty one to fill in."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from aboveline.cli.files import bytes_of, files_or_end
from aboveline.cli.output import Format, Table, emit, end_with_problems
from aboveline.domain.caseload import Caseload, Eligibility, eligible, natural_as_at
from aboveline.domain.dates import day_words
from aboveline.domain.draw_problems import AS_AT_ASSUMED
from aboveline.domain.framework import Framework
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.sample_size import Precision, precision_table
from aboveline.jobs import caseloads, frameworks


def _of_an_order(day: datetime | None) -> datetime | None:
    """The date where orders of a case list could lie before it. Raises typer.BadParameter (usage, exit 2) otherwise."""
    if day and not 2000 <= day.year <= 2100:
        raise typer.BadParameter("give a date from 2000 to 2100")
    return day


FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A case list: CSV, XLSX or ODS.")
]
FrameworkOption = Annotated[str, typer.Option("--framework", metavar="ID", help="The framework whose rules apply.")]
AsAtOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-at",
        metavar="DATE",
        formats=["%Y-%m-%d"],
        callback=_of_an_order,
        help="The date of eligibility, as 2010-06-01.",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print the result.")]


def register(app: typer.Typer) -> None:
    """Add the verb `caseload` with its commands."""
    group = typer.Typer(no_args_is_help=True, help="Case lists: check one, or make a blank one.")
    group.command("check")(check)
    group.command("blank")(blank)
    app.add_typer(group, name="caseload")


def check(
    file: FileArgument,
    framework: FrameworkOption = "cci-2009",
    as_at: AsAtOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Check a case list: every problem at once, who is eligible, and what precision a size of sample buys."""
    rules = framework_or_end(form, framework)
    read = caseloads.read_case_list(bytes_of(form, file), rules, file=file.name)
    if read.value is None:
        end_with_problems(form, read.problems)
    caseload = read.value
    day = as_at.date() if as_at else natural_as_at(caseload, rules, datetime.now(tz=UTC).date())
    found = eligible(caseload, rules, day)
    sizes = precision_table(len(found.entries), rules.sample.typical_sizes) if found.entries else ()
    document = {
        "file": file.name,
        "framework": rules.id,
        "cases": len(caseload.entries),
        "digest": caseload.digest,
        "eligibility": eligibility_document(found),
        "precision": [precision_document(row) for row in sizes],
    }
    tables = [_by_type(caseload, found, rules), _excluded(found), _precision(sizes)]
    assumed = [] if as_at else [AS_AT_ASSUMED.at(as_at=day)]
    emit(form, document, tables, _notes(found), [*read.problems, *assumed])


def blank(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", dir_okay=False, help="Where to write: .xlsx or .csv.")],
    framework: FrameworkOption = "cci-2009",
    form: FormatOption = Format.TABLE,
) -> None:
    """Write a blank case list with the headings and, in a workbook, the codes."""
    rules = framework_or_end(form, framework)
    kind = out.suffix.lower().lstrip(".")
    if kind not in caseloads.BLANK_KINDS:
        raise typer.BadParameter("The name must end in .xlsx or .csv.", param_hint="--out")
    with files_or_end(form):
        out.write_bytes(caseloads.blank_case_list(rules, kind))
    emit(
        form,
        {"out": str(out), "framework": rules.id},
        [Table("Blank case list", ["written to"], [[out]])],
        [f"Written to {out}."],
    )


def framework_or_end(form: Format, framework: str) -> Framework:
    try:
        return frameworks.load_framework(framework)
    except ProblemsFound as error:
        end_with_problems(form, error.problems)


def eligibility_document(found: Eligibility) -> dict[str, object]:
    return {
        "as_at": found.as_at.isoformat(),
        "earliest_start": found.earliest_start.isoformat(),
        "latest_start": found.latest_start.isoformat(),
        "eligible": len(found.entries),
        "exclusions": [
            {"reason": x.reason, "words": x.words, "count": x.count, "case_refs": list(x.case_refs)}
            for x in found.exclusions
        ],
    }


def precision_document(row: Precision) -> dict[str, object]:
    return {
        "size": row.size,
        "share_of_caseload": row.share_of_caseload,
        "case_margin": row.case_margin,
        "score_margin": row.score_margin,
    }


def _by_type(caseload: Caseload, found: Eligibility, rules: Framework) -> Table:
    listed = [e.order_type for e in caseload.entries]
    kept = [e.order_type for e in found.entries]
    rows = [[o.name, listed.count(o.id), kept.count(o.id)] for o in rules.order_types if o.id in listed]
    return Table("Cases", ["order type", "listed", "eligible"], [*rows, ["all", len(listed), len(kept)]])


def _excluded(found: Eligibility) -> Table:
    def in_words(text: str) -> str:
        for day in (found.earliest_start, found.latest_start):
            text = text.replace(day.isoformat(), day_words(day))
        return text

    return Table("Not eligible", ["reason", "cases"], [[in_words(x.words), x.count] for x in found.exclusions])


def _precision(rows: tuple[Precision, ...]) -> Table:
    def points(share: float | None) -> str:
        return "" if share is None else f"± {share * 100:.1f}"

    cells = [[r.size, f"{r.share_of_caseload:.0%}", points(r.case_margin), points(r.score_margin)] for r in rows]
    headings = ["cases", "of the eligible", "a fact about cases, 80% (points)", "a score, 95% (points, assumed)"]
    return Table("What a size buys", headings, cells)


def _notes(found: Eligibility) -> list[str]:
    as_at, earliest, latest = map(day_words, (found.as_at, found.earliest_start, found.latest_start))
    return [
        f"Eligible as at {as_at}: orders that started from {earliest} to {latest}.",
        "The margin of a score assumes a design effect of 3 and 15 applicable judgements a case; neither is measured.",
    ]
