"""Second reads: choosing, giving, handing in, comparing and settling."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from aboveline.domain.adjudication import Standing
from aboveline.domain.second_reading import HowChosen, choose_second_reads
from aboveline.records.actions.reading import note_case_read
from aboveline.records.actions.second_reads import (
    adjudicate,
    give_second_read,
    note_compared,
    note_second_read,
    record_choice,
    submit_second_read,
)
from aboveline.records.models import (
    Adjudication,
    Allocation,
    Assessment,
    Case,
    Judgement,
    SecondJudgement,
    SecondRead,
    SecondReadChoice,
    User,
)
from aboveline.records.queries import inspections, people, second_reads
from tests.integration.records.parts import Act, Edit
from tests.integration.records.world import World

GIVEN = ("case.allocated", "second_read.given")


def case(w: World) -> Case:
    """One that nobody has read yet."""
    return w.place.case


def given(w: World) -> SecondRead:
    return give_second_read(case=case(w), reader=w.by, how=HowChosen.RANDOM, by=w.by)


def submitted(w: World) -> SecondRead:
    return submit_second_read(read=given(w), by=w.by)


def read_twice(w: World) -> SecondRead:
    """Two others differ on one question; put there without an event."""
    found = SecondRead.objects.filter(case=case(w)).first()
    if found:
        return found
    first, second = (
        User.objects.create(email=f"{name}@{w.service.slug}.example", name=name) for name in ("First", "Second")
    )
    now = timezone.now()
    held = Allocation.objects.create(
        inspection=w.drawn, case=case(w), assessor=second, reading=Allocation.Reading.SECOND, by=w.by, at=now
    )
    read = SecondRead.objects.create(case=case(w), allocation=held, how=HowChosen.RANDOM, submitted_at=now)
    begun = Assessment.objects.create(case=case(w), assessor=first, started_at=now)
    for model, row, author, answer in (
        (Judgement, begun, first, "sufficient"),
        (SecondJudgement, read, second, "insufficient"),
    ):
        model.objects.create(assessment=row, question="Q1.1.1", answer=answer, author=author, saved_at=now)
    return read


@transaction.atomic
def settled(w: World, seen: int, text: str, to: Standing = Standing.FIRST) -> Adjudication:
    return adjudicate(
        read=read_twice(w), question="Q1.1.1", to=to, answer=None, reason=text, expected_version=seen, by=w.by
    )


def adjudication(w: World) -> Adjudication:
    return read_twice(w).adjudications.first() or settled(w, 0, "at first", Standing.SECOND)


def decided(w: World, seen: int, text: str) -> Adjudication:
    now = Standing(adjudication(w).standing)
    return settled(w, seen, text, Standing.FIRST if now is Standing.SECOND else Standing.CONFLICTED)


def choice(w: World) -> SecondReadChoice:
    first = {case(w).number: "Robin Manager"}
    made = choose_second_reads(first, share=1, seed="s1").value
    assert made is not None
    readers = {case(w).number: w.by}
    return record_choice(inspection=w.drawn, choice=made, percent=100, first_readers=first, readers=readers, by=w.by)


ACTS = {
    "second_reads.give_second_read": Act(given, GIVEN, {"how": "random"}),
    "second_reads.record_choice": Act(choice, ("second_reads.chosen", *GIVEN), {"how": "random"}),
    "second_reads.submit_second_read": Act(submitted, (*GIVEN, "second_read.submitted")),
    "second_reads.note_second_read": Act(
        lambda w: note_second_read(read=given(w), by=w.by), (*GIVEN, "second_read.read")
    ),
    "second_reads.note_compared": Act(
        lambda w: note_compared(read=submitted(w), by=w.by), (*GIVEN, "second_read.submitted", "second_read.compared")
    ),
    "second_reads.adjudicate": Act(
        lambda w: settled(w, 0, "the plan says so"),
        ("second_read.adjudicated",),
        {"question": "Q1.1.1", "standing": "first", "answer": "sufficient", "reason": "the plan says so"},
    ),
}
EDITS = {"adjudication": Edit("Adjudication", decided, adjudication)}


def after(make, ask, w: World) -> object:
    make(w)
    return ask(w)


def opened(w: World) -> None:
    if not second_reads.openings(w.drawn, [w.by.pk]):
        note_case_read(case=w.case, by=w.by)


OF_INSPECTION = {
    "people.reads_again": partial(after, given, lambda w: people.reads_again(w.by, w.drawn)),
    "inspections.settled_answers": partial(after, adjudication, lambda w: inspections.settled_answers(w.drawn)),
    "inspections.with_settled": partial(after, adjudication, lambda w: inspections.answers_to(w.drawn, "Q1.1.1")),
    "second_reads.choice_of": lambda w: second_reads.choice_of(w.drawn) or choice(w),
    "second_reads.second_reads_in": partial(after, given, lambda w: second_reads.second_reads_in(w.drawn)),
    "second_reads.second_read_of": partial(after, read_twice, lambda w: second_reads.second_read_of(case(w))),
    "second_reads.first_readers": lambda w: second_reads.first_readers(w.drawn),
    "second_reads.read_first": lambda w: second_reads.read_first(w.by, w.case),
    "second_reads.openings": partial(after, opened, lambda w: second_reads.openings(w.drawn, [w.by.pk])),
    "second_reads.saw_first": partial(after, opened, lambda w: second_reads.saw_first(w.drawn, [w.by])),
    "second_reads.given_in": partial(after, read_twice, lambda w: second_reads.given_in(w.drawn)),
    "second_reads.adjudications_of": lambda w: second_reads.adjudications_of(adjudication(w).read),
    "second_reads.comparisons_of": lambda w: second_reads.comparisons_of(read_twice(w), ["Q1.1.1"]),
    "second_reads.agreed_answers_of": partial(after, adjudication, lambda w: second_reads.agreed_answers_of(case(w))),
    "second_reads.first_answers": partial(after, read_twice, lambda w: second_reads.first_answers(w.drawn)),
    "second_reads.second_answers": partial(after, read_twice, lambda w: second_reads.second_answers(w.drawn)),
    "second_reads.first_judgements": lambda w: second_reads.first_judgements(w.drawn),
}
