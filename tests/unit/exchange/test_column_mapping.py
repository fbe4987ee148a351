import pytest

from aboveline.domain.caseload import FIELDS
from aboveline.exchange.column_mapping import ColumnMapping, guess_mapping, is_known, mapping_problems
from aboveline.exchange.tables import RawRow, RawTable


def table(*headings, cells=None):
    return RawTable("xlsx", "Cases", headings, (RawRow(2, tuple(cells or ["v"] * len(headings))),))


def problems(*headings, cells=None):
    found = mapping_problems(table(*headings, cells=cells), guess_mapping(headings))
    return [(q.code, q.place.column) for q in found if q.code != "caseload.optional-column-missing"]


def test_the_templates_own_headings_are_sure():
    mapping = guess_mapping(FIELDS)
    assert mapping == ColumnMapping({name: index for index, name in enumerate(FIELDS)})


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Case Ref.", "case_ref"), ("YP ID", "case_ref"), ("Sentence type", "order_type"),
        ("Start Date", "order_start"),
        ("Expiry date", "order_end"), ("Age at start", "age"), ("Gender", "sex"), ("Ethnic origin", "ethnicity"),
        ("RoSH", "risk_of_harm"), ("Safety & Wellbeing", "safety"), ("Vulnerability", "safety"),
        ("LAC", "looked_after"),
        ("Locality", "team"), ("Case worker", "case_manager"), ("ORDER_TYPE", "order_type"),
        ("order-start", "order_start"),
    ],
)  # fmt: skip
def test_what_services_call_their_columns(heading, field):
    mapping = guess_mapping(["", heading])
    assert mapping.columns == {field: 1}
    assert not mapping.unsure
    assert is_known(heading)


def test_a_misspelt_heading_is_guessed_and_marked_unsure():
    mapping = guess_mapping(["case_ref", "Ordr type", "order_start", "age"])
    assert mapping.columns["order_type"] == 1
    assert mapping.unsure == {"order_type"}


@pytest.mark.parametrize(
    "heading", ["Address", "Date of birth", "Child name", "Client name", "First name", "Surname", "page"]
)
def test_a_heading_that_identifies_is_never_guessed_to_be_a_field(heading):
    assert guess_mapping([heading]).columns == {}


def test_the_templates_heading_wins_and_the_other_is_contested():
    mapping = guess_mapping(["Gender", "sex"])
    assert mapping.columns == {"sex": 1}
    assert mapping.contested == {"sex": (1, 0)}
    assert ("caseload.column-twice", "Gender") in problems("case_ref", "Gender", "sex")


def test_a_persons_choice_is_sure_and_settles_a_contest():
    mapping = guess_mapping(["Gender", "sex", "Etnicity"]).corrected({"sex": 0, "ethnicity": 2})
    assert mapping == ColumnMapping({"sex": 0, "ethnicity": 2})
    assert guess_mapping(["sex"]).corrected({"sex": None}).columns == {}


@pytest.mark.parametrize("choices", [{}, {"age": 1}, {"age": 2}])
def test_no_choice_settles_which_of_two_like_headings_is_meant(choices):
    headings = ("case_ref", "age", " Age")
    found = mapping_problems(table(*headings), guess_mapping(headings).corrected(choices))
    assert [q.place.column for q in found if q.code == "caseload.column-twice"] == [" Age"]


def test_one_column_chosen_for_two_fields_is_refused():
    mapping = guess_mapping(["case_ref", "order_type", "order_start", "age"]).corrected({"sex": 3})
    found = mapping_problems(table("case_ref", "order_type", "order_start", "age"), mapping)
    assert ("caseload.column-twice", "age") in [(q.code, q.place.column) for q in found]


def test_missing_needed_unused_and_unnamed_columns_are_told():
    assert problems("case_ref", "order_type", "order_start", "Colour", "") == [
        ("caseload.missing-column", None),
        ("caseload.unused-column", "Colour"),
        ("caseload.unnamed-column", "5"),
    ]
    assert ("caseload.unnamed-column", "5") not in problems(
        "case_ref", "order_type", "order_start", "age", "", cells=["v", "v", "v", "v", ""]
    )


def test_the_first_row_is_not_shown_where_it_holds_no_headings():
    found = mapping_problems(table("A1", "Jordan Zzyzx", "2010-01-04"), guess_mapping(["A1", "Jordan Zzyzx"]))
    assert [q.code for q in found] == ["caseload.not-a-case-list"]
    assert "Zzyzx" not in str(found[0].as_dict())
