"""What a case form sent, read: only what was touched, and everything wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.applicability import CASE_FACTS, Given
from aboveline.domain.judgement import Answer
from aboveline.exchange.frameworks import load_framework
from aboveline.web.forms.case_form import ANSWER_FIELDS, UNKNOWN_LIMIT, clean, read_case_form, seen_token, shown_values

CCI = load_framework("cci-2009")


def shown(given=None, version=0, id="Q1.1.1"):
    """The fields of one question as a page shows them."""
    values = shown_values(given or Given())
    names = (f"{id}-{field}" for field in ANSWER_FIELDS)
    return dict(zip(names, values, strict=True)) | {f"{id}-seen": seen_token(version, values)}


def sent(fields):
    return read_case_form(fields, CCI).sent


def codes(fields):
    return [problem.code for problem in sent(fields).problems]


@pytest.mark.parametrize(
    "stored",
    [
        Given(),
        Given(Answer.SUFFICIENT, note="one\ntwo"),
        Given(Answer.NOT_APPLICABLE, "too_early"),
        Given(Answer.NOT_APPLICABLE, CASE_FACTS, "kept"),
    ],
)
def test_what_comes_back_as_shown_is_not_sent_on(stored):
    fields = shown(stored, 3)
    fields["Q1.1.1-note"] = fields["Q1.1.1-note"].replace("\n", "\r\n")  # as browsers send it
    assert sent(fields).answers == {}


def test_what_was_changed_is_sent_with_the_version_shown():
    fields = shown(Given(Answer.SUFFICIENT), 3) | {"Q1.1.1-answer": "insufficient", "Q1.1.1-improvement": " more "}
    found = sent(fields).answers["Q1.1.1"]
    assert (found.given, found.version) == (Given(Answer.INSUFFICIENT, improvement="more"), 3)


def test_where_it_is_seen_and_what_it_is_put_forward_as_are_part_of_the_answer():
    found = sent(shown(version=1) | {"Q1.1.1-evidence": " Contact of 3 May ", "Q1.1.1-flag": "good"})
    assert found.answers["Q1.1.1"].given == Given(evidence="Contact of 3 May", flag="good")


def test_an_unknown_flag_is_a_problem_and_nothing_of_the_answer_is_sent_on():
    fields = shown(version=1) | {"Q1.1.1-answer": "sufficient", "Q1.1.1-flag": "best"}
    assert codes(fields) == ["assessment.answer-unknown"]
    assert sent(fields).answers == {}


def test_taking_an_answer_back_is_a_change():
    found = sent(shown(Given(Answer.SUFFICIENT), 1) | {"Q1.1.1-answer": ""})
    assert found.answers["Q1.1.1"].given.answer is Answer.NOT_ANSWERED


def test_a_reason_is_dropped_with_the_answer_it_was_for():
    fields = shown(Given(Answer.NOT_APPLICABLE, "too_early"), 1) | {"Q1.1.1-answer": "sufficient"}
    assert sent(fields).answers["Q1.1.1"].given.reason == ""


def test_a_part_of_a_page_says_nothing_of_the_rest():
    found = sent(shown(id="Q1.1.2") | {"Q1.1.2-answer": "sufficient"})
    assert set(found.answers) == {"Q1.1.2"}
    assert found.findings == {}
    assert sent({}) == sent({"csrfmiddlewaretoken": "x", "key": "y", "go": "z"})


def test_facts_are_read_alike():
    fields = {"fact-mappa-option": "level_2", "fact-mappa-seen": seen_token(4, ("level_1",))}
    found = sent(fields).findings["mappa"]
    assert (found.option, found.version) == ("level_2", 4)
    assert sent(fields | {"fact-mappa-option": "level_1"}).findings == {}


def test_an_unknown_answer_is_a_problem():
    assert codes(shown() | {"Q1.1.1-answer": "perhaps"}) == ["assessment.answer-unknown"]


def test_an_unknown_question_is_a_problem_once():
    assert codes({"Q9-answer": "sufficient", "Q9-note": "x", "fact-no-option": "y"}) == ["assessment.thing-unknown"] * 2
    assert len(codes({f"Q9.{i}-note": "x" for i in range(100)})) == UNKNOWN_LIMIT


@pytest.mark.parametrize("seen", [None, "", "one", "-1.x", "9" * 41])
def test_without_the_version_shown_nothing_is_sent_on(seen):
    fields = shown() | {"Q1.1.1-answer": "sufficient", "Q1.1.1-seen": seen}
    if seen is None:
        del fields["Q1.1.1-seen"]
    assert codes(fields) == ["assessment.not-seen"]
    assert sent(fields).answers == {}


def test_after_a_conflict_the_choice_decides():
    fields = shown(Given(Answer.SUFFICIENT), 2) | {"Q1.1.1-answer": "insufficient"}
    assert sent(fields | {"Q1.1.1-choice": "theirs"}).answers == {}
    assert sent(fields | {"Q1.1.1-choice": "mine"}).answers["Q1.1.1"].version == 2
    undecided = read_case_form(fields | {"Q1.1.1-choice": ""}, CCI)
    assert [problem.code for problem in undecided.sent.problems] == ["assessment.choice-missing"]
    assert undecided.sent.answers == {}
    assert undecided.typed["Q1.1.1"]["answer"] == "insufficient"


texts = st.text(st.characters(codec="utf-8"), max_size=30)


@given(st.sampled_from(Answer), st.sampled_from(["", "too_early", CASE_FACTS]), texts, texts, st.integers(0, 99))
def test_any_stored_answer_comes_back_untouched(answer, reason, note, improvement, version):
    stored = Given(answer, reason if answer is Answer.NOT_APPLICABLE else "", clean(note), clean(improvement))
    assert sent(shown(stored, version)).answers == {}


@given(texts, texts)
def test_any_changed_note_is_sent_on(before, after):
    fields = shown(Given(note=clean(before))) | {"Q1.1.1-note": after}
    assert bool(sent(fields).answers) == (clean(before) != clean(after))
