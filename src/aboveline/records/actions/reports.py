"""Create and change a committee report's text."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from aboveline.records.actions.saving import Stale
from aboveline.records.audit import Happened, record
from aboveline.records.models import Report, Service, User


@transaction.atomic
def add_report(*, service: Service, title: str, document: str, by: User) -> Report:
    report = Report.objects.create(
        service=service, title=title, document=document, changed_by=by, changed_at=timezone.now()
    )
    values = {"title": title, "document": document}
    record([Happened("report.added", report, values, service_id=service.pk)], by=by)
    return report


@transaction.atomic
def save_report(*, report: Report, title: str, document: str, expected_version: int, by: User) -> Report:
    """Save a newer text. Raises Stale, carrying the newest, where someone saved meanwhile."""
    values = {"title": title, "document": document}
    newest = _next_version(report, values, expected_version, by)
    record([Happened("report.saved", newest, values, service_id=newest.service_id)], by=by)
    return newest


@transaction.atomic
def bind_report(*, report: Report, document: str, expected_version: int, by: User) -> Report:
    """Save a text that differs in what its figures are pinned to: an act of its own on the trail. Raises Stale."""
    values = {"document": document}
    newest = _next_version(report, values, expected_version, by)
    record([Happened("report.bound", newest, values, service_id=newest.service_id)], by=by)
    return newest


def _next_version(report: Report, values: Mapping[str, str], expected_version: int, by: User) -> Report:
    newest = Report.objects.select_for_update().get(pk=report.pk)
    if newest.version != expected_version:
        raise Stale(newest)
    for field, value in values.items():
        setattr(newest, field, value)
    newest.version += 1
    newest.changed_by, newest.changed_at = by, timezone.now()
    newest.save()
    return newest


@transaction.atomic
def note_report_downloaded(*, report: Report, form: str, by: User) -> None:
    """The report was handed out as a file, of this version."""
    values = {"form": form, "version": report.version}
    record([Happened("report.downloaded", report, values, service_id=report.service_id)], by=by)
