"""The verbs `caseload` and `sample` as a script meets them: files, exit codes, JSON alone on stdout."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aboveline import __version__
from aboveline.cli.app import build
from aboveline.domain import sampling
from aboveline.domain.caseload import eligible
from aboveline.domain.certificate import certify
from aboveline.exchange import tables
from aboveline.exchange.table_parsers import parse
from aboveline.jobs.caseloads import read_case_list
from aboveline.jobs.frameworks import load_framework
from aboveline.jobs.sampling import versions
from tests.caseload_builders import a_caseload, csv_of, rows_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "caseloads"
APP = build(("caseload", "sample"))


@pytest.fixture(autouse=True)
def _parse_in_this_process(monkeypatch):
    monkeypatch.setattr(tables, "run_limited", lambda target, data: parse(data))


@pytest.fixture
def case_list(tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes(csv_of(rows_of(a_caseload(80))))
    return file


def run(*words):
    return CliRunner().invoke(APP, [str(word) for word in words])


def draw(case_list, out, *more):
    fixed = ["--framework", "cci-2009", "--size", 12, "--seed", 7, "--as-at", "2010-06-01", "--out", out]
    return run("sample", case_list, *fixed, *more)


def references(file):
    with file.open(newline="") as stream:
        return [row["case_ref"] for row in csv.DictReader(stream)]


def test_a_draw_writes_its_three_files(case_list, tmp_path):
    done = draw(case_list, tmp_path / "out")
    assert done.exit_code == 0
    assert "12 of 80 eligible cases (cube)" in done.stdout
    certificate = json.loads((tmp_path / "out" / "certificate.json").read_text())
    assert references(tmp_path / "out" / "sample.csv") == certificate["sample"]
    assert references(tmp_path / "out" / "reserves.csv") == certificate["reserves"]
    assert len(certificate["sample"]) == 12
    assert len(certificate["reserves"]) == 3


def test_json_stands_alone_on_stdout(case_list, tmp_path):
    done = draw(case_list, tmp_path / "out", "--format", "json")
    document = json.loads(done.stdout)
    assert document["draw"]["size"] == 12
    assert document["sample"] == references(tmp_path / "out" / "sample.csv")
    assert document["problems"] == []


@pytest.mark.parametrize("method", ["cube", "stratified", "simple"])
def test_each_method_can_be_drawn_again_and_verified(case_list, tmp_path, method):
    draw(case_list, tmp_path / "out", "--method", method)
    certificate = tmp_path / "out" / "certificate.json"
    agreed = run("sample", case_list, "--framework", "cci-2009", "--verify", certificate, "--format", "json")
    assert agreed.exit_code == 0
    assert json.loads(agreed.stdout)["agrees"] is True
    document = json.loads(certificate.read_text())
    document["sample"][0] = "C9999"
    certificate.write_text(json.dumps(document))
    refused = run("sample", case_list, "--framework", "cci-2009", "--verify", certificate)
    assert refused.exit_code == 1
    assert "certificate.does-not-agree" in refused.stderr


def test_row_order_changes_nothing(case_list, tmp_path):
    draw(case_list, tmp_path / "one")
    case_list.write_bytes(csv_of(rows_of(a_caseload(80))[::-1]))
    draw(case_list, tmp_path / "two")
    for name in ("sample.csv", "reserves.csv", "certificate.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_bad_list_ends_with_every_problem_and_writes_nothing(tmp_path):
    done = draw(FIXTURES / "twenty-faults.csv", tmp_path / "out", "--format", "json")
    assert done.exit_code == 1
    problems = json.loads(done.stdout)["problems"]
    assert len(problems) == 20
    assert problems[0].keys() >= {"code", "severity", "file", "place", "value", "message", "remedy"}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--size", "900"], "draw.size-too-large"),
        (["--framework", "cci-2008"], "framework.unknown"),
        (["--as-at", "2020-01-01"], "draw.no-case-eligible"),
    ],
)
def test_a_wish_that_cannot_be_met_ends_with_1(case_list, tmp_path, words, code):
    done = draw(case_list, tmp_path / "out", *words)
    assert done.exit_code == 1
    assert code in done.stderr


@pytest.mark.parametrize(
    "words",
    [["--method", "dice"], ["--size", "x"], ["--as-at", "1/6/2010"], ["--format", "xml"], ["--as-at", "0001-06-01"]],
)
def test_wrong_usage_ends_with_2(case_list, tmp_path, words):
    assert draw(case_list, tmp_path / "out", *words).exit_code == 2


def test_a_draw_without_size_seed_or_folder_or_file_is_wrong_usage(case_list, tmp_path):
    assert run("sample", case_list, "--framework", "cci-2009").exit_code == 2
    assert draw(tmp_path / "absent.csv", tmp_path / "out").exit_code == 2


def test_check_says_who_is_eligible_and_what_a_size_buys(case_list):
    done = run("caseload", "check", case_list, "--as-at", "2010-06-01", "--format", "json")
    document = json.loads(done.stdout)
    assert done.exit_code == 0
    assert document["cases"] == document["eligibility"]["eligible"] == 80
    assert document["precision"][-1]["case_margin"] <= 0.05
    assert document["digest"] == a_caseload(80).digest
    assert "What a size buys" in run("caseload", "check", case_list).stdout


def test_check_ends_with_1_and_every_problem():
    done = run("caseload", "check", FIXTURES / "twenty-faults.csv")
    assert done.exit_code == 1
    assert "20 error(s)" in done.stderr
    assert done.stdout == ""


def test_a_warning_goes_to_stderr_and_ends_with_0():
    done = run("caseload", "check", FIXTURES / "caseload.unused-column.csv")
    assert done.exit_code == 0
    assert "caseload.unused-column" in done.stderr


@pytest.mark.parametrize("name", ["blank.xlsx", "blank.csv"])
def test_a_blank_list_is_written(tmp_path, name):
    assert run("caseload", "blank", "--out", tmp_path / name).exit_code == 0
    assert run("caseload", "check", tmp_path / name).exit_code == 1
    assert run("caseload", "blank", "--out", tmp_path / "blank.doc").exit_code == 2
    refused = run("caseload", "blank", "--out", tmp_path / "absent" / name, "--format", "json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["problems"][0]["code"] == "file.unusable"


def test_check_without_a_date_says_which_was_taken(case_list):
    assert "draw.as-at-assumed" in run("caseload", "check", case_list).stderr
    assert "draw.as-at-assumed" not in run("caseload", "check", case_list, "--as-at", "2010-06-01").stderr
    assert "Eligible as at 1 June 2010" in run("caseload", "check", case_list, "--as-at", "2010-06-01").stdout


def test_a_blank_list_says_where_it_was_written_and_the_command_its_version(tmp_path):
    assert f"Written to {tmp_path / 'a.csv'}." in run("caseload", "blank", "--out", tmp_path / "a.csv").stdout.replace(
        "\n", ""
    )
    assert run("--version").stdout == f"aboveline {__version__}\n"


def test_a_certificate_larger_than_any_is_not_read(case_list, tmp_path):
    huge = tmp_path / "huge.json"
    huge.write_bytes(b"[" * 3_000_001)
    refused = run("sample", case_list, "--framework", "cci-2009", "--verify", huge, "--format", "json")
    assert refused.exit_code == 1
    assert [problem["code"] for problem in json.loads(refused.stdout)["problems"]] == ["certificate.too-large"]


def test_a_deep_certificate_is_a_problem(case_list, tmp_path):
    deep = tmp_path / "deep.json"
    deep.write_bytes(b"[" * 3_000_000)
    assert "certificate.unreadable" in run("sample", case_list, "--framework", "cci-2009", "--verify", deep).stderr


def test_a_draw_by_other_settings_agrees_with_a_warning(case_list, tmp_path):
    """Made with the program's own functions, as somebody could who wishes for another balance."""
    rules = load_framework("cci-2009")
    caseload = read_case_list(case_list.read_bytes(), rules, file="list.csv").expect()
    found = eligible(caseload, rules, date(2010, 6, 1))
    other = sampling.draw(found.entries, size=12, seed="7", balance_on=["age"], reserves=rules.sample.reserves_for(12))
    certificate = tmp_path / "certificate.json"
    certificate.write_text(json.dumps(certify(other, caseload, found, rules, versions())))
    agreed = run("sample", case_list, "--framework", "cci-2009", "--verify", certificate, "--format", "json")
    assert agreed.exit_code == 0
    assert json.loads(agreed.stdout)["agrees"] is True
    assert "certificate.other-settings" in agreed.stderr
