"""Reference pages hold every row and keep their tables whole."""

from aboveline.domain.framework_problems import CATALOGUE
from aboveline.domain.problems import ProblemKind
from aboveline.exchange.frameworks import load_framework
from aboveline.rendering.reference import framework_markdown, problem_catalogue_markdown

CCI = load_framework("cci-2009")


def test_the_catalogue_has_a_row_for_each_kind():
    lines = problem_catalogue_markdown(CATALOGUE).splitlines()
    assert lines[:2] == ["| Code | Severity | What it says | What to do |", "| --- | --- | --- | --- |"]
    assert [line.split("`")[1] for line in lines[2:]] == [kind.code for kind in CATALOGUE]


def test_a_bar_or_line_break_in_a_message_does_not_break_the_table():
    page = problem_catalogue_markdown([ProblemKind("x.y", "One | two\nthree", "Do")])
    assert page.splitlines()[2:] == ["| `x.y` | error | One \\| two three | Do |"]


def test_a_framework_page_holds_every_question_with_its_guidance_and_certainty():
    page = framework_markdown(CCI)
    for question in CCI.questions:
        row = next(line for line in page.splitlines() if line.startswith(f"| {question.id} |"))
        assert str(question.sufficient_when) in row
        assert str(question.insufficient_when) in row
        assert row.endswith("| recalled |")
    assert "| always |" in page
    assert "when the case was eligible for MAPPA" in page


def test_a_framework_page_holds_bands_facts_orders_sources_and_digest():
    page = framework_markdown(CCI)
    assert "| `moderate` | Moderate improvement required | 60–74% |" in page
    assert "| `youth_rehabilitation_order` | Youth rehabilitation order | yes | 2009-11-30 |" in page
    assert all(f"`{fact.id}`" in page for fact in CCI.case_facts)
    assert all(source.text in page for source in CCI.sources)
    assert CCI.digest in page
    assert "In force 2009-04-01 to 2012-05-31" in page


def test_all_tables_have_the_same_number_of_cells_in_each_row():
    width = None
    for line in framework_markdown(CCI).splitlines():
        cells = line.replace("\\|", "").count("|") if line.startswith("|") else None
        assert width is None or cells is None or cells == width
        width = cells
