"""Reports are built in a limited child that can reach nothing; what comes out is what would be built here."""

import io
from dataclasses import replace
from importlib import resources

import pikepdf
import pytest
import typst

from aboveline.jobs import reports
from aboveline.jobs.reports import FORMATS, open_report, render_report
from aboveline.rendering import report_docx, report_html, report_pdf
from aboveline.rendering.outline import Heading, Outline, Para, Picture
from aboveline.rendering.outline_json import outline_as_json, outline_from_json
from aboveline.rendering.report_builds import EVERY_BLOCK
from tests import planted_children as child
from tests.planted_children import DEATHS, plant
from tests.report_builders import FakeFigures, opened

MAKERS = {
    ".docx": report_docx.docx_document,
    ".pdf": report_pdf.pdf_document,
    ".html": lambda outline: report_html.html_page(outline).encode(),
}


@pytest.fixture(scope="module")
def outline() -> Outline:
    return opened().expect().outline


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("watermark", ["", "Draft"])
def test_the_child_makes_what_would_be_made_here(outline: Outline, ending: str, watermark: str) -> None:
    """In every face of the fonts: what the child could not open it would silently leave out."""
    faces = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><text y="9" font-family="Liberation Sans">'
    faces += 'a<tspan font-weight="bold">b<tspan font-style="italic">c</tspan></tspan>'
    drawing = Picture("Faces", "Letters", f'{faces}<tspan font-style="italic">d</tspan></text></svg>', 90, 90)
    whole = replace(outline, watermark=watermark, blocks=(*outline.blocks, drawing, Para("Ŵ � ” €")))
    assert render_report(whole, ending).expect() == MAKERS[ending](whole)


@pytest.mark.parametrize("ending", FORMATS)
def test_no_report_is_built_in_this_process(monkeypatch: pytest.MonkeyPatch, outline: Outline, ending: str) -> None:
    def explode(*_: object, **__: object) -> None:
        raise AssertionError("built in the server itself")

    monkeypatch.setattr(typst, "compile", explode)
    monkeypatch.setattr(report_docx, "Document", explode)
    monkeypatch.setattr(report_html, "_template", explode)
    report_docx._blank.cache_clear()
    assert render_report(outline, ending).ok
    with pytest.raises(AssertionError, match="server itself"):
        MAKERS[ending](outline)


@pytest.mark.parametrize(("function", "reason", "limits"), DEATHS)
def test_whatever_ends_the_child_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, function: object, reason: str, limits: object
) -> None:
    plant(monkeypatch, function, instead_of="aboveline.rendering")
    monkeypatch.setattr(reports, "BUILD_LIMITS", limits)
    made = render_report(EVERY_BLOCK, ".pdf")
    assert made.value is None
    (problem,) = made.problems
    assert problem.code == "report.build-stopped"
    assert problem.message.startswith("The PDF was not made: making it ")
    assert reason in problem.message


def test_a_real_build_that_needs_more_than_its_limits_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    large = Outline("T", "C", tuple(Para("word " * 50) for _ in range(4_000)))
    for limits, reason in (
        (replace(reports.BUILD_LIMITS, memory_bytes=330_000_000), "too much memory"),
        (replace(reports.BUILD_LIMITS, cpu_seconds=1), "too long"),
        (replace(reports.BUILD_LIMITS, wall_seconds=0.5), "too long"),
    ):
        monkeypatch.setattr(reports, "BUILD_LIMITS", limits)
        (problem,) = render_report(large, ".pdf").problems
        assert reason in problem.message


@pytest.mark.parametrize("function", [child.open_a_file, child.open_a_socket])
def test_a_child_that_builds_can_open_nothing_once_it_is_prepared(
    monkeypatch: pytest.MonkeyPatch, function: object
) -> None:
    """The fonts are open before; a package that a template might ask for would need a socket."""
    prepared = "from aboveline.rendering.report_builds import prepare; prepare('pdf'); prepare('docx');"
    monkeypatch.setattr(child, "_PROGRAM", prepared + child._PROGRAM)
    plant(monkeypatch, function)
    assert render_report(EVERY_BLOCK, ".pdf").expect() == b'"refused: 24"'


def test_another_form_is_no_form() -> None:
    with pytest.raises(KeyError):
        render_report(EVERY_BLOCK, ".odt")


@pytest.mark.parametrize("which", ["report", "every block"])
def test_an_outline_comes_back_from_json_as_it_was(outline: Outline, which: str) -> None:
    made = outline if which == "report" else EVERY_BLOCK
    assert outline_from_json(outline_as_json(made)) == made


def test_letters_that_are_half_of_one_survive_the_way() -> None:
    odd = Outline("\ud800", "C", (Heading(2, "\x00\u2028", "a"),))
    assert outline_from_json(outline_as_json(odd)) == odd


def test_a_report_file_is_read_in_a_child_too(monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, child.die_by_signal)
    data = (resources.files("aboveline") / "data" / "reports" / "sefton-2011.yaml").read_bytes()
    assert [p.code for p in open_report(data, file="r.yaml", source=FakeFigures()).problems] == ["yaml.reader-stopped"]


def test_the_pdf_is_whole(outline: Outline) -> None:
    with pikepdf.open(io.BytesIO(render_report(outline, ".pdf").expect())) as pdf:
        assert len(pdf.pages) > 1
