"""A second factor: required of whoever sees cases, a code used once, recovery codes, and guessing slowed."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from aboveline.domain.access import sees_cases
from aboveline.domain.roles import Role
from aboveline.records.actions.second_factor import spend_code, take_second_factor_away
from aboveline.records.queries.accounts import recovery_codes_left, second_factor_of
from aboveline.web.policies import Action, policy_of
from aboveline.web.throttling import TRIES_PER_ACCOUNT
from tests.account_builders import code_of, is_in, sign_in, with_app
from tests.architecture.test_routes import routes
from tests.integration.web.test_rights import a_setting, addresses
from tests.records_builders import PASSWORD, a_service, a_user, with_role

pytestmark = pytest.mark.django_db
CODE, SET_UP = reverse("mfa_authenticate"), reverse("set-up-second-factor")


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR_WAIVED = False
    cache.clear()


@pytest.fixture
def manager():
    return with_role(a_user(), a_service())


def set_up(client):
    """Set an app up through the page; return its secret and the answer."""
    page = client.get(SET_UP).content.decode()
    signed = re.search(r'name="secret" value="([^"]+)"', page)[1]
    secret = re.search(r'ab-secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    return secret, client.post(SET_UP, {"secret": signed, "code": code_of(secret)})


class TestRequired:
    def test_until_it_is_set_up_nothing_else_opens(self, settings):
        setting = a_setting()
        user = with_role(a_user(), setting.service)
        client, _ = sign_in(user)
        open_before = {"session", "set-up-second-factor", "sign-out"}
        for address, policy in addresses(setting.arguments):
            name = next(p.name for p in routes(get_resolver().url_patterns) if p.name and policy_of(p) is policy)
            if policy is Action.PUBLIC or address in {reverse(name) for name in open_before}:
                continue
            answer = client.get(address)
            assert (answer.status_code, answer["Location"]) == (302, SET_UP), (address, name)

    def test_a_script_is_told_in_its_own_terms(self, manager):
        client, _ = sign_in(manager)
        answer = client.get(reverse("home"), headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["error"]) == (403, "second_factor")

    def test_once_it_is_set_up_everything_opens(self, manager):
        client, _ = sign_in(manager)
        assert client.get(reverse("home"))["Location"] == SET_UP
        _secret, answer = set_up(client)
        assert len(re.findall(r"<li><code>\d{10}</code>", answer.content.decode())) == 10
        assert client.get(reverse("home")).status_code == 200

    @pytest.mark.parametrize("role", [Role.MONITOR, Role.DEMOCRATIC_SERVICES, Role.ADMINISTRATOR])
    def test_who_never_sees_a_case_needs_none(self, role):
        assert not sees_cases([role])
        client, _ = sign_in(with_role(a_user(), a_service(), role))
        assert client.get(reverse("home")).status_code == 200

    def test_a_role_given_meanwhile_asks_for_it_from_the_next_request(self):
        user = a_user()
        client, _ = sign_in(user)
        assert client.get(reverse("home")).status_code == 200
        with_role(user, a_service())
        assert client.get(reverse("home"))["Location"] == SET_UP


class TestSigningIn:
    def test_the_password_alone_is_not_enough(self, manager):
        secret, _codes = with_app(manager)
        client, answer = sign_in(manager)
        assert answer["Location"] == CODE
        assert not is_in(client)
        assert client.post(CODE, {"code": "000000"}).status_code == 200
        assert not is_in(client)
        assert client.post(CODE, {"code": code_of(secret)})["Location"] == "/"
        assert is_in(client)

    def test_the_way_on_is_kept_and_stays_on_this_site(self, manager):
        for asked, led in (("/account/", "/account/"), ("//evil.example", "/"), ("https://evil.example", "/")):
            Authenticator.objects.all().delete()
            secret, _codes = with_app(manager)
            client = Client()
            client.post(reverse("sign-in"), {"username": manager.email, "password": PASSWORD, "next": asked})
            assert client.post(CODE, {"code": code_of(secret)})["Location"] == led

    def test_a_code_works_once(self, manager):
        secret, _codes = with_app(manager)
        code = code_of(secret)
        (one, _), (two, _) = sign_in(manager), sign_in(manager)
        one.post(CODE, {"code": code})
        two.post(CODE, {"code": code})
        assert (is_in(one), is_in(two)) == (True, False)

    def test_a_code_of_an_earlier_step_than_the_last_is_spent_too(self, manager):
        secret, _codes = with_app(manager)
        assert spend_code(by=manager, code=code_of(secret, 1))
        assert not spend_code(by=manager, code=code_of(secret, 0))

    @pytest.mark.parametrize("step", [-2, 2])
    def test_a_code_of_another_time_is_no_code(self, manager, step):
        secret, _codes = with_app(manager)
        assert not spend_code(by=manager, code=code_of(secret, step))

    def test_a_recovery_code_works_once(self, manager):
        _secret, codes = with_app(manager)
        for expected in (True, False):
            client, _ = sign_in(manager)
            client.post(CODE, {"code": f" {codes[3][:5]} {codes[3][5:]} "})
            assert is_in(client) is expected
        assert recovery_codes_left(manager) == 9

    def test_without_a_right_password_first_there_is_no_code_page(self, manager):
        with_app(manager)
        assert Client().get(CODE)["Location"] == reverse("sign-in")
        client, _ = sign_in(manager, password="wrong")
        assert client.post(CODE, {"code": "123456"})["Location"] == reverse("sign-in")

    def test_an_account_disabled_in_between_stays_out(self, manager):
        secret, _codes = with_app(manager)
        client, _ = sign_in(manager)
        type(manager).objects.update(is_active=False)
        assert client.post(CODE, {"code": code_of(secret)})["Location"] == reverse("sign-in")
        assert not is_in(client)

    def test_guessing_codes_is_slowed_and_the_owner_gets_in_from_a_known_browser(self, manager):
        secret, codes = with_app(manager)
        known, _ = sign_in(manager)
        known.post(CODE, {"code": codes[0]})
        known.post(reverse("sign-out"))
        guesser, _ = sign_in(manager)
        answers = [guesser.post(CODE, {"code": f"{n:06}"}).status_code for n in range(TRIES_PER_ACCOUNT + 1)]
        assert answers[-1] == 429
        assert guesser.post(CODE, {"code": codes[1]}).status_code == 429
        sign_in(manager, known)
        known.post(CODE, {"code": code_of(secret)})
        assert is_in(known)

    def test_a_form_sent_signed_out_comes_through_both_steps(self, manager):
        secret, codes = with_app(manager)
        client, _ = sign_in(manager)
        client.post(CODE, {"code": codes[0]})
        client.cookies.pop("sessionid")
        lost = client.post(reverse("my-conflicts"), {"note": "what I had written here"})
        kept = re.search(r'name="kept" value="([^"]+)"', lost.content.decode())[1]
        given = {"username": manager.email, "password": PASSWORD, "kept": kept}
        asked = client.post(reverse("sign-in"), given)
        assert 'name="code"' in asked.content.decode()
        kept = re.search(r'name="kept" value="([^"]+)"', asked.content.decode())[1]
        page = client.post(CODE, {"code": code_of(secret), "kept": kept})
        assert "what I had written here" in page.content.decode()
        assert is_in(client)


class TestKeeping:
    def test_secrets_do_not_lie_open_in_the_database(self, manager):
        secret, codes = with_app(manager)
        stored = str(list(Authenticator.objects.values_list("data", flat=True)))
        assert secret not in stored
        assert not any(code in stored for code in codes)
        assert Authenticator.objects.count() == 2

    def test_another_app_takes_the_password_and_ends_other_sessions(self, manager):
        secret, codes = with_app(manager)
        (here, _), (there, _) = sign_in(manager), sign_in(manager)
        here.post(CODE, {"code": codes[0]})
        there.post(CODE, {"code": codes[1]})
        assert is_in(here)
        assert is_in(there)
        page = here.get(SET_UP).content.decode()
        signed = re.search(r'name="secret" value="([^"]+)"', page)[1]
        new = re.search(r'ab-secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
        refused = here.post(SET_UP, {"secret": signed, "code": code_of(new), "own_password": "wrong"})
        assert refused.status_code == 422
        assert is_in(there)
        here.post(SET_UP, {"secret": signed, "code": code_of(new), "own_password": PASSWORD})
        assert (is_in(here), is_in(there)) == (True, False)
        assert not spend_code(by=manager, code=code_of(secret))
        assert not spend_code(by=manager, code=codes[5])

    def test_a_secret_of_somebodys_own_making_is_not_taken(self, manager):
        client, _ = sign_in(manager)
        answer = client.post(SET_UP, {"secret": "JBSWY3DPEHPK3PXP", "code": code_of("JBSWY3DPEHPK3PXP")})
        assert answer.status_code == 422
        assert second_factor_of(manager) is None

    def test_taken_away_it_is_set_up_anew_and_every_session_ends(self, manager):
        _secret, codes = with_app(manager)
        client, _ = sign_in(manager)
        client.post(CODE, {"code": codes[0]})
        assert is_in(client)
        take_second_factor_away(user=manager, by=None)
        assert not is_in(client)
        client, answer = sign_in(manager)
        assert client.get(answer["Location"])["Location"] == SET_UP


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_with_one_code_at_once_one_gets_in():
    user = with_role(a_user(), a_service())
    secret, _codes = with_app(user)
    code = code_of(secret)

    def attempt(_):
        try:
            return spend_code(by=user, code=code)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 1
