"""The conflict register's pages: entered, declared, withdrawn; it holds from the next request."""

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.domain.roles import Role
from aboveline.records.actions.allocation import allocate
from aboveline.records.actions.conflicts import record_conflict, withdraw_conflict
from aboveline.records.actions.people import give_programme_role
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
def lead(inspection):
    return client_of(in_team(a_user("Lena Lead"), inspection, Role.LEAD_INSPECTOR))


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


def of_team(inspection, what, *more):
    return reverse(f"inspection-{what}", args=[inspection.pk, *more])


def test_an_entry_with_dates_takes_the_cases_back(service, lead, inspection, inspector):
    case = inspection.cases.first()
    allocate(case=case, assessor=inspector, by=a_user())
    page = reverse("case", args=[inspection.pk, case.number])
    assert client_of(inspector).get(page).status_code == 200
    given = {"person": inspector.pk, "tie": "seconded", "service": service.pk, "note": "as a police officer"}
    sent = send(lead, of_team(inspection, "enter-conflict"), **given, **dates("starts", (1, 4, 2024)))
    assert sent["Location"] == of_team(inspection, "conflicts")
    assert client_of(inspector).get(page).status_code == 404
    assert Allocation.objects.get().ended_at
    shown = lead.get(of_team(inspection, "conflicts")).content.decode()
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

    def test_it_needs_a_reason_and_stays_on_the_register(self, lead, inspection, entry):
        address = of_team(inspection, "withdraw-conflict", entry.pk)
        assert send(lead, address, version=1).status_code == 422
        assert send(lead, address, version=1, why="another person of that name").status_code == 302
        assert "another person of that name" in lead.get(of_team(inspection, "conflicts")).content.decode()

    def test_where_somebody_was_quicker_both_reasons_are_shown(self, lead, inspection, entry):
        address = of_team(inspection, "withdraw-conflict", entry.pk)
        page = lead.get(address).content.decode()
        assert 'name="version" value="1"' in page
        withdraw_conflict(entry=entry, why="their reason", expected_version=1, by=a_user("Second"))
        answer = lead.post(address, {"key": "k", "version": 1, "why": "my reason"})
        assert answer.status_code == 409
        assert "their reason" in answer.content.decode()
        assert "my reason" in answer.content.decode()
        assert "Second" in answer.content.decode()

    def test_nobody_withdraws_their_own(self, inspection, inspector, entry):
        """Not as a second lead with no tie that would take the register itself away."""
        record_conflict(user=inspector, tie=Conflict.Tie.MANAGED, case=inspection.cases.first(), by=inspector)
        withdraw_conflict(entry=entry, why="so that they keep the register", expected_version=1, by=a_user())
        own = Conflict.objects.exclude(pk=entry.pk).get()
        in_team(inspector, inspection, Role.LEAD_INSPECTOR)
        client, address = client_of(inspector), of_team(inspection, "withdraw-conflict", own.pk)
        assert client.get(address).status_code == 404
        assert client.post(address, {"key": "k", "version": 1, "why": "I think so"}).status_code == 404
        shown = client.get(of_team(inspection, "conflicts"))
        assert shown.status_code == 200
        assert address not in shown.content.decode()

    def test_nobody_withdraws_another_services(self, entry):
        other = a_service()
        client = client_of(with_role(a_user(), other, Role.HEAD_OF_SERVICE))
        assert client.get(at(other, "service-withdraw-conflict", entry.pk)).status_code == 404

    def test_a_service_withdraws_what_is_entered_of_its_own_people(self, service, head):
        own = with_role(a_user("Olga Own"), service)
        entry = record_conflict(user=own, tie=Conflict.Tie.DECLARED, service=service, by=own)
        assert send(head, at(service, "service-withdraw-conflict", entry.pk), version=1, why="no").status_code == 302
        entry.refresh_from_db()
        assert entry.withdrawn_at


class TestProposals:
    """The inspected service neither shuts an inspector out nor lets one in."""

    @pytest.fixture
    def proposed(self, service, head, inspection, inspector):
        case = inspection.cases.first()
        allocate(case=case, assessor=inspector, by=a_user())
        given = {"person": inspector.pk, "tie": "declared", "service": service.pk, "note": "they know us well"}
        answer = send(head, at(service, "service-enter-conflict"), **given)
        assert answer["Location"] == at(service, "service-conflicts")
        return Conflict.objects.get()

    def page(self, inspection):
        return reverse("case", args=[inspection.pk, inspection.cases.first().number])

    @pytest.mark.usefixtures("proposed")
    def test_what_the_service_enters_of_an_inspector_keeps_from_nothing(self, head, service, inspection, inspector):
        assert client_of(inspector).get(self.page(inspection)).status_code == 200
        assert not Allocation.objects.get().ended_at
        shown = head.get(at(service, "service-conflicts")).content.decode()
        assert "Proposed by the service, not decided" in shown

    def test_the_lead_takes_it_up_and_it_holds(self, lead, inspection, inspector, proposed):
        address = of_team(inspection, "take-up-conflict", proposed.pk)
        assert address in lead.get(of_team(inspection, "conflicts")).content.decode()
        assert "they know us well" in lead.get(address).content.decode()
        assert client_of(inspector).get(self.page(inspection)).status_code == 200
        send(lead, address, version=1)
        assert client_of(inspector).get(self.page(inspection)).status_code == 404
        assert Allocation.objects.get().ended_at
        answer = lead.post(address, {"key": "again", "version": 1}, follow=True)
        assert "was decided on already" in answer.content.decode()

    def test_a_version_that_was_not_seen_is_not_taken_up(self, lead, inspection, proposed):
        address = of_team(inspection, "take-up-conflict", proposed.pk)
        answer = lead.post(address, {"key": "k", "version": 9}, follow=True)
        assert "Somebody decided on this entry meanwhile" in answer.content.decode()
        proposed.refresh_from_db()
        assert proposed.proposed

    def test_nobody_takes_up_one_about_themselves(self, inspection, inspector, proposed):
        in_team(inspector, inspection, Role.LEAD_INSPECTOR)
        assert client_of(inspector).get(of_team(inspection, "take-up-conflict", proposed.pk)).status_code == 404

    def test_the_inspected_side_withdraws_nothing_about_who_inspects(self, service, head, inspection, inspector):
        entry = record_conflict(user=inspector, tie=Conflict.Tie.EMPLOYED, service=service, by=inspector)
        address = at(service, "service-withdraw-conflict", entry.pk)
        assert address not in head.get(at(service, "service-conflicts")).content.decode()
        assert head.post(address, {"key": "k", "version": 1, "why": "no"}).status_code == 404
        assert head.get(of_team(inspection, "conflicts")).status_code == 404
        entry.refresh_from_db()
        assert entry.withdrawn_at is None

    def test_a_lead_with_a_tie_does_not_keep_the_register(self, service, lead, inspection):
        user = inspection.team.get(role=Role.LEAD_INSPECTOR).user
        record_conflict(user=user, tie=Conflict.Tie.EMPLOYED, service=service, by=user)
        assert lead.get(of_team(inspection, "conflicts")).status_code == 404

    def test_the_programmes_administrator_keeps_it(self, inspection, proposed):
        user = a_user("Ada Administrator")
        give_programme_role(user=user, programme=inspection.programme, role=Role.ADMINISTRATOR, by=None)
        assert send(client_of(user), of_team(inspection, "take-up-conflict", proposed.pk), version=1).status_code == 302
        proposed.refresh_from_db()
        assert not proposed.proposed
