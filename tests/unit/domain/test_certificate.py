import json
from datetime import date

import pytest

from aboveline.domain.caseload import Caseload, eligible
from aboveline.domain.certificate import VERSION, certify, verify_certificate
from aboveline.domain.sampling import Method, draw
from tests.caseload_builders import AS_AT, a_caseload, an_entry, caseload_framework

FRAMEWORK = caseload_framework(digest="abc")
CASELOAD = Caseload.of([*a_caseload(50).entries, an_entry("Z9", order_start=date(2010, 5, 30))])


def certificate(method=Method.CUBE, **settings):
    found = eligible(CASELOAD, FRAMEWORK, AS_AT)
    drawn = draw(found.entries, method=method, size=12, seed="s", reserves=3, **settings)
    return json.loads(json.dumps(certify(drawn, CASELOAD, found, FRAMEWORK, {"python": "3.11"})))


@pytest.mark.parametrize("method", [*Method])
def test_another_person_draws_the_same(method):
    document = certificate(method, stratify_by="team")
    again = verify_certificate(document, CASELOAD, FRAMEWORK).expect()
    assert list(again.case_refs) == document["sample"]
    assert list(again.reserves) == document["reserves"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, []),
        ({"balance_on": FRAMEWORK.sample.balance_on}, []),
        ({"balance_on": ["age"]}, ["balanced on age, and the framework says order_type, risk_of_harm"]),
        ({"balance_on": []}, ["balanced on nothing, and"]),
        ({"balance_on": FRAMEWORK.sample.balance_on[::-1]}, ["balanced on sex, age"]),
        ({"method": Method.STRATIFIED}, []),
        ({"method": Method.STRATIFIED, "stratify_by": "team"}, ["stratified on team, and the framework says order_t"]),
        ({"method": Method.SIMPLE, "stratify_by": "team", "balance_on": ["age"]}, []),
    ],
)
def test_settings_that_are_not_the_frameworks_own_are_a_warning(settings, said):
    found = verify_certificate(certificate(**settings), CASELOAD, FRAMEWORK)
    assert found.ok
    assert [(q.code, q.severity) for q in found.problems] == [("certificate.other-settings", "warning")] * len(said)
    assert all(words in q.message for words, q in zip(said, found.problems, strict=True))


def test_a_certificate_holds_all_that_is_needed():
    document = certificate()
    assert document["version"] == VERSION
    assert document["framework"] == {"id": FRAMEWORK.id, "digest": "abc"}
    assert document["eligibility"]["eligible"] == document["draw"]["population"] == 50
    assert document["eligibility"]["exclusions"] == [
        {"reason": "started_too_late", "words": "the order started after 2010-03-01", "count": 1}
    ]
    assert document["draw"]["inclusion_probability"] == 12 / 50
    assert {row["variable"] for row in document["balance"]} >= {"order_type", "age", "sex"}
    assert len(document["sample"]) == 12
    assert len(document["reserves"]) == 3


def changed(path, value):
    document = certificate()
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "parts"),
    [
        (["sample"], ["C0001"], {"sample"}),
        (["reserves", 0], "C0001", {"reserves"}),
        (["reserves"], [], {"reserves"}),
        (["draw", "seed"], "another", {"sample", "reserves", "balance"}),
        (["draw", "population"], 51, {"draw"}),
        (["draw", "generator"], "dice", {"draw"}),
        (["balance", 0, "sample"], 11, {"balance"}),
        (["eligibility", "exclusions"], [], {"eligibility"}),
    ],
)
def test_whatever_was_changed_is_named(path, value, parts):
    found = verify_certificate(changed(path, value), CASELOAD, FRAMEWORK)
    assert {q.code for q in found.problems} == {"certificate.does-not-agree"}
    assert {part for part in parts if any(part in q.message for q in found.problems)} == parts


def test_another_list_or_framework_is_told_apart():
    other = Caseload.of([*CASELOAD.entries[:-1], an_entry("Z9", age=16)])
    found = verify_certificate(certificate(), other, caseload_framework(digest="abd"))
    assert [q.code for q in found.problems] == ["certificate.different-framework", "certificate.different-list"]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ([], "certificate.unreadable"),
        ({}, "certificate.version"),
        (changed(["as_at"], "June"), "certificate.unreadable"),
        (changed(["as_at"], 7), "certificate.unreadable"),
        (changed(["draw"], {}), "certificate.unreadable"),
        (changed(["draw", "size"], "12"), "certificate.unreadable"),
        (changed(["draw", "size"], 1000), "certificate.unreadable"),
        (changed(["draw", "size"], 10**30), "certificate.unreadable"),
        (changed(["draw", "size"], float("inf")), "certificate.unreadable"),
        (changed(["draw", "size"], float("nan")), "certificate.unreadable"),
        (changed(["draw", "size"], [12]), "certificate.unreadable"),
        (changed(["draw", "balance_on"], 7), "certificate.unreadable"),
        (changed(["draw", "balance_on"], [["age"]]), "certificate.unreadable"),
        (changed(["draw", "method"], []), "certificate.unreadable"),
        (changed(["draw"], "cube"), "certificate.unreadable"),
        (changed(["versions"], 7), "certificate.unreadable"),
        (changed(["as_at"], "0001-01-01"), "certificate.unreadable"),
        (changed(["draw", "method"], "dice"), "certificate.unreadable"),
        (changed(["reserves"], None), "certificate.does-not-agree"),
        (changed(["framework"], None), "certificate.different-framework"),
    ],
)
def test_what_is_no_certificate_is_refused_plainly(document, code):
    found = verify_certificate(document, CASELOAD, FRAMEWORK)
    assert found.value is None
    assert [q.code for q in found.problems] == [code]
    assert "Error" not in found.problems[0].message
    assert "None" not in found.problems[0].message
