import pytest

from aboveline.exchange.column_mapping import guess_mapping
from aboveline.exchange.identifying_columns import (
    identifying_problems,
    identifying_values,
    is_nhs_number,
    kind_by_heading,
    looks_like_name,
)
from aboveline.exchange.tables import RawRow, RawTable
from tests.caseload_builders import a_caseload, rows_of

NAMES = ["Jordan Zzyzx", "Amy O'Hara", "Lee van Dyke", "SMITH, John", "Zoë Brontë-Jones", "Kai McQueen"]


def found_in(heading, values):
    """Problems of a case list with one more column."""
    rows = rows_of(a_caseload(len(values)))
    headings = (*rows[0], heading)
    cells = [
        RawRow(n, (*row.values(), value)) for n, (row, value) in enumerate(zip(rows, values, strict=True), start=2)
    ]
    table = RawTable("csv", None, headings, tuple(cells))
    return identifying_problems(table, guess_mapping(headings), file="list.csv")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Name", "name"), ("Child's name", "name"), ("FORENAME", "name"), ("LastName", "name"), ("YPName", "name"),
        ("First_Name", "name"), ("Initials", "name"), ("Known as", "name"), ("Young Person", "name"), ("Child", "name"),
        ("Mother", "name"), ("Address line 1", "address"), ("Post Code", "address"), ("postcode", "address"),
        ("Home address", "address"), ("D.O.B.", "birth"), ("DoB", "birth"), ("Date of Birth", "birth"),
        ("DateOfBirth", "birth"), ("Birthday", "birth"), ("E-mail", "reach"), ("Mobile", "reach"),
        ("NHS Number", "number"),
        ("UPN", "number"), ("PNC ID", "number"), ("First", "name"), ("Service user", "name"), ("Y.P.", "name"),
        ("Service user name", "name"), ("Parent/carer", "name"), ("Defendant", "name"), ("Victim", "name"),
        ("Young person name (court)", "name"), ("Enw", "name"), ("Cyfenw", "name"),
        ("Address of service user", "address"),
        ("Child's address (team)", "address"), ("Cyfeiriad", "address"), ("Cod post", "address"),
        ("DOB at order", "birth"), ("Date of birth (order)", "birth"), ("Dyddiad geni", "birth"),
        ("Service NHS number", "number"), ("YP mobile (for worker)", "reach"),
    ],
)  # fmt: skip
def test_a_heading_that_identifies_is_refused_even_over_blanks(heading, kind):
    found = found_in(heading, ["", "", ""])
    assert [q.code for q in found] == ["caseload.identifying-column"]
    assert heading in found[0].message
    assert kind in found[0].message


@pytest.mark.parametrize(
    "heading",
    ["Team name", "Case manager", "Worker name", "Supervising officer", "Court name", "Order name", "case_ref",
     "Youth court name", "Youth worker name", "Service name", "Team address",
     "Child ID",     "Client ref", "Ethnicity", "Offence", "Tier", "Notes"],
)  # fmt: skip
def test_staff_teams_orders_and_references_are_kept(heading):
    assert kind_by_heading(heading) is None


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("name", NAMES),
        ("birth", ["1994-05-06", "07/08/1995", "9 Sept 1996", "1997-01-02"]),
        ("address", ["12 High Street", "4a, Mill Lane", "Flat 2 Station Road", "7 The Crescent Way"]),
        ("address", ["L20 3NJ", "PR8 1JT", "l23 5tq", "Bootle L20 4AA"]),
        ("reach", ["a@b.org", "c.d@e.co.uk", "f@g.net"]),
        ("reach", ["01512 345678", "+44 7700 900123", "07700 900456"]),
        ("number", ["943 476 5919", "9434765919", "987-654-4321"]),
    ],
)
def test_values_that_identify_are_refused_under_a_harmless_heading_and_never_shown(kind, values):
    found = found_in("Column X", values)
    assert [q.code for q in found] == ["caseload.identifying-column"]
    assert kind in found[0].message
    assert not any(value in str(found[0].as_dict()) for value in values)


def test_a_column_without_heading_is_named_by_its_place():
    assert found_in("", NAMES)[0].place.column == "column 13"


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Worker", NAMES),
        ("Court", ["Liverpool Youth Court"] * 6),
        ("Review date", ["2010-03-01", "2010-04-02", "01/05/2010"]),
        ("Amount", ["1234567890", "1234567891", "1111111111"]),
        ("Tier", ["Standard", "Enhanced", "Intensive"]),
        ("Single", ["Jordan Zzyzx", "", ""]),
    ],
)
def test_other_columns_are_left_alone(heading, values):
    assert found_in(heading, values) == []


def warned_of(values, heading="team", **but):
    cells = tuple(RawRow(n, (value,)) for n, value in enumerate(values, start=2))
    return identifying_values(RawTable("csv", None, (heading,), cells), but=but.get("but", set()), file="list.csv")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("L20 3NJ", "postcode"), ("North, near l203nj now", "postcode"), ("a@b.org", "e-mail"),
        ("ask Kim <a.b@c.org>", "e-mail"), ("07700 900123", "telephone"), ("ring (0151) 234 5678", "telephone"),
        ("+447700900123", "telephone"), ("943 476 5919", "NHS"),
    ],
)  # fmt: skip
def test_a_single_value_that_identifies_is_warned_of_with_its_row_and_never_shown(value, kind):
    found = warned_of(["north", value, "south"])
    assert [(q.code, q.severity, q.place.row) for q in found] == [("caseload.identifying-value", "warning", 3)]
    assert kind in found[0].message
    assert value not in str(found[0].as_dict())


def test_many_such_values_are_one_warning():
    found = warned_of(["L20 3NJ"] * 30)
    assert "30 cells" in found[0].message
    assert found[0].message.endswith("20, 21 and 10 more.")
    assert len(found) == 1


def test_a_column_refused_already_is_not_warned_of():
    assert warned_of(["L20 3NJ"], but={"team"}) == []


@pytest.mark.parametrize(
    "value",
    ["2010-06-01", "03/06/2009", "C0031", "north 2", "YOS-2010-004711", "2010/000123456", "1234567890", "A1 team"],
)
def test_codes_dates_and_references_are_not_warned_of(value):
    assert warned_of([value]) == []


def test_names_as_references_are_refused_even_in_a_column_of_the_template():
    cells = tuple(RawRow(n, (name, "referral_order")) for n, name in enumerate(NAMES, start=2))
    headings = ("case_ref", "order_type")
    found = identifying_problems(RawTable("csv", None, headings, cells), guess_mapping(headings), file="x.csv")
    assert [q.place.column for q in found] == ["case_ref"]


def test_a_person_cannot_choose_a_column_of_surnames_as_the_reference():
    headings = ("Surname", "order_type")
    table = RawTable("csv", None, headings, (RawRow(2, ("x1", "referral_order")),))
    mapping = guess_mapping(headings).corrected({"case_ref": 0})
    assert [q.place.column for q in identifying_problems(table, mapping, file="x.csv")] == ["Surname"]


def test_the_check_digit_of_an_nhs_number():
    assert is_nhs_number("943 476 5919")
    assert not is_nhs_number("943 476 5918")
    assert not is_nhs_number("A9434765919")


@pytest.mark.parametrize("text", ["A1", "C0031", "north", "CM01", "referral order", "2010/17", "ABC", "Sefton"])
def test_codes_do_not_look_like_names(text):
    assert not looks_like_name(text)
