"""Make an installation ready and say where to look: migrate, gather static files, load the demonstration if asked."""

import secrets
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from aboveline.jobs.database_fitness import UnfitDatabase, database_words, refuse_unfit_database
from aboveline.jobs.demonstration import PASSWORD, SIGN_IN, demonstration_is_loaded, load_demonstration
from aboveline.jobs.first_service import nobody_yet, open_first_service


def only_for_owner(home: Path) -> None:
    """Make the folder (700) and what earlier versions left in it (600) the owner's alone. A shared folder keeps its own
    mode."""
    home.mkdir(parents=True, exist_ok=True)
    if not home.stat().st_mode & stat.S_ISVTX:
        home.chmod(0o700)
    for file in (home / "secret-key", *home.glob("aboveline.sqlite3*")):
        if file.is_file() and not file.is_symlink():
            file.chmod(0o600)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demonstration", action="store_true")
        parser.add_argument("--port", default="8000")
        parser.add_argument("--email", help="Your own address, for the first sign-in of an empty installation")
        parser.add_argument("--service", help="Name of your service, for an empty installation")

    def handle(self, *args: Any, **options: Any) -> None:
        only_for_owner(settings.HOME)
        try:
            warnings = refuse_unfit_database()
        except UnfitDatabase as error:
            raise CommandError(str(error)) from None
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        lines = [*self.prepare(options), *warnings]
        if "console" in settings.EMAIL_BACKEND:
            lines.append("Letters          are printed here: no mail server is named.")
        self.stdout.write("\n".join(["", f"Aboveline is at  http://localhost:{options['port']}", *lines]))
        self.stdout.write(f"Database: {database_words()}\nPress Ctrl-C to stop.\n")
        self.stdout.flush()

    def prepare(self, options: dict[str, Any]) -> list[str]:
        if options["demonstration"]:
            return self.demonstration()
        return self.own_service(options)

    def demonstration(self) -> list[str]:
        if not demonstration_is_loaded():
            self.stdout.write("Loading the demonstration: two inspections of made-up cases ...")
            load_demonstration(say=self.stdout.write)
        return [
            f"Sign in with     {SIGN_IN}   password  {PASSWORD}",
            "With it also     lead.inspector@example.org, who leads a fieldwork week; neighbour.head@example.org,",
            "                 head of the service inspected; programme.administrator@example.org, who sets it up.",
            "Look first at    the service's page, then the September 2010 re-inspection:",
            "                 a theme, its weakest criterion, a question, a case - and back up.",
            "                 Cases are made up; only the three themes' percentages were published.",
        ]

    def own_service(self, options: dict[str, Any]) -> list[str]:
        if not nobody_yet():
            return []
        if not options["email"] or not options["service"]:
            return [
                "Nobody can sign in yet. Stop this and start it once with your address and your service's name:",
                '  ./run serve --email you@example.gov.uk --service "Exampleshire Youth Justice Service"',
            ]
        password = secrets.token_urlsafe(12)
        open_first_service(email=options["email"], service=options["service"], password=password)
        return [f"Sign in with     {options['email']}   password  {password}   (shown only now)"]
