"""Names planted in references, notes and uploads: on no page but their own, in no address and in no log."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.records.actions import assessments
from aboveline.records.actions.assessments import AnswerChange, save_assessment
from aboveline.records.actions.caseloads import CaseRow, confirm_caseload, stage_upload
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.actions.draws import record_draw, replace_case
from aboveline.records.actions.reports import add_report
from aboveline.records.models import Conflict, Role
from aboveline.web.policies import Action
from tests.integration.web.test_rights import addresses, an_alert, of_a_week, of_the_result
from tests.records_builders import a_service, a_user, an_inspection, in_team, with_role

REFERENCE, NOTE, UPLOADED, WHY = "Quillfeather-1", "Zebedee Quillnote", "Zebedee Quillfile", "Zebedee Quillwhy"
PLANTED = (REFERENCE, NOTE, UPLOADED, WHY)
#: pages that show what was written beside an answer
NOTES_SHOWN = {"case", "discussion", "judge-case", "question"}
ATTRIBUTES = {"order_type": "referral_order", "order_start": "2009-01-12", "age": 15, "team": "North"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """An inspection with a planted name everywhere a person can write one; its manager, and arguments of every page."""
    service = a_service()
    by = with_role(with_role(a_user("Robin"), service), service, Role.HEAD_OF_SERVICE)
    inspection, fresh = an_inspection(service), an_inspection(service)
    in_team(by, inspection, Role.LEAD_INSPECTOR)
    rows = [CaseRow(f"Quillfeather-{n}", ATTRIBUTES) for n in range(5)]
    caseload = confirm_caseload(inspection=inspection, rows=rows, digest="d", exclusions=[], by=by)
    cases = list(inspection.cases.all())
    draw = record_draw(
        inspection=inspection, caseload=caseload, method="simple", seed="s", certificate={}, sample=cases[:3],
        reserves=cases[3:], by=by, expected_draws=0,
    )  # fmt: skip
    replace_case(drawn=draw.drawn.get(case=cases[1]), reason="transferred", note=WHY, expected_version=1, by=by)
    answers = [AnswerChange("Q1.1.1", "insufficient", 0, note=NOTE, improvement=NOTE)]
    save_assessment(case=cases[0], answers=answers, findings=[], key="k", by=by)
    content = f"case_ref,order_type,order_start,age,notes\n{UPLOADED},referral_order,2009-01-12,{UPLOADED},{UPLOADED}\n"
    stage_upload(inspection=fresh, content=content.encode(), kind="csv", mapping={}, by=by)
    report = add_report(service=service, title="Report", document="subject: x", by=by)
    arguments = {
        "slug": service.slug, "inspection_id": inspection.pk, "report_id": report.pk, "number": cases[0].number,
        "criterion": "1.1", "question": "Q1.1.1", "ordinal": 1, "drawn_id": draw.drawn.get(case=cases[0]).pk,
        "form": "yaml", "kind": "csv", "framework_id": "cci-2009", "extension": "csv",
        "provider_id": "organisation", "token": "made-up", "session_id": 0, "programme": "none", "programme_role": 0,
        "programme_invitation": 0, "team_invitation": 0, "service_invitation": 0,
        "service_role": by.service_roles.first().pk, "team_role": inspection.team.first().pk,
        "alert_id": an_alert(cases[0]).pk, **of_a_week(inspection, draw), **of_the_result(inspection),
        "entry_id": record_conflict(user=a_user(), tie=Conflict.Tie.DECLARED, service=service, by=by).pk,
        "tie_id": 0,
    }  # fmt: skip
    client = Client(raise_request_exception=False)
    client.force_login(by)
    return client, arguments, fresh


def pages(arguments, fresh):
    """Every page by address: those of the inspection with cases, and those of the one with an open upload."""
    found = dict(addresses(arguments)) | dict(addresses(arguments | {"inspection_id": fresh.pk}))
    return [address for address, policy in found.items() if policy is not Action.PUBLIC]


def test_planted_names_are_on_their_own_pages_only(world):
    client, arguments, fresh = world
    found: dict[str, set[str]] = {name: set() for name in PLANTED}
    opened = 0
    for address in pages(arguments, fresh):
        answer = client.get(address)
        text = answer.getvalue().decode("utf-8", "replace")
        opened += answer.status_code == 200
        for name in PLANTED:
            found[name] |= {answer.resolver_match.url_name} if name in text else set()
    assert opened > 30
    assert found == {REFERENCE: set(), UPLOADED: set(), NOTE: NOTES_SHOWN, WHY: {"sample"}}


def test_references_are_shown_where_they_are_asked_for(world):
    """The control: the planted references can be found where they belong."""
    client, arguments, _ = world
    answer = client.post(reverse("sample-references", args=[arguments["inspection_id"]]))
    assert "Quillfeather" in answer.content.decode().replace("<wbr>", "")


def test_no_planted_name_is_in_an_address_or_a_log(world, caplog):
    client, arguments, fresh = world
    with caplog.at_level(logging.DEBUG):
        answers = [client.get(address) for address in pages(arguments, fresh)]
    moved = " ".join(answer.headers.get("Location", "") for answer in answers)
    linked = " ".join(part for a in answers if a.status_code == 200 for part in links(a))
    assert [name for name in PLANTED if name in f"{moved} {linked} {caplog.text}"] == []


def links(answer):
    text = answer.getvalue().decode("utf-8", "replace")
    return [part.partition('"')[0] for part in text.split('href="')[1:]]


@pytest.mark.parametrize("field", ["note", "improvement"])
def test_a_save_that_fails_leaves_nothing_of_the_text_in_the_log(world, caplog, monkeypatch, field):
    client, arguments, _ = world

    def fail(*_args, **_kwargs):
        raise RuntimeError("the trail cannot be written")

    monkeypatch.setattr(assessments, "record", fail)
    address = reverse("judge-case", args=[arguments["inspection_id"], arguments["number"]])
    sent = {
        "Q1.1.2-answer": "insufficient",
        f"Q1.1.2-{field}": NOTE,
        "Q1.1.2-seen": "0.x",
        "key": "k2",
        "save-key": "k2",
    }
    with caplog.at_level(logging.DEBUG):
        answer = client.post(address, sent)
    assert answer.status_code in {500, 503}
    assert "the trail cannot be written" in caplog.text
    assert NOTE not in caplog.text
    assert NOTE not in answer.content.decode()
