"""One content, one digest; any change of it another."""

import pytest

from aboveline.domain.signing import Part, changed_parts, content_hash, digest, digests

CONTENTS = {part: {"a": [1, "é"], "b": None} for part in Part}


def test_a_digest_does_not_depend_on_the_order_of_names():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    # made apart with: printf '{"a":"é"}' | sha256sum
    assert digest({"a": "é"}) == "b3a092a6af48807fa9482b2ee140105575daa26d5b24b3c0e60a7e2dee6683b1"


@pytest.mark.parametrize("part", list(Part))
def test_any_change_of_any_part_shows(part):
    before, after = digests(CONTENTS), digests(CONTENTS | {part: {"a": [1, "e"], "b": None}})
    assert changed_parts(before, after) == (part,)
    assert content_hash(before) != content_hash(after)


def test_every_part_is_asked_for():
    with pytest.raises(KeyError):
        digests({Part.FINDINGS: []})
    with pytest.raises(ValueError, match="JSON"):
        digest(float("nan"))
