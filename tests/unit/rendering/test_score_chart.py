"""The score chart: what it draws, and the words that stand for it."""

import re
from xml.etree import ElementTree

import pytest

from aboveline.rendering.score_chart import ChartRow, score_chart, sentence

FULL = ChartRow("Safeguarding", 75, 38, 91, 67, (66, 83))


def labels(svg: str) -> dict[str, float]:
    return {words: float(x) for x, words in re.findall(r'<text x="([\d.]+)"[^>]*>([^<]*)</text>', svg)}


def test_every_number_is_printed_and_spoken() -> None:
    made = score_chart("Caption", "Northmoor", [FULL])
    assert {"75%", "38%", "91%", "67%"} <= set(labels(made.svg))
    assert made.alt == (
        "Chart. Safeguarding: Northmoor 75%, interval 66% to 83%; all areas lowest 38%, average 67%, highest 91%."
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ChartRow("A", None), "A: X not published."),
        (ChartRow("A", 0), "A: X 0%."),
        (ChartRow("A", 5, average=9), "A: X 5%; all areas average 9%."),
    ],
)
def test_what_is_unknown_is_left_out(row: ChartRow, words: str) -> None:
    assert sentence(row, "X") == words
    ElementTree.fromstring(score_chart("c", "X", [row]).svg)


def test_labels_of_the_range_stand_clear_of_a_wider_interval() -> None:
    narrow = labels(score_chart("c", "X", [ChartRow("A", 81, 50, 87, 69, (72, 85))]).svg)
    wide = labels(score_chart("c", "X", [ChartRow("A", 81, 50, 87, 69, (72, 95))]).svg)
    assert wide["87%"] > narrow["87%"]
    assert wide["50%"] == narrow["50%"]


def test_hostile_names_stay_text() -> None:
    svg = score_chart("c", "<b>&\x00", [ChartRow("<script>\u202e", 5)]).svg
    assert [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()].count("script") == 0
