"""The case-list pages over HTTP: refused, corrected, shown whole, confirmed once, discarded; by those who may."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aboveline.exchange import tables
from aboveline.exchange.table_parsers import parse
from aboveline.jobs import casework
from aboveline.records.actions.saving import Stale
from aboveline.records.models import Caseload, CaseloadUpload, Role
from aboveline.records.queries.cases import open_upload
from tests import hostile_files as hostile
from tests.caseload_builders import csv_of, good_row
from tests.records_builders import a_draw, a_service, a_user, an_inspection, with_role

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "fixtures" / "caseloads"


@pytest.fixture(autouse=True)
def _parse_in_this_process(request, monkeypatch):
    """The confined child is proved in test_tables; here it would only cost time, but where a test is marked."""
    if "hostile" not in request.node.name:
        monkeypatch.setattr(tables, "run_limited", lambda target, data: parse(data))


@pytest.fixture
def inspection():
    return an_inspection(a_service(), held_on=date(2010, 6, 1))


@pytest.fixture
def client(inspection):
    return signed_in(inspection)


def signed_in(inspection, role=Role.QUALITY_MANAGER):
    client = Client()
    client.force_login(with_role(a_user(), inspection.service, role))
    return client


def at(name, inspection, *more):
    return reverse(name, args=[inspection.pk, *more])


def some_cases(number=12, **changes):
    return csv_of(good_row(f"A{i:03d}", **changes) for i in range(number))


def upload(client, inspection, data=None, name="list.csv"):
    file = SimpleUploadedFile(name, data if data is not None else some_cases())
    return client.post(at("caseload-upload", inspection), {"list": file})


def columns_sent(version=1, **changes):
    return {name: str(i) for i, name in enumerate(good_row())} | {"version": version} | changes


def confirm(client, inspection, version=1):
    return client.post(at("caseload-check", inspection), {"version": version}, follow=True)


class TestBeforeTheList:
    def test_the_seed_stands_there_before_any_list(self, client, inspection):
        page = client.get(at("caseload", inspection)).content.decode()
        assert inspection.seed in page.replace("<wbr>", "")
        assert "before any list was seen" in page

    @pytest.mark.parametrize(("extension", "start"), [("csv", b"case_ref,order_type"), ("xlsx", b"PK")])
    def test_a_blank_list_to_fill_in(self, client, inspection, extension, start):
        answer = client.get(at("caseload-template", inspection, extension))
        assert answer.content.startswith(start)
        assert f"case-list-cci-2009.{extension}" in answer["Content-Disposition"]

    def test_no_blank_list_of_another_kind(self, client, inspection):
        assert client.get(at("caseload-template", inspection, "docm")).status_code == 404

    @pytest.mark.parametrize("name", ["caseload-columns", "caseload-check", "caseload-problems", "caseload-discard"])
    def test_with_nothing_uploaded_the_other_pages_lead_back(self, client, inspection, name):
        answer = client.get(at(name, inspection), follow=True)
        assert answer.redirect_chain[-1][0] == at("caseload", inspection)
        assert "No uploaded list is waiting" in answer.content.decode()

    def test_the_lead_inspector_of_a_service_sees_no_upload(self, inspection):
        draw_only = signed_in(inspection, Role.DEMOCRATIC_SERVICES)
        assert draw_only.get(at("caseload", inspection)).status_code == 404
        assert upload(draw_only, inspection).status_code == 404


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("list.csv", b"", "The file is empty"),
            ("list.csv", b"x" * 5_000_001, "larger than 5 MB"),
            ("list.xlsx", b"<html><table></table></html>", "inside it is a web page"),
            ("list.xlsx", hostile.ole(encrypted=True), "protected by a password"),
            ("list.xlsm", hostile.with_part(hostile.workbook([["a"]]), "xl/vbaProject.bin", b"x"), "holds macros"),
            ("list.xlsx", hostile.many_rows(), "far more than a case list can need"),
            ("list.xlsx", hostile.far_corner(), "was given up"),
        ],
    )
    def test_a_hostile_file_is_refused_in_words_and_not_kept(self, client, inspection, name, data, words):
        answer = upload(client, inspection, data, name)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not CaseloadUpload.objects.exists()

    def test_a_column_of_names_is_refused_by_its_heading_and_no_name_is_shown(self, client, inspection):
        row = good_row() | {"Child name": "Jordan Quill"}
        answer = upload(client, inspection, csv_of([row], list(row)))
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "“Child name” looks like a person&#x27;s name" in page
        assert "Quill" not in page
        assert not CaseloadUpload.objects.exists()


class TestColumns:
    def test_the_guesses_are_chosen_and_can_be_corrected(self, client, inspection):
        data = some_cases().replace(b"order_type", b"Disposal").replace(b"team", b"Patch")
        assert upload(client, inspection, data)["Location"] == at("caseload-columns", inspection)
        page = client.get(at("caseload-columns", inspection)).content.decode()
        assert '<option value="1" selected>Disposal</option>' in page
        assert "Not used:</p>" not in page
        assert "Not used: Patch." in page
        answer = client.post(at("caseload-columns", inspection), columns_sent(team="10"))
        assert answer["Location"] == at("caseload-check", inspection)
        confirm(client, inspection, version=2)
        assert {case.attributes["team"] for case in inspection.cases.all()} == {"north"}

    def test_one_column_cannot_hold_two_fields(self, client, inspection):
        upload(client, inspection)
        answer = client.post(at("caseload-columns", inspection), columns_sent(sex="4"))
        assert answer.status_code == 422
        assert "“age” is already chosen for “Age at the start”" in answer.content.decode()
        assert open_upload(inspection).version == 1

    def test_who_comes_second_sees_both_choices_and_nothing_of_theirs_is_saved(self, client, inspection):
        upload(client, inspection)
        first, second = signed_in(inspection), signed_in(inspection)
        first.post(at("caseload-columns", inspection), columns_sent(team=""))
        answer = second.post(at("caseload-columns", inspection), columns_sent(case_manager=""))
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Someone else corrected the columns meanwhile" in page
        assert page.count('data-label="You chose"') == 2
        assert open_upload(inspection).mapping["case_manager"] == "11"
        assert 'name="version" value="2"' in page

    def test_a_first_row_that_may_not_be_headings_is_not_echoed(self, client, inspection):
        assert upload(client, inspection, b"Jordan Quill,7\r\nSam Tarn,8\r\n").status_code in (302, 422)
        page = client.get(at("caseload-columns", inspection), follow=True).content.decode()
        assert "Quill" not in page


class TestProblems:
    def test_twenty_planted_faults_are_all_there_with_row_column_and_remedy(self, client, inspection):
        upload(client, inspection, (FIXTURES / "twenty-faults.csv").read_bytes())
        page = client.get(at("caseload-check", inspection)).content.decode()
        assert "20 problems in 20 rows to put right. Nothing has been put on record." in page
        assert "<title>Error: " in page
        assert "Put the list on record" not in page
        rows = list(
            csv.reader(io.StringIO(client.get(at("caseload-problems", inspection)).content.decode("utf-8-sig")))
        )
        assert {(row[1], row[2]) for row in rows[1:]} >= {("2", "age"), ("19", "case_ref"), ("21", "team")}
        assert len(rows) == 21

    def test_a_value_cannot_run_as_a_formula_in_the_file_of_problems(self, client, inspection):
        upload(client, inspection, csv_of([good_row("A1", sex="=1"), good_row("A2")]))
        rows = csv.reader(io.StringIO(client.get(at("caseload-problems", inspection)).content.decode("utf-8-sig")))
        assert "'=1" in [cell for row in rows for cell in row]

    def test_a_great_many_problems_come_in_pages_with_their_number(self, client, inspection):
        upload(client, inspection, some_cases(120, age="9"))
        page = client.get(at("caseload-check", inspection)).content.decode()
        assert "120 problems in 120 rows" in page
        assert "and 112 more" in page
        assert page.count("<tr") < 70
        assert client.get(at("caseload-check", inspection), {"page": 3}).content.decode().count("<tr") < 40

    def test_references_are_never_shown_even_wrong_ones(self, client, inspection):
        upload(client, inspection, csv_of([good_row("=Quill, Jordan"), good_row("A2", age="9")]))
        page = client.get(at("caseload-check", inspection)).content.decode()
        assert "begins like a spreadsheet formula" in page
        assert "Quill" not in page

    def test_a_list_with_problems_is_not_confirmed_by_a_bare_post(self, client, inspection):
        upload(client, inspection, some_cases(2, age="9"))
        assert confirm(client, inspection).status_code == 422
        assert not Caseload.objects.exists()


class TestConfirming:
    def test_the_counts_are_shown_then_the_whole_list_goes_on_record(self, client, inspection):
        rows = [
            good_row("A1"),
            good_row("A2", order_start="2009-01-04"),
            good_row("A3", order_type="out_of_court_disposal"),
        ]
        upload(client, inspection, csv_of(rows))
        page = client.get(at("caseload-check", inspection)).content.decode()
        assert "3 cases, of which 1 can be drawn" in page
        assert "The order started before 1 June 2009" in page
        assert not Caseload.objects.exists()
        after = confirm(client, inspection).content.decode()
        assert "The case list is on record: 1 case can be drawn" in after
        assert "The framework does not inspect this type of order" in after

    def test_pressed_twice_it_is_on_record_once(self, client, inspection):
        upload(client, inspection)
        confirm(client, inspection)
        assert "it was put on record or discarded" in confirm(client, inspection).content.decode()
        assert Caseload.objects.count() == 1

    def test_confirmed_by_someone_else_in_the_same_moment_leads_to_what_is_on_record(
        self, client, inspection, monkeypatch
    ):
        upload(client, inspection)

        def someone_was_first(*, upload, expected_version, by):
            upload.closed_at = timezone.now()
            raise Stale(upload)

        monkeypatch.setattr(casework, "confirm", someone_was_first)
        assert "it was put on record or discarded" in confirm(client, inspection).content.decode()

    def test_columns_corrected_since_the_page_was_shown_are_a_conflict(self, client, inspection):
        upload(client, inspection)
        signed_in(inspection).post(at("caseload-columns", inspection), columns_sent(team=""))
        answer = confirm(client, inspection, version=1)
        assert answer.status_code == 409
        assert "Look at the list again" in answer.content.decode()
        assert not Caseload.objects.exists()

    def test_the_same_list_again_is_said_kindly(self, client, inspection):
        upload(client, inspection)
        confirm(client, inspection)
        upload(client, inspection)
        page = client.get(at("caseload-check", inspection)).content.decode()
        assert "every case and every value is the same" in page
        assert "Put the list on record" not in page
        assert "Nothing was changed" in confirm(client, inspection).content.decode()
        assert open_upload(inspection) is None

    def test_after_a_draw_no_other_list_is_taken(self, client, inspection):
        upload(client, inspection)
        confirm(client, inspection)
        upload(client, inspection, some_cases(13))
        a_draw(inspection, a_user())
        assert "were drawn meanwhile" in confirm(client, inspection).content.decode()
        page = client.get(at("caseload", inspection)).content.decode()
        assert "so it stays as it is" in page
        assert 'type="file"' not in page
        assert upload(client, inspection, some_cases(14))["Location"] == at("caseload", inspection)
        assert Caseload.objects.count() == 1

    def test_discarding_asks_then_empties_the_file(self, client, inspection):
        upload(client, inspection)
        assert "Discard the uploaded list?" in client.get(at("caseload-discard", inspection)).content.decode()
        assert open_upload(inspection) is not None
        client.post(at("caseload-discard", inspection))
        assert open_upload(inspection) is None
        assert bytes(CaseloadUpload.objects.get().content) == b""
