"""The verb `framework`: its documented shapes, its exit codes, and that JSON stands alone."""

import json

import pytest
from typer.testing import CliRunner

from aboveline.cli.app import build
from tests.framework_builders import THREE_QUESTIONS, copy_of_three_questions, edit


def run(*words: str):
    return CliRunner().invoke(build(("framework",)), ["framework", *words])


def as_json(*words: str) -> dict:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_list_names_every_framework():
    assert "cci-2009" in run("list").stdout
    listed = {row["id"]: row for row in as_json("list")["frameworks"]}
    assert listed["cci-2009"]["questions"] >= 70
    assert run("list", "--format", "csv").stdout.splitlines()[0] == "id,title,in force from,to,questions,digest"


def test_show_has_the_documented_shape():
    shown = as_json("show", "cci-2009")
    assert {"id", "title", "digest", "themes", "sections", "bands"} <= shown.keys()
    assert shown["id"] == "cci-2009"
    assert len(shown["digest"]) == 64
    assert [set(theme) >= {"id", "name"} for theme in shown["themes"]] == [True] * 3
    criteria = [criterion for section in shown["sections"] for criterion in section["criteria"]]
    assert [c["id"] for c in criteria] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2"]
    questions = [question for criterion in criteria for question in criterion["questions"]]
    assert all({"id", "text", "themes"} <= question.keys() for question in questions)
    assert [(b["id"], b["from"], b["to"]) for b in shown["bands"]] == [
        ("minimum", 75, 100),
        ("moderate", 60, 74),
        ("substantial", 45, 59),
        ("drastic", 0, 44),
    ]


def test_show_for_people_has_questions_bands_and_the_caution():
    page = " ".join(run("show", "cci-2009").stdout.split())
    assert "Q3.2.4" in page
    assert "inferred" in page
    assert "advised against close comparison" in page


def test_show_as_csv_is_one_row_a_question():
    rows = run("show", "cci-2009", "--format", "csv").stdout.splitlines()
    assert rows[0] == "question,text,applies,themes"
    assert sum(row.startswith("Q") for row in rows) == len(rows) - 1 >= 70


def test_an_unknown_id_ends_with_one_and_the_nearest():
    result = run("show", "cci-209", "--format", "json")
    assert result.exit_code == 1
    assert [p["nearest"] for p in json.loads(result.stdout)["problems"]] == ["cci-2009"]


def test_check_accepts_a_sound_folder():
    checked = as_json("check", str(THREE_QUESTIONS))
    assert (checked["id"], checked["questions"], checked["problems"]) == ("three-questions", 3, [])
    assert run("check", str(THREE_QUESTIONS)).exit_code == 0


def test_check_tells_every_problem_and_ends_with_one(tmp_path):
    folder = copy_of_three_questions(tmp_path)
    edit(folder, "manifest.yaml", "to: 49", "to: 48")
    edit(folder, "section-1.yaml", "themes: [roh, safeguarding]", "themes: [roh, safegarding]")
    result = run("check", str(folder), "--format", "json")
    assert result.exit_code == 1
    problems = json.loads(result.stdout)["problems"]
    assert [(p["code"], p["file"], p["place"]["line"]) for p in problems] == [
        ("framework.bands-gap", "manifest.yaml", 13),
        ("framework.unknown-theme", "section-1.yaml", 14),
    ]
    words = run("check", str(folder))
    assert words.exit_code == 1
    assert "Did you mean “safeguarding”?" in words.stderr
    assert words.stdout == ""


@pytest.mark.parametrize("form", ["table", "json"])
def test_check_with_a_warning_is_fine(form, tmp_path):
    folder = copy_of_three_questions(tmp_path)
    unused = 'conditions:\n  unused: {words: never, all: [{custody: ["no"]}]}\n'
    edit(folder, "facts.yaml", "conditions:\n", unused)
    result = run("check", str(folder), "--format", form)
    assert result.exit_code == 0
    if form == "json":
        assert [p["code"] for p in json.loads(result.stdout)["problems"]] == ["framework.unused-condition"]
    else:
        assert "framework.unused-condition" in result.stderr


@pytest.mark.parametrize(
    "words", [[], ["show"], ["check"], ["shew", "cci-2009"], ["show", "cci-2009", "--format", "xml"]]
)
def test_wrong_usage_ends_with_two(words):
    assert run(*words).exit_code == 2
