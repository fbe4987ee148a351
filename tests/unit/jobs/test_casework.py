"""A case list from upload to record, and a draw from it: nothing half done, nothing done twice, nothing taken away."""

import json
from datetime import date
from pathlib import Path

import pytest

from aboveline.domain.caseload import CaseloadEntry
from aboveline.domain.problems import ProblemsFound
from aboveline.exchange import tables
from aboveline.exchange.table_parsers import parse
from aboveline.jobs import casework, drawing
from aboveline.jobs.caseloads import read_case_list
from aboveline.jobs.casework_problems import CATALOGUE
from aboveline.jobs.inspections import framework_of
from aboveline.jobs.sampling import check_draw
from aboveline.records.actions.assessments import import_answers
from aboveline.records.actions.caseloads import AssessmentsExist, SameList
from aboveline.records.actions.draws import AlreadyDrawn
from aboveline.records.actions.saving import Stale
from aboveline.records.models import Caseload, CaseloadUpload, Draw
from aboveline.records.queries.caseloads import caseload_on_record, cases_on
from aboveline.records.queries.cases import content_of, open_upload, reference_of
from tests.caseload_builders import a_caseload, csv_of, good_row, rows_of
from tests.hostile_files import workbook
from tests.records_builders import a_user, an_inspection

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "fixtures" / "caseloads"
NAMED = "Child name"


@pytest.fixture(autouse=True)
def _parse_in_this_process(monkeypatch):
    """The confined child is proved in test_tables; here it would only cost time."""
    monkeypatch.setattr(tables, "run_limited", lambda target, data: parse(data))


@pytest.fixture
def by():
    return a_user()


@pytest.fixture
def inspection():
    return an_inspection(held_on=date(2010, 6, 1))


def some_cases(number=30, **changes):
    return csv_of(good_row(f"A{i:03d}", age=str(12 + i % 6), **changes) for i in range(number))


def staged(inspection, by, data=None, name="list.csv"):
    return casework.stage(inspection=inspection, content=data or some_cases(), file_name=name, by=by).expect()


def confirmed(inspection, by, data=None):
    return casework.confirm(upload=staged(inspection, by, data), expected_version=1, by=by)


def drawn(inspection, by, size=10, draws=0, reason="", method="cube"):
    return drawing.make_draw(
        inspection=inspection,
        caseload=caseload_on_record(inspection),
        method=method,
        size=size,
        reason=reason,
        expected_draws=draws,
        by=by,
    )


class TestStaging:
    def test_a_list_is_kept_sealed_and_its_file_name_is_not_kept(self, inspection, by):
        upload = staged(inspection, by, name="John Smith and others.csv")
        assert b"A001" not in bytes(upload.content)
        assert content_of(upload) == some_cases()
        assert "Smith" not in "".join(str(v) for v in vars(upload).values())

    @pytest.mark.parametrize(
        ("data", "name", "code"),
        [
            (b"", "list.csv", "table.empty-file"),
            (b"<html></html>", "list.xlsx", "table.mislabelled"),
            (b"a,b\r\n" * 1_100_000, "list.csv", "table.file-too-large"),
            (csv_of([good_row() | {NAMED: "Jo Doe"}], [*good_row(), NAMED]), "list.csv", "caseload.identifying-column"),
        ],
    )
    def test_a_file_that_may_not_be_kept_is_not(self, inspection, by, data, name, code):
        refused = casework.stage(inspection=inspection, content=data, file_name=name, by=by)
        assert [problem.code for problem in refused.problems] == [code]
        assert not CaseloadUpload.objects.exists()
        assert "Doe" not in repr(refused)

    def test_a_new_upload_takes_the_place_of_the_one_before(self, inspection, by):
        first, second = staged(inspection, by), staged(inspection, by)
        first.refresh_from_db()
        assert (bytes(first.content), open_upload(inspection)) == (b"", second)

    def test_a_kept_file_that_no_longer_opens_is_told_as_a_problem(self, inspection, by, settings):
        upload = staged(inspection, by)
        settings.SECRET_KEY = "another" * 9
        assert casework.look(upload).read.problems[0].code == CATALOGUE[0].code
        assert casework.columns_of(upload).problems[0].code == CATALOGUE[0].code


