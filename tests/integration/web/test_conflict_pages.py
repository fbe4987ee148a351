"""The conflict register's pages: entered, declared, withdrawn; it holds from the next request."""

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.domain.access import Role
from aboveline.records.actions.allocation import allocate
from aboveline.records.actions.conflicts import withdraw_conflict
from aboveline.records.models import Allocation, Conflict
from tests.account_builders import send
from tests.records_builders import a_draw, a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
MINE = reverse("my-conflicts")


@pytest.fixture
def service():
    return a_service()


@pytest.fixture
def head(service):
    return client_of(with_role(a_user("Head"), service, Role.HEAD_OF_SERVICE))


@pytest.fixture
def inspection(service):
    made = an_inspection(service, programme=a_programme())
    a_draw(made, a_user("Drawer"))
    return made


@pytest.fixture
def inspector(inspection):
    return in_team(a_user("Ines Inspector"), inspection)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def dates(name, day):
    return {f"{name}_{part}": value for part, value in zip(("day", "month", "year"), day, strict=True)}


def at(service, what, *more):
    return reverse(what, args=[service.slug, *more])


def test_an_entry_with_dates_takes_the_cases_back(service, head, inspection, inspector):
    case = inspection.cases.first()
    allocate(case=case, assessor=inspector, by=a_user())
    page = reverse("case", args=[inspection.pk, case.number])
    assert client_of(inspector).get(page).status_code == 200
    given = {"person": inspector.pk, "tie": "seconded", "service": service.pk, "note": "as a police officer"}
    sent = send(head, at(service, "enter-conflict"), **given, **dates("starts", (1, 4, 2024)))
    assert sent["Location"] == at(service, "service-conflicts")
    assert client_of(inspector).get(page).status_code == 404
    assert Allocation.objects.get().ended_at
    shown = head.get(at(service, "service-conflicts")).content.decode()
    assert "Ines Inspector" in shown
    assert "since 1 April 2024" in shown
    assert "as a police officer" in shown


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Choose what the tie is"),
        ({"tie": "managed"}, "Choose the inspection"),
        ({"tie": "managed", "inspection": "here", "number": "C999"}, "Enter the number of a case"),
        ({"tie": "employed"}, "Choose the service"),
        (
            {"tie": "declared", "service": "here", **dates("starts", (2, 1, 2024)), **dates("ends", (1, 1, 2024))},
            "must not be before the first",
        ),
    ],
)
def test_what_is_missing_is_said(service, inspection, inspector, given, words):
    here = {"service": service.pk, "inspection": inspection.pk}
    fields = {name: here.get(name, value) if value == "here" else value for name, value in given.items()}
    answer = send(client_of(inspector), MINE, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Conflict.objects.exists()


def test_a_person_declares_that_they_managed_a_case(inspection, inspector):
    case, other = inspection.cases.all()[:2]
    client = client_of(inspector)
    send(client, MINE, tie="managed", inspection=inspection.pk, number=case.number.lower())
    assert client.get(reverse("case", args=[inspection.pk, case.number])).status_code == 404
    assert client.get(reverse("case", args=[inspection.pk, other.number])).status_code == 200
    assert case.number in client.get(MINE).content.decode()


def test_nobody_declares_for_a_service_they_have_nothing_to_do_with(inspector):
    other = a_service()
    assert send(client_of(inspector), MINE, tie="declared", service=other.pk).status_code == 422


def test_sent_twice_it_is_one_entry(service, inspector):
    client = client_of(inspector)
    given = {"key": "the same", "tie": "declared", "service": service.pk}
    for _ in range(2):
        assert client.post(MINE, given).status_code == 302
    assert Conflict.objects.count() == 1
    assert client.post(MINE, given | {"note": "other"}).status_code == 422


class TestWithdrawing:
    @pytest.fixture
    def entry(self, service, inspector):
        send(client_of(inspector), MINE, tie="declared", service=service.pk)
        return Conflict.objects.get()

    def test_it_needs_a_reason_and_stays_on_the_register(self, service, head, entry):
        address = at(service, "withdraw-conflict", entry.pk)
        assert send(head, address, version=1).status_code == 422
        assert send(head, address, version=1, why="another person of that name").status_code == 302
        assert "another person of that name" in head.get(at(service, "service-conflicts")).content.decode()

    def test_where_somebody_was_quicker_both_reasons_are_shown(self, service, head, entry):
        address = at(service, "withdraw-conflict", entry.pk)
        page = head.get(address).content.decode()
        assert 'name="version" value="1"' in page
        withdraw_conflict(entry=entry, why="their reason", expected_version=1, by=a_user("Second"))
        answer = head.post(address, {"key": "k", "version": 1, "why": "my reason"})
        assert answer.status_code == 409
        assert "their reason" in answer.content.decode()
        assert "my reason" in answer.content.decode()
        assert "Second" in answer.content.decode()

    def test_nobody_withdraws_their_own(self, service, inspector, entry):
        with_role(inspector, service, Role.ADMINISTRATOR)
        client = client_of(inspector)
        address = at(service, "withdraw-conflict", entry.pk)
        assert client.get(address).status_code == 404
        assert client.post(address, {"key": "k", "version": 1, "why": "I think so"}).status_code == 404
        assert address not in client.get(at(service, "service-conflicts")).content.decode()

    def test_nobody_withdraws_another_services(self, entry):
        other = a_service()
        client = client_of(with_role(a_user(), other, Role.HEAD_OF_SERVICE))
        assert client.get(at(other, "withdraw-conflict", entry.pk)).status_code == 404
