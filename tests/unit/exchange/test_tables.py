"""Tables from files, through the confined child: honest files of every kind, and every refusal of the catalogue."""

import io
import resource
import time
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from aboveline.domain.problems import Severity
from aboveline.domain.table_problems import CATALOGUE
from aboveline.exchange import tables
from aboveline.exchange.table_parsers import CODES_SHEET, parse
from aboveline.exchange.tables import RawRow, read_table
from tests import hostile_files as hostile

ROWS = [["case", "age"], ["A1", "15"], ["A2", "16"]]
GOOD = hostile.workbook(ROWS)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&f;</x>'


#: different numbers, so that they do not pack small enough to give themselves away
MANY_CELLS = "".join(f"<row><c><v>{n * 7919 % 999_983}</v></c></row>" for n in range(400_001))


def hidden_sheet():
    book = load_workbook(io.BytesIO(hostile.workbook(ROWS, Other=[["secret"]])))
    book["Other"].sheet_state = "hidden"
    return hostile.saved(book)


FORMULA = '<table:table-cell table:formula="of:=1+1"'
HOSTILE = [
    ("table.empty-file", "a.csv", b" \r\n"),
    ("table.file-too-large", "a.csv", b"a,b\r\n" * 1_700_000),
    ("table.not-a-table", "a.bin", b"%PDF-1.7 ..."),
    ("table.not-a-table", "a.docx", hostile.zipped({"word/document.xml": "<x/>"})),
    ("table.not-a-table", "nested.zip", hostile.zipped({"inner.zip": hostile.zipped({"a": b"0" * 1000})})),
    ("table.not-a-table", "a.xlsb", hostile.zipped({"xl/workbook.bin": "x"})),
    ("table.mislabelled", "a.xlsx", b"<html><table><tr><td>case</td></tr></table></html>"),
    ("table.mislabelled", "a.xls", b"\xef\xbb\xbf\n <?xml version='1.0'?><Workbook/>"),
    ("table.mislabelled", "a.csv", b"MZ\x90\x00\x03"),
    ("table.mislabelled", "a.xlsx", b"case,age\r\nA1,15\r\n"),
    ("table.mislabelled", "a.csv", GOOD),
    ("table.password", "a.xlsx", hostile.ole(encrypted=True)),
    ("table.password", "a.xlsx", hostile.encrypted_flag(GOOD)),
    ("table.password", "a.ods", hostile.ods("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"})),
    ("table.old-excel", "a.xls", hostile.ole(encrypted=False)),
    ("table.macros", "a.xlsm", hostile.with_part(GOOD, "xl/vbaProject.bin", b"code")),
    ("table.macros", "a.xlsx", hostile.with_part(GOOD, "[Content_Types].xml", "<Types>macroEnabled.main+xml</Types>")),
    ("table.macros", "a.ods", hostile.ods(hostile.ods_table(ROWS), **{"Basic/script-lc.xml": "<x/>"})),
    ("table.bomb", "rows.xlsx", hostile.many_rows()),
    ("table.bomb", "member.xlsx", hostile.with_part(GOOD, "xl/media/a.bin", b"0" * 70_000_000)),
    ("table.bomb", "ratio.xlsx", hostile.with_part(GOOD, "xl/media/a.bin", b"0" * 5_000_000)),
    ("table.bomb", "parts.xlsx", hostile.zipped({f"p{n}": "x" for n in range(500)})),
    ("table.bomb", "cells.xlsx", hostile.with_sheet_xml(MANY_CELLS)),
    ("table.damaged", "lie.xlsx", hostile.lying_directory()),
    ("table.unsafe-xml", "a.xlsx", hostile.with_part(GOOD, "xl/sharedStrings.xml", ENTITIES)),
    ("table.unsafe-xml", "a.ods", hostile.ods("", **{"styles.xml": EXTERNAL})),
    ("table.damaged", "a.xlsx", GOOD[:400]),
    ("table.damaged", "a.xlsx", hostile.with_part(GOOD, "xl/workbook.xml", "<workbook")),
    ("table.reader-stopped", "corner.xlsx", hostile.far_corner()),
    ("table.sheet-chosen", "a.xlsx", hostile.workbook(ROWS, Notes=[["hello"]])),
    ("table.hidden-sheet", "a.xlsx", hidden_sheet()),
    ("table.no-sheet", "a.xlsx", hostile.workbook([])),
    ("table.formulas", "a.xlsx", hostile.workbook([*ROWS, ["=1+1", "15"], ["A4", "=10+5"]])),
    ("table.formulas", "a.ods", hostile.ods(hostile.ods_table(ROWS).replace("<table:table-cell", FORMULA, 1))),
    ("table.too-many-rows", "a.csv", b"case,age\r\n" + b"A,1\r\n" * 5_001),
    ("table.too-many-rows", "blank.csv", b"case,age\r\nA,1" + b"\r\n" * 300_000 + b"A,2\r\n"),
    ("table.too-many-columns", "a.csv", b",".join([b"h"] * 61) + b"\r\nA1,15\r\n"),
    ("table.cell-too-long", "a.csv", b"case,age\r\nA1," + b"x" * 200_000 + b"\r\nA2,15\r\n"),
    ("table.ragged", "a.csv", b"case,age\r\nA1,15,16\r\nA2,15\r\n"),
    ("table.quotes", "a.csv", b'case,age\r\n"A1,15\r\nA2,16\r\n'),
    ("table.nul", "a.csv", b"case,age\r\nA\x001,15\r\n"),
    ("table.not-decodable", "a.csv", b"case,age\r\nA\x81\x8d,15\r\n"),
    ("table.read-as-windows-1252", "a.csv", "case,age\r\nRenée,15\r\n".encode("cp1252")),
    ("table.no-heading", "a.csv", b"\r\ncase,age\r\nA1,15\r\n"),
    ("table.no-rows", "a.csv", b"case,age\r\n"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "file", "data"), HOSTILE, ids=[f"{c}-{f}" for c, f, _ in HOSTILE])
