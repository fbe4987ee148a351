from datetime import date
from pathlib import Path

import pytest

from aboveline.domain.caseload_problems import CATALOGUE, SAME_LIST
from aboveline.domain.problems import Severity
from aboveline.exchange import tables
from aboveline.exchange.caseloads import read_case_list
from aboveline.exchange.table_parsers import parse
from tests.caseload_builders import a_caseload, caseload_framework, csv_of, good_row, rows_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "caseloads"
FRAMEWORK = caseload_framework()
#: told by the use case that knows earlier lists, not by the reader
BY_USE_CASE = {SAME_LIST.code}


@pytest.fixture(autouse=True)
def _parse_in_this_process(monkeypatch):
    """The confined child is proved in test_tables; here it would only cost time."""
    monkeypatch.setattr(tables, "run_limited", lambda target, data: parse(data))


def read(rows, file="list.csv", **choices):
    data = rows if isinstance(rows, bytes) else csv_of(rows)
    return read_case_list(data, FRAMEWORK, file=file, **choices)


def codes(checked):
    return [problem.code for problem in checked.problems]


@pytest.mark.parametrize("kind", [k for k in CATALOGUE if k.code not in BY_USE_CASE], ids=lambda kind: kind.code)
def test_each_problem_of_the_catalogue_has_a_list_that_shows_it(kind):
    file = FIXTURES / f"{kind.code}.csv"
    found = read(file.read_bytes(), file.name)
    assert codes(found) == [kind.code]
    assert found.problems[0].file == file.name
    assert found.ok == (kind.severity is Severity.WARNING)


def test_a_good_list_has_no_problem_and_every_value():
    found = read((FIXTURES / "good.csv").read_bytes())
    assert found.problems == ()
    first = found.expect().entries[0]
    assert (first.case_ref, first.order_start, first.order_end) == ("A1", date(2010, 1, 4), date(2010, 10, 3))
    assert (first.age, first.team, first.case_manager) == (15, "north", "CM01")


def test_twenty_planted_faults_are_all_told_at_once_each_at_its_place():
    found = read((FIXTURES / "twenty-faults.csv").read_bytes())
    assert found.value is None
    assert {(q.place.row, q.place.column) for q in found.errors} == {
        (2, "age"), (3, "age"), (4, "age"), (5, "order_start"), (6, "order_start"), (7, "order_start"),
        (8, "order_start"), (9, "order_end"), (10, "order_type"), (11, "order_type"), (12, "order_start"),
        (13, "sex"), (14, "ethnicity"), (15, "risk_of_harm"), (16, "safety"), (17, "looked_after"),
        (18, "case_ref"), (19, "case_ref"), (20, "case_ref"), (21, "team"),
    }  # fmt: skip
    assert len(found.errors) == 20
    nearest = {q.place.row: q.nearest for q in found.errors}
    assert nearest[10] == "referral_order"
    assert nearest[15] == "high"
    assert next(q for q in found.errors if q.place.row == 15).remedy.startswith("Use one of: high, low")


def test_one_row_tells_each_of_its_problems():
    found = read([good_row("A1"), good_row("A2", age="4", sex="q", order_start="soon", team="=x")])
    assert [q.place.column for q in found.problems] == ["order_start", "age", "sex", "team"]


def test_one_bad_row_in_a_thousand_means_none_is_taken():
    rows = [good_row(f"A{n}") for n in range(998)] + [good_row("last", age="99"), good_row("after")]
    found = read(rows)
    assert found.value is None
    assert [(q.code, q.place.row) for q in found.problems] == [("caseload.bad-age", 1000)]


def test_a_ragged_row_does_not_hide_what_is_wrong_elsewhere():
    data = csv_of([good_row("A1"), good_row("A2", age="99")]) + b"A3,referral_order\r\n"
    assert sorted(codes(read(data))) == ["caseload.bad-age", "table.ragged"]


def test_a_list_read_back_is_the_same_caseload():
    caseload = a_caseload(120)
    found = read(rows_of(caseload))
    assert found.problems == ()
    assert found.expect() == caseload


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        ("sex", "M", "male"), ("sex", "Female", "female"), ("sex", "not known", "not_known"),
        ("sex", "unknown", "not_known"), ("risk_of_harm", "Very High", "very_high"), ("safety", "N/A", "not_assessed"),
        ("looked_after", "Y", "yes"), ("looked_after", "FALSE", "no"), ("ethnicity", "White British", "white"),
        ("order_type", "Referral Order", "referral_order"), ("order_type", "DTO", "detention_and_training_order"),
        ("age", "15", 15), ("team", "Sefton (north)", "Sefton (north)"),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(field, written, meant):
    found = read([good_row("A1", **{field: written})])
    assert found.problems == ()
    assert getattr(found.expect().entries[0], field) == meant


