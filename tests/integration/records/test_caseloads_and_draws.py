"""Case lists are confirmed whole, draws are never silent, references are sealed."""

import pytest
from django.db import IntegrityError, connection, transaction

from aboveline.records.actions.caseloads import (
    AssessmentsExist,
    SameList,
    confirm_caseload,
    correct_mapping,
    discard_upload,
    stage_upload,
)
from aboveline.records.actions.draws import AlreadyDrawn, NoReserveLeft, record_draw, replace_case
from aboveline.records.actions.saving import Stale
from aboveline.records.identity import CannotUnseal, reference_hash, seal, unseal
from aboveline.records.models import AuditEvent, Case, DrawnCase
from aboveline.records.queries.cases import content_of, drawn_cases, open_upload, reference_of
from aboveline.records.queries.inspections import draw_in_force, sampled_cases
from tests.records_builders import a_caseload, a_draw, a_user, an_inspection, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return a_user()


@pytest.fixture
def inspection():
    return an_inspection()


def upload(inspection, by, content=b"case_ref\nREF001\n"):
    return stage_upload(inspection=inspection, content=content, kind="csv", mapping={"case_ref": "case_ref"}, by=by)


def test_an_upload_is_sealed_and_can_be_read_back(inspection, by):
    staged = upload(inspection, by)
    assert b"REF001" not in bytes(staged.content)
    assert content_of(open_upload(inspection)) == b"case_ref\nREF001\n"


def test_a_newer_upload_takes_the_place_of_an_open_one(inspection, by):
    first = upload(inspection, by)
    second = upload(inspection, by, b"case_ref\nREF002\n")
    first.refresh_from_db()
    assert open_upload(inspection) == second
    assert bytes(first.content) == b""


def test_a_mapping_corrected_meanwhile_is_not_overwritten(inspection, by):
    staged = upload(inspection, by)
    correct_mapping(upload=staged, mapping={"Ref": "case_ref"}, expected_version=1, by=by)
    with pytest.raises(Stale):
        correct_mapping(upload=staged, mapping={"X": "case_ref"}, expected_version=1, by=by)


def test_a_discarded_upload_is_emptied(inspection, by):
    discard_upload(upload=upload(inspection, by), by=by)
    assert open_upload(inspection) is None


@pytest.mark.parametrize("closed_by", ["discarding", "confirming"])
def test_an_upload_that_is_closed_is_not_discarded_again(inspection, by, closed_by):
    staged = upload(inspection, by)
    early = open_upload(inspection)
    if closed_by == "discarding":
        discard_upload(upload=staged, by=by)
    else:
        confirm_caseload(inspection=inspection, rows=rows(2), digest="d", exclusions=[], by=by, upload=staged)
    events, closed_at = AuditEvent.objects.count(), inspection.uploads.get().closed_at
    discard_upload(upload=early, by=by)
    assert AuditEvent.objects.count() == events
    assert inspection.uploads.get().closed_at == closed_at


