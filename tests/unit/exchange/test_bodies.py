"""Outside bodies as data."""

import pytest
from pydantic import ValidationError

from aboveline.exchange.bodies import load_bodies, read_bodies
from aboveline.jobs.outside_bodies import body_name

GOOD = b"""
id: x
version: 1
title: Bodies
sources: {own: {text: ours, certainty: own}}
bodies: [{id: a, name: A body, from: 1998, source: own}]
"""


def test_those_of_the_product_are_named_each_once_with_how_sure_it_is():
    found = {body.id: body for body in load_bodies()}
    assert found["moj"].name == "Ministry of Justice"
    assert found["yjb"].since == 1998
    assert all(body.source.text for body in found.values())


def test_one_body_is_read():
    (body,) = read_bodies(GOOD, file="x.yaml")
    assert (body.id, body.name, body.since, body.until, body.source.text) == ("a", "A body", 1998, None, "ours")


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (b"source: own", b"source: nowhere", ValueError),
        (b"bodies: [", b"bodies: [{id: a, name: Again, source: own}, ", ValueError),
        (b"name: A body", b"title: A body", ValidationError),
        (b"certainty: own", b"certainty: hearsay", ValidationError),
    ],
)
def test_a_broken_file_is_refused(old, new, error):
    with pytest.raises(error):
        read_bodies(GOOD.replace(old, new), file="x.yaml")


@pytest.mark.parametrize(("id", "name"), [("moj", "Ministry of Justice"), ("gone", "gone"), ("", "")])
def test_a_body_that_is_no_longer_known_keeps_its_id(id, name):
    assert body_name(id) == name
