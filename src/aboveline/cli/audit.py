"""`aboveline audit verify`: read the whole audit chain of an installation and name the first event that is wrong."""

import os
from pathlib import Path
from typing import Annotated

import typer

from aboveline.cli.output import Format, Table, emit, end_with_problems
from aboveline.domain.problems import Place, ProblemKind

NO_DATABASE = ProblemKind(
    "audit.no-database",
    "There is no Aboveline database in {folder}.",
    "Name the folder that holds aboveline.sqlite3 with --home, or in ABOVELINE_HOME.",
)
BROKEN_CHAIN = ProblemKind(
    "audit.broken-chain",
    "The audit trail is not whole: {why}.",
    "Treat what was recorded from this event on as unproven; compare with a backup and printed chain heads.",
)
UNREADABLE_DATABASE = ProblemKind(
    "audit.unreadable-database",
    "The database in {folder} cannot be read: {why}.",
    "Check that aboveline.sqlite3 is Aboveline's own and that `aboveline` has been started there once.",
)
CATALOGUE = (NO_DATABASE, BROKEN_CHAIN, UNREADABLE_DATABASE)


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(help="The audit trail of an installation.", no_args_is_help=True)
    verbs.command("verify")(verify)
    app.add_typer(verbs, name="audit")


def verify(
    home: Annotated[Path | None, typer.Option(help="Folder that holds the database")] = None,
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Check that no event was changed, moved, taken away or cut off the end."""
    folder = home or _usual_home()
    if not (folder / "aboveline.sqlite3").is_file():
        end_with_problems(form, [NO_DATABASE.at(Place(path=str(folder)), folder=folder)])
    verdict = _verdict(form, folder)
    if not verdict.sound:
        end_with_problems(form, [BROKEN_CHAIN.at(Place(row=verdict.first_bad), why=verdict.why)])
    document = {"sound": True, "events": verdict.events, "head": verdict.head}
    rows = [[verdict.events, verdict.head]]
    emit(form, document, [Table("The audit trail is whole", ["Events", "Chain head"], rows)])


def _usual_home() -> Path:
    if given := os.environ.get("ABOVELINE_HOME"):
        return Path(given)
    demonstration = Path("var/demo")
    return demonstration if demonstration.exists() else Path("var/local")


def _verdict(form: Format, folder: Path):  # type: ignore[no-untyped-def]
    os.environ["ABOVELINE_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aboveline.config.settings.local")
    import django

    django.setup()
    from django.db import DatabaseError

    from aboveline.records.audit import verify as verify_chain

    try:
        return verify_chain()
    except DatabaseError as error:
        end_with_problems(form, [UNREADABLE_DATABASE.at(Place(path=str(folder)), folder=folder, why=error)])
