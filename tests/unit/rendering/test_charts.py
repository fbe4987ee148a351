"""The drawings: well-formed, safe under the strict policy, never without their figures, labels apart."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from aboveline.rendering.charts import Band, Chart, Mark, Span
from aboveline.rendering.charts_change import Move, change_chart
from aboveline.rendering.charts_interval import Comparators, ScoreOnBands, interval_on_bands, row_bar
from aboveline.rendering.charts_svg import NARROWEST, element, lanes
from aboveline.rendering.charts_timeline import Reading, timeline

SVG = "{http://www.w3.org/2000/svg}"
BANDS = (Band("Low", 0, 60, 1), Band("High", 60, 100, 4))


def score_chart(**given):
    values = {
        "id": "safeguarding",
        "title": "Safeguarding",
        "sentence": "Better than in 2009.",
        "bands": BANDS,
        "score": Mark(75.2, "75"),
        "interval": Span(65.6, 82.4),
        "comparators": Comparators(Mark(38, "38"), Mark(67, "67"), Mark(91, "91"), "Sefton", "Elsewhere"),
        "earlier": Mark(38, "2009: 38"),
    }
    return interval_on_bands(ScoreOnBands(**values | given))


def change():
    moves = (Move("A", Mark(36, "36"), Mark(70, "70"), Span(27, 46), None), Move("B", None, Mark(50, "50")))
    return change_chart("moves", "Change", "A is better.", moves, BANDS)


def story(*readings):
    given = readings or (
        Reading(date(2010, 9, 1), "September 2010", 75, "75%", "one", Span(66, 82)),
        Reading(date(2009, 6, 1), "June 2009", 38, "38%", "one"),
        Reading(date(2013, 2, 1), "2013", 58, "58%", "two"),
    )
    return timeline("story", "Story", "Better, then not known.", given, BANDS)


CHARTS = pytest.mark.parametrize("chart", [score_chart(), change(), story()], ids=["interval", "change", "timeline"])


def texts(svg):
    return [node.text for node in ET.fromstring(svg).iter(f"{SVG}text")]


@CHARTS
def test_a_drawing_is_named_for_screen_readers_with_ids_of_its_own(chart):
    root = ET.fromstring(chart.svg)
    assert root.get("role") == "img"
    named = root.get("aria-labelledby").split()
    assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == named
    assert all(name.startswith(root.get("id")) for name in named)
    assert root.find(f"{SVG}desc").text


@CHARTS
def test_a_drawing_holds_no_style_or_script_and_names_a_sans_serif_font(chart):
    nodes = list(ET.fromstring(chart.svg).iter())
    assert not [n for n in nodes if n.get("style") or n.tag in {f"{SVG}style", f"{SVG}script"}]
    assert nodes[0].get("font-family").endswith("sans-serif")


def test_the_score_chart_gives_every_figure_it_draws():
    assert score_chart().rows == (
        ("Score", "75", "This service"),
        ("95% interval", "66–82%", "This service"),
        ("Before", "2009: 38", "This service"),
        ("Lowest", "38", "Sefton"),
        ("Average", "67", ""),
        ("Highest", "91", "Elsewhere"),
    )


def test_positions_are_the_unrounded_percents():
    svg = score_chart().svg
    assert 'cx="75.2%"' in svg
    assert 'x="65.6%"' in svg
    assert 'width="16.8%"' in svg


def test_a_chart_without_comparators_or_score_still_says_what_is_known():
    chart = score_chart(score=None, interval=None, comparators=Comparators(), earlier=None)
    assert chart.rows == (("Score", "none", "This service"),)
    assert texts(chart.svg) == ["0", "60", "100"]


def test_words_from_outside_are_escaped():
    chart = score_chart(title='<script>"x"</script>', comparators=Comparators(lowest=Mark(10, "<b>")))
    assert "<script>" not in chart.svg
    assert "lowest <b>" in texts(chart.svg)
    assert element("a", href='"><x') == '<a href="&quot;&gt;&lt;x"></a>'


def test_labels_that_would_meet_on_a_phone_get_lanes_of_their_own():
    assert lanes([Mark(10, "lowest 10"), Mark(50, "average 50"), Mark(90, "highest 90")]) == [0, 0, 0]
    assert lanes([Mark(62, "lowest 62"), Mark(67, "average 67"), Mark(70, "highest 70")]) == [0, 1, 2]
    assert NARROWEST < 320


def test_labels_at_the_ends_stay_inside():
    svg = score_chart(score=Mark(100, "100"), earlier=Mark(0, "2009: 0")).svg
    ends = {n.text: n.get("text-anchor") for n in ET.fromstring(svg).iter(f"{SVG}text")}
    assert (ends["100"], ends["2009: 0"]) == ("end", "start")


def test_readings_under_different_frameworks_are_not_joined():
    assert story().svg.count('stroke-dasharray="4 4"') == 1
    joined = story().svg.count('stroke="#1a65a6" stroke-width="2"')
    assert joined == 1
    assert "new framework" in texts(story().svg)
    assert [row[0] for row in story().rows] == ["June 2009", "September 2010", "2013"]


def test_one_reading_stands_in_the_middle_and_none_is_refused():
    assert 'cx="50%"' in story(Reading(date(2009, 6, 1), "June 2009", 38, "38%", "one")).svg
    with pytest.raises(ValueError, match="needs a reading"):
        timeline("story", "Story", "Nothing.", (), BANDS)


def test_the_ends_of_an_interval_show_beside_the_dot_however_short_it_is():
    reading = Reading(date(2009, 6, 1), "June 2009", 50, "50%", "CCI", Span(49, 51))
    svg = ET.fromstring(timeline("story", "Story", "One.", (reading,), BANDS).svg)
    dot = svg.find(f".//{SVG}circle")
    ends = [bar for inner in svg.iter(f"{SVG}svg") for bar in inner.findall(f"{SVG}rect") if bar.get("width") == "20"]
    assert len(ends) == 2
    assert all(float(bar.get("width")) > 2 * float(dot.get("r")) for bar in ends)


def test_a_change_without_a_first_score_says_none():
    assert change().rows[1] == ("B", "none", "none", "50", "none")


def test_a_row_bar_is_passed_over_by_screen_readers_and_may_be_empty():
    assert 'aria-hidden="true"' in row_bar(64, Span(55, 72), 33, (45, 60, 75))
    assert "circle" not in row_bar(None)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Mark(101, "101"),
        lambda: Span(60, 50),
        lambda: Band("No width", 60, 60, 1),
        lambda: Band("No such tone", 0, 60, 5),
        lambda: Chart("Title", "", "<svg/>", ("a",), (("1",),)),
        lambda: Chart("Title", "Sentence.", "<svg/>", ("a",), ()),
        lambda: Chart("Title", "Sentence.", "<svg/>", ("a", "b"), (("1",),)),
    ],
)
def test_values_that_would_mislead_are_refused(wrong):
    with pytest.raises(ValueError, match=r"scale|tone|without|columns"):
        wrong()


def test_a_readings_label_is_text_whatever_it_holds():
    reading = Reading(date(2010, 9, 6), "September 2010", 50, "<script>alert(1)</script>", "one")
    chart = timeline("story", "Story", "One reading.", (reading,), BANDS)
    assert "<script>" not in chart.svg
