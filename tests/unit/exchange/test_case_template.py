import io

from openpyxl import load_workbook

from aboveline.domain.caseload import FIELDS
from aboveline.exchange.case_template import blank_csv, blank_template, codes_of
from aboveline.exchange.caseloads import read_case_list
from tests.caseload_builders import caseload_framework, good_row
from tests.hostile_files import saved

FRAMEWORK = caseload_framework()


def template():
    return load_workbook(io.BytesIO(blank_template(FRAMEWORK)))


def span(rule):
    (only,) = rule.sqref.ranges
    return only


def test_the_workbook_has_the_headings_and_a_visible_sheet_of_codes():
    book = template()
    assert book.sheetnames == ["Cases", "Codes"]
    assert [cell.value for cell in book["Cases"][1]] == list(FIELDS)
    assert all(sheet.sheet_state == "visible" for sheet in book)
    listed = {(row[0].value, row[2].value) for row in book["Codes"].iter_rows(min_row=2)}
    assert {(name, code) for name, codes in codes_of(FRAMEWORK).items() for code in codes} <= listed


def test_each_coded_column_offers_exactly_its_codes():
    book = template()
    offered = {}
    for rule in book["Cases"].data_validations.dataValidation:
        if rule.type == "list":
            heading = book["Cases"].cell(1, span(rule).min_col).value
            first, last = (int(part) for part in rule.formula1.split("!$C$")[1].split(":$C$"))
            offered[heading] = tuple(book["Codes"].cell(row, 3).value for row in range(first, last + 1))
    assert offered == codes_of(FRAMEWORK)
    whole = [rule for rule in book["Cases"].data_validations.dataValidation if rule.type == "whole"]
    assert [span(rule).coord for rule in whole] == ["E2:E5001"]


def test_a_filled_template_is_read_without_a_problem():
    book = template()
    for number in range(3):
        book["Cases"].append(list(good_row(f"A{number}").values()))
    found = read_case_list(saved(book), FRAMEWORK, file="filled.xlsx")
    assert found.problems == ()
    assert len(found.expect().entries) == 3


def test_a_blank_template_has_no_rows():
    for file, data in {"blank.xlsx": blank_template(FRAMEWORK), "blank.csv": blank_csv()}.items():
        assert [q.code for q in read_case_list(data, FRAMEWORK, file=file).problems] == ["table.no-rows"]
