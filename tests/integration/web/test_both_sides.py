"""Whoever belongs to the inspected service is on its side only: nothing of the inspectorate's is theirs there."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aboveline.domain.roles import Role
from aboveline.domain.workflow import Stage
from aboveline.records.actions.allocation import CannotHold, allocate
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.actions.people import BelongsToService, end_role, give_programme_role
from aboveline.records.models import Conflict, Inspection, Invitation, ServiceRole, TeamRole
from aboveline.records.queries.arranging import kept_from
from aboveline.records.queries.cases import reference_of
from aboveline.records.queries.conflicts import COOLING_OFF
from tests.account_builders import send
from tests.letter_builders import letters_leave
from tests.records_builders import a_draw, a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db


class Week:
    """An inspectorate inspects a service: its lead, an inspector with a case in hand, and the service's head."""

    def __init__(self):
        self.service, self.programme = a_service(), a_programme()
        self.inspection = an_inspection(self.service, programme=self.programme)
        self.lead = in_team(a_user("Lena Lead"), self.inspection, Role.LEAD_INSPECTOR)
        self.inspector = in_team(a_user("Ivor Inspector"), self.inspection)
        self.head = with_role(a_user("Hedda Head"), self.service, Role.HEAD_OF_SERVICE)
        self.case = a_draw(self.inspection, self.lead).drawn.filter(place="sample").first().case
        allocate(case=self.case, assessor=self.inspector, by=self.lead)
        self.at(Stage.FIELDWORK)

    def at(self, stage):
        Inspection.objects.filter(pk=self.inspection.pk).update(stage=stage)
        self.inspection.refresh_from_db()

    def address(self, name, *more):
        return reverse(name, args=[self.inspection.pk, *more])

    def status(self, user, name, *more):
        return client_of(user).get(self.address(name, *more)).status_code


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def week():
    return Week()


def ended(held, days_ago):
    """The role was taken away so many days ago."""
    ServiceRole.objects.filter(pk=held.pk).update(ended_at=timezone.now() - timedelta(days=days_ago))


class TestAdministrators:
    @pytest.fixture
    def own(self, week):
        return with_role(a_user("Council administrator"), week.service, Role.ADMINISTRATOR)

    @pytest.fixture
    def programmes(self, week):
        user = a_user("Inspectorate administrator")
        give_programme_role(user=user, programme=week.programme, role=Role.ADMINISTRATOR, by=None)
        return user

    @pytest.mark.parametrize("page", ["inspection-people", "inspection-invite", "inspection-give-role"])
    def test_the_services_own_does_not_run_the_inspectorates_inspection(self, week, own, programmes, page):
        assert week.status(own, page) == 404
        assert week.status(programmes, page) == 200

    def test_who_alerts_go_to_past_the_head_is_the_leads_to_name(self, week, own, programmes):
        assert [week.status(user, "director") for user in (own, programmes, week.lead)] == [404, 404, 200]

    def test_the_services_own_neither_invites_a_lead_nor_ends_one(self, week, own):
        client, held = client_of(own), week.lead.team_roles.get()
        given = {"key": "k", "email": "deputy@example.org", "roles": ["lead_inspector"]}
        assert client.post(week.address("inspection-invite"), given).status_code == 404
        assert client.post(week.address("inspection-end-role", held.pk), {"key": "k"}).status_code == 404
        held.refresh_from_db()
        assert held.ended_at is None
        assert not Invitation.objects.exists()

    def test_the_programmes_has_nothing_to_say_where_they_belong_to_the_service(self, week, programmes):
        with_role(programmes, week.service, Role.MONITOR)
        assert week.status(programmes, "inspection-people") == 404


