"""`aboveline database`: is the database fit to hold case records, and what may the application do in it?"""

import os
from typing import Annotated

import typer

from aboveline.cli.output import Format, Table, emit, end_with_problems, first_line


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(help="The database of an installation, by DATABASE_URL.", no_args_is_help=True)
    verbs.command("check")(check)
    verbs.command("grant")(grant)
    app.add_typer(verbs, name="database")


def check(form: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """Ask the server for its version and its settings, and say what would lose or endanger records."""
    _begin()
    from django.db import DatabaseError

    from aboveline.domain.problems import Severity
    from aboveline.jobs.database_fitness import UNREACHABLE, database_faults, database_words, tables_missing

    try:
        words, faults = database_words(), [*database_faults(), *tables_missing()]
    except DatabaseError as error:
        end_with_problems(form, [UNREACHABLE.at(why=first_line(error))])
    if any(fault.severity is Severity.ERROR for fault in faults):
        end_with_problems(form, faults)
    table = Table("The database", ["Database", "Fit"], [[words, "yes"]])
    emit(form, {"database": words, "fit": True}, [table], warnings=faults)


def grant(
    role: Annotated[str, typer.Argument(help="The role that the application signs in with")],
    only_print: Annotated[bool, typer.Option("--print", help="Print the SQL and change nothing")] = False,
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Give a role just what the application needs, as the owner of the tables in DATABASE_URL.

    It can then neither change nor delete audit events, whatever SQL is sent with its password.
    """
    _begin()
    from django.db import DatabaseError, connection

    from aboveline.jobs.database_fitness import NOT_POSTGRESQL, UNFIT_ROLE
    from aboveline.records.database.grants import UnfitRole, give_rights, statements

    if connection.vendor != "postgresql":
        end_with_problems(form, [NOT_POSTGRESQL.at()])
    try:
        wanted = [f"{statement};" for statement in statements(connection, role)]
        if only_print:
            typer.echo("\n".join(wanted))
            return
        give_rights(connection, role)
    except (UnfitRole, DatabaseError) as error:
        end_with_problems(form, [UNFIT_ROLE.at(why=first_line(error))])
    table = Table(f"Rights given to {role}", ["Statement"], [[one] for one in wanted])
    emit(form, {"role": role, "statements": wanted}, [table])


def _begin() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aboveline.config.settings.local")
    import django

    django.setup()
