"""Saving answers: versions, conflicts with both values, replays, and one audit event for each change."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveline.records.actions.assessments import AnswerChange, FindingChange, import_answers, save_assessment
from aboveline.records.actions.saving import KeyReused
from aboveline.records.audit import verify
from aboveline.records.models import AuditEvent, Judgement, SavedRequest
from aboveline.records.queries.cases import answers_of, findings_of
from tests.records_builders import a_caseload, a_user, an_inspection

KEYS = count()
pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return a_user("First Assessor")


@pytest.fixture
def case(by):
    inspection = an_inspection()
    a_caseload(inspection, by)
    return inspection.cases.first()


def save(case, by, *answers, key="k1", findings=()):
    return save_assessment(case=case, answers=answers, findings=findings, key=key, by=by)


def test_a_first_save_is_version_one(case, by):
    outcome = save(case, by, AnswerChange("Q1.1.1", "sufficient", 0, note="on file"))
    assert outcome["saved"] == {"Q1.1.1": 1}
    row = answers_of(case)["Q1.1.1"]
    assert (row.answer, row.note, row.version, row.author) == ("sufficient", "on file", 1, by)


def test_an_unanswered_question_never_saved_stays_unsaved(case, by):
    assert save(case, by, AnswerChange("Q1.1.1", "not_answered", 0))["saved"] == {}
    assert not answers_of(case)


def test_only_changes_are_written_and_audited(case, by):
    save(case, by, *(AnswerChange(f"Q1.1.{i}", "sufficient", 0) for i in range(1, 11)))
    before = AuditEvent.objects.count()
    unchanged = [AnswerChange(f"Q1.1.{i}", "sufficient", 1) for i in range(1, 10)]
    outcome = save(case, by, *unchanged, AnswerChange("Q1.1.10", "insufficient", 1), key="k2")
    assert outcome["saved"] == {"Q1.1.10": 2}
    assert AuditEvent.objects.count() == before + 1
    assert verify().sound


def test_a_stale_answer_comes_back_with_both_values_and_the_rest_is_saved(case, by):
    other = a_user("Second Assessor")
    save(case, by, AnswerChange("Q1.1.1", "sufficient", 0))
    outcome = save(
        case,
        other,
        AnswerChange("Q1.1.1", "insufficient", 0, note="mine"),
        AnswerChange("Q1.1.2", "sufficient", 0),
        key="other",
    )
    assert outcome["saved"] == {"Q1.1.2": 1}
    (conflict,) = outcome["conflicts"]
    assert conflict["id"] == "Q1.1.1"
    assert conflict["yours"]["answer"] == "insufficient"
    assert conflict["theirs"]["answer"] == "sufficient"
    assert conflict["author"] == "First Assessor"
    assert conflict["version"] == 1
    assert answers_of(case)["Q1.1.1"].answer == "sufficient"


def test_what_another_wrote_is_a_reading_on_record_and_is_not_kept_with_the_request(case, by):
    save(case, by, AnswerChange("Q1.1.1", "sufficient", 0, note="Zebedee was seen at home"))
    other, mine = a_user("Second Assessor"), AnswerChange("Q1.1.1", "insufficient", 0, note="mine")
    for time in (1, 2):
        before = AuditEvent.objects.count()
        (conflict,) = save(case, other, mine, key="other")["conflicts"]
        assert conflict["theirs"]["note"] == "Zebedee was seen at home", f"sent {time} times"
        read = AuditEvent.objects.get(sequence__gt=before)
        assert (read.verb, read.actor, read.object_id) == ("case.read", other, str(case.pk))
    assert "Zebedee" not in str(list(SavedRequest.objects.values()))


def test_the_same_person_in_two_tabs_is_told_as_well(case, by):
    save(case, by, AnswerChange("Q1.1.1", "sufficient", 0), key="tab one")
    assert save(case, by, AnswerChange("Q1.1.1", "insufficient", 0), key="tab two")["conflicts"]


def test_an_equal_answer_at_an_old_version_is_no_conflict(case, by):
    save(case, by, AnswerChange("Q1.1.1", "sufficient", 0))
    assert save(case, by, AnswerChange("Q1.1.1", "sufficient", 0), key="k2")["conflicts"] == []


def test_sending_a_save_again_has_one_effect_and_the_same_answer(case, by):
    first = save(case, by, AnswerChange("Q1.1.1", "sufficient", 0))
    save(case, by, AnswerChange("Q1.1.1", "insufficient", 1), key="k2")
    before = AuditEvent.objects.count()
    assert save(case, by, AnswerChange("Q1.1.1", "sufficient", 0)) == first
    assert AuditEvent.objects.count() == before
    assert answers_of(case)["Q1.1.1"].answer == "insufficient"


def test_a_key_with_another_body_is_refused(case, by):
    save(case, by, AnswerChange("Q1.1.1", "sufficient", 0))
    with pytest.raises(KeyReused):
        save(case, by, AnswerChange("Q1.1.1", "insufficient", 0))


@pytest.mark.parametrize("key", ["", "k" * 81])
def test_a_save_needs_a_key_of_sensible_length(case, by, key):
    with pytest.raises(ValueError, match="key of 1 to 80"):
        save(case, by, AnswerChange("Q1.1.1", "sufficient", 0), key=key)


def test_case_facts_are_saved_by_the_same_rules(case, by):
    save(case, by, findings=[FindingChange("custody", "yes", 0)])
    stale = save(case, by, findings=[FindingChange("custody", "no", 0)], key="k2")
    assert findings_of(case)["custody"].option == "yes"
    assert stale["conflicts"][0]["theirs"] == {"option": "yes"}


def test_a_file_is_the_newest_word(case, by):
    save(case, by, AnswerChange("Q1.1.1", "sufficient", 0))
    outcome = import_answers(case=case, answers=[AnswerChange("Q1.1.1", "insufficient", 0)], by=by)
    assert outcome["saved"] == {"Q1.1.1": 2}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["sufficient", "insufficient"]), st.integers(0, 4))))
def test_saves_agree_with_a_plain_model(case, by, steps):
    """Against a dictionary: a save at the newest version wins, an equal one is no change, any other conflicts."""
    Judgement.objects.filter(assessment__case=case).delete()
    model: dict[str, tuple[str, int]] = {}
    for question, answer, expected in steps:
        outcome = save(case, by, AnswerChange(question, answer, expected), key=f"model-{next(KEYS)}")
        value, version = model.get(question, ("", 0))
        if value == answer:
            assert outcome["saved"] == {}
            assert outcome["conflicts"] == []
        elif version == expected:
            model[question] = (answer, version + 1)
            assert outcome["saved"] == {question: version + 1}
        else:
            assert outcome["conflicts"][0]["version"] == version
    assert {q: (row.answer, row.version) for q, row in answers_of(case).items()} == model
