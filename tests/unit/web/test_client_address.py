"""Where a request comes from; and how sessions are told of."""

import pytest
from django.test import RequestFactory

from aboveline.web.client_address import client_address, client_network
from aboveline.web.presenters.accounts import device_words, rough_address


def request(peer="192.0.2.1", forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)


def test_without_a_proxy_nobody_says_where_they_come_from():
    assert client_address(request(forwarded="198.51.100.9")) == "192.0.2.1"


@pytest.mark.parametrize(
    ("peer", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
    ],
)
def test_tries_are_counted_under_what_one_household_has(peer, network):
    assert client_network(request(peer)) == network


@pytest.mark.parametrize(
    ("forwarded", "found"),
    [
        ("198.51.100.9", "198.51.100.9"),
        ("203.0.113.1, 198.51.100.9", "198.51.100.9"),  # the first is what the client claimed
        ("203.0.113.1, 2001:db8::5", "2001:db8::5"),
        (None, "192.0.2.1"),
        ("not an address", "127.0.0.1"),
    ],
)
def test_behind_our_proxy_only_the_last_address_counts(forwarded, found, settings):
    settings.BEHIND_PROXY = True
    assert client_address(request(forwarded=forwarded)) == found


def test_a_socket_file_has_no_address():
    assert client_address(request(peer="")) == "127.0.0.1"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19) AppleWebKit/605 Version/19 Safari/604", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.1", "Not known"),
        ("<script>", "Not known"),
        ("", "Not known"),
    ],
)
def test_a_device_in_words(agent, words):
    assert device_words(agent) == words


@pytest.mark.parametrize(("full", "rough"), [("192.0.2.7", "192.0.2.…"), ("2001:db8:7:8::1", "2001:db8:7:…")])
def test_an_address_loses_its_end(full, rough):
    assert rough_address(full) == rough
