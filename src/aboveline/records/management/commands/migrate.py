"""Django's `migrate`, by one process at a time; on PostgreSQL the application's rights are then given anew."""

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import connections

from aboveline.records.database.grants import give_rights
from aboveline.records.database.turns import one_at_a_time


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with one_at_a_time(connection, self.stderr.write):
            super().handle(*args, **options)
            if connection.vendor == "postgresql" and settings.APPLICATION_ROLE:
                give_rights(connection, settings.APPLICATION_ROLE)
