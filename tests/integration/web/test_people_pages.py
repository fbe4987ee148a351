"""The people of a service, a team and a programme: who is there, giving and taking away."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from aboveline.domain.roles import Role
from aboveline.records.actions.people import give_role
from aboveline.records.models import Invitation, ServiceRole, TeamRole
from tests.account_builders import key_of, send
from tests.letter_builders import letters_leave
from tests.records_builders import a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return a_service()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def head(service):
    return with_role(a_user("Head"), service, Role.HEAD_OF_SERVICE)


@pytest.fixture
def client(head):
    return client_of(head)


def at(service, what, *more):
    return reverse(f"service-{what}", args=[service.slug, *more])


def test_everybody_is_there_with_what_goes_with_the_role(service, client):
    give_role(user=a_user("Mo Monitor"), place=service, role=Role.MONITOR, by=None, body="yjb")
    with_role(a_user("Casey"), service, Role.CASE_MANAGER, staff_code="CM-7")
    page = client.get(at(service, "people")).content.decode()
    assert "Monitor, Youth Justice Board for England and Wales" in page
    assert "Case manager, staff code CM-7" in page
    assert "Invite somebody" in page


def test_a_name_is_text(service, client):
    with_role(a_user("<script>alert(1)</script>"), service, Role.MONITOR)
    assert b"<script>alert" not in client.get(at(service, "people")).content


def test_somebody_here_gets_another_role_once(service, client):
    person = with_role(a_user("Casey"), service, Role.ANALYST)
    address = at(service, "give-role")
    key = key_of(client, address)
    given = {"key": key, "person": person.pk, "roles": ["case_manager", "analyst"], "staff_code": "CM-1"}
    for _ in range(2):
        assert client.post(address, given)["Location"] == at(service, "people")
    assert sorted(held.role for held in person.service_roles.all()) == ["analyst", "case_manager"]
    assert person.service_roles.get(role="case_manager").staff_code == "CM-1"


def test_nobody_of_another_place_and_not_oneself_can_be_chosen(service, client, head):
    stranger = with_role(a_user("Stranger"), a_service())
    for person in (stranger, head):
        given = {"key": f"k{person.pk}", "person": person.pk, "roles": ["quality_manager"]}
        answer = client.post(at(service, "give-role"), given)
        assert answer.status_code == 422
    assert not ServiceRole.objects.filter(service=service, role="quality_manager").exists()


def test_a_role_is_taken_away_after_asking_and_from_the_next_request(service, client):
    person = with_role(a_user("Casey"), service)
    theirs = client_of(person)
    address = at(service, "end-role", person.service_roles.get().pk)
    assert b"will no longer be" in client.get(address).content
    assert theirs.get(reverse("service", args=[service.slug])).status_code == 200
    assert send(client, address)["Location"] == at(service, "people")
    assert theirs.get(reverse("service", args=[service.slug])).status_code == 404
    assert client.post(address, {"key": "again"})["Location"] == at(service, "people")
    assert client.get(address).status_code == 404


def test_the_last_who_manages_people_stays_and_is_told_why(service, client, head):
    address = at(service, "end-role", head.service_roles.get().pk)
    answer = send(client, address)
    assert answer.status_code == 422
    assert "Give somebody else that right first" in answer.content.decode()
    with_role(a_user("Second"), service, Role.ADMINISTRATOR)
    assert send(client, address)["Location"] == reverse("home")
    assert client.get(at(service, "people")).status_code == 404


def test_a_role_or_invitation_of_another_place_is_not_there(service, client):
    other = a_service()
    person = with_role(a_user(), other)
    with_role(a_user(), other, Role.ADMINISTRATOR)
    assert client.get(at(service, "end-role", person.service_roles.get().pk)).status_code == 404
    client.post(at(service, "end-role", person.service_roles.get().pk), {"key": "k"})
    assert person.service_roles.get().ended_at is None


def test_an_invitation_is_withdrawn(service, client):
    send(client, at(service, "invite"), email="new@example.org", roles=["analyst"])
    address = at(service, "withdraw-invitation", Invitation.objects.get().pk)
    assert b"new@example.org" in client.get(address).content
    send(client, address)
    assert Invitation.objects.get().withdrawn_at
    assert b"new@example.org" not in client.get(at(service, "people")).content.split(b"<main")[1].split(b"<h1")[1]


class TestTeams:
    def test_a_lead_adds_and_takes_away(self):
        inspection = an_inspection(programme=a_programme())
        lead = in_team(a_user("Lead"), inspection, Role.LEAD_INSPECTOR)
        other = in_team(a_user("Other"), an_inspection(programme=inspection.programme))
        client = client_of(lead)
        address = reverse("inspection-give-role", args=[inspection.pk])
        send(client, address, person=other.pk, roles=["inspector"])
        joined = TeamRole.objects.get(user=other, inspection=inspection)
        send(client, reverse("inspection-end-role", args=[inspection.pk, joined.pk]))
        joined.refresh_from_db()
        assert joined.ended_at

    def test_in_an_inspectorates_team_nobody_adds_themselves(self):
        programme = a_programme()
        inspection = an_inspection(programme=programme)
        administrator = a_user("Admin")
        give_role(user=administrator, place=programme, role=Role.ADMINISTRATOR, by=None)
        given = {"key": "k", "person": administrator.pk, "roles": ["lead_inspector"]}
        answer = client_of(administrator).post(reverse("inspection-give-role", args=[inspection.pk]), given)
        assert answer.status_code == 422
        assert not TeamRole.objects.exists()
        asked = send(
            client_of(administrator),
            reverse("inspection-invite", args=[inspection.pk]),
            email=administrator.email,
            roles=["lead_inspector"],
        )
        assert asked.status_code == 422

    def test_a_quality_manager_puts_themselves_and_the_services_people_into_an_audits_team(self, service):
        manager = with_role(a_user("Quality"), service)
        auditor = with_role(a_user("Auditor"), service, Role.CASE_MANAGER)
        inspection = an_inspection(service)
        client = client_of(manager)
        for person, role in ((manager, "lead_inspector"), (auditor, "local_assessor")):
            send(client, reverse("inspection-give-role", args=[inspection.pk]), person=person.pk, roles=[role])
        assert {held.user for held in inspection.team.all()} == {manager, auditor}

    def test_an_invitation_to_a_team(self):
        inspection = an_inspection(programme=a_programme())
        lead = in_team(a_user("Lead"), inspection, Role.LEAD_INSPECTOR)
        address = reverse("inspection-invite", args=[inspection.pk])
        send(client_of(lead), address, email="new@example.org", roles=["inspector"])
        letters_leave()
        path = "/" + mail.outbox[0].body.split("http://localhost:8000/")[1].split()[0]
        Client().post(path, {"name": "New", "password": "a heron on the weir"})
        assert inspection.team.get(user__email="new@example.org").role == "inspector"


def test_a_programmes_people(client):
    programme = a_programme()
    administrator = a_user("Admin")
    give_role(user=administrator, place=programme, role=Role.ADMINISTRATOR, by=None)
    address = reverse("programme-invite", args=[programme.slug])
    assert send(client_of(administrator), address, email="n@example.org", roles=["analyst"]).status_code == 302
    assert client.get(reverse("programme-people", args=[programme.slug])).status_code == 404
