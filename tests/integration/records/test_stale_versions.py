"""Whatever two people can change at once has a version, and a change made on an old one is refused, by model."""

from typing import Any

import pytest
from django.apps import apps

from aboveline.records.actions.assessments import AnswerChange, FindingChange, save_assessment
from aboveline.records.actions.caseloads import confirm_caseload, correct_mapping, discard_upload, stage_upload
from aboveline.records.actions.draws import record_draw, replace_case
from aboveline.records.actions.inspections import record_first_plan
from aboveline.records.actions.judgement_imports import import_judgements
from aboveline.records.actions.reports import bind_report, save_report
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import CaseFinding, DrawnCase, Inspection, Judgement, SavedRequest
from aboveline.records.queries.overview import marks_of
from tests.integration.records.parts import Edit, gathered
from tests.integration.records.world import World, a_world, everything
from tests.records_builders import a_user, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_world()


def first_plan(w: World, seen: int, text: str) -> object:
    return record_first_plan(
        inspection=w.drawn, outcome=Inspection.FirstPlan.PARTLY, note=text, expected_version=seen, by=w.by
    )


def saved_report(w: World, seen: int, text: str) -> object:
    return save_report(report=w.report, title=text, document=text, expected_version=seen, by=w.by)


def bound_report(w: World, seen: int, text: str) -> object:
    return bind_report(report=w.report, document=text, expected_version=seen, by=w.by)


def mapping(w: World, seen: int, text: str) -> object:
    return correct_mapping(upload=w.upload, mapping={text: "1"}, expected_version=seen, by=w.by)


def replaced(w: World, seen: int, text: str) -> object:
    return replace_case(drawn=w.place, reason="conflict", note=text, expected_version=seen, by=w.by)


EDITS = {
    "first plan": Edit("Inspection", first_plan, lambda w: w.drawn),
    "report": Edit("Report", saved_report, lambda w: w.report),
    "report's figures": Edit("Report", bound_report, lambda w: w.report),
    "columns of an upload": Edit("CaseloadUpload", mapping, lambda w: w.upload),
    "drawn case": Edit("DrawnCase", replaced, lambda w: w.place),
}
EDITS |= gathered("EDITS")
#: versioned row by row: a conflict comes back beside what was saved
BY_ROW = {"Judgement", "CaseFinding", "SecondJudgement", "SecondFinding"}
each_edit = pytest.mark.parametrize("edit", [pytest.param(edit, id=name) for name, edit in EDITS.items()])


def test_every_model_with_a_version_is_gone_through_here():
    models = apps.get_app_config("records").get_models()
    versioned = {model.__name__ for model in models if "version" in {field.name for field in model._meta.fields}}
    assert versioned == {edit.model for edit in EDITS.values()} | BY_ROW


@each_edit
def test_a_change_on_the_version_seen_makes_the_next(world, edit):
    edit.change(world, 1, "mine")
    row = edit.row(world)
    row.refresh_from_db()
    assert row.version == 2


@each_edit
@pytest.mark.parametrize("seen", [0, 1, 3])
def test_a_change_on_any_other_version_is_refused_and_changes_nothing(world, edit, seen):
    edit.change(world, 1, "theirs")
    before = everything()
    with pytest.raises(Stale) as refused:
        edit.change(world, seen, "mine")
    assert everything() == before
    assert refused.value.current == edit.row(world)
    assert refused.value.current.version == 2


@each_edit
def test_the_object_in_hand_does_not_decide_what_is_newest(world, edit):
    """A page may have read the row before someone else saved it."""
    early = edit.row(world)
    edit.change(world, 1, "theirs")
    assert early.version == 1
    with pytest.raises(Stale):
        edit.change(world, 1, "mine")


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Judgement, {"answers": [AnswerChange("Q1.1.1", "insufficient", 0)], "findings": []}),
        (CaseFinding, {"answers": [], "findings": [FindingChange("custody", "no", 0)]}),
    ],
)
def test_a_stale_row_of_an_assessment_comes_back_with_the_newest(world, model, change):
    before = list(model.objects.values())
    outcome = save_assessment(case=world.case, **change, key="late", by=a_user("Second"))
    assert outcome["saved"] == {}
    (conflict,) = outcome["conflicts"]
    assert (conflict["version"], conflict["author"]) == (1, "Robin Manager")
    assert conflict["saved_at"] == model.objects.get().saved_at.isoformat()
    assert list(model.objects.values()) == before


def test_every_field_of_an_answer_comes_back_as_stored_and_as_sent(world):
    mine = AnswerChange("Q1.1.1", "insufficient", 0, "why", "my note", "my wish", "p. 3", "good")
    (conflict,) = save_assessment(case=world.case, answers=[mine], findings=[], key="late", by=world.by)["conflicts"]
    assert conflict["yours"] == {
        "answer": "insufficient", "reason": "why", "note": "my note", "improvement": "my wish",
        "evidence": "p. 3", "flag": "good",
    }  # fmt: skip
    assert conflict["theirs"] == {
        "answer": "sufficient", "reason": "", "note": "seen", "improvement": "",
        "evidence": "", "flag": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "r"},
        {"note": "n"},
        {"improvement": "i"},
        {"evidence": "p. 3"},
        {"flag": "concern"},
        {"answer": "insufficient"},
    ],
)
def test_a_difference_in_any_one_field_is_a_change(world, change):
    same = {"answer": "sufficient", "note": "seen"}
    answer = AnswerChange("Q1.1.1", expected_version=1, **(same | change))
    assert save_assessment(case=world.case, answers=[answer], findings=[], key="k", by=world.by)["saved"]


