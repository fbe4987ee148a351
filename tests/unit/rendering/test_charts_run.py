"""The run chart: every round in the table, patterns told by shape, dates apart, nothing styled in line."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from aboveline.rendering.charts import Mark, Span
from aboveline.rendering.charts_run import RunPoint, run_chart
from aboveline.rendering.charts_svg import NARROWEST, width_of

SVG = "{http://www.w3.org/2000/svg}"


def points(number=14, **last):
    made = [RunPoint(f"{n + 1} May 2026", 40 + 2 * n, f"{40 + 2 * n}%", 8, Span(20, 80)) for n in range(number - 1)]
    end = {"when": "last", "at": 70, "label": "70%", "cases": 9, "interval": None, "pattern": "shift"} | last
    return [*made, RunPoint(**end)]


MEDIAN = Mark(53, "53%")


def chart(*given, median=MEDIAN):
    return run_chart("rounds", "Safeguarding", "Better.", given or points(), median)


def nodes(svg, tag):
    return list(ET.fromstring(svg).iter(f"{SVG}{tag}"))


def texts(svg):
    return [node.text for node in nodes(svg, "text")]


def test_every_round_is_in_the_table_and_the_description():
    made = chart()
    assert made.columns == ("When", "Percent", "Cases", "95% interval", "Pattern")
    assert made.rows[0] == ("1 May 2026", "40%", "8", "20–80%", "–")
    assert made.rows[-1] == ("last", "70%", "9", "none", "shift")
    description = nodes(made.svg, "desc")[0].text
    assert description.startswith("1 May 2026: 40%")
    assert description.endswith("median: 53%")


def test_a_round_in_a_pattern_is_a_diamond_and_the_others_are_dots():
    assert (len(nodes(chart().svg, "path")), len(nodes(chart().svg, "circle"))) == (1, 13)


def test_the_median_stands_only_where_there_is_one():
    assert "median 53%" in texts(chart().svg)
    assert not [words for words in texts(chart(median=None).svg) if "median" in words]


def reach(node):
    """Where a label begins and ends, in pixels on a phone."""
    at, width = float(node.get("x").removesuffix("%")) * NARROWEST / 100, width_of(node.text)
    start = {"start": at, "middle": at - width / 2, "end": at - width}[node.get("text-anchor")]
    return start, start + width


@pytest.mark.parametrize("number", [2, 3, 5, 12, 40])
def test_dates_keep_apart_on_a_phone_and_the_last_is_always_there(number):
    made = chart(*points(number, when="31 December 2026")).svg
    shown = [node for node in nodes(made, "text") if "2026" in node.text]
    assert "31 December 2026" in [node.text for node in shown]
    reaches = sorted(map(reach, shown))
    assert all(one[1] < two[0] for one, two in pairwise(reaches))
    assert reaches[0][0] >= 0
    assert reaches[-1][1] <= NARROWEST


def test_one_round_stands_in_the_middle_and_none_is_refused():
    assert nodes(chart(*points(1, pattern="")).svg, "circle")[0].get("cx") == "54%"
    with pytest.raises(ValueError, match="needs a round"):
        run_chart("rounds", "Safeguarding", "Better.", [], None)


@pytest.mark.parametrize("at", [0, 50, 91, 100])
def test_the_latest_score_stays_inside_the_drawing(at):
    svg = chart(*points(at=at, label="LATEST")).svg
    height = float(nodes(svg, "svg")[0].get("height"))
    y = next(float(node.get("y")) for node in nodes(svg, "text") if node.text == "LATEST")
    assert 12 < y < height


def test_words_are_escaped_and_no_style_or_script_is_in_it():
    made = chart(*points(when="<b>last</b>"))
    assert "<b>" not in made.svg
    assert not [n for n in ET.fromstring(made.svg).iter() if n.get("style") or n.tag.endswith(("style", "script"))]
