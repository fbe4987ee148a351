"""The verbs under the framework that rates a stage by its lowest question, and over a short question set."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from aboveline.cli.app import VERBS, build

APP = build(VERBS)
AUDIT = ("--framework", "audit-2021")
HEAD = "case_ref,order_type,order_start,age,sex,risk_of_harm,safety"
ANSWERS = {"Q1.1.1": "yyyy", "Q1.1.2": "ynnn", "Q1.1.3": "yynn", "Q1.2.1": "yyyn"}


def run(*words, exit_code=0):
    done = CliRunner().invoke(APP, [str(word) for word in words])
    assert done.exit_code == exit_code, done.output
    return done


def document(*words, exit_code=0):
    return json.loads(run(*words, "--format", "json", exit_code=exit_code).stdout)


@pytest.fixture
def judgements(tmp_path):
    rows = [f"C{case},{id},{letter}" for id, letters in ANSWERS.items() for case, letter in enumerate(letters)]
    file = tmp_path / "judgements.csv"
    file.write_text("\n".join(["case,question,answer", *rows]))
    return file


@pytest.fixture
def case_list(tmp_path):
    court = [f"A{n:02},referral_order,2026-04-{n:02},15,male,medium,low" for n in range(1, 21)]
    out_of_court = [f"B{n:02},youth_caution,2026-07-{n:02},14,female,low,high" for n in range(1, 11)]
    file = tmp_path / "list.csv"
    file.write_text("\n".join([HEAD, *court, *out_of_court, "C01,youth_caution,2026-04-01,16,male,low,low"]))
    return file


def test_a_stage_is_its_lowest_question_in_every_form(judgements):
    stage = document("score", judgements, *AUDIT)["criteria"][0]
    assert (stage["percent"], stage["band"]["id"], stage["decision"]["decided_by"]) == (25, "inadequate", ["Q1.1.2"])
    table = " ".join(run("score", judgements, *AUDIT).stdout.split())
    assert "1.1 Assessment; lowest: Q1.1.2" in table
    assert "picked out after the event" in table
    rows = list(csv.DictReader(io.StringIO(run("score", judgements, *AUDIT, "--format", "csv").stdout)))
    assert next(row["decided by"] for row in rows if row["id"] == "1.1") == "Q1.1.2"


def test_a_short_question_set_says_how_much_was_asked(judgements):
    words = ("score", judgements, *AUDIT, "--questions", "Q1.1.1,Q1.2.1")
    found = document(*words)
    assert (found["criteria"][0]["percent"], found["criteria"][0]["questions_asked"]) == (100, 1)
    assert {p["code"] for p in found["problems"]} == {"question-set.criterion-not-asked"}
    table = " ".join(run(*words).stdout.split())
    assert "1 Case work; 2 of 12" in table
    assert "not asked" in table
    assert "cannot be set beside those of a full inspection" in table


def test_a_set_that_cannot_be_asked_is_refused(judgements):
    words = ("score", judgements, *AUDIT, "--questions", "Q1.1.1,Q9", "--format", "json")
    problems = json.loads(run(*words, exit_code=1).stdout)["problems"]
    assert "question-set.unknown-question" in {p["code"] for p in problems}


def test_the_framework_shows_its_rule_prompts_answers_and_windows():
    shown = document("framework", "show", "audit-2021")
    assert (shown["rating"]["criteria"], shown["rating"]["source"]["certainty"]) == ("lowest_question", "recalled")
    assert shown["answers"]["sufficient"] == "Yes (sufficient)"
    assert shown["sections"][0]["criteria"][0]["questions"][0]["prompts"]
    windows = {order["id"]: order["eligibility"] for order in shown["order_types"]}
    assert windows["referral_order"] is None
    assert (windows["youth_caution"]["start_months_min"], windows["youth_caution"]["start_months_max"]) == (3, 5)
    assert (shown["eligibility"]["start_months_min"], shown["sample"]["stratify_by"]) == (6, "order_type")
    assert "rated by its lowest question" in run("framework", "show", "audit-2021").stdout


def test_a_case_list_of_today_is_checked_and_drawn_with_both_windows(case_list, tmp_path):
    as_at = ("--as-at", "2026-12-01")
    checked = document("caseload", "check", case_list, *AUDIT, *as_at)
    assert checked["eligibility"]["eligible"] == 30
    out = tmp_path / "out"
    run("sample", case_list, *AUDIT, "--size", 10, "--seed", 3, *as_at, "--out", out)
    certificate = json.loads((out / "certificate.json").read_text())
    assert len(certificate["sample"]) == 10
    run("sample", case_list, *AUDIT, "--verify", out / "certificate.json")