class TestOfTheInspectedService:
    @pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.QUALITY_MANAGER, Role.CASE_MANAGER, Role.ANALYST])
    def test_nobody_of_it_joins_the_team(self, week, role):
        user = with_role(a_user(), week.service, role)
        with pytest.raises(BelongsToService):
            in_team(user, week.inspection, Role.LOCAL_ASSESSOR)
        assert not user.team_roles.exists()

    @pytest.mark.parametrize(
        ("days", "kept"), [(None, True), (30, True), (COOLING_OFF.days - 1, True), (COOLING_OFF.days + 1, False)]
    )
    def test_a_role_at_it_keeps_from_the_team_while_it_lasts_and_for_a_while_after(self, week, days, kept):
        """However they came into the team: their role there counts for nothing."""
        held = ServiceRole.objects.create(user=week.inspector, service=week.service, role=Role.QUALITY_MANAGER)
        if days is not None:
            ended(held, days)
        assert (week.status(week.inspector, "case", week.case.number) == 404) is kept
        assert (week.status(week.inspector, "judge-case", week.case.number) == 404) is kept
        number = week.case.number
        assert kept_from(week.inspection, [week.inspector], [number]) == (
            {(week.inspector.pk, number)} if kept else set()
        )

    def test_who_comes_to_it_gives_their_cases_back(self, week):
        with_role(week.inspector, week.service)
        assert not week.inspection.allocations.filter(assessor=week.inspector, ended_at=None).exists()
        with pytest.raises(CannotHold, match="belong to the service"):
            allocate(case=week.case, assessor=week.inspector, by=week.lead)

    def test_its_head_keeps_what_a_head_may(self, week):
        TeamRole.objects.create(user=week.head, inspection=week.inspection, role=Role.LOCAL_ASSESSOR)
        assert week.status(week.head, "case", week.case.number) == 404
        assert week.status(week.head, "caseload") == 200
        week.at(Stage.WITH_SERVICE)
        assert week.status(week.head, "case", week.case.number) == 200

    def test_another_services_people_join_and_an_audit_is_its_own_peoples(self, week):
        assessor = with_role(a_user(), a_service())
        assert in_team(assessor, week.inspection, Role.LOCAL_ASSESSOR).team_roles.exists()
        audit = an_inspection(week.service)
        assert in_team(week.head, audit, Role.LOCAL_ASSESSOR).team_roles.exists()

    def test_they_are_not_offered_for_the_team(self, week):
        other = an_inspection(a_service(), programme=week.programme)
        assessor = in_team(with_role(a_user("Own Assessor"), week.service), other, Role.LOCAL_ASSESSOR)
        client = client_of(week.lead)
        assert "Own Assessor" not in client.get(week.address("inspection-give-role")).content.decode()
        given = {"key": "k", "person": assessor.pk, "roles": ["local_assessor"]}
        assert client.post(week.address("inspection-give-role"), given).status_code == 422

    def test_an_invitation_to_the_team_tells_them_why_not(self, week):
        send(client_of(week.lead), week.address("inspection-invite"), email=week.head.email, roles=["local_assessor"])
        letters_leave()
        link = re.search(r"/invitation/\S+", mail.outbox[0].body)[0]
        answer = client_of(week.head).post(link)
        assert answer.status_code == 409
        assert "belong to the service that is inspected" in answer.content.decode()
        assert not week.head.team_roles.exists()

    def test_they_do_not_lead_it_from_the_start(self, week):
        user = a_user()
        give_programme_role(user=user, programme=week.programme, role=Role.ADMINISTRATOR, by=None)
        address = reverse("programme-set-up", args=[week.programme.slug])
        answer = send(client_of(user), address, service=week.service.slug, kind="core", lead=week.head.email)
        assert answer.status_code == 422
        assert "belong to this service" in answer.content.decode()


class TestATieWithTheService:
    """It takes away what decides the result too, not only what is said of a child."""

    @pytest.mark.parametrize("page", ["findings", "sign-off", "publication", "allocate", "sample-draw", "first-plan"])
    def test_a_tied_lead_neither_writes_signs_publishes_nor_allocates(self, week, page):
        week.at(Stage.MODERATION)
        assert week.status(week.lead, page) in {200, 302}
        record_conflict(user=week.lead, tie=Conflict.Tie.EMPLOYED, service=week.service, by=week.inspector)
        assert week.status(week.lead, page) == 404
        assert week.status(week.lead, "inspection-people") == 200

    def test_a_tied_inspector_does_not_sign(self, week):
        week.at(Stage.MODERATION)
        assert week.status(week.inspector, "sign-off") == 200
        record_conflict(user=week.inspector, tie=Conflict.Tie.DECLARED, service=week.service, by=week.lead)
        assert week.status(week.inspector, "sign-off") == 404

    def test_a_tie_with_one_case_leaves_the_result(self, week):
        record_conflict(user=week.lead, tie=Conflict.Tie.MANAGED, case=week.case, by=week.inspector)
        assert week.status(week.lead, "findings") == 200
        assert week.status(week.lead, "case", week.case.number) == 404