class TestColumns:
    def test_a_person_s_choice_stands_over_the_guess(self, inspection, by):
        data = some_cases().replace(b"looked_after", b"local note").replace(b"team", b"looked_after")
        upload = staged(inspection, by, data)
        columns = casework.columns_of(upload).expect()
        assert columns.headings[columns.mapping.columns["looked_after"]] == "looked_after"
        choices = dict(columns.mapping.columns) | {"looked_after": 9, "team": 10}
        changed = casework.choose_columns(upload=upload, choices=choices, expected_version=1, by=by)
        assert changed.version == 2
        assert casework.columns_of(changed).expect().mapping.columns["looked_after"] == 9
        assert {e.team for e in casework.look(changed).read.expect().entries} == {"north"}

    def test_a_field_may_be_left_without_a_column(self, inspection, by):
        upload = staged(inspection, by)
        choices = dict(casework.columns_of(upload).expect().mapping.columns) | {"team": None}
        changed = casework.choose_columns(upload=upload, choices=choices, expected_version=1, by=by)
        assert {e.team for e in casework.look(changed).read.expect().entries} == {""}

    def test_the_second_of_two_people_is_told(self, inspection, by):
        upload = staged(inspection, by)
        casework.choose_columns(upload=upload, choices={}, expected_version=1, by=by)
        with pytest.raises(Stale) as stale:
            casework.choose_columns(upload=upload, choices={}, expected_version=1, by=a_user())
        assert stale.value.current.version == 2


class TestConfirming:
    def test_the_whole_list_goes_on_record_with_what_is_not_eligible(self, inspection, by):
        rows = [good_row("A1"), good_row("A2", order_start="2009-01-04"), good_row("A3", age="16")]
        caseload = confirmed(inspection, by, csv_of(rows))
        by_reference = {reference_of(case): case for case in cases_on(caseload)}
        assert {ref: case.not_eligible for ref, case in by_reference.items()} == {
            "A1": "",
            "A2": "started_too_early",
            "A3": "",
        }
        assert by_reference["A3"].attributes["age"] == 16
        assert "case_ref" not in by_reference["A3"].attributes
        assert (caseload.eligible, caseload.exclusions[0]["count"]) == (2, 1)
        assert open_upload(inspection) is None

    def test_one_wrong_row_and_nothing_is_on_record(self, inspection, by):
        upload = staged(inspection, by, (FIXTURES / "twenty-faults.csv").read_bytes())
        assert len(casework.look(upload).read.errors) == 20
        with pytest.raises(ProblemsFound):
            casework.confirm(upload=upload, expected_version=1, by=by)
        assert not Caseload.objects.exists()
        assert not inspection.cases.exists()

    def test_a_list_confirmed_twice_is_on_record_once(self, inspection, by):
        upload = staged(inspection, by)
        casework.confirm(upload=upload, expected_version=1, by=by)
        with pytest.raises(Stale):
            casework.confirm(upload=upload, expected_version=1, by=by)
        assert Caseload.objects.count() == 1

    def test_columns_corrected_by_someone_else_are_not_confirmed_unseen(self, inspection, by):
        upload = staged(inspection, by)
        seen = CaseloadUpload.objects.get(pk=upload.pk)
        casework.choose_columns(upload=upload, choices={}, expected_version=1, by=a_user())
        with pytest.raises(Stale):
            casework.confirm(upload=seen, expected_version=1, by=by)
        assert not Caseload.objects.exists()

    def test_the_same_list_is_noticed_whatever_its_order_or_kind_of_file(self, inspection, by):
        confirmed(inspection, by)
        rows = [line.split(",") for line in some_cases().decode().splitlines()]
        again = staged(inspection, by, workbook([rows[0], *reversed(rows[1:])]), name="again.xlsx")
        assert [p.code for p in casework.look(again).read.problems] == ["caseload.same-list"]
        with pytest.raises(SameList):
            casework.confirm(upload=again, expected_version=1, by=by)

    def test_another_list_may_come_until_a_sample_is_drawn_from_this_one(self, inspection, by):
        confirmed(inspection, by, some_cases(20))
        caseload = confirmed(inspection, by, some_cases(25))
        assert caseload_on_record(inspection) == caseload
        drawn(inspection, by).expect()
        with pytest.raises(AssessmentsExist):
            confirmed(inspection, by, some_cases(26))


