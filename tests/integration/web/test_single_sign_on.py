"""Single sign-on against a real OpenID provider on this machine: only for whoever has an account here."""

import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from aboveline.config.settings.accounts import origin, providers
from aboveline.records.models import AuditEvent, User
from tests.account_builders import code_of, is_in, with_app
from tests.openid_provider import CLIENT, SECRET, running
from tests.records_builders import a_service, a_user, with_role

pytestmark = pytest.mark.django_db
LEAVE, BACK = reverse("openid_connect_login", args=["organisation"]), "/sign-in/with/organisation/back/"
REFUSED = "You could not be signed in that way"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


def visit(address: str) -> str:
    """Where the provider's page sends the browser."""
    try:
        urllib.request.build_opener(_NoRedirect).open(address)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError("the provider did not send the browser back")


@pytest.fixture(scope="module")
def serving():
    with running(f"http://localhost:8000{BACK}") as provider:
        yield provider


@pytest.fixture
def provider(serving, settings):
    cache.clear()
    serving.person = {"sub": "u1", "email": "Someone@example.org", "email_verified": True}
    serving.claims, serving.signing_key = {}, serving.key
    settings.OIDC_ISSUER = serving.issuer
    settings.SOCIALACCOUNT_PROVIDERS = providers(serving.issuer, "Exampleshire Council", CLIENT, SECRET)
    return serving


@pytest.fixture
def user():
    return a_user(email="someone@example.org")


def go(client=None, next="", **change):
    """Sign in through the provider; return the client and the answer to coming back."""
    client = client or Client()
    left = client.post(f"{LEAVE}?next={next}" if next else LEAVE)
    assert left.status_code == 302, left.content
    back = urlsplit(visit(left["Location"]))
    given = {name: values[0] for name, values in parse_qs(back.query).items()} | change
    return client, client.get(back.path, given)


def refused(client, answer) -> bool:
    return answer.status_code == 302 and not is_in(client) and REFUSED in client.get("/sign-in/").content.decode()


def test_somebody_with_an_account_is_signed_in_and_it_is_on_record(provider, user):
    client, answer = go(next="/account/")
    assert answer["Location"] == "/account/"
    assert is_in(client)
    assert list(AuditEvent.objects.filter(actor=user).values_list("verb", flat=True).order_by("sequence")) == [
        "single_sign_on.linked",
        "signed_in",
    ]
    go()
    assert AuditEvent.objects.filter(verb="single_sign_on.linked").count() == 1


def test_their_password_still_works(provider, user):
    go()
    assert User.objects.get(pk=user.pk).password == user.password


def test_nobody_is_signed_up(provider):
    client, answer = go()
    assert refused(client, answer)
    assert not User.objects.exists()


def test_an_address_the_provider_did_not_verify_is_nobodys(provider, user, settings):
    provider.person["email_verified"] = False
    assert refused(*go())
    settings.OIDC_TRUSTS_EMAIL = True
    assert is_in(go()[0])


def test_a_disabled_account_stays_out(provider, user):
    go()
    User.objects.update(is_active=False)
    client, _answer = go()
    assert not is_in(client)


@pytest.mark.parametrize(
    "claims", [{"iss": "https://evil.example"}, {"aud": "another client"}, {"exp": 1}], ids=["iss", "aud", "exp"]
)
def test_a_token_for_somebody_else_or_too_old_is_refused(provider, user, claims):
    provider.claims = claims
    assert refused(*go())


def test_a_token_signed_by_another_key_is_refused(provider, user):
    provider.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert refused(*go())


@pytest.mark.parametrize("change", [{"state": "made-up"}, {"code": "made-up"}, {"error": "access_denied"}])
def test_a_way_back_that_was_tampered_with_is_refused(provider, user, change):
    assert refused(*go(**change))


def test_a_way_back_works_once_and_in_the_browser_it_began_in(provider, user):
    client = Client()
    back = visit(client.post(LEAVE)["Location"])
    other = Client()
    assert refused(other, other.get(back))
    client.get(back)
    client.post(reverse("sign-out"))
    assert refused(client, client.get(back))


def test_the_second_factor_is_asked_for_as_with_a_password(provider, user, settings):
    settings.SECOND_FACTOR_WAIVED = False
    with_role(user, a_service())
    secret, _codes = with_app(user)
    client, answer = go()
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    client.post(answer["Location"], {"code": code_of(secret)})
    assert is_in(client)


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "javascript:alert(1)"])
def test_the_page_asked_for_is_never_elsewhere(provider, user, elsewhere):
    _client, answer = go(next=elsewhere)
    assert "evil" not in answer["Location"]
    assert answer["Location"].startswith("/")


def test_whoever_is_signed_in_cannot_join_a_strangers_identity_to_their_account(provider, user):
    client = Client()
    client.force_login(a_user())
    left = client.post(f"{LEAVE}?process=connect")
    answer = client.get(visit(left["Location"]))
    assert answer["Location"] == reverse("sign-in")
    assert not AuditEvent.objects.filter(verb="single_sign_on.linked").exists()


def test_the_sign_in_page_offers_it_and_lets_the_form_lead_there(provider, settings):
    page = Client().get("/sign-in/")
    assert settings.OIDC_NAME in page.content.decode()
    assert origin("https://login.example.org:8443/a/b") == "https://login.example.org:8443"


def test_without_a_provider_there_is_nothing(settings):
    assert Client().post(LEAVE).status_code == 404
    assert Client().get(BACK).status_code == 404
    assert "organisation" not in Client().get("/sign-in/").content.decode()


def test_it_begins_only_with_a_form(provider):
    assert Client().get(LEAVE).status_code == 405
