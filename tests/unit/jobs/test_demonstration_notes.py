"""The library of notes, and how they are dealt out."""

import re
from collections import Counter

from aboveline.domain.applicability import Given
from aboveline.domain.judgement import Answer
from aboveline.exchange.demonstration import note_library
from aboveline.exchange.frameworks import load_framework
from aboveline.jobs.demonstration.notes import NoteWriter

FRAMEWORK = load_framework("cci-2009")
LIBRARY = note_library()
#: two capitalised words in a row inside a sentence, or a title before one
PERSON = re.compile(r"\b(Mr|Mrs|Ms|Miss|Dr)\b|(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]+")


def sentences() -> list[str]:
    packs = (*LIBRARY.insufficient.values(), LIBRARY.none_made, *(topic.notes for topic in LIBRARY.topics.values()))
    pairs = [note for notes in packs for note in notes]
    return [text for n in pairs for text in (n.note, n.improvement)] + [
        t for v in LIBRARY.sufficient.values() for t in v
    ]


def written(answer: Answer, question: str = "Q1.1.3", *, cases: int = 200, none_made: bool = False) -> list[Given]:
    writer = NoteWriter(LIBRARY, "seed")
    return [writer.write(str(i), question, answer, "", none_made=none_made) for i in range(cases)]


def test_every_question_has_notes_and_no_other_has():
    ids = {question.id for question in FRAMEWORK.questions}
    assert set(LIBRARY.insufficient) == ids
    assert set(LIBRARY.sufficient) <= ids
    assert {question for topic in LIBRARY.topics.values() for question in topic.questions} <= ids


def test_there_are_many_different_notes_each_a_short_sentence():
    notes = [n.note for v in LIBRARY.insufficient.values() for n in v]
    assert len(set(notes)) == len(notes) > 150
    assert all(10 < len(text) < 120 and text.lstrip("“")[0].isupper() and text[-1] == "." for text in sentences())


def test_nobody_is_named():
    assert [text for text in sentences() if PERSON.search(text)] == []


def test_control_a_name_is_found():
    assert PERSON.search("Seen with Jane Smith at home.")
    assert PERSON.search("Told Mr Smith.")


def test_most_insufficient_answers_say_why_and_what_was_wanting_but_not_all():
    given = written(Answer.INSUFFICIENT)
    noted = [g for g in given if g.note]
    assert 0.6 < len(noted) / len(given) < 0.85
    assert 0.7 < sum(bool(g.improvement) for g in noted) / len(noted) < 0.95
    assert not any(g.improvement and not g.note for g in given)


def test_a_note_comes_again_only_when_all_of_its_pack_were_dealt():
    pack = LIBRARY.for_insufficient("Q1.1.3")
    notes = [g.note for g in written(Answer.INSUFFICIENT) if g.note]
    first, second = notes[: len(pack)], notes[len(pack) : 2 * len(pack)]
    assert set(first) == set(second) == {note.note for note in pack}
    assert first != second
    assert len(pack) > 7


def test_work_that_was_never_made_is_noted_as_such():
    notes = {g.note for g in written(Answer.INSUFFICIENT, none_made=True)} - {""}
    assert notes == {n.note for n in LIBRARY.none_made}


def test_good_work_is_remarked_on_now_and_then_each_remark_once_and_never_with_an_improvement():
    given = written(Answer.SUFFICIENT)
    assert Counter(g.note for g in given if g.note) == Counter(LIBRARY.sufficient["Q1.1.3"])
    assert not any(g.improvement for g in given)


def test_what_does_not_apply_keeps_its_reason_and_gets_no_note():
    given = NoteWriter(LIBRARY, "seed").write("1", "Q2.3.2", Answer.NOT_APPLICABLE, "not_called_for", none_made=False)
    assert given == Given(Answer.NOT_APPLICABLE, "not_called_for")
