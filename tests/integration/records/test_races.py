"""Several people at the same moment, each on a connection of their own: one effect, one winner, one whole chain."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from aboveline.domain.workflow import MoveRefused, Stage
from aboveline.jobs.publishing import publish_as_it_stands
from aboveline.records.actions.allocation import allocate
from aboveline.records.actions.assessments import AnswerChange, save_assessment
from aboveline.records.actions.caseloads import stage_upload
from aboveline.records.actions.discussions import comment
from aboveline.records.actions.draws import record_draw, replace_case
from aboveline.records.actions.findings import FindingValues, save_finding
from aboveline.records.actions.inspections import record_first_plan
from aboveline.records.actions.judgement_imports import import_judgements
from aboveline.records.actions.people import add_service
from aboveline.records.actions.reports import save_report
from aboveline.records.actions.saving import Stale, once
from aboveline.records.audit import Happened, record, verify
from aboveline.records.models import (
    Allocation,
    AuditEvent,
    Case,
    CaseloadUpload,
    Comment,
    Inspection,
    Judgement,
    Publication,
    SavedRequest,
    Service,
)
from aboveline.records.queries.overview import marks_of
from tests.integration.records.parts.publishing import finding, signed
from tests.integration.records.world import a_world
from tests.records_builders import a_caseload, a_user, an_inspection

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act returned or raised, all begun together in threads of their own."""
    together = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            together.wait(timeout=20)
            return act()
        except Exception as error:  # noqa: BLE001 - a thread's error is what the test asks about
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(timeout=60) for one in [pool.submit(run, act) for act in acts]]


@pytest.fixture
def world():
    return a_world()


def test_one_key_sent_eight_times_at_once_has_one_effect_and_one_answer(world):
    def send() -> object:
        change = [AnswerChange("Q1.1.2", "sufficient", 0, note="seen")]
        return save_assessment(case=world.case, answers=change, findings=[], key="double click", by=world.by)

    answers = at_once(*[send] * 8)
    assert answers == [answers[0]] * 8
    assert answers[0]["saved"] == {"Q1.1.2": 1}
    assert SavedRequest.objects.filter(key="double click").count() == 1
    assert AuditEvent.objects.filter(verb="judgement.saved").count() == 2, "the world's own and this one"


def test_a_key_whose_first_request_fails_is_carried_out_by_one_that_waited(world):
    tries: list[int] = []

    def act() -> dict[str, object]:
        tries.append(1)
        add_service(slug=f"service-by-key-{len(tries)}", name="S", area="A", by=world.by)
        if len(tries) == 1:
            raise LookupError
        return {"done": True}

    answers = at_once(*[lambda: once(by=world.by, key="k", body={}, act=act)] * 4)
    assert sorted(map(repr, answers)) == ["LookupError()", *["{'done': True}"] * 3]
    assert Service.objects.filter(slug__startswith="service-by-key").count() == 1


@pytest.mark.parametrize("seen", [0, 1])
def test_of_two_saves_of_one_answer_on_one_version_one_wins_and_the_other_gets_both_values(world, seen):
    question = "Q1.1.1" if seen else "Q1.1.2"
    people = [world.by, a_user("Second"), a_user("Third")]

    def save(who, answer: str, note: str) -> Callable[[], object]:
        change = [AnswerChange(question, answer, seen, note=note)]
        return lambda: save_assessment(case=world.case, answers=change, findings=[], key="k", by=who)

    acts = [save(who, "insufficient", f"by {who.name}") for who in people]
    outcomes = at_once(*acts)
    assert sorted(len(outcome["saved"]) for outcome in outcomes) == [0, 0, 1]
    winner = people[next(i for i, outcome in enumerate(outcomes) if outcome["saved"])]
    stored = Judgement.objects.get(question=question)
    assert (stored.version, stored.author, stored.note) == (seen + 1, winner, f"by {winner.name}")
    for who, outcome in zip(people, outcomes, strict=True):
        for conflict in outcome["conflicts"]:
            assert conflict["yours"]["note"] == f"by {who.name}"
            assert conflict["theirs"]["note"] == f"by {winner.name}"
            assert (conflict["version"], conflict["author"]) == (seen + 1, winner.name)
            assert conflict["saved_at"] == stored.saved_at.isoformat()
    assert verify().sound


