"""`aboveline administrator`: invite the first administrator of a service or programme, and print the link."""

from typing import Annotated

import typer

from aboveline.cli.installation import begin
from aboveline.cli.output import Format, Table, emit, end_with_problems
from aboveline.domain.problems import ProblemKind

NO_SUCH_PLACE = ProblemKind(
    "administrator.no-such-place",
    "There is no service or programme called {slug} here.",
    "Look at its address in the browser, or give --name to add it under this one.",
)
ONE_PLACE = ProblemKind(
    "administrator.one-place",
    "An administrator is invited to one service or to one programme.",
    "Give either --service or --programme.",
)
BAD_NAME = ProblemKind(
    "administrator.bad-name",
    "{given} cannot be used.",
    "Write an address like name@example.gov.uk, and a place in lower case letters, figures and hyphens.",
)
CATALOGUE = (NO_SUCH_PLACE, ONE_PLACE, BAD_NAME)


def register(app: typer.Typer) -> None:
    app.command("administrator")(administrator)


def administrator(
    email: Annotated[str, typer.Argument(help="Whom to invite")],
    service: Annotated[str, typer.Option(help="The service, as its address names it")] = "",
    programme: Annotated[str, typer.Option(help="The programme, as its address names it")] = "",
    name: Annotated[str, typer.Option(help="Add the service or programme under this name where it is not there")] = "",
    framework: Annotated[str, typer.Option(help="Framework of a programme that is added")] = "cci-2009",
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Invite somebody to manage the people of a service or programme, and print the link; it works once, for 7 days."""
    if bool(service) == bool(programme):
        end_with_problems(form, [ONE_PLACE.at()])
    begin()
    _check(form, email, service or programme)
    from aboveline.jobs.inviting import NoSuchPlace, invite_administrator

    try:
        link = invite_administrator(email=email, service=service, programme=programme, name=name, framework=framework)
    except NoSuchPlace as missing:
        end_with_problems(form, [NO_SUCH_PLACE.at(slug=missing)])
    row = {"email": email, "place": service or programme, "link": link}
    table = Table("Open this link to become administrator", ["Address", "Place"], [[email, service or programme]])
    emit(form, row, [table], notes=[link])


def _check(form: Format, email: str, slug: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email, validate_slug

    problems = []
    for check, given in ((validate_email, email), (validate_slug, slug)):
        try:
            check(given)
        except ValidationError:
            problems.append(BAD_NAME.at(given=given))
    if problems:
        end_with_problems(form, problems)
