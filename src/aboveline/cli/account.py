"""`aboveline account`: what whoever runs an installation does for an account that pages cannot help."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from aboveline.cli.installation import begin
from aboveline.cli.output import Format, Table, emit, end_with_problems
from aboveline.domain.problems import ProblemKind

if TYPE_CHECKING:
    from aboveline.records.models import User

NO_ACCOUNT = ProblemKind(
    "account.none",
    "There is no account with the address {email}.",
    "Check the spelling; people and their addresses are on each service's page of people.",
)
CATALOGUE = (NO_ACCOUNT,)

Email = Annotated[str, typer.Argument(help="The address that the person signs in with")]
Form = Annotated[Format, typer.Option("--format")]


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(help="One account: let it sign in or not, end its sessions.", no_args_is_help=True)
    for verb in (disable, enable, sign_out, new_second_factor):
        verbs.command(verb.__name__.replace("_", "-"))(verb)
    app.add_typer(verbs, name="account")


def disable(email: Email, form: Form = Format.TABLE) -> None:
    """Let nobody sign in to the account; whoever is signed in is out at once. Roles stay as they are."""
    begin()
    from aboveline.records.actions.accounts import disable_account

    _do(email, form, "disabled", lambda user: disable_account(user=user, by=None))


def enable(email: Email, form: Form = Format.TABLE) -> None:
    """Let a disabled account sign in again."""
    begin()
    from aboveline.records.actions.accounts import enable_account

    _do(email, form, "enabled", lambda user: enable_account(user=user, by=None))


def sign_out(email: Email, form: Form = Format.TABLE) -> None:
    """End every session of the account."""
    begin()
    from aboveline.records.actions.accounts import end_sessions

    _do(email, form, "signed out", lambda user: end_sessions(user=user, by=None))


def new_second_factor(email: Email, form: Form = Format.TABLE) -> None:
    """Take the second factor away from somebody who lost their phone and their codes; they set up another.

    Make sure first, by voice or in person, that it is they who ask.
    """
    begin()
    from aboveline.records.actions.second_factor import take_second_factor_away

    _do(email, form, "asked for a new second factor", lambda user: take_second_factor_away(user=user, by=None))


def _do(email: str, form: Format, words: str, act: "Callable[[User], object]") -> None:
    from aboveline.records.queries.accounts import user_by_email

    user = user_by_email(email)
    if user is None:
        end_with_problems(form, [NO_ACCOUNT.at(email=email)])
    act(user)
    emit(form, {"email": user.email, "done": words}, [Table("Account", ["Address", "Is now"], [[user.email, words]])])
