"""Every action of records, one by one: its events, all or nothing, and what it leaves for the trail to be read by."""

import inspect
import pkgutil
from datetime import date
from importlib import import_module

import pytest

from aboveline.records import actions
from aboveline.records.actions.assessments import (
    AnswerChange,
    FindingChange,
    Settled,
    import_answers,
    save_assessment,
    save_settled,
)
from aboveline.records.actions.caseloads import confirm_caseload, correct_mapping, discard_upload, stage_upload
from aboveline.records.actions.draws import record_draw, replace_case
from aboveline.records.actions.inspections import record_first_plan, set_up_inspection
from aboveline.records.actions.judgement_imports import import_judgements
from aboveline.records.actions.people import add_service, add_user, give_service_role, join_team, note_sign_in
from aboveline.records.actions.reading import note_answers_read, note_case_read, note_meetings_read
from aboveline.records.actions.reports import add_report, bind_report, note_report_downloaded, save_report
from aboveline.records.actions.showing import note_caseload_downloaded, note_references_shown
from aboveline.records.audit import verify
from aboveline.records.models import AuditEvent, AuditValue, Inspection, Role
from aboveline.records.queries.overview import marks_of
from tests.integration.records.parts import Act, gathered
from tests.integration.records.world import CANARY, CONTENT, World, a_world, as_stored, everything
from tests.records_builders import rows

pytestmark = pytest.mark.django_db


def further_draw(w: World) -> object:
    caseload = confirm_caseload(inspection=w.fresh, rows=rows(4), digest="four", exclusions=[], by=w.by)
    cases = list(w.fresh.cases.all())
    return record_draw(
        inspection=w.fresh, caseload=caseload, method="simple", seed="s1", certificate={}, sample=cases[:2],
        reserves=cases[2:], by=w.by, expected_draws=0,
    )  # fmt: skip


def imported(w: World) -> object:
    other = w.drawn.cases.exclude(pk=w.case.pk).first()
    return import_judgements(
        inspection=w.drawn, answers={other.pk: [AnswerChange("Q1.1.1", "insufficient", 0)]},
        of_new_cases={"NEW-1": [AnswerChange("Q1.1.2", "sufficient", 0)]}, digest="f1",
        expected_marks=marks_of(w.drawn), key="import", by=w.by,
    )  # fmt: skip


ANSWERS = (AnswerChange("Q1.1.1", "insufficient", 1, "", "n", "i"), AnswerChange("Q1.1.2", "sufficient", 0))
FACTS = (FindingChange("custody", "no", 1),)
ANSWER_VALUES = {"question": "Q1.1.2", "version": "1", "answer": "sufficient", "reason": "", "note": ""}

