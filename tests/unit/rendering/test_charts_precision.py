"""The precision chart: both curves, the size in hand, every figure; nothing drawn outside."""

import re
from xml.etree import ElementTree

import pytest

from aboveline.rendering.charts_precision import MarginAt, MarginWords, points, precision_chart

WORDS = MarginWords(("Cases", "A feature <80%>", "A score"), "Cases drawn", "20 cases", "none")
MARGINS = [MarginAt(1, 60.0, None), MarginAt(10, 20.0, 15.0), MarginAt(40, 5.0, 4.0)]


def chart(chosen=None, margins=MARGINS):
    return precision_chart("p", "Title", "Sentence", margins, chosen or MarginAt(20, 12.0, 9.0), WORDS)


def test_every_size_is_in_the_figures_in_order_with_the_one_in_hand():
    assert [row[0] for row in chart().rows] == ["1", "10", "20", "40"]
    assert chart().rows[0] == ("1", "±60.0", "none")


def test_the_drawing_is_well_formed_and_outside_words_are_escaped():
    root = ElementTree.fromstring(chart().svg)
    assert "A feature <80%>" in [node.text for node in root.iter() if node.text]


def test_what_lies_above_the_ceiling_is_left_out_and_nothing_is_drawn_beyond_the_edges():
    svg = chart().svg
    heights = [float(y) for y in re.findall(r' y[12]="([0-9.]+)"', svg)]
    assert min(heights) >= 0
    assert max(heights) <= 280
    assert svg.count("<line") == 4 + 2 + 2 + 2 + 1


def test_the_size_in_hand_is_marked_on_both_curves():
    assert chart().svg.count("<circle") == 2
    assert chart(MarginAt(1, 60.0, None)).svg.count("<circle") == 0


def test_one_size_is_no_curve():
    with pytest.raises(ValueError, match="two sizes"):
        precision_chart("p", "T", "S", [], MARGINS[0], WORDS)


@pytest.mark.parametrize(("margin", "words"), [(9.44, "±9.4"), (0.0, "±0.0"), (None, "none")])
def test_margins_in_words(margin, words):
    assert points(margin, "none") == words
