"""People signing in as a browser does, and what their authenticator app shows."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from aboveline.records.actions.second_factor import set_up_second_factor
from tests.records_builders import PASSWORD


def code_of(secret: str, step: int = 0) -> str:
    """What an authenticator app with this secret shows, `step` steps from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def with_app(user) -> tuple[str, list[str]]:
    """Set up a second factor; return the app's secret and the recovery codes. The step before this one is spent."""
    secret = generate_totp_secret()
    codes = set_up_second_factor(secret=secret, code=code_of(secret, -1), by=user, keep="")
    assert codes
    return secret, codes


def sign_in(user, client=None, password=PASSWORD, **more):
    """Return the client and the answer to the right e-mail address and password."""
    client = client or Client()
    return client, client.post(reverse("sign-in"), {"username": user.email, "password": password}, **more)


def is_in(client) -> bool:
    return client.get(reverse("account")).status_code == 200


def bare(answer) -> str:
    """A page without what is new each time: tokens, nonces, numbers of invitations."""
    text = re.sub(r'(csrfmiddlewaretoken" value|nonce|name="key" value)="[^"]*"', "", answer.content.decode())
    return re.sub(r'value="[0-9a-f-]{36}"|invitations/\d+/', "", text)


def key_of(client, address: str) -> str:
    """The idempotency key of the form at an address."""
    page = client.get(address).content.decode()
    return re.search(r'name="key" value="([^"]+)"', page)[1]


def send(client, address: str, **fields):
    """Post a form of a page with its own key."""
    return client.post(address, {"key": key_of(client, address), **fields})