def test_of_two_who_open_a_discussion_at_once_one_has_the_first_word_and_the_other_is_told(world):
    def open_it(who) -> Callable[[], object]:
        return lambda: comment(
            case=world.case, question="Q1.1.1", did=Comment.Did.SAID, words=who.name, expected_version=0, by=who
        )

    people = [world.by, a_user("Second")]
    outcomes = at_once(*[open_it(who) for who in people])
    assert sorted(type(one).__name__ for one in outcomes) == ["Discussion", "Stale"]
    told = next(one for one in outcomes if isinstance(one, Stale))
    (said,) = Comment.objects.all()
    assert (told.current.version, said.discussion.version) == (1, 1)
    assert outcomes[people.index(said.by)] == told.current == said.discussion
    assert verify().sound


def test_different_answers_of_one_case_are_both_kept(world):
    other = a_user("Second")

    def save(who, question: str) -> Callable[[], object]:
        change = [AnswerChange(question, "sufficient", 0)]
        return lambda: save_assessment(case=world.case, answers=change, findings=[], key=question, by=who)

    outcomes = at_once(save(world.by, "Q1.1.2"), save(other, "Q1.1.3"))
    assert [outcome["conflicts"] for outcome in outcomes] == [[], []]
    assert set(Judgement.objects.values_list("question", flat=True)) == {"Q1.1.1", "Q1.1.2", "Q1.1.3"}


def test_the_first_answers_of_a_case_given_at_once_begin_one_assessment(world):
    case = world.place.case
    acts = [
        lambda who=who, question=question: save_assessment(
            case=Case.objects.get(pk=case.pk),
            answers=[AnswerChange(question, "sufficient", 0)],
            findings=[],
            key="k",
            by=who,
        )
        for who, question in ((world.by, "Q1.1.1"), (a_user("Second"), "Q1.1.2"))
    ]
    assert [outcome["conflicts"] for outcome in at_once(*acts)] == [[], []]
    assert Judgement.objects.filter(assessment__case=case).count() == 2


def test_an_import_on_what_was_looked_at_does_not_write_over_a_save_made_meanwhile(world):
    """One of the two comes first; the import is refused, or the save is told of the newer answer: never silence."""
    for trial in range(6):
        stored = Judgement.objects.get(question="Q1.1.1")
        marks, change = marks_of(world.drawn), AnswerChange("Q1.1.1", "sufficient", stored.version, note=f"n{trial}")

        def imported(marks=marks, trial=trial) -> object:
            answers = {world.case.pk: [AnswerChange("Q1.1.1", "insufficient", 0, note=f"file {trial}")]}
            return import_judgements(
                inspection=world.drawn, answers=answers, of_new_cases={}, digest=f"f{trial}",
                expected_marks=marks, key=f"i{trial}", by=world.by,
            )  # fmt: skip

        def save(change=change, trial=trial) -> object:
            return save_assessment(case=world.case, answers=[change], findings=[], key=f"s{trial}", by=world.by)

        from_file, by_hand = at_once(imported, save)
        refused = isinstance(from_file, Stale)
        assert refused or not isinstance(from_file, Exception), from_file
        assert refused is bool(by_hand["saved"]), (from_file, by_hand)
        assert Judgement.objects.get(question="Q1.1.1").version == stored.version + 1


def test_two_draws_at_once_leave_one():
    by, inspection = a_user(), an_inspection()
    caseload = a_caseload(inspection, by)
    cases = list(inspection.cases.all())

    def draw(seed: str) -> object:
        return record_draw(
            inspection=inspection, caseload=caseload, method="simple", seed=seed, certificate={}, sample=cases[:3],
            reserves=cases[3:], by=by, expected_draws=0,
        )  # fmt: skip

    outcomes = at_once(*[partial(draw, f"seed {n}") for n in range(3)])
    assert sorted(type(one).__name__ for one in outcomes) == ["Draw", "Stale", "Stale"], outcomes
    (made,) = inspection.draws.all()
    assert {one.current for one in outcomes if isinstance(one, Stale)} == {made}


