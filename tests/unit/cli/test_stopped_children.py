"""A child that ends while a command reads or builds is a problem on the command line, and nothing is half-written."""

import json
import time
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aboveline.cli.app import build
from aboveline.exchange import frameworks
from aboveline.exchange.tables import read_table
from tests import planted_children as child
from tests.hostile_files import far_corner
from tests.planted_children import plant

DATA = resources.files("aboveline") / "data"
SEFTON = DATA / "reports" / "sefton-2011.yaml"
APP = build(("framework", "report", "score", "reinspect"))
GOOD = Path(__file__).parents[2] / "fixtures" / "judgements" / "good.csv"


def run(*words: object) -> tuple[int, list[str], str]:
    done = CliRunner().invoke(APP, [*map(str, words), "--format", "json"])
    printed = json.loads(done.stdout)
    return done.exit_code, [problem["code"] for problem in printed.get("problems", [])], done.stderr


def words_of(verb: str, folder: Path) -> list[object]:
    return {
        "score": ["score", GOOD, "--framework", "cci-2009"],
        "reinspect": ["reinspect", GOOD, GOOD, "--framework", "cci-2009"],
        "framework": ["framework", "check", frameworks.FOLDER / "cci-2009"],
        "report": ["report", SEFTON, "--out", folder / "report.pdf"],
    }[verb]


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        ("score", "csv.reader-stopped"),
        ("reinspect", "csv.reader-stopped"),
        ("framework", "yaml.reader-stopped"),
        ("report", "yaml.reader-stopped"),
    ],
)
@pytest.mark.parametrize("death", [child.die_by_signal, child.fall_over])
def test_a_reader_that_ends_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, verb: str, code: str, death: object
) -> None:
    plant(monkeypatch, death)
    ended, codes, _ = run(*words_of(verb, tmp_path))
    assert (ended, set(codes)) == (1, {code})
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_ends_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    out.write_bytes(b"the report of last week")
    plant(monkeypatch, child.die_by_signal, instead_of="aboveline.rendering")
    ended, codes, _ = run(*words_of("report", tmp_path))
    assert ended == 1
    assert "report.build-stopped" in codes
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(out.name, b"the report of last week")]


def test_a_file_that_cannot_be_written_whole_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    out.write_bytes(b"the report of last week")
    (tmp_path / ".report.pdf.part").mkdir()
    assert run(*words_of("report", tmp_path))[:2] == (1, ["file.unusable"])
    assert out.read_bytes() == b"the report of last week"


def test_nothing_is_left_beside_a_written_file(tmp_path: Path) -> None:
    assert run(*words_of("report", tmp_path))[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_a_workbook_with_a_cell_far_away_is_said_to_need_too_much_memory() -> None:
    began = time.monotonic()
    (problem,) = read_table(far_corner(), file="list.xlsx").problems
    assert problem.message == "The file was given up: reading it needed too much memory."
    assert "far to the right" in problem.remedy
    assert time.monotonic() - began < 10
