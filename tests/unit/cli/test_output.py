"""What every verb prints: JSON alone on standard output, formulas made harmless, problems with place and remedy."""

import csv
import io
import json

import pytest
import typer

from aboveline.cli.files import bytes_of, files_or_end
from aboveline.cli.output import Format, Table, emit, end_with_problems, neutral
from aboveline.domain.problems import Place, ProblemKind, Severity

KIND = ProblemKind("thing.odd", "This is odd: {value}.", "Make it even.")
WARNING = ProblemKind("thing.late", "This is late.", "Hurry.", Severity.WARNING)
TABLE = Table("Scores", ["id", "share"], [["1.1", 0.5], ["=1+1", None]])


def test_json_is_alone_on_standard_output(capsys):
    emit(Format.JSON, {"é": 1}, [TABLE], ["a note"])
    shown = capsys.readouterr().out
    assert json.loads(shown) == {"é": 1, "problems": []}
    assert "é" in shown


def test_json_is_plain_ascii_where_the_terminal_is_not_utf8(monkeypatch):
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr("sys.stdout", terminal)
    emit(Format.JSON, {"name": "‘Siân’"}, [])
    terminal.flush()
    assert json.loads(terminal.buffer.getvalue().decode("ascii"))["name"] == "‘Siân’"


def test_csv_makes_formulas_harmless(capsys):
    emit(Format.CSV, {}, [TABLE])
    assert capsys.readouterr().out.splitlines() == ["id,share", "1.1,0.5", "'=1+1,"]


def test_a_table_shows_title_rows_and_notes(capsys):
    emit(Format.TABLE, {}, [TABLE], ["a [bold]note[/bold]"])
    shown = capsys.readouterr().out
    assert all(word in shown for word in ("Scores", "share", "1.1", "a [bold]note[/bold]"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_each_start_of_a_formula(start):
    assert neutral(f"{start}x") == f"'{start}x"


def test_numbers_stay_numbers():
    assert neutral(-0.25) == -0.25


def test_problems_end_with_exit_code_one_and_say_where(capsys):
    problem = KIND.at(Place(sheet="Cases", row=4, column="Age"), file="list.csv", value=3)
    with pytest.raises(typer.Exit) as ended:
        end_with_problems(Format.TABLE, [problem])
    assert ended.value.exit_code == 1
    said = capsys.readouterr().err
    assert "ERROR thing.odd: list.csv, sheet Cases, row 4, column Age: This is odd: 3. Make it even." in said
    assert "Nothing was done" in said


def test_a_problem_without_a_place_reads_well(capsys):
    with pytest.raises(typer.Exit):
        end_with_problems(Format.TABLE, [KIND.at(value=3)])
    assert "ERROR thing.odd: This is odd" in capsys.readouterr().err


def test_problems_as_json_carry_their_place(capsys):
    with pytest.raises(typer.Exit):
        end_with_problems(Format.JSON, [KIND.at(Place(row=4), file="list.csv", value=3)])
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["place"]["row"] == 4
    assert problem["severity"] == "error"


def test_problems_as_csv_are_a_table_for_a_spreadsheet(capsys):
    with pytest.raises(typer.Exit):
        end_with_problems(Format.CSV, [KIND.at(Place(row=4, column="Age"), file="list.csv", value="=3")])
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["code"], row["file"], row["row"], row["column"]) == ("thing.odd", "list.csv", "4", "Age")
    assert row["value"] == "'=3"


@pytest.mark.parametrize("form", Format)
def test_warnings_beside_a_result_go_to_standard_error(form, capsys):
    emit(form, {"id": 1}, [TABLE], warnings=[WARNING.at()])
    printed = capsys.readouterr()
    assert "WARNING thing.late" in printed.err
    assert "Nothing was done" not in printed.err
    assert "WARNING" not in printed.out
    if form is Format.JSON:
        assert [problem["code"] for problem in json.loads(printed.out)["problems"]] == ["thing.late"]


def test_a_file_that_cannot_be_used_ends_as_a_problem(tmp_path, capsys):
    with pytest.raises(typer.Exit) as ended:
        bytes_of(Format.JSON, tmp_path / "absent.csv")
    assert ended.value.exit_code == 1
    with pytest.raises(typer.Exit), files_or_end(Format.TABLE):
        tmp_path.write_bytes(b"")
    printed = capsys.readouterr()
    assert json.loads(printed.out)["problems"][0]["code"] == "file.unusable"
    assert "ERROR file.unusable" in printed.err


def test_warnings_that_say_the_same_of_many_rows_are_one_line_and_json_keeps_each(capsys):
    many = [WARNING.at(Place(row=n, column="answer"), value=q) for q in ("1.1", "1.2") for n in range(2, 9)]
    emit(Format.JSON, {}, [TABLE], warnings=many)
    shown = capsys.readouterr()
    assert shown.err.count("thing.late") == 2
    assert "Found: 1.1. Hurry. 7 times (row 2, 3, 4, 5, 6 ...)." in shown.err
    assert len(json.loads(shown.out)["problems"]) == 14


def test_errors_are_told_one_by_one(capsys):
    with pytest.raises(typer.Exit):
        end_with_problems(Format.TABLE, [KIND.at(Place(row=n)) for n in (2, 3)])
    assert capsys.readouterr().err.count("thing.odd") == 2
