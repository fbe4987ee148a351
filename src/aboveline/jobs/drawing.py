"""A draw from the case list on record, by our own case numbers: made, put on record, and checked by drawing again."""

import csv
import io
from datetime import date

from aboveline.domain import caseload as domain
from aboveline.domain.caseload import FIELDS, CaseloadEntry
from aboveline.domain.certificate import verify_certificate
from aboveline.domain.framework import Framework
from aboveline.domain.problems import Checked
from aboveline.domain.sampling import Draw as DrawValue
from aboveline.jobs.planning import planned_framework
from aboveline.jobs.sampling import draw_sample
from aboveline.records.actions.draws import record_draw
from aboveline.records.models import Case, Caseload, Draw, Inspection, User
from aboveline.records.queries.caseloads import cases_on

_DATES = ("order_start", "order_end")


def entry_of(case: Case) -> CaseloadEntry:
    """A case as the draw sees it: our number in place of the service's reference."""
    given = {name: value for name, value in case.attributes.items() if value is not None}
    dates = {name: date.fromisoformat(given[name]) for name in _DATES if name in given}
    return CaseloadEntry(case_ref=case.number, **(given | dates))


def numbered(caseload: Caseload) -> domain.Caseload:
    """The list on record under our own numbers, which is what a draw is made from and checked against."""
    return domain.Caseload.of(entry_of(case) for case in cases_on(caseload))


def seed_of(inspection: Inspection, ordinal: int) -> str:
    """The seed of the first draw is the inspection's own; a later draw's follows from it, so nobody chooses one."""
    return inspection.seed if ordinal == 1 else f"{inspection.seed}-{ordinal}"


def make_draw(
    *, inspection: Inspection, caseload: Caseload, method: str, size: int, reason: str, expected_draws: int, by: User
) -> Checked[Draw]:
    """Draw and put it on record, or say everything wrong with the wish.

    Raises Stale where another draw was made meanwhile, AlreadyDrawn where a further one has no reason or comes after
    assessment began.
    """
    sample = draw_sample(
        numbered(caseload),
        planned_framework(inspection),
        size=size,
        seed=seed_of(inspection, expected_draws + 1),
        method=method,
        as_at=inspection.held_on,
        today=inspection.held_on,
    )
    if sample.value is None:
        return Checked(None, sample.problems)
    drawn = sample.value.drawn
    by_number = {case.number: case for case in cases_on(caseload)}
    draw = record_draw(
        inspection=inspection,
        caseload=caseload,
        method=drawn.method,
        seed=drawn.seed,
        certificate=sample.value.certificate,
        sample=[by_number[number] for number in drawn.case_refs],
        reserves=[by_number[number] for number in drawn.reserves],
        by=by,
        expected_draws=expected_draws,
        reason=reason,
    )
    return Checked(draw, sample.problems)


def check_recorded(draw: Draw, framework: Framework) -> Checked[DrawValue]:
    """Draw again from the list on record by the certificate's own settings, and compare."""
    return verify_certificate(draw.certificate, numbered(draw.caseload), framework)


def numbered_csv(draw: Draw) -> bytes:
    """The list a draw was made from, under our own numbers: with the certificate, all that another person needs."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(entry.as_dict() for entry in numbered(draw.caseload).entries)
    return text.getvalue().encode()
