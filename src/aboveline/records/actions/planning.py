"""Plan an inspection: its dates and sample, the steps of its timetable, and what the service must supply."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import void_sign_off
from aboveline.records.audit import Happened, record
from aboveline.records.models import FieldworkPlan, Inspection, Supply, TimetableStep, User
from aboveline.records.versions import changed, locked


class ListOnRecord(ValueError):
    """Raised where a change would make other cases eligible than those of the list already on record."""


@dataclass(frozen=True, slots=True)
class PlanValues:
    """What a plan says. None follows the framework, or is not decided yet."""

    held_on: date
    last_day: date | None = None
    look_back_months: int | None = None
    look_back_reason: str = ""
    sample_size: int | None = None
    second_read_percent: int | None = None

    @property
    def decides_eligibility(self) -> tuple[date, int | None]:
        return self.held_on, self.look_back_months


@dataclass(frozen=True, slots=True)
class WantedSupply:
    """A thing to ask for: `item` is its id in the product's list, empty for one's own."""

    name: str
    due: date
    item: str = ""


@transaction.atomic
def plan_fieldwork(*, inspection: Inspection, values: PlanValues, expected_version: int, by: User) -> FieldworkPlan:
    """Save the plan; an expected version of 0 says that there was none. The first day is kept with the inspection.

    Raises Stale, or ListOnRecord where the first day or the look-back changes after a case list was confirmed.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    newest = FieldworkPlan.objects.select_for_update().filter(inspection=held).first()
    if (newest.version if newest else 0) != expected_version:
        raise Stale(newest)
    before = PlanValues(held.held_on, look_back_months=newest.look_back_months if newest else None)
    if values.decides_eligibility != before.decides_eligibility and held.caseloads.exists():
        raise ListOnRecord("the case list on record was confirmed by the day and the look-back as they are")
    plan = changed(newest or FieldworkPlan(inspection=held, version=0), by)
    for name in ("last_day", "look_back_months", "look_back_reason", "sample_size", "second_read_percent"):
        setattr(plan, name, getattr(values, name))
    plan.save()
    if held.held_on != values.held_on:
        held.held_on = values.held_on
        held.save(update_fields=["held_on"])
        void_sign_off(inspection=held, why="the day of the inspection was changed", by=by)
    record([Happened("fieldwork.planned", plan, asdict(values), service_id=held.service_id)], by=by)
    return plan


@transaction.atomic
def save_step(
    *,
    inspection: Inspection,
    step: str,
    moved_to: date | None,
    done_on: date | None,
    expected_version: int,
    by: User,
) -> TimetableStep:
    """Move a step to another day, or say when it was done; None leaves either to the timetable. Raises Stale.

    An expected version of 0 says that nobody had changed the step.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    newest = TimetableStep.objects.select_for_update().filter(inspection=held, step=step).first()
    if (newest.version if newest else 0) != expected_version:
        raise Stale(newest)
    row = changed(newest or TimetableStep(inspection=held, step=step, version=0), by)
    row.moved_to, row.done_on = moved_to, done_on
    row.save()
    values = {"step": step, "moved_to": moved_to, "done_on": done_on}
    record([Happened("timetable.changed", row, values, service_id=held.service_id)], by=by)
    return row


@transaction.atomic
def ask_supplies(*, inspection: Inspection, wanted: Sequence[WantedSupply], by: User) -> list[Supply]:
    """Ask the service for these things, each by its day."""
    asked = []
    for one in wanted:
        row = Supply.objects.create(
            inspection=inspection, item=one.item, name=one.name, due=one.due, changed_by=by, changed_at=timezone.now()
        )
        values = {"name": one.name, "due": one.due}
        record([Happened("supply.asked", row, values, service_id=inspection.service_id)], by=by)
        asked.append(row)
    return asked


@transaction.atomic
def save_supply(
    *, supply: Supply, state: Supply.State, due: date, note: str, expected_version: int, by: User
) -> Supply:
    """Say how it stands with a thing asked for. Raises Stale."""
    row = changed(locked(supply, expected_version), by)
    row.state, row.due, row.note = state, due, note
    row.save()
    values = {"state": state, "due": due, "note": note}
    record([Happened("supply.saved", row, values, service_id=row.inspection.service_id)], by=by)
    return row
