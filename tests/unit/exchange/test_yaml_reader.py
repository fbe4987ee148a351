"""What the YAML reader accepts, what line each value is said to stand on, and what it refuses without harm."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.problems import Severity
from aboveline.exchange.yaml_reader import LIMIT_BYTES, LIMIT_VALUES, read_yaml


def read(text: str):
    return read_yaml(text.encode(), file="x.yaml")


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", 1),
        ("-12", -12),
        ("1.5", 1.5),
        ("2e3", 2000.0),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2009-04-01", date(2009, 4, 1)),
        ('"2009-04-01"', "2009-04-01"),
        ('"1.1"', "1.1"),
        ("'true'", "true"),
        ("yes", "yes"),
        ("no", "no"),
        ("12:30:00", "12:30:00"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("nan", "nan"),
        ("[a, {b: c}]", ["a", {"b": "c"}]),
        (">-\n  two\n  lines", "two lines"),
    ],
)
def test_values_are_what_they_look_like(written, value):
    document = read(f"key: {written}\n").expect()
    assert document.tree == {"key": value}
    assert type(document.tree["key"]) is type(value)


def test_keys_are_always_text():
    assert read("1.1: a\ntrue: b\n2009-04-01: c\n").expect().tree == {"1.1": "a", "true": "b", "2009-04-01": "c"}


def test_every_value_has_the_line_of_its_key_or_item():
    lines = read("a:\n  - x\n  -\n    b: >-\n      long\n      text\nc: 1\n").expect().lines
    assert lines == {(): 1, ("a",): 1, ("a", 0): 2, ("a", 1): 4, ("a", 1, "b"): 4, ("c",): 7}


@pytest.mark.parametrize("start", ["\ufeff", "---\n", "# a remark\n---\n"])
def test_a_byte_order_mark_or_one_document_start_is_fine(start):
    assert read(f"{start}a: 1\n").expect().tree == {"a": 1}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: [1\n", "yaml.syntax", 2),
        ("a: 1\n\tb: 2\n", "yaml.syntax", 2),
        ("a: 1\nb: \x07\n", "yaml.syntax", 2),
        ("", "yaml.empty", None),
        ("---\n", "yaml.empty", None),
        ("a: 1\n---\nb: 2\n", "yaml.several-documents", 2),
        ("a: 1\nb: 2\na: 3\n", "yaml.duplicate-key", 3),
        ("? [a]\n: 1\n", "yaml.key-not-text", 1),
        ("a: &x 1\n", "yaml.alias", 1),
        ("a: 1\nb: *x\n", "yaml.alias", 2),
        ("a: !!binary aGk=\n", "yaml.tag", 1),
        ("a: 1\nb: -.inf\n", "yaml.not-finite", 2),
        ("a: 1e999\n", "yaml.not-finite", 1),
        (f"a: {'9' * 5000}\n", "yaml.not-finite", 1),
        ("a: 2009-02-29\n", "yaml.no-such-day", 1),
    ],
)
def test_each_refusal_has_its_code_and_line(text, code, line):
    checked = read(text)
    assert checked.value is None
    assert [(p.code, p.place.line, p.file) for p in checked.problems] == [(code, line, "x.yaml")]


def test_every_problem_is_found_at_once():
    assert codes("a: .nan\na: &x 1\nb: !t 2\nc: 2009-13-01\n") == [
        "yaml.not-finite",
        "yaml.duplicate-key",
        "yaml.alias",
        "yaml.tag",
        "yaml.no-such-day",
    ]


def test_a_file_that_is_not_utf8_is_refused_with_the_line_of_the_first_wrong_byte():
    checked = read_yaml("a: 1\nb: caf\xe9\n".encode("latin-1"), file="x.yaml")
    assert [(p.code, p.place.line) for p in checked.problems] == [("yaml.not-utf8", 2)]


def test_a_large_file_is_refused_before_it_is_read():
    assert codes("# " + "x" * LIMIT_BYTES) == ["yaml.too-large"]
    assert read_yaml(b"a: 1\n", file="x.yaml", limit_bytes=5).ok
    assert not read_yaml(b"a: 12\n", file="x.yaml", limit_bytes=5).ok


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: " + "[" * 400_000, "yaml.too-deep"),
        ("a: [" + "1," * LIMIT_VALUES + "]", "yaml.too-many-values"),
        ("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "yaml.alias"),
    ],
)
def test_a_bomb_is_refused_quickly(text, code):
    start = time.perf_counter()
    assert codes(text)[0] == code
    assert time.perf_counter() - start < 2


@given(st.binary(max_size=200))
def test_no_bytes_whatever_raise(data):
    checked = read_yaml(data, file="x.yaml")
    assert checked.ok or any(p.severity is Severity.ERROR for p in checked.problems)


@given(st.text(st.sampled_from("ab:- \n[]{}&*!|>'\"#?,1.~"), max_size=60))
def test_no_yaml_whatever_raises(text):
    checked = read(text)
    assert checked.ok == (not checked.problems)
