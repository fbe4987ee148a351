"""The worker: works off what is in the queue, and looks after letters whose task was lost.

Several may run at once. One that is killed loses nothing: what it had in hand is found again (domain/letters).
"""

import logging
import os
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from aboveline.jobs.letters import send_lost
from aboveline.records.actions.background import clear_queue, forget_what_failed
from aboveline.records.actions.letters import erase_letters
from aboveline.records.queries.background import work_waits

LOGGER = logging.getLogger(__name__)
#: seconds between two looks at the queue, and before the next where the database is away
PAUSE, LONG_PAUSE = 1.0, 5.0
LOOK_AFTER_EVERY, TIDY_EVERY = timedelta(seconds=15), timedelta(hours=1)
#: how long a task that ended, and a letter about a password, are kept
KEPT = timedelta(days=7)


class _Worker(Worker):
    """The library's worker, until the queue is empty; errors are kept by their kind only."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, backend_name="default",
            startup_delay=False, max_tasks=None, worker_id=f"{os.getpid()}",
        )  # fmt: skip

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        super().run_task(db_task_result)
        forget_what_failed(task=db_task_result.pk, by=None)


def work_off() -> None:
    """Do all that can be done now, and come back."""
    now = timezone.now()
    send_lost(now)
    _Worker().run()


def work(*, parent: int | None) -> None:
    """Work until told to stop (SIGTERM, Ctrl-C), or until the `parent` that started this process has ended."""
    worker = _Worker()
    worker.configure_signals()
    looked = tidied = datetime.min.replace(tzinfo=timezone.get_current_timezone())
    while worker.running and parent in {None, os.getppid()}:
        now, pause = timezone.now(), PAUSE
        try:
            if now - looked >= LOOK_AFTER_EVERY:
                send_lost(now)
                looked = now
            if now - tidied >= TIDY_EVERY:
                _tidy()
                tidied = now
            if work_waits():
                worker.run()
        except (OperationalError, InterfaceError) as error:
            LOGGER.warning("the queue cannot be read: %s", type(error).__name__)
            connection.close()
            pause = LONG_PAUSE
        if worker.running:
            time.sleep(pause)


def _tidy() -> None:
    clear_queue(older_than=KEPT, by=None)
    erase_letters(settled_before=KEPT, by=None)
