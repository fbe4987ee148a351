"""`aboveline administrator` and `aboveline account`, as whole commands on the test database."""

import json
from urllib.parse import urlsplit

import pytest
from django.test import Client
from typer.testing import CliRunner

from aboveline.cli.app import build
from aboveline.records.models import Programme, Service, User
from tests.account_builders import is_in, sign_in, with_app
from tests.records_builders import a_service, a_user

pytestmark = pytest.mark.django_db


def run(*words):
    return CliRunner().invoke(build((words[0],)), [*words, "--format", "json"])


def codes(result):
    assert result.exit_code == 1
    return [problem["code"] for problem in json.loads(result.stdout)["problems"]]


def test_the_link_makes_the_first_administrator_of_a_new_service():
    result = run("administrator", "first@example.gov.uk", "--service", "exampleshire", "--name", "Exampleshire YJS")
    assert result.exit_code == 0
    link = urlsplit(json.loads(result.stdout)["link"])
    Client().post(link.path, {"name": "First", "password": "a heron on the weir"})
    held = User.objects.get(email="first@example.gov.uk").service_roles.get()
    assert (held.role, held.service.name) == ("administrator", "Exampleshire YJS")


def test_a_service_that_is_there_keeps_its_name():
    a_service(name="As it was", slug="there")
    assert run("administrator", "a@example.org", "--service", "there", "--name", "Other").exit_code == 0
    assert Service.objects.get().name == "As it was"


def test_a_programme():
    assert run("administrator", "a@example.org", "--programme", "core", "--name", "Core").exit_code == 0
    assert Programme.objects.get().invitations.get().roles == ["administrator"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["a@example.org"], ["administrator.one-place"]),
        (["a@example.org", "--service", "s", "--programme", "p"], ["administrator.one-place"]),
        (["a@example.org", "--service", "nowhere"], ["administrator.no-such-place"]),
        (["a@example.org", "--programme", "nowhere"], ["administrator.no-such-place"]),
        (["a", "--service", "No slug", "--name", "N"], ["administrator.bad-name"] * 2),
    ],
)
def test_what_cannot_be_done_is_said(words, expected):
    assert codes(run("administrator", *words)) == expected
    assert not Service.objects.exists()


class TestAccount:
    def test_disabled_and_enabled(self):
        user = a_user()
        client, _ = sign_in(user)
        assert run("account", "disable", user.email.upper()).exit_code == 0
        assert not is_in(client)
        assert not is_in(sign_in(user)[0])
        run("account", "enable", user.email)
        assert is_in(sign_in(user)[0])

    def test_signed_out(self):
        user = a_user()
        client, _ = sign_in(user)
        run("account", "sign-out", user.email)
        assert not is_in(client)

    def test_a_new_second_factor(self):
        user = a_user()
        with_app(user)
        run("account", "new-second-factor", user.email)
        assert is_in(sign_in(user)[0])

    @pytest.mark.parametrize("verb", ["disable", "enable", "sign-out", "new-second-factor"])
    def test_nobody_of_that_address(self, verb):
        assert codes(run("account", verb, "nobody@example.org")) == ["account.none"]
