"""Do the work that nobody waits for: send letters, and try again those that could not be sent. Runs until stopped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from aboveline.jobs.working import work, work_off


class Command(BaseCommand):
    help = __doc__
    # They would load every page, and the server beside has run them.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what can be done now, and end")
        parser.add_argument("--parent", type=int, help="The process that started this one: end when it ends")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            work_off()
        else:
            work(parent=options["parent"])
