"""What every verb prints: JSON alone on standard output, formulas made harmless, problems with place and remedy."""

import json

import pytest
import typer

from aboveline.cli.output import Format, Table, emit, emit_problems, end_with_problems, neutral
from aboveline.domain.problems import Place, ProblemKind, Severity

KIND = ProblemKind("thing.odd", "This is odd: {value}.", "Make it even.")
WARNING = ProblemKind("thing.late", "This is late.", "Hurry.", Severity.WARNING)
TABLE = Table("Scores", ["id", "share"], [["1.1", 0.5], ["=1+1", None]])


def test_json_is_alone_on_standard_output(capsys):
    emit(Format.JSON, {"é": 1}, [TABLE], ["a note"])
    assert json.loads(capsys.readouterr().out) == {"é": 1}


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
    emit_problems(Format.TABLE, [KIND.at(value=3)])
    assert "ERROR thing.odd: This is odd" in capsys.readouterr().err


def test_problems_as_json_carry_their_place(capsys):
    emit_problems(Format.JSON, [KIND.at(Place(row=4), file="list.csv", value=3)])
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["place"]["row"] == 4
    assert problem["severity"] == "error"


def test_warnings_beside_a_json_result_stay_off_standard_output(capsys):
    emit_problems(Format.JSON, [WARNING.at()], to_stderr=True)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "WARNING thing.late" in printed.err
    assert "Nothing was done" not in printed.err
