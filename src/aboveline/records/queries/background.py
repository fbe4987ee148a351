"""The queue of background work, as the library keeps it."""

from django_tasks_db.models import DBTaskResult


def work_waits() -> bool:
    """Whether a task can be taken up now. (The library's worker would ask by opening a transaction that may write.)"""
    return bool(DBTaskResult.objects.ready().exists())