ACTS: dict[str, Act] = {
    "people.add_user": Act(
        lambda w: add_user(email="New@Example.org", name="N", password="long enough words", by=w.by),
        ("user.added",),
        at_service=False,
    ),
    "people.add_service": Act(
        lambda w: add_service(slug="another", name="Another", area="A", by=w.by),
        ("service.added",),
        {"name": "Another"},
        at_service=False,
    ),
    "people.give_service_role": Act(
        lambda w: give_service_role(user=w.by, service=w.service, role=Role.HEAD_OF_SERVICE, by=w.by),
        ("role.given",),
        {"role": "head_of_service"},
    ),
    "people.join_team": Act(
        lambda w: join_team(user=w.by, inspection=w.fresh, role=Role.LEAD_INSPECTOR, by=w.by),
        ("team.joined",),
        {"role": "lead_inspector"},
    ),
    "people.note_sign_in": Act(lambda w: note_sign_in(by=w.by), ("signed_in",), at_service=False),
    "inspections.set_up_inspection": Act(
        lambda w: set_up_inspection(
            service=w.service, framework_id="cci-2009", framework_digest="d" * 64, kind=Inspection.Kind.CORE,
            held_on=date(2010, 9, 13), by=w.by, seed="abc",
        ),
        ("inspection.set_up",),
        {"framework": "d" * 64, "kind": "core", "held_on": "2010-09-13", "seed": "abc"},
    ),
    "inspections.record_first_plan": Act(
        lambda w: record_first_plan(
            inspection=w.drawn, outcome=Inspection.FirstPlan.PARTLY, note="half", expected_version=1, by=w.by
        ),
        ("first_plan.recorded",),
        {"outcome": "partly", "note": "half"},
    ),
    "caseloads.stage_upload": Act(
        lambda w: stage_upload(inspection=w.fresh, content=CONTENT, kind="csv", mapping={}, by=w.by),
        ("caseload.discarded", "caseload.uploaded"),
        {"bytes": str(len(CONTENT))},
    ),
    "caseloads.correct_mapping": Act(
        lambda w: correct_mapping(upload=w.upload, mapping={"age": "2"}, expected_version=1, by=w.by),
        ("caseload.mapped",),
        {"mapping": "[('age', '2')]"},
    ),
    "caseloads.discard_upload": Act(lambda w: discard_upload(upload=w.upload, by=w.by), ("caseload.discarded",)),
    "caseloads.confirm_caseload": Act(
        lambda w: confirm_caseload(
            inspection=w.fresh, rows=rows(4), digest="four", exclusions=[], by=w.by, upload=w.upload
        ),
        ("caseload.confirmed",),
        {"digest": "four", "cases": "4", "eligible": "4"},
    ),
    "draws.record_draw": Act(
        further_draw,
        ("caseload.confirmed", "sample.drawn"),
        {"seed": "s1", "method": "simple", "size": "2", "frame": "four"},
    ),
    "draws.replace_case": Act(
        lambda w: replace_case(drawn=w.place, reason="conflict", note="knows them", expected_version=1, by=w.by),
        ("case.replaced",),
        {"reason": "conflict", "note": "knows them"},
        reason="conflict",
    ),
    "assessments.save_assessment": Act(
        lambda w: save_assessment(case=w.case, answers=ANSWERS, findings=FACTS, key="k", by=w.by),
        ("casefinding.saved", "judgement.saved", "judgement.saved"),
        ANSWER_VALUES,
    ),
    "assessments.save_settled": Act(
        lambda w: save_settled(
            case=w.case, body={}, settle=lambda stored: Settled(ANSWERS, FACTS, {}), key="k", by=w.by
        ),
        ("casefinding.saved", "judgement.saved", "judgement.saved"),
        ANSWER_VALUES,
    ),
    "assessments.import_answers": Act(
        lambda w: import_answers(case=w.case, answers=ANSWERS, by=w.by),
        ("judgement.saved", "judgement.saved"),
        ANSWER_VALUES,
    ),
    "judgement_imports.import_judgements": Act(
        imported,
        ("judgement.saved", "judgement.saved", "judgements.imported"),
        {"file": "f1", "cases": "2", "added": "1", "answers": "2"},
    ),
    "reports.add_report": Act(
        lambda w: add_report(service=w.service, title="T", document="text", by=w.by),
        ("report.added",),
        {"title": "T", "document": "text"},
    ),
    "reports.save_report": Act(
        lambda w: save_report(report=w.report, title="T", document="text", expected_version=1, by=w.by),
        ("report.saved",),
        {"title": "T", "document": "text"},
    ),
    "reports.bind_report": Act(
        lambda w: bind_report(report=w.report, document="text", expected_version=1, by=w.by),
        ("report.bound",),
        {"document": "text"},
    ),
    "reports.note_report_downloaded": Act(
        lambda w: note_report_downloaded(report=w.report, form="pdf", by=w.by),
        ("report.downloaded",),
        {"form": "pdf", "version": "1"},
    ),
    "reading.note_case_read": Act(lambda w: note_case_read(case=w.case, by=w.by), ("case.read",)),
    "reading.note_answers_read": Act(
        lambda w: note_answers_read(inspection=w.drawn, question="Q1.1.1", by=w.by), ("answers.read",), reason="Q1.1.1"
    ),
    "reading.note_meetings_read": Act(lambda w: note_meetings_read(inspection=w.drawn, by=w.by), ("meetings.read",)),
    "showing.note_references_shown": Act(
        lambda w: note_references_shown(inspection=w.drawn, cases=list(w.drawn.cases.all()), by=w.by),
        ("reference.shown",) * 5,
    ),
    "showing.note_caseload_downloaded": Act(
        lambda w: note_caseload_downloaded(draw=w.draw, by=w.by), ("caseload.downloaded",)
    ),
}  # fmt: skip
ACTS |= gathered("ACTS")
#: what other actions are made of, which changes nothing by itself; when a session was last seen, which is no event; and
#: the library's queue of numbers, which says nothing that has no event of its own
PARTS = {"saving.once", "accounts.note_seen", "background.forget_what_failed", "background.clear_queue"} | {
    f"signatures.{name}" for name in ("void", "authored", "wrote", "call_off", "call_off_waiting")
}
each_act = pytest.mark.parametrize("act", [pytest.param(act, id=name) for name, act in ACTS.items()])


class Refused(RuntimeError):
    pass


@pytest.fixture
def world():
    return a_world()


def modules():
    return [import_module(f"{actions.__name__}.{found.name}") for found in pkgutil.iter_modules(actions.__path__)]


def newest(after: int) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(sequence__gt=after))


def test_no_action_is_left_out():
    public = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules()
        for name, made in inspect.getmembers(module, inspect.isfunction)
        if inspect.unwrap(made).__module__ == module.__name__ and not name.startswith("_")
    }
    assert public == set(ACTS) | PARTS


@each_act
def test_an_action_records_just_its_events(world, act):
    before = AuditEvent.objects.count()
    act.do(world)
    assert tuple(event.verb for event in newest(before)) == act.verbs


@each_act
def test_an_action_whose_events_cannot_be_written_writes_nothing(world, act, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise Refused

    for module in modules():
        if hasattr(module, "record"):
            monkeypatch.setattr(module, "record", refuse)
    before = everything()
    with pytest.raises(Refused):
        act.do(world)
    assert everything() == before


@each_act
def test_an_event_names_the_person_and_the_service(world, act):
    before = AuditEvent.objects.count()
    act.do(world)
    events = newest(before)
    assert {event.actor for event in events} == {world.by}
    if act.at_service:
        assert {event.service_id for event in events} == {world.service.pk}
    else:
        assert world.service.pk not in {event.service_id for event in events}


@each_act
def test_an_event_keeps_what_the_trail_needs(world, act):
    act.do(world)
    last = AuditEvent.objects.order_by("sequence").last()
    kept = dict(AuditValue.objects.filter(event=last).values_list("field", "value"))
    assert act.values.items() <= kept.items()
    assert bool(kept) is bool(act.values)
    assert set(last.commitments) == set(kept)
    assert last.reason == act.reason


@each_act
def test_the_chain_holds_after_an_action(world, act):
    act.do(world)
    assert verify().sound


@each_act
def test_no_reference_and_no_file_lies_open_in_the_database(world, act):
    act.do(world)
    stored = as_stored()
    assert CANARY not in stored
    assert "REF00" not in stored
    assert "NEW-1" not in stored