def test_an_answer_that_was_never_there_conflicts_with_a_version_that_was_seen(world):
    outcome = save_assessment(
        case=world.case, answers=[AnswerChange("Q1.1.2", "sufficient", 3)], findings=[], key="k", by=world.by
    )
    (conflict,) = outcome["conflicts"]
    assert (conflict["version"], conflict["author"], conflict["saved_at"]) == (0, "", "")
    assert set(conflict["theirs"].values()) == {""}


def test_an_upload_is_not_confirmed_with_columns_nobody_looked_at(world):
    correct_mapping(upload=world.upload, mapping={"age": "1"}, expected_version=1, by=world.by)
    with pytest.raises(Stale):
        confirm_caseload(
            inspection=world.fresh, rows=rows(2), digest="d", exclusions=[], by=world.by, upload=world.upload
        )
    assert not world.fresh.caseloads.exists()


def test_a_discarded_upload_is_neither_mapped_nor_confirmed(world):
    early = type(world.upload).objects.get(pk=world.upload.pk)
    discard_upload(upload=world.upload, by=world.by)
    with pytest.raises(Stale):
        correct_mapping(upload=early, mapping={}, expected_version=1, by=world.by)
    with pytest.raises(Stale):
        confirm_caseload(inspection=world.fresh, rows=rows(2), digest="d", exclusions=[], by=world.by, upload=early)


def test_a_confirmed_upload_is_emptied_and_closed(world):
    confirm_caseload(inspection=world.fresh, rows=rows(2), digest="d", exclusions=[], by=world.by, upload=world.upload)
    world.upload.refresh_from_db()
    assert bytes(world.upload.content) == b""
    assert world.upload.closed_at


def test_a_newer_upload_leaves_those_of_other_inspections_open(world):
    stage_upload(inspection=world.drawn, content=b"x", kind="csv", mapping={}, by=world.by)
    world.upload.refresh_from_db()
    assert world.upload.closed_at is None


def test_a_draw_after_assessment_began_is_refused_whatever_its_reason(world):
    with pytest.raises(ValueError, match="assessment has begun"):
        record_draw(
            inspection=world.drawn, caseload=world.draw.caseload, method="simple", seed="s", certificate={}, sample=[],
            reserves=[], by=world.by, expected_draws=1, reason="again",
        )  # fmt: skip


def test_a_reserve_takes_the_position_of_the_case_it_replaces(world):
    position = world.place.position
    put_in = replaced(world, 1, "note")
    world.place.refresh_from_db()
    assert (put_in.position, put_in.place, put_in.version) == (position, "sample", 2)
    assert (world.place.place, world.place.replaced_by, world.place.note) == ("replaced", put_in, "note")


@pytest.mark.parametrize("place", [DrawnCase.Place.RESERVE, DrawnCase.Place.REPLACED])
def test_only_a_case_in_the_sample_can_be_replaced(world, place):
    if place == DrawnCase.Place.REPLACED:
        replaced(world, 1, "")
    drawn = world.draw.drawn.filter(place=place).first()
    with pytest.raises(Stale):
        replace_case(drawn=drawn, reason="conflict", note="", expected_version=drawn.version, by=world.by)


class TestImport:
    def run(self, w: World, marks: str, key: str = "i1", digest: str = "f1") -> dict[str, Any]:
        return import_judgements(
            inspection=w.drawn, answers={w.case.pk: [AnswerChange("Q1.1.1", "insufficient", 0)]},
            of_new_cases={"N-1": [], "N-2": []}, digest=digest, expected_marks=marks, key=key, by=w.by,
        )  # fmt: skip

    def test_a_file_looked_at_before_someone_saved_is_refused(self, world):
        marks = marks_of(world.drawn)
        save_assessment(
            case=world.case, answers=[AnswerChange("Q1.1.2", "sufficient", 0)], findings=[], key="k", by=world.by
        )
        before = everything()
        with pytest.raises(Stale):
            self.run(world, marks)
        assert everything() == before

    def test_added_cases_are_numbered_on_and_keep_their_reference(self, world):
        self.run(world, marks_of(world.drawn))
        assert list(world.drawn.cases.values_list("number", flat=True))[-2:] == ["C006", "C007"]

    def test_the_same_file_sent_again_answers_as_it_did(self, world):
        marks = marks_of(world.drawn)
        first = self.run(world, marks)
        assert self.run(world, marks) == first == {"cases": 3, "added": 2, "answers": 1}

    def test_a_key_does_not_carry_another_file(self, world):
        marks = marks_of(world.drawn)
        self.run(world, marks)
        with pytest.raises(KeyReused):
            self.run(world, marks, digest="another")


class TestOnce:
    def test_a_key_is_its_sender_s_own(self, world):
        seen = [once(by=who, key="k", body={}, act=lambda who=who: {"by": who.name}) for who in (world.by, a_user("B"))]
        assert seen == [{"by": "Robin Manager"}, {"by": "B"}]

    def test_what_fails_may_be_sent_again_under_its_key(self, world):
        def fail() -> dict[str, Any]:
            raise LookupError

        with pytest.raises(LookupError):
            once(by=world.by, key="k", body={}, act=fail)
        assert once(by=world.by, key="k", body={}, act=lambda: {"done": True}) == {"done": True}

    def test_of_what_was_sent_only_a_digest_is_kept(self, world):
        once(by=world.by, key="k", body={"note": "said of a child"}, act=dict)
        kept = SavedRequest.objects.get(key="k")
        assert "child" not in repr(vars(kept))
        assert len(kept.body_digest) == 64