def test_blank_and_absent_optional_columns_become_not_known():
    blank = read([good_row("A1", order_end="", ethnicity="", team="")]).expect().entries[0]
    assert (blank.order_end, blank.ethnicity, blank.team) == (None, "not_known", "")
    few = csv_of([good_row("A1")], ["case_ref", "order_type", "order_start", "age"])
    assert read(few).expect().entries[0].risk_of_harm == "not_assessed"


def test_a_person_can_say_which_column_is_meant():
    headings = ["case_ref", "order_type", "order_start", "age", "How old"]
    rows = [{**good_row("A1"), "age": "99", "How old": "14"}]
    assert read(csv_of(rows, headings), choices={"age": 4}).expect().entries[0].age == 14
    assert "caseload.missing-column" in codes(read(csv_of(rows, headings), choices={"age": None}))


SECRET = "Zzyzx"


@pytest.mark.parametrize(
    "row",
    [
        good_row(f"Jordan {SECRET}"), good_row(f"={SECRET}"), good_row("A1", team=f"={SECRET}"),
        good_row("A1", case_manager=f"@{SECRET}"), good_row("A1", sex=f"Jordan {SECRET}"),
        good_row("A1", order_start=f"Jordan {SECRET}"), good_row("A1", age=f"Jordan {SECRET}"),
        good_row("A1", sex=SECRET), good_row("A1", order_type=f"12 {SECRET} Street"),
        good_row("A1", age=SECRET.lower()),
        good_row("A1", order_start=f"12 {SECRET} Street"), good_row("A1", order_end=SECRET.lower()),
        good_row("A1") | {"Surname": SECRET}, good_row("A1") | {"Notes": f"about {SECRET}"},
    ],
)  # fmt: skip
def test_no_problem_shows_what_could_be_a_childs_name(row):
    found = read(csv_of([row, good_row("B1"), good_row("B2")], list(row)))
    assert found.problems
    assert SECRET.lower() not in str([problem.as_dict() for problem in found.problems]).lower()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("age", "9"), ("age", "Ten"), ("age", "-15"), ("age", "15.5"), ("order_start", "31/02/2010"), ("sex", "q"),
        ("order_end", "2010-13-01"), ("order_type", "referal order"), ("risk_of_harm", "VH"), ("safety", "hihg"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_shown(field, value):
    assert [problem.value for problem in read([good_row("A1", **{field: value})]).problems] == [value]


@pytest.mark.parametrize("value", ["L20 4AB", "14/05/1994", "01512 345678", "14/05/94"])
def test_nor_anything_else_of_a_child_where_columns_have_slipped(value):
    for field in ("sex", "age", "ethnicity", "order_type"):
        found = read([good_row("A1", **{field: value})])
        assert found.errors
        assert value not in str([problem.as_dict() for problem in found.problems])


def test_a_date_of_birth_in_a_date_column_is_not_shown():
    found = read([good_row("A1", order_start="1996-07-08")])
    assert codes(found) == ["caseload.implausible-date"]
    assert "1996" not in str(found.problems[0].as_dict())


@pytest.mark.parametrize("reference", ["A\u202e1", "A\u200b1", "x" * 41, "-A1", "A;1", "../../x"])
def test_strange_references_are_refused(reference):
    assert codes(read([good_row(reference)])) == ["caseload.bad-reference"]


@pytest.mark.parametrize("reference", ["A1", "2009/0031", "YOS-12.b", "Ref 7", "é1", "x" * 40])
def test_ordinary_references_are_kept_as_given(reference):
    assert read([good_row(reference)]).expect().entries[0].case_ref == reference


def test_an_order_with_a_last_day_is_refused_after_it():
    found = read([good_row("A1", order_type="supervision_order", order_start="30/11/2009")])
    assert codes(found) == ["caseload.order-did-not-exist"]
    assert "until 29 November 2009" in found.problems[0].message
    assert read([good_row("A1", order_type="supervision_order", order_start="29/11/2009")]).ok


def test_the_same_list_in_another_order_has_the_same_digest():
    rows = rows_of(a_caseload(30))
    digests = {read(r).expect().digest for r in (rows, rows[::-1], sorted(rows, key=lambda r: r["age"]))}
    assert len(digests) == 1
