"""Put a whole file of judgements on record, or none of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from aboveline.records.actions.assessments import AnswerChange, import_answers
from aboveline.records.actions.saving import Stale, once
from aboveline.records.audit import Happened, record
from aboveline.records.database.plans import plan_anew
from aboveline.records.identity import reference_hash, seal
from aboveline.records.models import Case, Inspection, User
from aboveline.records.queries.overview import marks_of


def import_judgements(
    *,
    inspection: Inspection,
    answers: Mapping[int, Sequence[AnswerChange]],
    of_new_cases: Mapping[str, Sequence[AnswerChange]],
    digest: str,
    expected_marks: str,
    key: str,
    by: User,
) -> dict[str, Any]:
    """Save the answers by case, and by the service's reference those of cases not yet known, which are added.

    `digest` is the file's; `expected_marks` (see `marks_of`) what the inspection was when the person looked. Raises
    Stale where judgements were saved since, KeyReused as every save does.
    """

    def act() -> dict[str, Any]:
        newest = Inspection.objects.select_for_update().get(pk=inspection.pk)
        list(newest.cases.select_for_update(no_key=True).order_by("pk"))  # nobody saves between looking and writing
        if marks_of(newest) != expected_marks:
            raise Stale(newest)
        added = _add_cases(newest, list(of_new_cases))
        work = [(case, answers[case.pk]) for case in newest.cases.filter(pk__in=answers)]
        work += [(case, of_new_cases[reference]) for reference, case in added.items()]
        saved = [import_answers(case=case, answers=changes, by=by)["saved"] for case, changes in work]
        done = {"cases": len(work), "added": len(added), "answers": sum(len(one) for one in saved)}
        event = Happened("judgements.imported", newest, {"file": digest, **done}, service_id=newest.service_id)
        record([event], by=by)
        plan_anew()
        return done

    return once(by=by, key=key, body={"inspection": inspection.pk, "file": digest}, act=act)


def _add_cases(inspection: Inspection, references: Sequence[str]) -> dict[str, Case]:
    """Number cases on from those there are, in the order of their keyed hashes, which tells nothing of them."""
    first = inspection.cases.count() + 1
    hashed = sorted((reference_hash(inspection.pk, reference), reference) for reference in references)
    cases = [
        Case(
            inspection=inspection,
            number=f"C{ordinal:03d}",
            reference_hash=hash_,
            reference_sealed=seal(reference.encode()),
        )
        for ordinal, (hash_, reference) in enumerate(hashed, start=first)
    ]
    created = Case.objects.bulk_create(cases)
    return {reference: case for (_, reference), case in zip(hashed, created, strict=True)}