@pytest.mark.parametrize(
    "change",
    [
        lambda w, n: record_first_plan(
            inspection=w.drawn, outcome=Inspection.FirstPlan.PARTLY, note=str(n), expected_version=1, by=w.by
        ),
        lambda w, n: save_report(report=w.report, title=str(n), document=str(n), expected_version=1, by=w.by),
        lambda w, n: replace_case(drawn=w.place, reason="conflict", note=str(n), expected_version=1, by=w.by),
    ],
    ids=["first plan", "report", "replaced case"],
)
def test_of_several_changes_on_one_version_one_wins_and_the_others_are_told(world, change):
    outcomes = at_once(*[lambda n=n: change(world, n) for n in range(3)])
    assert sum(isinstance(one, Stale) for one in outcomes) == 2, outcomes
    assert not any(isinstance(one, Exception) and not isinstance(one, Stale) for one in outcomes)
    assert verify().sound


def test_two_uploads_at_once_leave_one_open(world):
    at_once(
        *[
            lambda n=n: stage_upload(inspection=world.fresh, content=b"%d" % n, kind="csv", mapping={}, by=world.by)
            for n in range(3)
        ]
    )
    assert CaseloadUpload.objects.filter(inspection=world.fresh, closed_at=None).count() == 1


def test_one_case_given_to_one_person_twice_at_once_is_held_once(world):
    by = world.by
    outcomes = at_once(*[lambda: allocate(case=world.case, assessor=by, by=by)] * 3)
    assert {type(one) for one in outcomes} == {Allocation}, outcomes
    assert Allocation.objects.filter(case=world.case, ended_at=None).count() == 1


def test_two_who_wait_for_each_other_both_come_through(world):
    """Each holds what the other wants next; the database undoes one of them, which is then carried out again."""
    met, tries = Barrier(2), []

    def meet() -> None:
        tries.append(1)
        with suppress(BrokenBarrierError):  # with one writer at a time the other cannot come; nor can one that is again
            met.wait(timeout=1)

    def row_first() -> dict[str, object]:
        Inspection.objects.select_for_update().get(pk=world.drawn.pk)
        meet()
        with_event(world)
        return {"first": "row"}

    def event_first() -> dict[str, object]:
        with_event(world)
        meet()
        Inspection.objects.select_for_update().get(pk=world.drawn.pk)
        return {"first": "event"}

    before = AuditEvent.objects.count()
    acts = [partial(once, by=world.by, key=act.__name__, body={}, act=act) for act in (row_first, event_first)]
    assert at_once(*acts) == [{"first": "row"}, {"first": "event"}]
    assert AuditEvent.objects.count() == before + 2
    assert len(tries) == (3 if connection.vendor == "postgresql" else 2)
    assert verify().sound


def with_event(world) -> None:
    record([Happened("case.read", world.case, service_id=world.service.pk)], by=world.by)


def test_the_chain_stays_whole_whoever_writes_at_once():
    by, before = a_user(), AuditEvent.objects.count()
    acts = [
        lambda n=n: [add_service(slug=f"at-once-{n}-{i}", name="S", area="A", by=by) for i in range(10)]
        for n in range(6)
    ]
    assert not [one for one in at_once(*acts) if isinstance(one, Exception)]
    verdict = verify()
    assert verdict.sound, verdict.why
    assert verdict.events == before + 60


def test_the_trail_can_be_verified_while_others_write():
    by = a_user()

    def write() -> object:
        return [add_service(slug=f"meanwhile-{i}", name="S", area="A", by=by) for i in range(30)]

    def look() -> object:
        return [verify() for _ in range(8)]

    _, verdicts = at_once(write, look)
    assert isinstance(verdicts, list), verdicts
    assert [verdict.why for verdict in verdicts] == [""] * 8


def test_what_is_being_changed_is_not_published_as_it_was_signed(world):
    made, written, over = finding(world), Event(), Event()
    signed(world.drawn, a_user("Signer"))
    Inspection.objects.filter(pk=world.drawn.pk).update(stage=Stage.WITH_SERVICE)

    def edit() -> None:
        with transaction.atomic():
            values = FindingValues("It was wrong", withdrawn=True)
            save_finding(finding=made, values=values, expected_version=made.version, by=world.by)
            written.set()
            over.wait(0.5)  # publication has to wait for the edit: if it does not, it is over now

    def publish() -> object:
        written.wait(20)
        try:
            return publish_as_it_stands(Inspection.objects.get(pk=world.drawn.pk), timezone.now(), "", world.by)
        finally:
            over.set()

    _, refused = at_once(edit, publish)
    assert isinstance(refused, MoveRefused)
    assert "voided by a later change" in str(refused.reason)
    assert not Publication.objects.exists()
