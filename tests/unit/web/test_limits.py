"""A body over the limit is refused before it is read, in words."""

import pytest
from django.test import Client, override_settings


@override_settings(MAX_BODY_BYTES=1000)
@pytest.mark.parametrize(("size", "status"), [(100, 403), (5000, 413)])
def test_a_large_body_is_refused_in_words(size, status):
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "x" * size})
    assert answer.status_code == status
    assert (b"too large" in answer.content) is (status == 413)


@override_settings(MAX_BODY_BYTES=1000)
def test_a_length_that_is_no_number_is_refused():
    assert Client().post("/sign-in/", {}, CONTENT_LENGTH="many").status_code == 413
