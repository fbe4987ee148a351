"""The only way to an account: an invitation's link, which works once, for a while, for one person."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aboveline.domain.roles import Role
from aboveline.records.actions.accounts import disable_account
from aboveline.records.actions.invitations import NotOpen, accept_invitation, invite
from aboveline.records.actions.people import StaffCodeTaken, end_role
from aboveline.records.models import AuditEvent, Invitation, Letter, ServiceRole, User
from tests.account_builders import bare, is_in, key_of, send, sign_in
from tests.letter_builders import letters_leave
from tests.records_builders import a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
NEW = {"name": "New Person", "password": "a heron on the weir"}


@pytest.fixture
def service():
    return a_service()


@pytest.fixture
def head(service):
    client = Client()
    client.force_login(with_role(a_user("Head"), service, Role.HEAD_OF_SERVICE))
    return client


@pytest.fixture
def link(service):
    by = with_role(a_user("Inviter"), service, Role.HEAD_OF_SERVICE)
    made, token = invite(email="new@example.org", roles=[Role.MONITOR], place=service, by=by, body="moj")
    return made, reverse("invitation", args=[token])


def address(service, what="invite"):
    return reverse(f"service-{what}", args=[service.slug])


class TestInviting:
    def test_a_letter_goes_out_whose_link_makes_an_account_with_just_that_role(self, service, head):
        sent = send(head, address(service), email="New@Example.org", roles=["case_manager"], staff_code="CM-9")
        assert sent.status_code == 302
        letters_leave()
        (letter,) = mail.outbox
        assert letter.to == ["new@example.org"]
        assert service.name not in letter.subject + letter.body
        path = re.search(r"http://localhost:8000(/invitation/\S+)", letter.body)[1]
        Client().post(path, NEW)
        held = ServiceRole.objects.get(user__email="new@example.org")
        assert (held.role, held.service, held.staff_code) == ("case_manager", service, "CM-9")

    def test_the_answer_is_the_same_for_an_address_with_and_without_an_account(self, service, head):
        a_user(email="known@example.org")
        pages = []
        for email in ("known@example.org", "fresh@example.org"):
            answer = send(head, address(service), email=email, roles=["monitor"], body="moj")
            page = head.get(answer["Location"])
            pages.append((answer.status_code, bare(page).replace(email, "EMAIL")))
            letters_leave()
            Letter.objects.all().delete()
            Invitation.objects.all().delete()
        assert pages[0] == pages[1]
        openings = {letter.body.split("/invitation/")[0] for letter in mail.outbox}
        assert (len(mail.outbox), len(openings)) == (2, 1)

    @pytest.mark.parametrize("role", ["lead_inspector", "inspector", "superuser", ""])
    def test_a_role_that_is_not_held_at_a_service_is_refused(self, service, head, role):
        answer = send(head, address(service), email="new@example.org", roles=[role])
        assert answer.status_code == 422
        assert not Invitation.objects.exists()

    def test_a_monitor_needs_a_body_that_is_known(self, service, head):
        assert send(head, address(service), email="n@example.org", roles=["monitor"]).status_code == 422
        assert send(head, address(service), email="n@example.org", roles=["monitor"], body="x").status_code == 422

    def test_nobody_raises_themselves(self, service, head):
        own = User.objects.get(name="Head").email
        answer = send(head, address(service), email=own.upper(), roles=["quality_manager"])
        assert answer.status_code == 422
        assert "Nobody gives a role to themselves" in answer.content.decode()

    def test_sent_twice_one_letter_goes_out_and_the_key_serves_nothing_else(self, service, head):
        key, given = key_of(head, address(service)), {"roles": ["analyst"]}
        for _ in range(2):
            head.post(address(service), {"key": key, "email": "new@example.org", **given})
        letters_leave()
        assert (len(mail.outbox), Invitation.objects.count()) == (1, 1)
        other = head.post(address(service), {"key": key, "email": "other@example.org", **given})
        assert other.status_code == 422
        assert Invitation.objects.count() == 1

    def test_a_letter_that_cannot_be_sent_is_said(self, service, head, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        send(head, address(service), email="new@example.org", roles=["analyst"])
        for page in ("people", "letters"):
            assert "n its way since" in head.get(address(service, page)).content.decode()
        letters_leave()
        for page in ("people", "letters"):
            assert "ould not be sent yet: tried once" in head.get(address(service, page)).content.decode()

    def test_the_letter_ignores_what_a_request_says_of_its_host(self, service, head):
        key = key_of(head, address(service))
        given = {"key": key, "email": "new@example.org", "roles": ["analyst"]}
        head.post(address(service), given, headers={"X-Forwarded-Host": "evil.example"})
        letters_leave()
        assert "evil" not in mail.outbox[0].body
        assert head.get(address(service), headers={"Host": "evil.example"}).status_code == 400


class TestTheLink:
    def test_the_token_is_nowhere_in_the_database(self, link):
        made, path = link
        token = path.rstrip("/").rpartition("/")[2]
        kept = [str(value) for value in Invitation.objects.values().get(pk=made.pk).values()]
        assert token not in " ".join(kept)
        assert token not in str(list(AuditEvent.objects.values_list()))

    def test_it_works_once(self, link):
        assert Client().post(link[1], NEW).status_code == 302
        assert Client().get(link[1]).status_code == 410
        assert Client().post(link[1], NEW | {"name": "Second"}).status_code == 410
        assert User.objects.filter(email="new@example.org").count() == 1

    def test_used_old_withdrawn_and_made_up_links_look_the_same(self, link, service):
        made, path = link
        pages = [bare(Client().get(reverse("invitation", args=["made-up"])))]
        for change in (
            {"expires_at": timezone.now()},
            {"withdrawn_at": timezone.now()},
            {"accepted_at": timezone.now()},
        ):
            fresh = {"expires_at": made.expires_at, "withdrawn_at": None, "accepted_at": None}
            Invitation.objects.filter(pk=made.pk).update(**fresh | change)
            assert Client().post(path, NEW).status_code == 410
            pages.append(bare(Client().get(path)))
        assert len(set(pages)) == 1
        assert not User.objects.filter(email="new@example.org").exists()

    def test_it_lasts_seven_days(self, link):
        assert timedelta(days=6, hours=23) < link[0].expires_at - timezone.now() <= timedelta(days=7)

    def test_a_newer_invitation_takes_the_place_of_the_older(self, link, service):
        _made, token = invite(email="new@example.org", roles=[Role.ANALYST], place=service, by=link[0].by)
        assert Client().get(link[1]).status_code == 410
        assert Client().get(reverse("invitation", args=[token])).status_code == 200

    def test_a_role_put_into_the_form_gives_nothing(self, link):
        Client().post(link[1], NEW | {"roles": "head_of_service", "role": "administrator", "email": "x@example.org"})
        assert [held.role for held in ServiceRole.objects.filter(user__email="new@example.org")] == ["monitor"]

    def test_somebody_elses_link_serves_nobody(self, link):
        other = Client()
        other.force_login(a_user("Other"))
        assert other.get(link[1]).status_code == 403
        assert other.post(link[1], NEW).status_code == 403
        assert not ServiceRole.objects.exclude(user=link[0].by).exists()

    def test_somebody_with_an_account_signs_in_and_accepts(self, link):
        user = a_user(email="new@example.org")
        page = Client().get(link[1])
        assert b"Sign in to accept" in page.content
        assert Client().post(link[1], NEW).status_code == 200  # no new account, no new password
        user.refresh_from_db()
        assert user.name != NEW["name"]
        client, _ = sign_in(user)
        assert client.post(link[1]).status_code == 302
        assert user.service_roles.get().role == "monitor"

    @pytest.mark.parametrize(
        ("password", "words"),
        [
            ("short", "at least 12 characters"),
            ("sojdlg123aljg", "in wide use"),
            ("new@example.org", "too much like"),
        ],
    )
    def test_a_weak_password_is_refused_in_words(self, link, password, words):
        answer = Client().post(link[1], NEW | {"password": password})
        assert answer.status_code == 422
        assert words in answer.content.decode()

    @pytest.mark.parametrize("password", ["x y" * 40, "ångström på fjället", "only lower letters"])
    def test_long_and_plain_passwords_are_welcome(self, link, password):
        assert Client().post(link[1], NEW | {"password": password}).status_code == 302
        client, _ = sign_in(User.objects.get(email="new@example.org"), password=password)
        assert is_in(client)


def test_the_roles_are_given_in_the_inviters_name(link):
    accept_invitation(token=link[1].rstrip("/").rpartition("/")[2], by=None, **NEW)
    given = AuditEvent.objects.filter(verb="role.given").last()
    assert given.actor.name == "Inviter"
    assert AuditEvent.objects.get(verb="invitation.accepted").actor.email == "new@example.org"


def test_the_link_of_another_gives_nothing_even_past_the_page(link):
    a_user(email="new@example.org")
    token = link[1].rstrip("/").rpartition("/")[2]
    for by in (a_user("Other"), None):
        with pytest.raises(NotOpen):
            accept_invitation(token=token, by=by, **NEW)
    assert not ServiceRole.objects.exclude(user=link[0].by).exists()


class TestWhoInvited:
    """An invitation is worth no more than the right of whoever sent it."""

    def test_it_does_not_outlive_their_role(self, service, head, link):
        made, path = link
        end_role(held=made.by.service_roles.get(), by=made.by)
        assert Client().get(path).status_code == 410
        assert Client().post(path, NEW).status_code == 410
        assert not User.objects.filter(email="new@example.org").exists()
        assert "Does not work any more" in head.get(address(service, "people")).content.decode()

    def test_it_does_not_outlive_their_account(self, link):
        made, path = link
        disable_account(user=made.by, by=None)
        assert Client().get(path).status_code == 410

    @pytest.mark.parametrize("role", [Role.LEAD_INSPECTOR, Role.INSPECTOR])
    def test_one_to_a_team_is_worth_what_planning_it_is(self, role):
        inspection = an_inspection(programme=a_programme())
        by = in_team(a_user(), inspection, role)
        token = invite(email="new@example.org", roles=[Role.INSPECTOR], place=inspection, by=by)[1]
        works = role is Role.LEAD_INSPECTOR
        assert Client().get(reverse("invitation", args=[token])).status_code == (200 if works else 410)

    def test_one_from_the_command_line_stands_by_itself(self, service):
        token = invite(email="new@example.org", roles=[Role.ADMINISTRATOR], place=service, by=None)[1]
        assert Client().get(reverse("invitation", args=[token])).status_code == 200


def test_of_two_who_accept_at_once_the_second_is_told_it_was_used(service, link, monkeypatch):
    """The second has looked already when the first is done."""
    made, path = link
    Client().post(path, NEW)
    monkeypatch.setattr("aboveline.records.actions.invitations.open_invitation", lambda token: made)
    with pytest.raises(NotOpen):
        accept_invitation(token="whatever", by=User.objects.get(email="new@example.org"))
    assert ServiceRole.objects.filter(user__email="new@example.org").count() == 1


class TestStaffCodes:
    @pytest.fixture
    def casey(self, service):
        return with_role(a_user("Casey First"), service, Role.CASE_MANAGER, staff_code="CM-1")

    def test_a_case_manager_is_not_invited_without_one(self, service, head):
        answer = send(head, address(service), email="n@example.org", roles=["case_manager"], staff_code="")
        assert answer.status_code == 422
        assert "Enter the code by which your case lists name the case manager" in answer.content.decode()
        assert not Invitation.objects.exists()

    def test_nobody_is_invited_under_anothers(self, service, head, casey):
        answer = send(head, address(service), email="n@example.org", roles=["case_manager"], staff_code="CM-1")
        assert answer.status_code == 422
        assert "Your case lists name Casey First by this code" in answer.content.decode()
        assert not Invitation.objects.exists()

    def test_nobody_is_given_anothers(self, service, head, casey):
        person = with_role(a_user("Other"), service, Role.ANALYST)
        answer = send(head, address(service, "give-role"), person=person.pk, roles=["case_manager"], staff_code="CM-1")
        assert answer.status_code == 422
        with pytest.raises(StaffCodeTaken):
            with_role(person, service, Role.CASE_MANAGER, staff_code="CM-1")

    def test_who_accepts_second_is_told(self, service):
        made, token = invite(
            email="new@example.org", roles=[Role.CASE_MANAGER], place=service, by=None, staff_code="CM-1"
        )
        with_role(a_user("Casey First"), service, Role.CASE_MANAGER, staff_code="CM-1")
        answer = Client().post(reverse("invitation", args=[token]), NEW)
        assert answer.status_code == 409
        assert "another case manager" in answer.content.decode()
        assert not User.objects.filter(email=made.email).exists()

    def test_a_code_is_free_elsewhere_and_once_its_role_ended(self, service, casey):
        with_role(a_user(), a_service(), Role.CASE_MANAGER, staff_code="CM-1")
        end_role(held=casey.service_roles.get(), by=casey)
        with_role(a_user(), service, Role.CASE_MANAGER, staff_code="CM-1")

    def test_the_database_refuses_two_as_well(self, service, casey):
        with pytest.raises(IntegrityError):
            ServiceRole.objects.create(user=a_user(), service=service, role=Role.CASE_MANAGER, staff_code="CM-1")
