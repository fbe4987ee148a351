"""`aboveline sample FILE ...`: draw cases from a case list, or with --verify draw again and compare."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from aboveline.cli.caseload import AsAtOption, FileArgument, FormatOption, framework_or_end
from aboveline.cli.files import bytes_of
from aboveline.cli.output import Format, Table, emit, end_with_problems
from aboveline.domain.caseload import Caseload
from aboveline.domain.framework import Framework
from aboveline.domain.problems import Problem
from aboveline.domain.sampling import Method, balance_table
from aboveline.jobs import caseloads, sampling


def register(app: typer.Typer) -> None:
    """Add the verb `sample`."""
    app.command("sample")(sample)


def sample(
    file: FileArgument,
    framework: Annotated[str, typer.Option("--framework", metavar="ID", help="The framework whose rules apply.")],
    size: Annotated[int | None, typer.Option("--size", metavar="N", help="How many cases to draw.")] = None,
    seed: Annotated[str | None, typer.Option("--seed", metavar="S", help="Any text or number, settled before.")] = None,
    method: Annotated[Method, typer.Option("--method", help="How to draw.")] = Method.CUBE,
    as_at: AsAtOption = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", file_okay=False, help="Where to write.")] = None,
    verify: Annotated[
        Path | None,
        typer.Option(metavar="CERTIFICATE", exists=True, dir_okay=False, help="Draw again as this says, and compare."),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Draw a sample and its reserves: sample.csv, reserves.csv and certificate.json in DIR."""
    rules = framework_or_end(form, framework)
    read = caseloads.read_case_list(bytes_of(form, file), rules, file=file.name)
    if read.value is None:
        end_with_problems(form, read.problems)
    if verify is not None:
        _verify(form, verify, read.value, rules)
        return
    if size is None or seed is None or out is None:
        raise typer.BadParameter("A draw needs all three.", param_hint="--size, --seed, --out")
    drawn = sampling.draw_sample(
        read.value,
        rules,
        size=size,
        seed=seed,
        method=method,
        as_at=as_at.date() if as_at else None,
        today=datetime.now(tz=UTC).date(),
    )
    if drawn.value is None:
        end_with_problems(form, [*read.problems, *drawn.problems])
    written = sampling.write_draw(drawn.value, out)
    if written.value is None:
        end_with_problems(form, written.problems)
    _show(form, drawn.value, out, [*read.problems, *drawn.problems, *written.problems])


def _show(form: Format, sample: sampling.DrawnSample, out: Path, problems: list[Problem]) -> None:
    rows = [
        [r.variable, r.category, r.caseload, f"{r.caseload_share:.0%}", r.sample, f"{r.sample_share:.0%}"]
        for r in balance_table(sample.eligibility.entries, sample.drawn.case_refs)
    ]
    document = {**sample.certificate, "files": sorted(sample.files())}
    title = f"{sample.drawn.size} of {sample.drawn.population} eligible cases ({sample.drawn.method})"
    table = Table(title, ["variable", "category", "caseload", "%", "sample", "%"], rows)
    reserves = f"{len(sample.drawn.reserves)} reserves, in order."
    emit(form, document, [table], [f"Written to {out}: {', '.join(sorted(sample.files()))}. {reserves}"], problems)


def _verify(form: Format, certificate: Path, caseload: Caseload, rules: Framework) -> None:
    """Say whether drawing again gives the certificate's sample; end with problems where it does not."""
    again = sampling.check_draw(bytes_of(form, certificate), caseload, rules, file=certificate.name)
    if again.value is None:
        end_with_problems(form, again.problems)
    drawn = again.value
    row = [drawn.method, drawn.size, drawn.population, drawn.seed, "yes"]
    table = Table("The same sample and reserves were drawn again", ["method", "size", "of", "seed", "agrees"], [row])
    document = {"agrees": True, "method": drawn.method, "size": drawn.size, "sample": list(drawn.case_refs)}
    emit(form, document, [table], warnings=again.problems)
