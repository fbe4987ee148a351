"""Judgements from a file: every problem at once, shown before saved, saved whole or not at all."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aboveline.domain import judgement_import_problems
from aboveline.jobs.judgement_import import LIMIT_BYTES, plan_import
from aboveline.records.actions.assessments import AnswerChange, import_answers
from aboveline.records.audit import verify
from aboveline.records.models import Assessment, AuditEvent, Case, Judgement
from aboveline.records.queries.cases import answers_of, reference_of
from tests.inspection_builders import with_cases
from tests.records_builders import a_draw, a_service, a_user, an_inspection, with_role

pytestmark = pytest.mark.django_db
HEAD = "case,question,answer,assessor,note\n"


@pytest.fixture
def anna():
    return a_user("Anna Bell")


@pytest.fixture
def inspection(anna):
    service = a_service()
    with_role(anna, service)
    return with_cases(an_inspection(service), anna, 3)


class Importing:
    def __init__(self, user, inspection):
        self.client = Client()
        self.client.force_login(user)
        self.inspection = inspection
        self.address = reverse("import-judgements", args=[inspection.pk])

    def look(self, text, name="judgements.csv"):
        content = text if isinstance(text, bytes) else (HEAD + text).encode()
        return self.client.post(self.address, {"file": SimpleUploadedFile(name, content, "text/csv")})

    def confirm(self, looked, **changes):
        text = looked.content.decode()
        hidden = dict(re.findall(r'name="(sealed|key)" value="([^"]*)"', text))
        return self.client.post(self.address, hidden | changes)


@pytest.fixture
def importing(anna, inspection):
    return Importing(anna, inspection)


def words(response):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def answers(inspection, number):
    return {q: row.answer for q, row in answers_of(inspection.cases.get(number=number)).items()}


def codes(inspection, text):
    found = plan_import(inspection, (HEAD + text).encode(), file="j.csv")
    return [(p.code, p.place.row) for p in found.problems]


def test_nothing_is_saved_before_it_is_confirmed(importing, inspection):
    looked = importing.look("C001,Q1.1.1,yes,,\nC001,Q1.1.2,no,,seen\nC002,Q1.1.1,n/a,,\n")
    assert looked.status_code == 200
    assert "would save 3 answers in 2 cases" in words(looked)
    assert not Assessment.objects.exists()
    done = importing.confirm(looked)
    assert (done.status_code, done["Location"]) == (303, reverse("cases", args=[inspection.pk]))
    assert answers(inspection, "C001") == {"Q1.1.1": "sufficient", "Q1.1.2": "insufficient"}
    assert answers(inspection, "C002") == {"Q1.1.1": "not_applicable"}
    assert AuditEvent.objects.filter(verb="judgements.imported").count() == 1
    assert verify().sound


def test_cases_are_known_by_the_service_s_own_reference(importing, inspection):
    looked = importing.look("REF0001,Q1.1.1,yes,,\n")
    assert "REF0001" not in looked.content.decode()
    importing.confirm(looked)
    case = next(case for case in inspection.cases.all() if reference_of(case) == "REF0001")
    assert answers(inspection, case.number) == {"Q1.1.1": "sufficient"}


def test_every_problem_comes_at_once_and_nothing_of_the_file_is_kept(importing):
    response = importing.look("C001,Q9,yes,,\nC999,Q1.1.1,maybe,,\nC001,Q1.1.1,yes,,\nC001,Q1.1.1,no,,\n")
    text = words(response)
    assert response.status_code == 422
    assert text.lower().count("row ") >= 4
    for part in ("no question “Q9”", "“maybe” is not an answer", "already has an answer to question Q1.1.1"):
        assert part in text
    assert "C999" not in text
    assert not Assessment.objects.exists()


def test_a_case_that_is_not_on_the_list(inspection):
    assert codes(inspection, "C001,Q1.1.1,yes,,\nJohn,Q1.1.1,yes,,\n") == [("import.case-unknown", 3)]


def test_a_case_out_of_the_sample(anna):
    drawn = an_inspection()
    a_draw(drawn, anna, size=2, number=5)
    reserve = drawn.draws.get().drawn.filter(place="reserve").first().case
    assert codes(drawn, f"{reserve.number},Q1.1.1,yes,,\n") == [("import.case-not-sampled", 2)]


def test_one_case_by_both_its_names(inspection):
    case = inspection.cases.get(number="C001")
    found = codes(inspection, f"C001,Q1.1.1,yes,,\n{reference_of(case)},Q1.1.2,yes,,\n")
    assert [code for code, _row in found] == ["import.case-twice"]


def test_our_number_that_is_another_s_reference(anna):
    inspection = an_inspection()
    first = Importing(with_role(anna, inspection.service), inspection)
    first.confirm(first.look("C002,Q1.1.1,yes,,\nX,Q1.1.1,yes,,\n"))
    case = next(case for case in inspection.cases.all() if reference_of(case) == "C002")
    if case.number == "C002":  # hashes number the cases, so in half of all inspections the two agree
        assert codes(inspection, "C002,Q1.1.1,no,,\n") == []
    else:
        assert codes(inspection, "C002,Q1.1.1,no,,\n") == [("import.case-ambiguous", 2)]


def test_a_long_note(inspection):
    assert codes(inspection, f"C001,Q1.1.1,yes,,{'x' * 5001}\n") == [("import.note-too-long", 2)]


def test_the_catalogue_s_codes_are_apart():
    catalogue = [kind.code for kind in judgement_import_problems.CATALOGUE]
    assert len(set(catalogue)) == len(catalogue) == 5


def test_without_a_case_list_the_file_brings_its_cases(anna):
    inspection = an_inspection()
    importing = Importing(with_role(anna, inspection.service), inspection)
    looked = importing.look("A7,Q1.1.1,yes,,\nB9,Q1.1.1,no,,\n")
    assert "Cases not known yet, which would be added 2" in words(looked)
    assert not inspection.cases.exists()
    importing.confirm(looked)
    assert sorted(case.number for case in inspection.cases.all()) == ["C001", "C002"]
    importing.confirm(importing.look("A7,Q1.1.2,yes,,\nD1,Q1.1.1,no,,\n"))
    assert {reference_of(case) for case in inspection.cases.all()} == {"A7", "B9", "D1"}
    assert Judgement.objects.count() == 4


def test_a_blank_answer_takes_nothing_back_and_words_on_record_stay(importing, inspection, anna):
    case = inspection.cases.get(number="C001")
    stored = [
        AnswerChange("Q1.1.1", "sufficient", 0, note="seen"),
        AnswerChange("Q1.1.2", "insufficient", 0, note="weak", improvement="more"),
    ]
    import_answers(case=case, answers=stored, by=anna)
    looked = importing.look("C001,Q1.1.1,,,\nC001,Q1.1.2,yes,,\nC001,Q1.1.3,yes,,\n")
    text = words(looked)
    assert "would be replaced 1" in text
    assert "leaves blank, which stay 1" in text
    importing.confirm(looked)
    rows = answers_of(case)
    assert (rows["Q1.1.1"].answer, rows["Q1.1.1"].version) == ("sufficient", 1)
    assert (rows["Q1.1.2"].answer, rows["Q1.1.2"].note, rows["Q1.1.2"].improvement) == ("sufficient", "weak", "more")


def test_the_same_file_again_has_nothing_to_save(importing):
    rows = "C001,Q1.1.1,yes,,\n"
    importing.confirm(importing.look(rows))
    again = importing.look(rows)
    assert "on record already" in words(again)
    assert "sealed" not in again.content.decode()


def test_a_confirmation_sent_twice_has_one_effect(importing):
    looked = importing.look("C001,Q1.1.1,yes,,\n")
    importing.confirm(looked)
    before = AuditEvent.objects.count()
    assert importing.confirm(looked).status_code == 303
    assert AuditEvent.objects.count() == before


def test_a_save_meanwhile_is_shown_before_anything_is_imported(importing, inspection, anna):
    looked = importing.look("C001,Q1.1.1,yes,,\n")
    case = inspection.cases.get(number="C001")
    import_answers(case=case, answers=[AnswerChange("Q1.1.1", "insufficient", 0)], by=anna)
    response = importing.confirm(looked)
    assert response.status_code == 409
    assert "would be replaced 1" in words(response)
    assert answers(inspection, "C001") == {"Q1.1.1": "insufficient"}
    assert importing.confirm(response).status_code == 303
    assert answers(inspection, "C001") == {"Q1.1.1": "sufficient"}


def test_a_staged_file_is_its_owner_s_and_its_inspection_s(importing, inspection):
    looked = importing.look("C001,Q1.1.1,yes,,\n")
    other = Importing(with_role(a_user(), inspection.service), inspection)
    assert other.confirm(looked).status_code == 422
    elsewhere = with_cases(an_inspection(inspection.service), a_user(), 3)
    importing.address = reverse("import-judgements", args=[elsewhere.pk])
    assert importing.confirm(looked).status_code == 422
    assert importing.confirm(looked, sealed="x" * 100).status_code == 422
    assert importing.confirm(looked, sealed="é").status_code == 422
    assert not Assessment.objects.exists()


def test_warnings_are_shown_and_do_not_stop(importing, inspection):
    looked = importing.look("C001,Q1.1.1,n/a,,\n")
    assert "applies to every case, but is answered not applicable" in words(looked)
    assert importing.confirm(looked).status_code == 303
    assert answers(inspection, "C001") == {"Q1.1.1": "not_applicable"}


def test_assessors_in_the_file_are_said_not_to_be_kept(importing):
    assert "are recorded as imported by you" in words(importing.look("C001,Q1.1.1,yes,Somebody,\n"))
    assert "are recorded as imported by you" not in words(importing.look("C001,Q1.1.1,yes,,\n"))


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04", b"a,b\n1,2\n", "é\n".encode("utf-16")])
def test_files_of_other_kinds_are_refused_plainly(importing, content):
    response = importing.look(content)
    assert response.status_code == 422
    assert "Nothing was imported" in words(response)


def test_a_file_too_large_is_refused(importing):
    response = importing.look(b"x" * (LIMIT_BYTES + 1))
    assert "must be smaller than 2 MB" in words(response)


def test_no_file_at_all(importing):
    response = importing.client.post(importing.address, {})
    assert response.status_code == 422
    assert "Choose a file of judgements" in words(response)


def test_a_hostile_file_name_and_note_stay_words(importing, inspection):
    note = "<script>alert(1)</script>"
    looked = importing.look(f"C001,Q1.1.1,yes,,{note}\n", name="<img src=x>.csv")
    assert "<img src=x>" not in looked.content.decode()
    importing.confirm(looked)
    address = reverse("judge-case", args=[inspection.pk, "C001"])
    assert note not in importing.client.get(address).content.decode()


def test_a_failure_half_way_leaves_nothing(anna, monkeypatch):
    inspection = an_inspection()
    importing = Importing(with_role(anna, inspection.service), inspection)
    looked = importing.look("A,Q1.1.1,yes,,\nB,Q1.1.1,yes,,\n")
    from aboveline.records.actions import judgement_imports

    calls = []

    def fails_at_the_second(**arguments):
        calls.append(1)
        if len(calls) > 1:
            raise RuntimeError("power cut")
        return import_answers(**arguments)

    monkeypatch.setattr(judgement_imports, "import_answers", fails_at_the_second)
    with pytest.raises(RuntimeError, match="power cut"):
        importing.confirm(looked)
    assert not Case.objects.exists()
    assert not Judgement.objects.exists()


def test_a_whole_inspection_of_many_cases(importing, inspection):
    many = with_cases(an_inspection(inspection.service), a_user(), 62)
    importing.address, importing.inspection = reverse("import-judgements", args=[many.pk]), many
    rows = "".join(f"C{case:03d},Q1.1.{q},yes,,\n" for case in range(1, 63) for q in range(1, 15))
    importing.confirm(importing.look(rows))
    assert Judgement.objects.count() == 62 * 14
