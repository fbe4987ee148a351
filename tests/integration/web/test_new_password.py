"""A forgotten password: a link that works once, and nothing said of who has an account."""

import re
import time
from statistics import median

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from aboveline.web.throttling import TRIES_PER_ACCOUNT
from tests.account_builders import bare, is_in, sign_in
from tests.letter_builders import letters_leave
from tests.records_builders import a_user

pytestmark = pytest.mark.django_db
ASK, NEW = reverse("forgotten-password"), {"password": "a heron on the weir"}


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def user():
    return a_user(email="known@example.org")


def link(**headers) -> str:
    Client().post(ASK, {"email": "Known@example.org"}, headers=headers)
    letters_leave()
    return re.search(r"(https?://\S+)", mail.outbox[-1].body)[1]


def path(**headers) -> str:
    return "/" + link(**headers).split("/", 3)[3]


def test_the_link_sets_a_password_and_ends_every_session(user):
    client, _ = sign_in(user)
    assert Client().post(path(), NEW)["Location"] == reverse("sign-in")
    assert not is_in(client)
    assert not is_in(sign_in(user)[0])
    assert is_in(sign_in(user, password=NEW["password"])[0])


def test_it_works_once(user):
    spent = path()
    Client().post(spent, NEW)
    assert Client().get(spent).status_code == 410
    assert Client().post(spent, {"password": "another heron again"}).status_code == 410
    assert is_in(sign_in(user, password=NEW["password"])[0])


def test_signing_in_or_an_hour_makes_it_worthless(user, settings):
    early = path()
    sign_in(user)
    assert Client().get(early).status_code == 410
    late = path()
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert Client().get(late).status_code == 410


def test_one_persons_link_serves_no_other(user):
    other = a_user(email="other@example.org")
    Client().post(ASK, {"email": "other@example.org"})
    letters_leave()
    theirs = re.search(r"/password/(\w+)/", mail.outbox[-1].body)[1]
    token = path().rstrip("/").rpartition("/")[2]
    assert Client().post(reverse("new-password", args=[theirs, token]), NEW).status_code == 410
    assert is_in(sign_in(other)[0])


@pytest.mark.parametrize("number", ["AA", "!!!", "MQ" * 40, "w7w", "%00"])
def test_a_made_up_link_is_no_error(number):
    assert Client().get(reverse("new-password", args=[number, "x-y"])).status_code == 410


def test_known_unknown_and_disabled_get_the_same_answer_and_each_a_letter(user):
    a_user(email="gone@example.org")
    type(user).objects.filter(email="gone@example.org").update(is_active=False)
    pages = []
    for email in ("known@example.org", "nobody@example.org", "gone@example.org"):
        answer = Client().post(ASK, {"email": email})
        pages.append((answer.status_code, bare(answer).replace(email, "EMAIL"), sorted(answer.headers)))
    letters_leave()
    assert pages[0] == pages[1] == pages[2]
    assert [letter.to for letter in mail.outbox] == [
        ["known@example.org"],
        ["nobody@example.org"],
        ["gone@example.org"],
    ]
    assert ["http" in letter.body for letter in mail.outbox] == [True, False, False]


def test_a_mail_server_that_is_down_changes_nothing_in_the_answer(user, settings):
    pages = []
    for email in ("known@example.org", "nobody@example.org"):
        pages.append(bare(Client().post(ASK, {"email": email})).replace(email, "EMAIL"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    pages.append(bare(Client().post(ASK, {"email": "known@example.org"})).replace("known@example.org", "EMAIL"))
    assert len(set(pages)) == 1


@pytest.mark.parametrize("forged", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "Forwarded"])
def test_the_link_leads_to_the_configured_address(user, forged):
    assert link(**{forged: "evil.example"}).startswith("http://localhost:8000/password/")


def test_a_forged_host_is_refused(user):
    assert Client().post(ASK, {"email": user.email}, headers={"Host": "evil.example"}).status_code == 400
    assert mail.outbox == []


def test_nobodys_letter_box_is_filled(user):
    pages = {bare(Client().post(ASK, {"email": user.email})) for _ in range(TRIES_PER_ACCOUNT + 5)}
    letters_leave()
    assert len(mail.outbox) == TRIES_PER_ACCOUNT
    assert len(pages) == 1


def test_a_weak_password_is_refused(user):
    assert Client().post(path(), {"password": "known@example.org"}).status_code == 422
    assert is_in(sign_in(user)[0])


def test_signing_in_takes_as_long_for_an_unknown_address(user, settings):
    """With the hasher that is used in earnest; only the order of size is looked at on a machine that others share."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    strong = a_user(email="strong@example.org")

    def seconds(email):
        cache.clear()
        start = time.perf_counter()
        Client().post(reverse("sign-in"), {"username": email, "password": "wrong"})
        return time.perf_counter() - start

    known = median(seconds(strong.email) for _ in range(7))
    unknown = median(seconds("nobody@example.org") for _ in range(7))
    assert 0.5 < known / unknown < 2