def test_a_role_taken_away_and_given_again_counts_once(week):
    """Ended rows of one's own service keep from the team, never from the service's own work."""
    end_role(held=with_role(week.head, week.service).service_roles.get(role=Role.QUALITY_MANAGER), by=week.head)
    assert week.status(week.head, "caseload") == 200


class TestOneCaseOfTheSample:
    """Who is kept from a case, or may see only their own, learns its number and no more."""

    @pytest.fixture
    def local(self, week):
        return in_team(a_user("Lou Local"), week.inspection, Role.LOCAL_ASSESSOR)

    def test_references_of_cases_one_is_kept_from_stay_sealed(self, week):
        others = [c for c in week.inspection.cases.all() if c.drawn.filter(place="sample").exists() and c != week.case]
        record_conflict(user=week.inspector, tie=Conflict.Tie.MANAGED, case=week.case, by=week.lead)
        page = client_of(week.inspector).post(week.address("sample-references")).content.decode()
        assert reference_of(week.case) not in page
        assert all(reference_of(case) in page for case in others)

    def test_a_local_assessor_sees_of_the_list_what_is_theirs(self, week, local):
        case = week.inspection.cases.exclude(pk=week.case.pk).first()
        allocate(case=case, assessor=local, by=week.lead)
        rows = rows_of(client_of(local).get(week.address("sample")).content.decode())
        assert "North" in rows[case.number]
        assert "North" not in rows[week.case.number]

    def test_who_is_kept_from_a_case_sees_nothing_of_it_on_the_list(self, week):
        record_conflict(user=week.inspector, tie=Conflict.Tie.MANAGED, case=week.case, by=week.lead)
        rows = rows_of(client_of(week.inspector).get(week.address("sample")).content.decode())
        assert ["North" in words for number, words in sorted(rows.items())] == [False, True, True, True, True]

    def test_who_is_tied_to_the_service_sees_nothing_of_any(self, week):
        record_conflict(user=week.inspector, tie=Conflict.Tie.EMPLOYED, service=week.service, by=week.lead)
        assert week.status(week.inspector, "sample") == 404
        assert week.status(week.head, "sample") == 200

    def test_the_numbered_list_is_for_who_draws_and_who_supplies(self, week, local):
        taken = {user: week.status(user, "certificate-caseload", 1) for user in (week.lead, week.head)}
        assert set(taken.values()) == {200}
        link = week.address("certificate-caseload", 1)
        for user in (week.inspector, local):
            assert week.status(user, "certificate-caseload", 1) == 404
            assert link not in client_of(user).get(week.address("certificate", 1)).content.decode()

    def test_nobody_kept_from_a_case_takes_the_list(self, week):
        record_conflict(user=week.lead, tie=Conflict.Tie.MANAGED, case=week.case, by=week.inspector)
        assert week.status(week.lead, "certificate-caseload", 1) == 404


def rows_of(page):
    """The words of each row of a page's tables that begins with a case number, by that number."""
    rows = [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    found = {number: row for row in rows for number in re.findall(r"\bC\d{3}\b", row)[:1]}
    assert found
    return found


@pytest.mark.parametrize("role", [Role.MONITOR, Role.DEMOCRATIC_SERVICES, Role.ANALYST])
def test_an_inspection_that_is_not_there_yet_is_not_listed(week, role):
    user = with_role(a_user(), week.service, role)
    audit = an_inspection(week.service)
    page = client_of(user).get(reverse("inspections")).content.decode()
    assert week.address("inspection") not in page
    assert reverse("inspection", args=[audit.pk]) in page
    offered = client_of(user).get(reverse("my-conflicts")).content.decode().partition('id="id_inspection"')[2]
    assert f'<option value="{week.inspection.pk}">' not in offered
    assert f'<option value="{audit.pk}">' in offered
    week.at(Stage.PUBLISHED)
    assert week.address("inspection") in client_of(user).get(reverse("inspections")).content.decode()
