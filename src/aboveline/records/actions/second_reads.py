"""Have cases read a second time, blind; and settle where the two readers differ."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from aboveline.domain import adjudication as settling
from aboveline.domain.adjudication import Standing
from aboveline.domain.judgement import Answer
from aboveline.domain.second_reading import HowChosen
from aboveline.domain.second_reading import SecondReadChoice as Choice
from aboveline.domain.signing import Part
from aboveline.records.actions.allocation import CannotHold, allocate, end_allocation
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import wrote
from aboveline.records.audit import Happened, record
from aboveline.records.models import Adjudication, Allocation, Case, Inspection, SecondRead, SecondReadChoice, User
from aboveline.records.queries.second_reads import FIRST_READER, comparisons_of, read_first, second_read_of
from aboveline.records.versions import changed

LATER = "given to another second reader"


class AlreadyChosen(ValueError):
    """Raised where the random choice of an inspection was made before: made twice it would not be random."""


@transaction.atomic
def record_choice(
    *,
    inspection: Inspection,
    choice: Choice,
    percent: int,
    first_readers: Mapping[str, str],
    readers: Mapping[str, User],
    by: User,
) -> SecondReadChoice:
    """Put the random choice on record and give each case to its second reader, where it found one.

    Raises AlreadyChosen, and CannotHold where somebody may not be given a case.
    """
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    if SecondReadChoice.objects.filter(inspection=inspection).exists():
        raise AlreadyChosen
    made = SecondReadChoice.objects.create(
        inspection=inspection,
        percent=percent,
        seed=choice.seed,
        generator=choice.generator,
        first_readers=dict(first_readers),
        chosen={case: how.value for case, how in choice.chosen.items()},
        by=by,
        at=timezone.now(),
    )
    values = {"percent": percent, "seed": choice.seed, "cases": len(choice.chosen)}
    record([Happened("second_reads.chosen", made, values, service_id=inspection.service_id)], by=by)
    for case in inspection.cases.filter(number__in=choice.chosen):
        how, held = HowChosen(choice.chosen[case.number]), second_read_of(case)
        if held is not None:
            # Given by hand before, and the seed chose it all the same: it counts as what the seed chose.
            SecondRead.objects.filter(pk=held.pk).update(how=how)
        elif case.number in readers:
            give_second_read(case=case, reader=readers[case.number], how=how, by=by)
    return made


@transaction.atomic
def give_second_read(*, case: Case, reader: User, how: HowChosen, by: User) -> SecondRead:
    """Give a case to its second reader, or to another one; what the one before wrote stays on record and out of use.

    A case they already have is returned as it is. Raises CannotHold, also where the second read was submitted.
    """
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    held = second_read_of(case)
    if held is not None and held.submitted_at is not None:
        raise CannotHold("the second read of this case is submitted")
    if held is not None and held.reader == reader:
        return held
    if read_first(reader, case):
        raise CannotHold("they read this case first")
    if held is not None:
        how = HowChosen(held.how)
        end_allocation(allocation=held.allocation, why=LATER, by=by)
    allocation = allocate(case=case, assessor=reader, by=by, reading=Allocation.Reading.SECOND)
    given = SecondRead.objects.create(case=case, allocation=allocation, how=how)
    values = {"case": case.number, "reader": reader.pk, "how": how.value}
    record([Happened("second_read.given", given, values, service_id=case.inspection.service_id)], by=by)
    return given


@transaction.atomic
def submit_second_read(*, read: SecondRead, by: User) -> SecondRead:
    """Hand a second read in: from now on it does not change. One handed in already is left as it is."""
    Case.objects.select_for_update(no_key=True).get(pk=read.case_id)
    newest = SecondRead.objects.select_for_update(of=("self",)).select_related("case__inspection").get(pk=read.pk)
    if newest.submitted_at is None:
        newest.submitted_at = timezone.now()
        newest.save(update_fields=["submitted_at"])
        record([Happened("second_read.submitted", newest, service_id=newest.case.inspection.service_id)], by=by)
    return newest


@transaction.atomic
def note_second_read(*, read: SecondRead, by: User) -> None:
    """Record that the second reader opened their own read of a case."""
    record([Happened("second_read.read", read.case, service_id=read.case.inspection.service_id)], by=by)


@transaction.atomic
def note_compared(*, read: SecondRead, by: User) -> None:
    """Record that somebody saw both reads side by side; the first time is when the first read stopped being blind."""
    newest = SecondRead.objects.select_for_update(of=("self",)).select_related("case__inspection").get(pk=read.pk)
    if newest.compared_at is None:
        newest.compared_at = timezone.now()
        newest.save(update_fields=["compared_at"])
    record([Happened("second_read.compared", newest.case, service_id=newest.case.inspection.service_id)], by=by)


@transaction.atomic
def adjudicate(
    *,
    read: SecondRead,
    question: str,
    to: Standing,
    answer: Answer | None,
    reason: str,
    expected_version: int,
    by: User,
) -> Adjudication:
    """Decide on a question where the two readers differ, on their answers as they are now.

    An expected version of 0 says that nobody had. Raises Stale, ProblemsFound where it cannot be decided so.
    """
    Case.objects.select_for_update(no_key=True).get(pk=read.case_id)
    earlier = Adjudication.objects.select_for_update().filter(read=read, question=question).first()
    if (earlier.version if earlier else 0) != expected_version:
        raise Stale(earlier)
    wish = settling.Adjudication(to, str(by.pk), reason.strip(), answer)
    also_first = by != read.reader and read_first(by, read.case)
    (found,) = comparisons_of(read, [question], str(by.pk) if also_first else FIRST_READER)
    settling.check_adjudicate(found, wish)
    row = earlier or Adjudication(read=read, question=question, version=0)
    decided = {Standing.FIRST: found.first, Standing.SECOND: found.second, Standing.OTHER: answer}.get(to)
    row.standing, row.answer, row.reason = to, decided or "", wish.reason
    row.first, row.second = found.first, found.second
    changed(row, by).save()
    why = f"a difference between the two reads of case {read.case.number} was settled"
    wrote(inspection=read.case.inspection, part=Part.JUDGEMENTS, what=why, by=by)
    values = {"question": question, "standing": to, "answer": row.answer, "version": row.version, "reason": row.reason}
    record([Happened("second_read.adjudicated", row, values, service_id=read.case.inspection.service_id)], by=by)
    return row
