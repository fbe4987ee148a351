"""Each limit on a zip by itself, whatever the others would say."""

import pytest

from aboveline.exchange import zip_safety
from tests import hostile_files as hostile

GOOD = hostile.workbook([["case", "age"], ["A1", "15"]])
BIG = hostile.with_part(GOOD, "xl/media/a.bin", b"0" * 4_000_000)
LIMITS = ("MEMBERS", "UNPACKED_BYTES", "RATIO", "CELLS")


@pytest.mark.parametrize(
    ("limit", "value", "data", "words"),
    [
        ("MEMBERS", 3, GOOD, "parts"),
        ("UNPACKED_BYTES", 3_000_000, BIG, "4 MB"),
        ("RATIO", 50, BIG, "times its size"),
        ("CELLS", 3, GOOD, "cells"),
    ],
)
def test_each_limit_stands_by_itself(monkeypatch, limit, value, data, words):
    for name in LIMITS:
        monkeypatch.setattr(zip_safety, name, 10**12)
    assert zip_safety.examine(data) == ("xlsx", ())
    monkeypatch.setattr(zip_safety, limit, value)
    kind, problems = zip_safety.examine(data)
    assert kind == ""
    assert [q.code for q in problems] == ["table.bomb"]
    assert words in problems[0].message


def test_a_document_type_is_found_where_two_chunks_meet(monkeypatch):
    monkeypatch.setattr(zip_safety, "_CHUNK", 16)
    data = hostile.with_part(GOOD, "xl/styles.xml", "<?xml version='1.0'?> <!DOCTYPE x><x/>")
    assert [q.code for q in zip_safety.examine(data)[1]] == ["table.unsafe-xml"]


def test_nothing_is_unpacked_when_the_directory_promises_too_much(monkeypatch):
    monkeypatch.setattr(zip_safety, "UNPACKED_BYTES", 1000)
    monkeypatch.setattr(zip_safety, "_unpack", lambda *_: pytest.fail("unpacked"))
    assert zip_safety.examine(BIG)[1]