def test_confirming_numbers_the_cases_and_seals_their_references(inspection, by):
    a_caseload(inspection, by)
    assert [c.number for c in inspection.cases.all()] == ["C001", "C002", "C003", "C004", "C005"]
    assert {reference_of(case) for case in inspection.cases.all()} == {f"REF{i:03d}" for i in range(5)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_case")
        assert "REF00" not in repr(cursor.fetchall())
    inspection.refresh_from_db()
    assert inspection.caseload_size == 5


def test_the_same_list_twice_is_noticed(inspection, by):
    first = a_caseload(inspection, by)
    with pytest.raises(SameList) as found:
        a_caseload(inspection, by)
    assert found.value.caseload == first


def test_another_list_replaces_one_nothing_was_drawn_from(inspection, by):
    a_caseload(inspection, by)
    a_caseload(inspection, by, 8)
    assert inspection.cases.count() == 8
    assert inspection.caseloads.count() == 2


def test_no_other_list_once_a_sample_was_drawn(inspection, by):
    a_draw(inspection, by)
    with pytest.raises(AssessmentsExist):
        a_caseload(inspection, by, 8)


def test_nothing_is_left_of_a_list_that_fails_half_way(inspection, by):
    twice = [*rows(4), rows(1)[0]]
    with pytest.raises(IntegrityError), transaction.atomic():
        confirm_caseload(inspection=inspection, rows=twice, digest="d", exclusions=[], by=by)
    assert not Case.objects.exists()
    assert not inspection.caseloads.exists()


def test_nothing_is_drawn_from_a_list_that_gave_way_to_another(inspection, by):
    before, cases = a_caseload(inspection, by), list(inspection.cases.all())
    a_caseload(inspection, by, 8)
    with pytest.raises(Stale) as refused:
        record_draw(
            inspection=inspection, caseload=before, method="simple", seed="s", certificate={}, sample=cases[:2],
            reserves=[], by=by, expected_draws=0,
        )  # fmt: skip
    assert refused.value.current is None
    assert not inspection.draws.exists()


def test_a_second_draw_needs_a_reason_and_the_first_stays(inspection, by):
    first = a_draw(inspection, by)
    again = {
        "inspection": inspection,
        "caseload": first.caseload,
        "method": "simple",
        "seed": "s2",
        "certificate": {},
        "sample": list(inspection.cases.all())[:2],
        "reserves": [],
        "by": by,
    }
    with pytest.raises(AlreadyDrawn):
        record_draw(**again, expected_draws=1)
    second = record_draw(**again, expected_draws=1, reason="the list was cut short")
    assert draw_in_force(inspection) == second
    assert inspection.draws.count() == 2


def test_places_are_counted_from_one_in_the_sample_and_among_the_reserves(inspection, by):
    draw = a_draw(inspection, by)
    assert list(draw.drawn.filter(place="sample").values_list("position", flat=True)) == [1, 2, 3]
    assert list(draw.drawn.filter(place="reserve").values_list("position", flat=True)) == [1, 2]


def test_two_people_drawing_at_once_make_one_draw(inspection, by):
    first = a_draw(inspection, by)
    with pytest.raises(Stale) as found:
        record_draw(
            inspection=inspection, caseload=first.caseload, method="simple", seed="s", certificate={},
            sample=[], reserves=[], by=by, expected_draws=0,
        )  # fmt: skip
    assert found.value.current == first


def test_a_replaced_case_makes_way_for_the_next_reserve(inspection, by):
    draw = a_draw(inspection, by)
    out = drawn_cases(draw, DrawnCase.Place.SAMPLE)[1]
    expected = drawn_cases(draw, DrawnCase.Place.RESERVE)[0].case
    put_in = replace_case(drawn=out, reason="file_not_available", note="with the court", expected_version=1, by=by)
    assert put_in.case == expected
    assert expected in sampled_cases(inspection)
    assert out.case not in sampled_cases(inspection)
    assert sampled_cases(inspection).count() == 3


def test_a_case_is_replaced_once(inspection, by):
    out = a_draw(inspection, by).drawn.filter(place="sample").first()
    replace_case(drawn=out, reason="conflict", note="", expected_version=1, by=by)
    with pytest.raises(Stale):
        replace_case(drawn=out, reason="conflict", note="", expected_version=1, by=by)


def test_no_reserve_left_is_said(inspection, by):
    draw = a_draw(inspection, by, size=5)
    with pytest.raises(NoReserveLeft):
        replace_case(drawn=draw.drawn.first(), reason="conflict", note="", expected_version=1, by=by)


def test_a_reference_hashes_apart_in_another_inspection():
    assert reference_hash(1, "REF001") == reference_hash(1, "REF001")
    assert reference_hash(1, "REF001") != reference_hash(2, "REF001")


def test_sealed_content_opens_only_with_the_secret_it_was_made_with(settings):
    sealed = seal(b"REF001")
    assert unseal(sealed) == b"REF001"
    settings.SECRET_KEY = "another-" + "y" * 40
    with pytest.raises(CannotUnseal):
        unseal(sealed)


def test_the_reference_of_a_case_is_the_one_given(inspection, by):
    a_caseload(inspection, by, 1)
    assert reference_of(inspection.cases.get()) == "REF000"


def test_the_reason_of_a_further_draw_can_be_erased(inspection, by):
    first = a_draw(inspection, by)
    record_draw(
        inspection=inspection, caseload=first.caseload, method="simple", seed="s2", certificate={}, sample=[],
        reserves=[], by=by, expected_draws=1, reason="the list was cut short",
    )  # fmt: skip
    event = AuditEvent.objects.filter(verb="sample.drawn").last()
    assert event.reason == ""
    assert event.values.get(field="reason").value == "the list was cut short"
