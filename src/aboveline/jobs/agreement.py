"""How far the readers of an inspection agree, and how lenient each is, from what they have saved."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from aboveline.domain.access import Action, may
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
from aboveline.records.queries.people import standing_in
from aboveline.records.queries.second_reads import (
    first_answers,
    first_judgements,
    first_readers,
    openings,
    second_answers,
    second_reads_in,
)

KEPT_SECONDS = 60 * 60


@dataclass(frozen=True)
class Reliability:
    """What the agreement page shows. `cases` are read twice and counted, of which `for_the_reader` were chosen so that
    each first reader has one; of the others `by_hand` were picked by a person, `waiting` are not submitted, and of
    `had_seen` the reader had opened the first read; `not_blind` answers were given after somebody had seen both."""

    agreement: InspectionAgreement
    leniency: FieldworkLeniency
    drifts: tuple[Drift, ...]
    severity: Severity
    cases: int
    for_the_reader: int
    by_hand: int
    had_seen: int
    waiting: int
    not_blind: int


def reliability_of(inspection: Inspection, framework: Framework, scale: Scale = Scale.ANSWERS) -> Reliability:
    """Kept in memory under what changes with every save and every read handed in, as scores are."""
    reads = list(second_reads_in(inspection))
    handed_in = repr([(read.pk, read.how, read.submitted_at, read.compared_at) for read in reads])
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
    chosen = [read for read in submitted if read.how != HowChosen.BY_HAND]
    seen = _had_seen(inspection, chosen)
    random = {read.case.number: read for read in chosen if read.pk not in seen}
    first, second = first_answers(inspection), second_answers(inspection)
    late = {at for at, row in first.items() if _after(row, random.get(at[0]))}
    readings = _readings(inspection, second)
    return Reliability(
        agreement=inspection_agreement(framework, _pairs(inspection, random, first, second, late), scale=scale),
        leniency=fieldwork_leniency(readings),
        drifts=drifts(readings),
        severity=severity(readings),
        cases=len(random),
        for_the_reader=sum(read.how == HowChosen.FOR_THE_READER for read in random.values()),
        by_hand=len(submitted) - len(chosen),
        had_seen=len(seen),
        waiting=len(reads) - len(submitted),
        not_blind=len(late),
    )


def _had_seen(inspection: Inspection, reads: Sequence[SecondRead]) -> frozenset[int]:
    """The reads whose reader had opened the first one before handing theirs in.

    Whoever may not choose second reads cannot open it once the case is theirs, so there only what was before counts.
    """
    readers = {read.reader.pk: read.reader for read in reads}
    choosing = {pk for pk, user in readers.items() if may(standing_in(user, inspection), Action.SECOND_READ)}
    first: dict[tuple[int, str], datetime] = {}
    for user, number, at in openings(inspection, readers):
        first[user, number] = min(at, first.get((user, number), at))
    found = set()
    for read in reads:
        opened = first.get((read.reader.pk, read.case.number))
        until = read.submitted_at if read.reader.pk in choosing else read.allocation.at
        if opened and until and opened < until:
            found.add(read.pk)
    return frozenset(found)


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
