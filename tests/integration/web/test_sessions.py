"""Sessions: where one is signed in, when it ends by itself, and what ends it at once."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aboveline.records.actions.accounts import disable_account, enable_account
from aboveline.web import sessions
from tests.account_builders import is_in, sign_in
from tests.records_builders import PASSWORD, a_user

pytestmark = pytest.mark.django_db
IDLE, LONGEST = 30 * 60, 12 * 60 * 60
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def user():
    return a_user("Robin")


@pytest.fixture
def later(monkeypatch):
    """Let time go by for what ends sessions."""
    now = [time.time()]
    monkeypatch.setattr(sessions.time, "time", lambda: now[0])

    def go(seconds):
        now[0] += seconds

    return go


class TestTheEnd:
    def test_a_session_that_is_used_goes_on(self, user, later):
        client, _ = sign_in(user)
        for _ in range(10):
            later(IDLE - 1)
            assert is_in(client)

    def test_an_idle_one_ends(self, user, later):
        client, _ = sign_in(user)
        assert is_in(client)
        later(IDLE + sessions.NOTE_EACH + 1)
        assert not is_in(client)
        later(-IDLE)
        assert not is_in(client), "it is gone, not hidden"

    def test_used_or_not_it_ends_after_twelve_hours(self, user, later):
        client, _ = sign_in(user)
        for _ in range(LONGEST // 1200):
            later(1200)
            assert is_in(client)
        later(1200)
        assert not is_in(client)

    def test_the_page_says_when(self, user, later):
        client, _ = sign_in(user)
        page = client.get(reverse("account")).content.decode()
        assert "If you do nothing you will be signed out at" in page
        assert f'data-seconds="{IDLE}"' in page or f'data-seconds="{IDLE - 1}"' in page
        for _ in range(LONGEST // 1200 - 1):
            later(1200)
            client.get(reverse("account"))
        assert "12 hours after it began" in client.get(reverse("account")).content.decode()

    def test_asking_how_long_is_left_does_not_make_it_longer(self, user, later):
        client, _ = sign_in(user)
        is_in(client)
        later(IDLE - 300)
        left = client.get(reverse("session"), headers=JSON).json()
        assert left["ok"] is True
        assert 290 <= left["seconds"] <= 300
        later(300 + sessions.NOTE_EACH + 1)
        assert client.get(reverse("session"), headers=JSON).status_code == 401

    def test_staying_signed_in_makes_it_longer(self, user, later):
        client, _ = sign_in(user)
        is_in(client)
        later(IDLE - 300)
        assert client.post(reverse("session"), headers=JSON).json()["seconds"] >= IDLE - 1
        assert client.post(reverse("session"))["Location"] == reverse("home")
        later(IDLE - 1)
        assert is_in(client)

    def test_what_was_typed_comes_back_after_it(self, user, later):
        client, _ = sign_in(user)
        is_in(client)
        later(IDLE + 100)
        answer = client.post(reverse("my-conflicts"), {"note": "half a sentence about it"})
        assert answer.status_code == 401
        assert 'name="kept"' in answer.content.decode()


class TestEndedAtOnce:
    def test_signing_in_makes_a_new_id_and_signing_out_ends_it_on_the_server(self, user):
        client = Client()
        client.get(reverse("sign-in"))
        client.cookies["sessionid"] = "planted0planted0planted0planted0"
        sign_in(user, client)
        key = client.cookies["sessionid"].value
        assert key != "planted0planted0planted0planted0"
        client.post(reverse("sign-out"))
        thief = Client()
        thief.cookies["sessionid"] = key
        assert not is_in(thief)

    def test_a_disabled_account_is_out_from_the_next_request_and_stays_out(self, user):
        client, _ = sign_in(user)
        assert is_in(client)
        disable_account(user=user, by=None)
        assert not is_in(client)
        assert not is_in(sign_in(user)[0])
        enable_account(user=user, by=None)
        assert is_in(sign_in(user)[0])

    def test_a_changed_password_ends_the_others(self, user):
        (here, _), (there, _) = sign_in(user), sign_in(user)
        assert is_in(here)
        assert is_in(there)
        new = {"own_password": PASSWORD, "password": "a heron on the weir"}
        assert here.post(reverse("change-password"), new)["Location"] == reverse("account")
        keys = list(Session.objects.values_list("session_key", flat=True))
        assert keys == [here.cookies["sessionid"].value], "they are gone, not only no longer believed"
        assert (is_in(here), is_in(there)) == (True, False)
        assert not is_in(sign_in(user)[0])

    def test_changing_it_takes_the_old_one(self, user):
        client, _ = sign_in(user)
        given = {"own_password": "wrong", "password": "a heron on the weir"}
        assert client.post(reverse("change-password"), given).status_code == 422
        assert is_in(sign_in(user)[0])

    def test_guessing_the_old_one_is_slowed(self, user):
        client, _ = sign_in(user)
        for number in range(12):
            client.post(reverse("change-password"), {"own_password": f"g{number}", "password": "a heron on the weir"})
        right = {"own_password": PASSWORD, "password": "a heron on the weir"}
        assert "too many tries" in client.post(reverse("change-password"), right).content.decode()


class TestTheList:
    def test_each_session_is_there_with_its_device_and_rough_address(self, user):
        here, _ = sign_in(user, REMOTE_ADDR="192.0.2.7")
        agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        there, _ = sign_in(user, REMOTE_ADDR="2001:db8::1", headers={"User-Agent": agent})
        there.get(reverse("home"), REMOTE_ADDR="2001:db8::1", headers={"User-Agent": agent})
        page = here.get(reverse("account"), REMOTE_ADDR="192.0.2.7").content.decode()
        assert "Firefox on Linux" in page
        assert "192.0.2.…" in page
        assert "192.0.2.7" not in page
        assert "2001:db8:1:…" in page or "2001:db8:…" in page
        assert page.count("This one") == 1

    def test_one_can_be_ended_and_all_others(self, user):
        clients = [sign_in(user)[0] for _ in range(3)]
        keys = [client.cookies["sessionid"].value for client in clients]
        for client in clients:
            is_in(client)
        second = UserSession.objects.get(session_key=keys[1]).pk
        clients[0].post(reverse("end-session", args=[second]))
        assert [is_in(client) for client in clients] == [True, False, True]
        clients[0].post(reverse("end-other-sessions"))
        assert [is_in(client) for client in clients] == [True, False, False]

    def test_nobody_ends_somebody_elses(self, user):
        victim, _ = sign_in(user)
        is_in(victim)
        session = UserSession.objects.get(user=user).pk
        other, _ = sign_in(a_user("Other"))
        assert other.post(reverse("end-session", args=[session])).status_code == 404
        assert is_in(victim)

    def test_one_that_was_left_idle_is_no_longer_told(self, user):
        from allauth.usersessions.models import UserSession

        (here, _), (there, _) = sign_in(user), sign_in(user)
        is_in(there)
        old = timezone.now() - timedelta(seconds=IDLE + 120)
        UserSession.objects.filter(session_key=there.cookies["sessionid"].value).update(last_seen_at=old)
        assert "This one" in (page := here.get(reverse("account")).content.decode())
        assert page.count("govuk-table__row") == 2  # the heading, and this session