class TestDrawing:
    def test_the_draw_holds_our_numbers_only_and_the_seed_made_before(self, inspection, by):
        confirmed(inspection, by)
        draw = drawn(inspection, by).expect()
        assert draw.seed == inspection.seed
        assert len(draw.certificate["sample"]) == draw.size == 10
        assert "A001" not in json.dumps(draw.certificate)
        assert sorted(c.case.number for c in draw.drawn.all() if c.place == "sample") == draw.certificate["sample"]

    def test_drawing_again_from_the_record_gives_the_same(self, inspection, by):
        confirmed(inspection, by)
        draw = Draw.objects.get(pk=drawn(inspection, by).expect().pk)
        assert drawing.check_recorded(draw, framework_of(inspection)).ok
        draw.certificate["sample"][0] = draw.certificate["reserves"][0]
        changed = drawing.check_recorded(draw, framework_of(inspection))
        assert [p.code for p in changed.problems] == ["certificate.does-not-agree"]

    def test_a_case_changed_behind_the_record_s_back_shows(self, inspection, by):
        confirmed(inspection, by)
        draw = drawn(inspection, by).expect()
        case = inspection.cases.first()
        case.attributes["age"] = 11
        case.save()
        assert not drawing.check_recorded(draw, framework_of(inspection)).ok

    def test_the_numbered_list_and_the_certificate_are_enough_for_another_person(self, inspection, by):
        confirmed(inspection, by)
        draw = drawn(inspection, by).expect()
        framework = framework_of(inspection)
        read = read_case_list(drawing.numbered_csv(draw), framework, file="list.csv")
        certificate = json.dumps(draw.certificate).encode()
        assert check_draw(certificate, read.expect(), framework, file="c.json").ok

    def test_too_many_cases_are_refused_with_how_many_there_are(self, inspection, by):
        confirmed(inspection, by)
        assert [p.code for p in drawn(inspection, by, size=31).problems] == ["draw.size-too-large"]
        assert not Draw.objects.exists()

    def test_a_second_draw_needs_a_reason_and_its_seed_follows_from_the_first(self, inspection, by):
        confirmed(inspection, by)
        first = drawn(inspection, by).expect()
        with pytest.raises(AlreadyDrawn):
            drawn(inspection, by, draws=1)
        second = drawn(inspection, by, draws=1, reason="The list left out a team").expect()
        assert (second.ordinal, second.seed) == (2, f"{inspection.seed}-2")
        assert second.certificate["sample"] != first.certificate["sample"]
        assert Draw.objects.count() == 2

    def test_a_double_click_draws_once(self, inspection, by):
        confirmed(inspection, by)
        drawn(inspection, by).expect()
        with pytest.raises(Stale):
            drawn(inspection, by)
        assert Draw.objects.count() == 1

    def test_no_further_draw_once_assessment_began(self, inspection, by):
        confirmed(inspection, by)
        draw = drawn(inspection, by).expect()
        import_answers(case=draw.drawn.first().case, answers=[], by=by)
        with pytest.raises(AlreadyDrawn):
            drawn(inspection, by, draws=1, reason="again")

    def test_a_case_keeps_every_value_on_its_way_through_the_record(self, inspection, by):
        given = a_caseload(40, eligible_only=True)
        caseload = confirmed(inspection, by, csv_of(rows_of(given)))
        by_number = {case.number: reference_of(case) for case in cases_on(caseload)}
        back = [
            CaseloadEntry(**{**e.as_dict(), "case_ref": by_number[e.case_ref]} | _dates(e))
            for e in drawing.numbered(caseload).entries
        ]
        assert sorted(back, key=lambda e: e.case_ref) == list(given.entries)


def _dates(entry):
    return {"order_start": entry.order_start, "order_end": entry.order_end}
