"""Judgements and YAML that somebody gave us are taken apart in a limited child: seen to be, and seen to matter."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.framework_reader import MANIFEST
from aboveline.exchange import judgements, yaml_given
from aboveline.exchange.frameworks import read_framework
from aboveline.exchange.judgements import read_judgements, read_rows
from aboveline.exchange.limited import Limits
from aboveline.exchange.yaml_given import read_given_yaml
from aboveline.exchange.yaml_reader import LIMIT_BYTES, read_yaml
from tests.builders import a_framework
from tests.planted_children import DEATHS, plant

CSV = b"case,question,answer\nC1,1.1.1,sufficient\n"
YAML = b"a: 2010-03-01\nb: [1, {c: null}]\n"
DOORS = {
    "judgements": (judgements, "csv.reader-stopped", lambda: read_rows(CSV, file="f")),
    "yaml": (yaml_given, "yaml.reader-stopped", lambda: read_given_yaml(YAML, file="f")),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("function", "reason", "limits"), DEATHS)
def test_whatever_ends_the_child_is_a_problem_of_the_file(monkeypatch, door, function, reason, limits):
    module, code, read = DOORS[door]
    assert read().ok
    plant(monkeypatch, function)
    monkeypatch.setattr(module, "LIMITS", limits)
    found = read()
    assert found.value is None
    assert [(problem.code, problem.file) for problem in found.problems] == [(code, "f")]
    assert reason in found.problems[0].message


# --- it is in the child that they are read


def explode(*_, **__):
    raise AssertionError("the parser ran in the server itself")


def test_no_csv_is_taken_apart_in_this_process(monkeypatch):
    monkeypatch.setattr("aboveline.exchange.csv_text.csv.reader", explode)
    assert read_judgements(CSV, file="f", framework=a_framework()).ok
    with pytest.raises(AssertionError, match="server itself"):
        judgements.parse(CSV)


def test_no_yaml_is_taken_apart_in_this_process(monkeypatch):
    monkeypatch.setattr("aboveline.exchange.yaml_reader.yaml.parse", explode)
    assert read_given_yaml(YAML, file="f").ok
    with pytest.raises(AssertionError, match="server itself"):
        read_yaml(YAML, file="f")


# --- what comes back is what reading here would give


SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text() | st.dates()
TREES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(TREES)
def test_values_keep_their_kind_on_the_way(tree):
    assert yaml_given._uncarried(yaml_given._carried(tree)) == tree


@pytest.mark.parametrize(
    "data",
    [YAML, b"a: &x 1\nb: *x\na: 2\n", b"- day: 2010-03-01\n- mapping: {day: x}\n", b"", b"\xff", b"a: 2010-02-30"],
)
def test_yaml_from_the_child_is_yaml_read_here(data):
    there, here = read_given_yaml(data, file="f"), read_yaml(data, file="f")
    assert there == here
    assert [problem.message for problem in there.problems] == [problem.message for problem in here.problems]


def test_a_date_is_a_date_again():
    assert read_given_yaml(YAML, file="f").expect().tree == {"a": date(2010, 3, 1), "b": [1, {"c": None}]}


def test_sentences_from_the_child_can_still_be_translated():
    (problem,) = read_given_yaml(b"a: 1\na: 2\n", file="f").problems
    assert problem.message.template == "“{key}” is given twice in one place."
    assert dict(problem.message.words)["key"] == "a"


def test_a_file_over_its_limit_starts_no_child(monkeypatch):
    monkeypatch.setattr(yaml_given, "run_limited", explode)
    (problem,) = read_given_yaml(b"a" * 11, file="f", limit_bytes=10).problems
    assert problem.code == "yaml.too-large"


def test_a_framework_folder_is_read_by_the_reading_it_is_given(tmp_path):
    (tmp_path / MANIFEST).write_text("a: [")
    asked = []

    def read_text(data, *, file):
        asked.append((data, file))
        return read_yaml(data, file=file)

    read_framework(tmp_path, read_text)
    assert asked == [(b"a: [", MANIFEST)]


# --- files made to hurt

HEADINGS = ",".join(f"h{n}" for n in range(900_000)).encode()
HOSTILE_CSV = {
    "a million headings": (HEADINGS, {"csv.too-many-columns"}),
    "four million cells": (CSV + b"x," * 3_900_000, {"csv.ragged"}),
    "one cell without end": (CSV + b'C1,1.1.2,"' + b"x" * 7_900_000, {"csv.malformed"}),
    "letters of four bytes": (CSV + b"C1,1.1.2,yes\n" * 40_000 + "😀".encode() * 1_500_000, {"csv.malformed"}),
}
HOSTILE_YAML = {
    "depth": (b"[" * 900_000, {"yaml.too-deep"}),
    "compact depth": (b"- " * 450_000, {"yaml.too-deep"}),
    "values": (b"[" + b"1," * 450_000 + b"]", {"yaml.too-many-values"}),
    "aliases": (b"a: &a [x,x]\n" + b"".join(b"b%d: [*a,*a]\n" % n for n in range(9_000)), {"yaml.alias"}),
    "one key without end": (b"? " + b"k" * 900_000, set()),
    "an open quotation mark": (b'a: "' + b"x" * 900_000, {"yaml.syntax"}),
}


@pytest.mark.parametrize("name", HOSTILE_CSV)
def test_a_hostile_judgement_file_is_refused_and_soon(name):
    data, codes = HOSTILE_CSV[name]
    began = time.monotonic()
    found = read_judgements(data, file="f", framework=a_framework())
    assert {problem.code for problem in found.problems if problem.severity == "error"} >= codes
    assert found.value is None
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("name", HOSTILE_YAML)
def test_a_hostile_yaml_file_is_told_and_soon(name):
    data, codes = HOSTILE_YAML[name]
    assert len(data) <= LIMIT_BYTES
    began = time.monotonic()
    assert {problem.code for problem in read_given_yaml(data, file="f").problems} >= codes
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(("door", "data"), [("judgements", HEADINGS), ("yaml", HOSTILE_YAML["aliases"][0])])
def test_what_needs_more_than_the_limits_ends_the_child_alone(monkeypatch, door, data):
    """The same files with real parsers under limits that they exceed."""
    module, code, _ = DOORS[door]
    monkeypatch.setattr(module, "LIMITS", Limits(memory_bytes=64_000_000))
    read = read_rows if door == "judgements" else read_given_yaml
    (problem,) = read(data, file="f").problems
    assert (problem.code, "too much memory" in problem.message) == (code, True)
