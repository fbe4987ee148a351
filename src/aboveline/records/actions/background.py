"""Keep the queue of background work free of what it need not hold. What is done in it has its events elsewhere."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aboveline.records.models import User


@transaction.atomic
def forget_what_failed(*, task: UUID, by: User | None) -> None:
    """Take away the words of an error, which can repeat what was written to whom; its kind stays."""
    DBTaskResult.objects.filter(pk=task).exclude(traceback="").update(traceback="")


@transaction.atomic
def clear_queue(*, older_than: timedelta, by: User | None) -> None:
    """Delete tasks that ended so long ago, and those whose worker was killed in them."""
    before = timezone.now() - older_than
    DBTaskResult.objects.filter(Q(finished_at__lt=before) | Q(finished_at=None, started_at__lt=before)).delete()
