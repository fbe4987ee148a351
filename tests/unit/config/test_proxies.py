"""Whose X-Forwarded-* headers are believed."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from aboveline.config.settings.proxies import LOOPBACK, proxies
from aboveline.web.client_address import OwnProxyOnly, client_address, from_own_proxy

FORGED = {
    "X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example",
    "Forwarded": "for=198.51.100.9", "X-Real-IP": "198.51.100.9",
}  # fmt: skip


@pytest.mark.parametrize(("text", "count"), [("", 0), ("no", 0), ("yes", len(LOOPBACK)), ("10.0.0.7, 10.1.0.0/16", 2)])
def test_what_the_environment_names(text, count):
    assert len(proxies(text)) == count


@pytest.mark.parametrize("text", ["1", "true", "proxy.example.org", "10.0.0.7,,"])
def test_anything_else_stops_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="ABOVELINE_BEHIND_PROXY"):
        proxies(text)


@pytest.mark.parametrize(
    ("peer", "ours"),
    [("127.0.0.1", True), ("::1", True), ("", True), ("10.0.0.7", False), ("2001:db8::1", False)],
)
def test_a_proxy_on_this_machine(settings, peer, ours):
    settings.PROXIES = proxies("yes")
    assert from_own_proxy(peer) is ours


@pytest.mark.parametrize(
    ("peer", "secure", "address"),
    [("10.0.0.7", True, "198.51.100.9"), ("10.0.0.8", False, "10.0.0.8"), ("127.0.0.1", False, "127.0.0.1")],
)
def test_only_our_proxy_is_believed(settings, peer, secure, address):
    settings.BEHIND_PROXY, settings.PROXIES = True, proxies("10.0.0.7")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers=FORGED)
    OwnProxyOnly(lambda _request: HttpResponse())(request)
    assert (request.is_secure(), client_address(request)) == (secure, address)
    assert request.get_host().partition(":")[0] == "testserver"
    assert ("X-Real-IP" in request.headers) is secure


def test_it_comes_before_anything_that_reads_a_header(settings):
    assert settings.MIDDLEWARE[0] == "aboveline.web.client_address.OwnProxyOnly"
