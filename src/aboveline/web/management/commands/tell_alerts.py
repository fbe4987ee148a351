"""Send the letters of alerts that could not be sent yet. Run it every minute (cron, a systemd timer)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aboveline.jobs.alerting import tell_again


class Command(BaseCommand):
    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        left, waiting = tell_again()
        self.stdout.write(f"{left} letters left")
        if waiting:
            raise CommandError(f"{waiting} letters still wait: the mail server takes none")
