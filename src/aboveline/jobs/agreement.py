"""How far the readers of an inspection agree, and how lenient each is, from what they have saved."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from aboveline.domain.agreement import InspectionAgreement, PairedAnswers, Scale, inspection_agreement
from aboveline.domain.applicability import CASE_FACTS
from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Answer
from aboveline.domain.leniency import FieldworkLeniency, Reading, fieldwork_leniency
from aboveline.domain.second_reading import HowChosen
from aboveline.domain.severity import Drift, Severity, drifts, severity
from aboveline.jobs.second_reading import names_of
from aboveline.records.models import Inspection, SecondRead
from aboveline.records.models.assessment import JudgementFields
from aboveline.records.queries.overview import marks_of
from aboveline.records.queries.second_reads import (
    first_answers,
    first_judgements,
    first_readers,
    second_answers,
    second_reads_in,
)

KEPT_SECONDS = 60 * 60


@dataclass(frozen=True)
class Reliability:
    """What the agreement page shows. `cases` are read twice and counted; of the others `by_hand` were picked by a
    person, `waiting` are not submitted; `not_blind` answers were given after somebody had seen both reads."""

    agreement: InspectionAgreement
    leniency: FieldworkLeniency
    drifts: tuple[Drift, ...]
    severity: Severity
    cases: int
    by_hand: int
    waiting: int
    not_blind: int


def reliability_of(inspection: Inspection, framework: Framework, scale: Scale = Scale.ANSWERS) -> Reliability:
    """Kept in memory under what changes with every save and every read handed in, as scores are."""
    reads = list(second_reads_in(inspection))
    handed_in = repr([(read.pk, read.submitted_at, read.compared_at) for read in reads])
    state = hashlib.sha256(handed_in.encode()).hexdigest()
    key = f"agreement-{inspection.pk}-{framework.digest}-{scale}-{marks_of(inspection)}-{state}"
    found: Reliability | None = cache.get(key)
    if found is None:
        found = _reliability(inspection, framework, scale, reads)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _reliability(
    inspection: Inspection, framework: Framework, scale: Scale, reads: Sequence[SecondRead]
) -> Reliability:
    submitted = [read for read in reads if read.submitted_at is not None]
    random = {read.case.number: read for read in submitted if read.how != HowChosen.BY_HAND}
    first, second = first_answers(inspection), second_answers(inspection)
    late = {at for at, row in first.items() if _after(row, random.get(at[0]))}
    readings = _readings(inspection, second)
    return Reliability(
        agreement=inspection_agreement(framework, _pairs(inspection, random, first, second, late), scale=scale),
        leniency=fieldwork_leniency(readings),
        drifts=drifts(readings),
        severity=severity(readings),
        cases=len(random),
        by_hand=len(submitted) - len(random),
        waiting=len(reads) - len(submitted),
        not_blind=len(late),
    )


def _after(row: JudgementFields, read: SecondRead | None) -> bool:
    """Whether a first answer was saved after somebody had seen it beside the second."""
    return bool(read and read.compared_at and row.saved_at > read.compared_at)


Answers = Mapping[tuple[str, str], JudgementFields]


def _pairs(
    inspection: Inspection,
    random: Mapping[str, SecondRead],
    first: Answers,
    second: Answers,
    late: set[tuple[str, str]],
) -> list[PairedAnswers]:
    """The blind answers to each question of the cases chosen at random."""
    readers = first_readers(inspection)
    names = names_of([*readers.values(), *(read.reader for read in random.values())])
    pairs = []
    for number, question in sorted(at for at in {*first, *second} - late if at[0] in random and at[0] in readers):
        rows = first.get((number, question)), second.get((number, question))
        who = names[readers[number].pk], names[random[number].reader.pk]
        if who[0] != who[1]:
            by_facts = all(row is not None and row.reason == CASE_FACTS for row in rows)
            pairs.append(PairedAnswers(number, question, _answer(rows[0]), _answer(rows[1]), *who, by_facts))
    return pairs


def _answer(row: JudgementFields | None) -> Answer:
    return Answer(row.answer) if row else Answer.NOT_ANSWERED


def _readings(inspection: Inspection, second: Answers) -> list[Reading]:
    """Every answer that judges something, of both reads, by who gave it and the day it was saved."""
    first = first_judgements(inspection)
    rows: list[tuple[str, JudgementFields]] = [(row.assessment.case.number, row) for row in first]
    rows += [(number, row) for (number, _), row in second.items()]
    names = names_of({row.author_id: row.author for _, row in rows}.values())
    found = {}
    for number, row in rows:
        reading = Reading(
            names[row.author_id], number, row.question, timezone.localtime(row.saved_at).date(), Answer(row.answer)
        )
        found[reading.assessor, number, row.question] = reading
    return list(found.values())
