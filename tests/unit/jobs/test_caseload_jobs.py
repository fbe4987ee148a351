"""The use cases behind the verbs and pages of case lists and samples."""

import csv
import io
import json
from datetime import date

import pytest

from aboveline.exchange import tables
from aboveline.exchange.table_parsers import parse
from aboveline.jobs import caseloads, sampling
from tests.caseload_builders import AS_AT, a_caseload, an_entry, caseload_framework, csv_of, good_row, rows_of

FRAMEWORK = caseload_framework(digest="abc")
CASELOAD = a_caseload(60)


@pytest.fixture(autouse=True)
def _parse_in_this_process(monkeypatch):
    monkeypatch.setattr(tables, "run_limited", lambda target, data: parse(data))


def drawn(**changes):
    wish = {"size": 10, "seed": "7", "as_at": AS_AT, "today": date(2026, 11, 1)}
    return sampling.draw_sample(CASELOAD, FRAMEWORK, **(wish | changes))


def test_the_columns_of_a_file_can_be_looked_at_and_corrected_before_it_is_read():
    data = csv_of([{**good_row("A1"), "How old": "13"}], ["case_ref", "order_type", "order_start", "How old"])
    columns = caseloads.case_list_columns(data, file="list.csv").expect()
    assert columns.headings == ("case_ref", "order_type", "order_start", "How old")
    assert columns.mapping.columns == {"case_ref": 0, "order_type": 1, "order_start": 2}
    assert columns.rows == 1
    read = caseloads.read_case_list(data, FRAMEWORK, file="list.csv", choices={"age": 3})
    assert read.expect().entries[0].age == 13


def test_a_file_that_identifies_children_is_refused_before_its_columns_are_shown():
    data = csv_of([{**good_row(), "Surname": "Zzyzx"}], ["case_ref", "Surname"])
    found = caseloads.case_list_columns(data, file="list.csv")
    assert found.value is None
    assert [q.code for q in found.problems] == ["caseload.identifying-column"]
    assert caseloads.case_list_columns(b"", file="list.csv").value is None


def test_the_same_list_twice_renamed_and_re_ordered_is_noticed():
    rows = rows_of(CASELOAD)
    first = caseloads.read_case_list(csv_of(rows), FRAMEWORK, file="june.csv").expect()
    again = caseloads.read_case_list(
        csv_of(rows[::-1]), FRAMEWORK, file="copy.csv", earlier_digests={first.digest: "june.csv"}
    )
    assert [q.code for q in again.problems] == ["caseload.same-list"]
    assert again.ok
    assert (
        caseloads.read_case_list(csv_of(rows[1:]), FRAMEWORK, file="x.csv", earlier_digests={first.digest: ""}).problems
        == ()
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/list.csv", "list.csv"),
        ("C:\\Users\\kim\\list.csv", "list.csv"),
        ("li\u202est\r\n.csv", "li�st��.csv"),
        ("x" * 300 + ".csv", "x" * 79 + "…"),
    ],
)
def test_a_strange_file_name_is_shown_harmlessly(given, shown):
    assert caseloads.read_case_list(b"", FRAMEWORK, file=given).problems[0].file == shown


@pytest.mark.parametrize("kind", caseloads.BLANK_KINDS)
def test_a_blank_list_of_each_kind_can_be_had(kind):
    file = f"blank.{kind}"
    read = caseloads.read_case_list(caseloads.blank_case_list(FRAMEWORK, kind), FRAMEWORK, file=file)
    assert [q.code for q in read.problems] == ["table.no-rows"]


def test_a_draw_follows_the_frameworks_rules():
    sample = drawn().expect()
    assert sample.drawn.balance_on == FRAMEWORK.sample.balance_on
    assert len(sample.drawn.reserves) == 2
    assert drawn(method="stratified").expect().drawn.stratify_by == FRAMEWORK.sample.stratify_by


def test_the_three_files_hold_the_draw_with_references_as_given():
    files = drawn().expect().files()
    assert sorted(files) == ["certificate.json", "reserves.csv", "sample.csv"]
    document = json.loads(files["certificate.json"])
    for name, part in {"sample.csv": "sample", "reserves.csv": "reserves"}.items():
        rows = list(csv.DictReader(io.StringIO(files[name].decode())))
        assert [row["case_ref"] for row in rows] == document[part]
    assert document["versions"].keys() == {"aboveline", "python"}


def test_a_date_that_nobody_gave_is_said():
    found = drawn(as_at=None)
    assert found.expect().eligibility.as_at == date(2010, 5, 24)
    assert [q.code for q in found.problems] == ["draw.as-at-assumed"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"size": 61}, "draw.size-too-large"),
        ({"size": 0}, "draw.size-too-small"),
        ({"seed": ""}, "draw.no-seed"),
        ({"seed": "\udcff"}, "draw.seed-not-text"),
        ({"method": "dice"}, "draw.unknown-method"),
        ({"as_at": date(2020, 1, 1)}, "draw.no-case-eligible"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused(changes, code):
    found = drawn(**changes)
    assert found.value is None
    assert [q.code for q in found.problems] == [code]


def test_few_reserves_are_a_warning():
    assert [q.code for q in drawn(size=59).problems] == ["draw.few-reserves"]
    assert drawn(size=60).expect().drawn.reserves == ()


def test_a_second_draw_in_the_same_folder_keeps_the_first(tmp_path):
    first, second = drawn().expect(), drawn(seed="8").expect()
    assert sampling.write_draw(first, tmp_path).problems == ()
    assert sampling.write_draw(first, tmp_path).problems == ()
    told = sampling.write_draw(second, tmp_path)
    assert [q.code for q in told.problems] == ["draw.earlier-draw-kept"]
    (kept,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == first.files()
    assert (tmp_path / "sample.csv").read_bytes() == second.files()["sample.csv"]


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path):
    (tmp_path / "file").write_text("in the way")
    found = sampling.write_draw(drawn().expect(), tmp_path / "file")
    assert [q.code for q in found.problems] == ["draw.cannot-write"]


def test_a_certificate_is_checked_from_its_bytes():
    certificate = drawn().expect().files()["certificate.json"]
    again = sampling.check_draw(certificate, CASELOAD, FRAMEWORK, file="certificate.json")
    assert again.expect() == drawn().expect().drawn
    for wrong in (b"not json", b"[" * 100_000, b"\xff"):
        found = sampling.check_draw(wrong, CASELOAD, FRAMEWORK, file="c.json")
        assert [(q.code, q.file) for q in found.problems] == [("certificate.unreadable", "c.json")]


def test_no_cell_written_can_run_as_a_formula():
    entries = [an_entry(f"A{n}", team="", case_manager="CM1") for n in range(5)]
    cells = [cell for e in entries for cell in e.as_dict().values() if isinstance(cell, str) and cell]
    assert all(cell[0].isalnum() for cell in cells)


def test_a_list_that_is_too_long_is_refused_before_its_columns_are_shown():
    found = caseloads.case_list_columns(b"case_ref,age\r\n" + b"A,15\r\n" * 5_001, file="a.csv")
    assert found.value is None
    assert [q.code for q in found.problems] == ["table.too-many-rows"]