def test_each_refusal_and_warning(code, file, data):
    found = read_table(data, file=file)
    assert [problem.code for problem in found.problems] == [code]
    assert found.problems[0].file == file
    assert found.ok == (found.problems[0].severity is Severity.WARNING)


def test_every_problem_of_the_catalogue_has_a_file_that_shows_it():
    assert {code for code, _, _ in HOSTILE} == {kind.code for kind in CATALOGUE}


BLANK_LINES = b"case,age\r\n" + b"\n" * 7_900_000 + b"x"
BOMBS = [("blank.csv", BLANK_LINES)] + [
    (file, data) for code, file, data in HOSTILE if code in {"table.bomb", "table.reader-stopped"}
]


@pytest.mark.parametrize(("file", "data"), BOMBS, ids=[file for file, _ in BOMBS])
def test_a_bomb_costs_little(file, data):
    before = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    read_table(data, file=file)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before[1].ru_utime - before[1].ru_stime
    assert spent + time.process_time() - before[0] < 1.0


HONEST = {
    "a.csv": b"case,age\r\nA1,15\r\nA2,16\r\n",
    "bom.csv": "case,age\nA1,15\nA2,16\n".encode("utf-8-sig"),
    "utf16.csv": "case,age\r\nA1,15\r\nA2,16\r\n".encode("utf-16"),
    "utf16le.csv": "case,age\r\nA1,15\r\nA2,16\r\n".encode("utf-16-le"),
    "utf16be.txt": "case,age\r\nA1,15\r\nA2,16\r\n".encode("utf-16-be"),
    "semicolons.csv": b"case;age\r\nA1;15\r\nA2;16\r\n",
    "tabs.tsv": b"case\tage\r\nA1\t15\r\nA2\t16\r\n",
    "quoted.csv": b'"case","age"\r\n"A1", 15 \r\n"A2","16"\r\n',
    "a.xlsx": GOOD,
    "numbers.xlsx": hostile.workbook([["case", "age"], ["A1", 15], ["A2", 16.0]]),
    "template.xlsx": hostile.workbook(ROWS, **{CODES_SHEET: [["column"]]}),
    "a.ods": hostile.ods(hostile.ods_table(ROWS)),
    "no suffix": GOOD,
}


@pytest.mark.parametrize("file", HONEST)
def test_the_same_table_from_every_kind_of_file(file):
    found = read_table(HONEST[file], file=file)
    assert found.problems == ()
    table = found.expect()
    assert table.headings == ("case", "age")
    assert table.rows == (RawRow(2, ("A1", "15")), RawRow(3, ("A2", "16")))
    assert table.column(1) == ("15", "16")


def test_blank_rows_and_columns_are_dropped_and_row_numbers_kept():
    table = read_table(b"case,age,\r\nA1,15,\r\n,,\r\nA2,16,\r\n", file="a.csv").expect()
    assert table.headings == ("case", "age")
    assert [row.number for row in table.rows] == [2, 4]


def test_rows_count_as_rows_whatever_line_breaks_stand_inside_cells():
    found = read_table(b'case,age\r\n"A\n1",15\r\nA2\r\n', file="a.csv")
    assert [problem.place.row for problem in found.problems] == [3]


def test_spreadsheet_values_become_what_a_person_would_type():
    moment = datetime(2010, 1, 4, 9, 30)  # noqa: DTZ001 - a spreadsheet knows no time zones
    rows = [["a", "b", "c", "d", "e"], [date(2010, 1, 4), moment, True, 1.5, 12345678901]]
    table = read_table(hostile.workbook(rows), file="a.xlsx").expect()
    assert table.rows[0].cells == ("2010-01-04", "2010-01-04 09:30:00", "yes", "1.5", "12345678901")


def test_a_child_that_dies_is_a_problem_and_not_a_crash(monkeypatch):
    monkeypatch.setattr(tables, "run_limited", lambda *_: (_ for _ in ()).throw(tables.ChildStopped("failed")))
    assert [q.code for q in read_table(b"a,b\r\n1,2\r\n", file="a.csv").problems] == ["table.reader-stopped"]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_parsed_or_refused(data):
    found = parse(data)
    assert set(found) == {"kind", "sheet", "rows", "problems"}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_workbook_with_bytes_changed_is_parsed_or_refused(data):
    changed = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(GOOD) - 1))] = data.draw(st.integers(0, 255))
    found = parse(bytes(changed))
    assert set(found) == {"kind", "sheet", "rows", "problems"}


def test_rows_of_other_lengths_share_one_message():
    found = read_table(b"case,age\r\nA1,15,16\r\nA2\r\n", file="a.csv").problems
    assert [q.place.row for q in found] == [2, 3]
    assert len({q.message for q in found}) == 1
