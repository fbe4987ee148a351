"""`aboveline audit`: read an installation's whole audit chain and name the first event that is wrong; note its head
down apart from the database."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

import aboveline
from aboveline.cli.output import Format, Table, emit, end_with_problems, first_line
from aboveline.domain.problems import Place, Problem, ProblemKind, Severity

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
    "Check that it is Aboveline's own, that it can be reached, and that it was migrated by this version.",
)
NO_ANCHORS = ProblemKind(
    "audit.no-anchors",
    "No heads of the chain were noted down at the place ABOVELINE_ANCHOR names.",
    "If some were there before, compare with printed chain heads. `aboveline audit anchor` notes one down now.",
    Severity.WARNING,
)
UNREADABLE_ANCHORS = ProblemKind(
    "audit.unreadable-anchors",
    "The heads noted down apart from the database cannot be read: {why}.",
    "Somebody changed them, or the disk did. Compare the chain with printed heads.",
)
NO_PLACE = ProblemKind(
    "audit.no-place",
    "There is no place to note the head down: {why}.",
    "Name a file or folder, best on another volume, in ABOVELINE_ANCHOR, which this account may write to.",
)
CATALOGUE = (NO_DATABASE, BROKEN_CHAIN, UNREADABLE_DATABASE, NO_ANCHORS, UNREADABLE_ANCHORS, NO_PLACE)

DATABASE = "aboveline.sqlite3"
HOME = typer.Option(
    help="Folder that holds the database; without it DATABASE_URL, ABOVELINE_HOME, else var/demo and var/local"
)
#: what `./run demo` and `./run serve` keep their data in
HOMES = ("var/demo", "var/local")
#: the checkout that src/aboveline stands in
ROOT = Path(aboveline.__file__).resolve().parents[2]


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(help="The audit trail of an installation.", no_args_is_help=True)
    verbs.command("verify")(verify)
    verbs.command("anchor")(anchor)
    app.add_typer(verbs, name="audit")


def verify(
    home: Annotated[Path | None, HOME] = None, form: Annotated[Format, typer.Option("--format")] = Format.TABLE
) -> None:
    """Check that no event was changed, moved, taken away or cut off the end.

    With ABOVELINE_ANCHOR the chain must also pass through every head that was noted down there.
    """
    found = [_examine(installation) for installation in _installations(home, form)]
    problems = [problem for _, problem in found if problem]
    rows = [row for row, _ in found]
    sound = all(row["sound"] for row in rows)
    title = "The audit trail is whole" if sound else "The audit trail is not whole"
    table = Table(title, ["Folder", "Whole", "Events", "Chain head"], [_cells(row) for row in rows])
    emit(form, {"sound": sound, "installations": rows}, [table], warnings=problems)
    if not sound:
        raise typer.Exit(1)


def anchor(
    home: Annotated[Path | None, HOME] = None, form: Annotated[Format, typer.Option("--format")] = Format.TABLE
) -> None:
    """Note the head of the chain down at the place ABOVELINE_ANCHOR names: sequence, hash and time."""
    from django.db import DatabaseError

    installation = _installations(home, form)[0]
    _open(installation)
    from aboveline.records.audit import head
    from aboveline.records.audit_anchors import add_anchor

    try:
        noted = add_anchor(*head())
    except DatabaseError as error:
        end_with_problems(form, [_unreadable(installation, error)])
    except OSError as error:
        end_with_problems(form, [NO_PLACE.at(why=error.strerror or error)])
    row = {"sequence": noted.sequence, "hash": noted.hash, "at": noted.at}
    emit(form, row, [Table("The head that was noted down", ["Event", "Chain head", "At"], [list(row.values())])])


def _installations(home: Path | None, form: Format) -> Sequence[Path | None]:
    """The folders to look at, or the one database that DATABASE_URL names (None); a folder asked for goes first.

    Ends with a problem where a folder has no database.
    """
    if home is None and os.environ.get("DATABASE_URL"):
        return [None]
    folders = [home.resolve()] if home else usual_homes()
    missing = [folder for folder in folders if not (folder / DATABASE).is_file()]
    if missing:
        end_with_problems(form, [NO_DATABASE.at(Place(path=str(f)), folder=f) for f in missing])
    return folders


def usual_homes(roots: Sequence[Path] | None = None) -> list[Path]:
    """ABOVELINE_HOME, else every installation under var/ of the checkout, else of the current folder, else var."""
    if given := os.environ.get("ABOVELINE_HOME"):
        return [Path(given).resolve()]
    for root in roots or (ROOT, Path.cwd()):
        if present := [root / home for home in HOMES if (root / home / DATABASE).is_file()]:
            return present
    return [(roots or (ROOT,))[0] / "var"]


def _examine(installation: Path | None) -> tuple[dict[str, object], Problem | None]:
    """What there is to say of one installation, and the problem where its trail is not whole or not readable."""
    _open(installation)
    from django.db import DatabaseError

    from aboveline.records.audit import verify as verify_chain
    from aboveline.records.audit_anchors import UnreadableAnchors, noted_anchors

    name = _name(installation)
    unsound = {"home": name, "sound": False, "events": None, "head": None}
    try:
        anchors = noted_anchors()
        verdict = verify_chain(anchors or ())
    except DatabaseError as error:
        return unsound, _unreadable(installation, error)
    except UnreadableAnchors as error:
        return unsound, UNREADABLE_ANCHORS.at(Place(path=name), why=error)
    row = {"home": name, "sound": verdict.sound, "events": verdict.events, "head": verdict.head}
    if not verdict.sound:
        return row, BROKEN_CHAIN.at(Place(path=name, row=verdict.first_bad), folder=name, why=verdict.why)
    return row, NO_ANCHORS.at(Place(path=name)) if anchors == [] else None


def _open(installation: Path | None) -> None:
    """Make an installation's database the one that is read."""
    if installation is not None:
        os.environ.pop("DATABASE_URL", None)
        os.environ["ABOVELINE_HOME"] = str(installation)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aboveline.config.settings.local")
    import django
    from django.db import connection

    django.setup()
    connection.close()
    if installation is not None:
        # Settings are read once in a process; a second installation has only its database changed.
        connection.settings_dict["NAME"] = installation / DATABASE


def _name(installation: Path | None) -> str:
    return str(installation) if installation else "PostgreSQL"


def _unreadable(installation: Path | None, error: Exception) -> Problem:
    name = _name(installation)
    return UNREADABLE_DATABASE.at(Place(path=name), folder=name, why=first_line(error))


def _cells(row: dict[str, object]) -> list[object]:
    return [row["home"], "yes" if row["sound"] else "no", row["events"], row["head"]]
