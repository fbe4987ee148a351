"""`aboveline report FILE --out OUT`."""

import json
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aboveline.cli.app import build

RUN = CliRunner()
SEFTON = resources.files("aboveline") / "data" / "reports" / "sefton-2011.yaml"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "r.yaml"
    path.write_bytes(SEFTON.read_bytes())
    return path


def run(*words: object) -> tuple[int, str, str]:
    result = RUN.invoke(build(("report",)), ["report", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(("ending", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>")])
def test_each_format_is_written_with_its_warnings_beside(file: Path, tmp_path: Path, ending: str, start: bytes) -> None:
    out = tmp_path / f"report.{ending}"
    code, stdout, stderr = run(file, "--out", out, "--format", "json")
    assert code == 0
    assert out.read_bytes().startswith(start)
    assert json.loads(stdout)["report"]["warnings"] == 3
    assert "report.finance-empty" in stderr


def test_a_report_with_an_error_is_not_written(file: Path, tmp_path: Path) -> None:
    file.write_text(
        file.read_text("utf-8").replace("sha256:", "sha256:0000")[:-1].replace("sha256:0000", "sha256:", 2), "utf-8"
    )
    out = tmp_path / "report.pdf"
    code, stdout, _ = run(file, "--out", out, "--format", "json")
    assert code == 1
    assert not out.exists()
    assert [p["code"] for p in json.loads(stdout)["problems"]] == ["report.wrong-shape"]


def test_a_changed_figure_stops_it(file: Path, tmp_path: Path) -> None:
    text = file.read_text("utf-8")
    start = text.index("sha256:") + 7
    file.write_text(text[:start] + "0" * 64 + text[start + 64 :], "utf-8")
    code, _, stderr = run(file, "--out", tmp_path / "r.html")
    assert code == 1
    assert "report.figure-changed" in stderr
    assert "Nothing was done" in stderr


@pytest.mark.parametrize("out", ["report.odt", "report", "missing/report.pdf"])
def test_a_wrong_target_is_a_usage_error(file: Path, tmp_path: Path, out: str) -> None:
    assert run(file, "--out", tmp_path / out)[0] == 2


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    assert run(tmp_path / "none.yaml", "--out", tmp_path / "r.pdf")[0] == 2
