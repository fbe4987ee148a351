"""`aboveline audit verify`: read the whole audit chain of an installation and name the first event that is wrong."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import aboveline
from aboveline.cli.output import Format, Table, emit, end_with_problems
from aboveline.domain.problems import Place, Problem, ProblemKind

if TYPE_CHECKING:
    from aboveline.records.audit import Verdict

NO_DATABASE = ProblemKind(
    "audit.no-database",
    "There is no Aboveline database in {folder}.",
    "Name the folder that holds aboveline.sqlite3 with --home, or in ABOVELINE_HOME.",
)
BROKEN_CHAIN = ProblemKind(
    "audit.broken-chain",
    "The audit trail in {folder} is not whole: {why}.",
    "Treat what was recorded from this event on as unproven; compare with a backup and printed chain heads.",
)
UNREADABLE_DATABASE = ProblemKind(
    "audit.unreadable-database",
    "The database in {folder} cannot be read: {why}.",
    "Check that aboveline.sqlite3 is Aboveline's own and that `aboveline` has been started there once.",
)
CATALOGUE = (NO_DATABASE, BROKEN_CHAIN, UNREADABLE_DATABASE)

DATABASE = "aboveline.sqlite3"
#: what `./run demo` and `./run serve` keep their data in
HOMES = ("var/demo", "var/local")
#: the checkout that src/aboveline stands in
ROOT = Path(aboveline.__file__).resolve().parents[2]


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(help="The audit trail of an installation.", no_args_is_help=True)
    verbs.command("verify")(verify)
    app.add_typer(verbs, name="audit")


def verify(
    home: Annotated[
        Path | None,
        typer.Option(help="Folder that holds the database; without it ABOVELINE_HOME, else var/demo and var/local"),
    ] = None,
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Check that no event was changed, moved, taken away or cut off the end."""
    folders = [home.resolve()] if home else usual_homes()
    missing = [folder for folder in folders if not (folder / DATABASE).is_file()]
    if missing:
        end_with_problems(form, [NO_DATABASE.at(Place(path=str(f)), folder=f) for f in missing])
    found = [_examine(folder) for folder in folders]
    problems = [problem for _, problem in found if problem]
    rows = [row for row, _ in found]
    title = "The audit trail is not whole" if problems else "The audit trail is whole"
    table = Table(title, ["Folder", "Whole", "Events", "Chain head"], [_cells(row) for row in rows])
    emit(form, {"sound": not problems, "installations": rows}, [table], warnings=problems)
    if problems:
        raise typer.Exit(1)


def usual_homes(roots: Sequence[Path] | None = None) -> list[Path]:
    """ABOVELINE_HOME, else every installation under var/ of the checkout, else of the current folder, else var."""
    if given := os.environ.get("ABOVELINE_HOME"):
        return [Path(given).resolve()]
    for root in roots or (ROOT, Path.cwd()):
        if present := [root / home for home in HOMES if (root / home / DATABASE).is_file()]:
            return present
    return [(roots or (ROOT,))[0] / "var"]


def _examine(folder: Path) -> tuple[dict[str, object], Problem | None]:
    """What there is to say of one installation, and the problem where its trail is not whole or not readable."""
    from django.db import DatabaseError

    try:
        verdict = _verdict(folder)
    except DatabaseError as error:
        row = {"home": str(folder), "sound": False, "events": None, "head": None}
        return row, UNREADABLE_DATABASE.at(Place(path=str(folder)), folder=folder, why=error)
    row = {"home": str(folder), "sound": verdict.sound, "events": verdict.events, "head": verdict.head}
    if verdict.sound:
        return row, None
    return row, BROKEN_CHAIN.at(Place(path=str(folder), row=verdict.first_bad), folder=folder, why=verdict.why)


def _verdict(folder: Path) -> "Verdict":
    """Read the chain of one folder. Raises DatabaseError where its database cannot be read."""
    os.environ["ABOVELINE_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aboveline.config.settings.local")
    import django
    from django.db import connection

    django.setup()
    from aboveline.records.audit import verify as verify_chain

    # Settings are read once in a process; the second installation has only its database changed.
    connection.close()
    connection.settings_dict["NAME"] = folder / DATABASE
    try:
        return verify_chain()
    finally:
        connection.close()


def _cells(row: dict[str, object]) -> list[object]:
    return [row["home"], "yes" if row["sound"] else "no", row["events"], row["head"]]
