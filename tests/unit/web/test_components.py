"""Components: what they say, and that words from outside stay words."""

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from aboveline.rendering.charts import Band, Chart
from aboveline.web.components import Cell, Column, Crumb, ScoreFigure, SummaryRow, Table, band_tone

NASTY = "<script>alert(1)</script>"


def drawn(source, request=None, **context):
    return engines["django"].from_string("{% load components %}" + source).render(context, request)


def table(sort=""):
    columns = (Column("name", "Criterion"), Column("score", "2010", numeric=True), Column("bar", "Bar", sortable=False))
    rows = tuple((Cell(n), Cell(str(s), order=s), Cell("-")) for n, s in (("b", 76), ("A", None), ("c", 64)))
    return Table("criteria", "Criteria", columns, rows).sorted_by(sort)


def names(sorted_table):
    return [row[0].text for row in sorted_table.rows]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("score", ["c", "b", "A"]),
        ("-score", ["b", "c", "A"]),
        ("name", ["A", "b", "c"]),
        ("bar", ["b", "A", "c"]),
        ("nonsense", ["b", "A", "c"]),
        (None, ["b", "A", "c"]),
    ],
)
def test_a_table_sorts_by_what_the_address_asks_with_the_unknown_last(sort, order):
    assert names(table(sort)) == order


def test_a_table_says_how_it_is_sorted_and_links_to_the_other_way():
    html = drawn("{% sortable_table t %}", RequestFactory().get("/?band=low&sort=score"), t=table("score"))
    assert 'aria-sort="ascending"><a class="ab-sort" href="?band=low&amp;sort=-score#criteria"' in html
    assert 'aria-sort="none"><a class="ab-sort" href="?band=low&amp;sort=name#criteria"' in html
    assert 'data-label="2010"' in html


def test_a_table_outside_a_page_still_links_to_its_sorts():
    assert 'href="?sort=-score#criteria"' in drawn("{% sortable_table t %}", t=table("score"))


@pytest.mark.parametrize(("heading", "tag"), [("", "h2"), ("heading=3", "h3")])
def test_a_score_is_headed_at_the_level_it_stands_at(heading, tag):
    html = drawn("{% score_figure s chart=None " + heading + " %}", s=ScoreFigure("Safeguarding", 75))
    assert f"<{tag}" in html


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="does not have 1 cells"):
        Table("t", "T", (Column("a", "A"),), ((),))


def test_a_score_says_its_figure_interval_band_and_counts():
    score = ScoreFigure("Safeguarding", 75, 1507, 2676, 38, 66, 82, band="Minimum improvement required")
    html = drawn("{% score_figure s %}", s=score)
    for words in ("75%", "66–82%", "1,507 of 2,676 judgements in 38 cases", "Minimum improvement required"):
        assert words in html


def test_a_score_without_interval_or_figure_says_why():
    assert "Fewer than two cases" in drawn(
        "{% score_figure s %}", s=ScoreFigure("A", 75, reason="Fewer than two cases")
    )
    html = drawn("{% score_figure s %}", s=ScoreFigure("A", None, reason="Nothing applied"))
    assert "Not scored" in html
    assert "Nothing applied" in html
    assert "None" not in html


def test_a_chart_comes_with_its_sentence_and_its_figures():
    html = drawn("{% chart c %}", c=Chart("T", NASTY, "<svg></svg>", ("What", "Percent"), (("Score", "75"),)))
    assert "<svg></svg>" in html
    assert "&lt;script&gt;" in html
    assert 'data-label="Percent">75</td>' in html


def test_the_key_names_every_shade_with_its_range():
    html = drawn("{% band_key b %}", b=(Band("Top", 75, 100, 4), Band("Mid", 45, 75, 2), Band("Low", 0, 45, 1)))
    assert html.index("under 45%") < html.index("45–74%") < html.index("75% and over")


@pytest.mark.parametrize(
    ("position", "count", "tone"), [(0, 4, 1), (1, 4, 2), (3, 4, 4), (0, 2, 1), (1, 2, 4), (0, 1, 4)]
)
def test_bands_are_shaded_from_weakest_to_strongest(position, count, tone):
    assert band_tone(position, count) == tone


@pytest.mark.parametrize(
    "source",
    [
        "{% page_heading x caption=x %}",
        "{% notification x %}",
        "{% empty_state x x x x %}",
        "{% tag x 1 %}",
        "{% progress 1 2 x %}",
        "{% details x %}{{ x }}{% enddetails %}",
        "{% summary_sentence %}{{ x }}{% endsummary_sentence %}",
        "{% summary_list rows %}",
        "{% breadcrumbs crumbs %}",
        "{% error_summary pairs %}",
    ],
)
def test_words_from_outside_are_escaped(source):
    html = drawn(
        source, x=NASTY, rows=[SummaryRow(NASTY, NASTY, NASTY)], crumbs=[Crumb(NASTY, NASTY)], pairs=[(NASTY, NASTY)]
    )
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_only_a_success_is_announced_at_once():
    assert 'role="alert"' in drawn('{% notification "Saved" "success" %}')
    assert 'role="alert"' not in drawn('{% notification "Mind" "warning" %}')


def test_no_error_no_summary_and_one_page_no_pagination():
    assert drawn("{% error_summary pairs %}", pairs=[]).strip() == ""
    assert drawn("{% pagination p %}", RequestFactory().get("/"), p=Paginator([1], 10).page(1)).strip() == ""


def test_pagination_keeps_the_rest_of_the_address():
    page = Paginator(range(100), 10).page(3)
    html = drawn("{% pagination p %}", RequestFactory().get("/?sort=score"), p=page)
    assert "?sort=score&amp;page=4" in html
    assert 'aria-current="page" aria-label="Page 3"' in html


def test_the_navigation_shows_what_exists_and_marks_where_one_is(settings):
    settings.ROOT_URLCONF = "tests.journeys.gallery"
    parts = [("home", "Home"), ("inspections", "Inspect"), ("not-yet", "Improve")]
    html = drawn("{% primary_navigation %}", RequestFactory().get("/form/17/"), navigation=parts)
    assert 'href="/form/" aria-current="true">Inspect' in html
    assert 'href="/">Home' in html
    assert "Improve" not in html
