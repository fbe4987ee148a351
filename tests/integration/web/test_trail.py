"""The trail of a service and of one inspection: found by person, verb, day and case; read by pages; taken away."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aboveline.records.actions.assessments import AnswerChange, save_assessment
from aboveline.records.actions.reading import note_case_read
from aboveline.records.models import AuditEvent, Inspection, Role
from aboveline.records.queries.trail import events_in
from tests.integration.records.world import a_world
from tests.records_builders import a_draw, a_programme, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
NOTE = "said of one child only"


@pytest.fixture
def world():
    w = a_world()
    change = [AnswerChange("Q1.1.2", "sufficient", 0, note=NOTE)]
    save_assessment(case=w.place.case, answers=change, findings=[], key="second", by=w.by)
    return w


@pytest.fixture
def client(world):
    return signed_in(world.by)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def of_inspection(w, name="inspection-trail"):
    return reverse(name, args=[w.drawn.pk])


def of_service(w, name="trail"):
    return reverse(name, args=[w.service.slug])


def rows(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def verbs(answer):
    return {row[3].text for row in answer.context["table"].rows}


def day(name, at):
    return {f"{name}_day": str(at.day), f"{name}_month": str(at.month), f"{name}_year": str(at.year)}


def test_an_inspection_s_trail_has_everything_of_it_and_nothing_of_another(world, client):
    found = {event.verb for event in events_in(world.drawn)}
    assert {
        "inspection.set_up",
        "team.joined",
        "caseload.confirmed",
        "sample.drawn",
        "judgement.saved",
        "casefinding.saved",
    } <= found
    assert {"caseload.uploaded", "report.added", "service.added", "user.added"}.isdisjoint(found)
    assert client.get(of_inspection(world)).context["page"].paginator.count == events_in(world.drawn).count()


def test_reading_a_case_in_the_browser_is_on_both_trails(world, client):
    client.get(reverse("case", args=[world.drawn.pk, world.case.number]))
    for address in (of_inspection(world), of_service(world)):
        page = client.get(address, {"verb": "case.read", "who": "robin", "case": world.case.number.lower()})
        assert page.context["page"].paginator.count == 1
        assert world.case.number in page.content.decode()


@pytest.mark.parametrize("address", [of_inspection, of_service])
def test_one_case_is_followed_by_its_number_through_all_that_belongs_to_it(world, client, address):
    note_case_read(case=world.case, by=world.by)
    found = client.get(address(world), {"case": world.case.number}).context["page"].object_list
    assert {event.verb for event in found} == {"case.read", "judgement.saved", "casefinding.saved"}
    other = client.get(address(world), {"case": world.place.case.number}).context["page"].object_list
    assert {event.verb for event in other} == {"judgement.saved"}
    assert client.get(address(world), {"case": "C999"}).context["page"].paginator.count == 0
    assert client.get(address(world), {"case": "%"}).context["page"].paginator.count == 0


def test_days_are_those_of_the_clock_on_the_wall(world, client):
    today = timezone.localdate()
    address = of_inspection(world)
    assert client.get(address, day("since", today) | day("until", today)).context["page"].paginator.count
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    assert client.get(address, day("since", tomorrow)).context["page"].paginator.count == 0
    assert client.get(address, day("until", yesterday)).context["page"].paginator.count == 0
    assert client.get(address, {"since_day": "x"}).status_code == 422


def test_fifty_events_are_a_page_and_the_filter_stays_while_turning(world, client):
    for _ in range(60):
        note_case_read(case=world.case, by=world.by)
    page = client.get(of_inspection(world), {"verb": "case.read"})
    assert len(page.context["table"].rows) == 50
    assert "verb=case.read&amp;page=2" in page.content.decode()
    assert len(client.get(of_inspection(world), {"verb": "case.read", "page": "2"}).context["table"].rows) == 10
    assert len(client.get(of_inspection(world), {"verb": "case.read", "page": "²"}).context["table"].rows) == 50


class TestFile:
    @pytest.mark.parametrize("address", [of_inspection, of_service])
    def test_it_has_every_event_found_and_no_value(self, world, client, address):
        for _ in range(60):
            note_case_read(case=world.case, by=world.by)
        name = "inspection-trail-csv" if address is of_inspection else "trail-csv"
        answer = client.get(address(world, name), {"verb": "case.read"})
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer["Content-Disposition"].startswith('attachment; filename="trail-')
        found = rows(answer)
        assert len(found) == 60
        assert {(row["who"], row["what"], row["at"][-6:]) for row in found} == {
            ("Robin Manager", "opened a case", "+00:00")
        }
        saved = rows(client.get(address(world, name), {"verb": "judgement.saved"}))
        assert "note" in saved[0]["fields"].split()
        assert NOTE not in repr(saved)
        assert saved[0]["hash"] == AuditEvent.objects.get(sequence=saved[0]["number"]).hash

    def test_a_long_trail_comes_whole_and_in_order(self, world, client, monkeypatch):
        monkeypatch.setattr("aboveline.web.views.trail.PER_PIECE", 7)
        numbers = [int(row["number"]) for row in rows(client.get(of_service(world, "trail-csv")))]
        expected = AuditEvent.objects.filter(service_id=world.service.pk).order_by("-sequence")
        assert numbers == list(expected.values_list("sequence", flat=True))

    def test_taking_it_away_is_on_the_trail_and_a_wrong_filter_takes_nothing(self, world, client):
        assert client.get(of_inspection(world, "inspection-trail-csv"), {"since_day": "x"}).status_code == 422
        assert not AuditEvent.objects.filter(verb="trail.downloaded").exists()
        client.get(of_inspection(world, "inspection-trail-csv"))
        event = AuditEvent.objects.get(verb="trail.downloaded")
        assert (event.object_type, event.object_id, event.actor) == ("inspection", str(world.drawn.pk), world.by)

    def test_a_name_that_a_spreadsheet_would_run_is_inert(self, world):
        rogue = with_role(a_user("=HYPERLINK(1)"), world.service, Role.QUALITY_MANAGER)
        note_case_read(case=world.case, by=rogue)
        found = rows(signed_in(world.by).get(of_service(world, "trail-csv"), {"who": "HYPERLINK"}))
        assert [row["who"] for row in found] == ["'=HYPERLINK(1)"]


class TestInspectedByOthers:
    """What an inspectorate's team does is not the service's to watch while it is done."""

    @pytest.fixture
    def inspected(self, world):
        inspection = an_inspection(world.service, programme=a_programme())
        note_case_read(
            case=a_draw(inspection, a_user()).drawn.first().case, by=in_team(a_user("Inspector"), inspection)
        )
        return inspection

    def seen_at_the_service(self, world):
        return signed_in(world.by).get(of_service(world), {"verb": "case.read"}).context["page"].paginator.count

    def test_the_service_reads_it_once_the_draft_is_with_them(self, world, inspected):
        address = reverse("inspection-trail", args=[inspected.pk])
        assert self.seen_at_the_service(world) == 0
        assert signed_in(world.by).get(address).status_code == 404
        Inspection.objects.filter(pk=inspected.pk).update(stage="with_service")
        assert self.seen_at_the_service(world) == 1
        assert signed_in(world.by).get(address).status_code == 200

    def test_its_lead_reads_it_from_the_start_and_finds_the_way(self, world, inspected):
        lead = signed_in(in_team(a_user("Lead"), inspected, Role.LEAD_INSPECTOR))
        address = reverse("inspection-trail", args=[inspected.pk])
        assert lead.get(address, {"verb": "case.read"}).context["page"].paginator.count == 1
        assert address in lead.get(reverse("inspection", args=[inspected.pk])).content.decode()
        assert lead.get(of_service(world)).status_code == 404
