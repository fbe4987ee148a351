"""What the writer writes, the reader reads back: the same values, of the same kinds."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveline.exchange.report_writer import write_report
from aboveline.exchange.yaml_reader import read_yaml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LEAVES = st.one_of(TEXTS, st.integers(-(10**12), 10**12), st.booleans(), st.none(), st.dates())
KEYS = st.text("abcdefghij_", min_size=1, max_size=8)
TREES = st.dictionaries(
    KEYS, st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)),
    min_size=1, max_size=4,
)  # fmt: skip


def back(tree):
    return read_yaml(write_report(tree).encode(), file="report.yaml").expect().tree


@given(TREES)
@settings(max_examples=150, deadline=None)
def test_everything_comes_back_as_it_was(tree):
    assert back(tree) == tree


@pytest.mark.parametrize(
    "text", ["08", "1e5", "2011-01-18", "2011/12", "no", "null", "~", "- x", "01519345678", "x: y"]
)
def test_a_text_that_looks_like_something_else_stays_a_text(text):
    assert back({"agenda_number": text}) == {"agenda_number": text}


def test_a_date_stays_a_date_and_null_is_not_zero():
    tree = {"date": date(2011, 1, 18), "amounts": {"2010/11": None, "2011/12": 0}}
    assert back(tree) == tree


def test_keys_stand_in_the_order_of_the_template_and_unknown_ones_last():
    text = write_report({"odd": 1, "legal": "L", "council": "C", "purpose": "P"})
    assert [line.partition(":")[0] for line in text.splitlines()] == ["council", "purpose", "legal", "odd"]


def test_the_same_value_twice_is_written_twice_not_as_an_alias():
    same = ["one"]
    assert back({"a": same, "b": same}) == {"a": ["one"], "b": ["one"]}
