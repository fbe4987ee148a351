"""The verbs as a person or a script meets them: output, exit codes, never a traceback."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aboveline.cli.app import build
from aboveline.jobs.frameworks import load_framework

APP = build(("score", "compare", "reinspect"))
SEED = ["compare", "--area", "Sefton", "--theme-scores", "safeguarding=75,roh=70,lor=81", "--as-at", "2011-01-18"]


def run(*words: str, exit_code: int = 0):
    result = CliRunner().invoke(APP, list(words))
    assert result.exit_code == exit_code, result.output
    assert "Traceback" not in result.output
    return result


def document(*words: str, exit_code: int = 0) -> dict:
    return json.loads(run(*words, "--format", "json", exit_code=exit_code).stdout)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """An inspection with a third of cases sufficient throughout, its re-inspection with most, and a bad file."""
    questions = [q.id for q in load_framework("cci-2009").questions]
    made = {}
    for name, good in (("first", 4), ("second", 9)):
        rows = [
            f"C{c:02},{q},{'yes' if (c + i) % 12 < good else 'no'}" for c in range(12) for i, q in enumerate(questions)
        ]
        made[name] = "\n".join(["case,question,answer", *rows])
    made["bad"] = "case,question,answer\nC1,Q1.1.1,perhaps\n,Q1.1.1,yes\n"
    for name, text in made.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return {name: str(tmp_path / f"{name}.csv") for name in made}


def test_score_json(files: dict[str, str]) -> None:
    found = document("score", files["first"], "--framework", "cci-2009", "--caseload-size", "40")
    assert [theme["id"] for theme in found["themes"]] == ["safeguarding", "roh", "lor"]
    assert [criterion["id"] for criterion in found["criteria"]] == [
        "1.1",
        "1.2",
        "1.3",
        "2.1",
        "2.2",
        "2.3",
        "3.1",
        "3.2",
    ]
    assert found["cases"] == 12
    theme = found["themes"][0]
    assert theme["percent"] == round(100 * theme["share"])
    assert theme["interval"]["low"] < theme["share"] < theme["interval"]["high"]
    assert theme["band"]["id"] == "drastic"


def test_score_table_and_csv_say_the_same(files: dict[str, str]) -> None:
    table = run("score", files["first"], "--framework", "cci-2009").stdout
    assert "The size of the caseload is not known" in " ".join(table.split())
    rows = list(
        csv.DictReader(io.StringIO(run("score", files["first"], "--framework", "cci-2009", "--format", "csv").stdout))
    )
    assert {row["level"] for row in rows} == {"theme", "section", "criterion", "question"}
    assert f"{rows[0]['percent']}%" in table


def test_warnings_leave_json_alone_on_stdout(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("case,question,answer,colour\nC1,Q1.1.1,yes,red\n")
    result = run("score", str(path), "--framework", "cci-2009", "--format", "json")
    assert json.loads(result.stdout)["cases"] == 1
    assert "csv.heading-unknown" in result.stderr


def test_bad_judgements_end_with_every_problem(files: dict[str, str]) -> None:
    found = document("score", files["bad"], "--framework", "cci-2009", exit_code=1)
    assert {p["code"] for p in found["problems"]} >= {"judgement.answer-unknown", "judgement.case-missing"}
    assert found["problems"][0]["place"]["row"] == 2
    assert found["problems"][0]["file"] == "bad.csv"
    assert "Nothing was done" in run("score", files["bad"], "--framework", "cci-2009", exit_code=1).stderr


@pytest.mark.parametrize(
    "words",
    [
        ["score", "no-such-file.csv", "--framework", "cci-2009"],
        ["score", "FIRST"],
        ["score", "FIRST", "--framework", "cci-2009", "--caseload-size", "0"],
        ["score", "FIRST", "--framework", "cci-2009", "--caseload-size", "many"],
        [*SEED[:-1], "18 January"],
        [*SEED, "--basis", "guesses"],
        ["reinspect", "FIRST", "FIRST", "--framework", "cci-2009", "--caseload-sizes", "120"],
        ["reinspect", "FIRST", "FIRST", "--framework", "cci-2009", "--caseload-sizes", "120,0"],
    ],
)
def test_wrong_usage_exits_2(files: dict[str, str], words: list[str]) -> None:
    run(*(files["first"] if word == "FIRST" else word for word in words), exit_code=2)


@pytest.mark.parametrize("verb", [["score", "FIRST"], ["reinspect", "FIRST", "FIRST"], SEED])
def test_an_unknown_framework_is_a_problem(files: dict[str, str], verb: list[str]) -> None:
    words = [files["first"] if word == "FIRST" else word for word in verb]
    found = document(*words, "--framework", "cci-2008", exit_code=1)
    assert [p["code"] for p in found["problems"]] == ["framework.unknown"]


def test_compare_gives_the_table_of_the_committee_report() -> None:
    found = document(*SEED)
    assert (found["area"], found["as_at"], found["basis"]) == ("Sefton", "2011-01-18", "printed")
    assert [(t["id"], t["area"], t["lowest"], t["highest"], t["average"]) for t in found["themes"]] == [
        ("safeguarding", 75, 38, 91, 67),
        ("roh", 70, 36, 85, 62),
        ("lor", 81, 50, 87, 69),
    ]
    assert {(t["lowest_area"], t["highest_area"], t["rank"], t["quartile"], t["verdict"]) for t in found["themes"]} == {
        ("Sefton", None, None, None, "not_testable")
    }


def test_compare_for_people_and_spreadsheets() -> None:
    words = " ".join(run(*SEED).stdout.split())
    for said in (
        "91%",
        "No rank and no quartile",
        "lowest score of the set is Sefton's own",
        "against close comparison",
    ):
        assert said in words
    rows = list(csv.DictReader(io.StringIO(run(*SEED, "--basis", "rows", "--format", "csv").stdout)))
    assert [row["theme"] for row in rows] == ["safeguarding", "roh", "lor"]
    assert {row["rank"] for row in rows} == {""}


def test_compare_with_bad_scores() -> None:
    found = document(*SEED[:4], "sfeguarding=1,roh=x", *SEED[5:], exit_code=1)
    assert [p["code"] for p in found["problems"]] == ["compare.unknown-theme", "compare.bad-score"]
    assert found["problems"][0]["nearest"] == "safeguarding"


def test_reinspect(files: dict[str, str]) -> None:
    words = ["reinspect", files["first"], files["second"], "--framework", "cci-2009", "--caseload-sizes", "40,"]
    found = document(*words, "--first-plan", "partly")
    assert (len(found["themes"]), len(found["criteria"]), found["first_plan_carried_out"]) == (3, 8, "partly")
    assert {t["verdict"] for t in found["themes"]} == {"better"}
    assert (found["themes"][0]["primary"], found["criteria"][0]["primary"]) == (True, False)
    shown = " ".join(run(*words).stdout.split())
    assert "regression to the mean" in shown
    assert "Criteria (exploratory)" in shown
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))
    assert float(rows[0]["difference"]) == found["themes"][0]["difference"]


def test_reinspect_with_bad_files(files: dict[str, str]) -> None:
    found = document("reinspect", files["bad"], files["bad"], "--framework", "cci-2009", exit_code=1)
    assert len(found["problems"]) == 4
