"""The address a request comes from: what a request says of itself is believed only where our own proxy said it."""

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: a server on a socket file names no address
NOWHERE = "127.0.0.1"
FORWARDED = (
    "HTTP_X_FORWARDED_",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_X_SCHEME",
    "HTTP_X_ORIGINAL_",
    "HTTP_X_REWRITE_",
)


class OwnProxyOnly:
    """Take away what a request says a proxy said, unless the peer is a proxy of ours (ABOVELINE_BEHIND_PROXY)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not from_own_proxy(request.META.get("REMOTE_ADDR", "")):
            for name in [name for name in request.META if name.startswith(FORWARDED)]:
                del request.META[name]
        return self.get_response(request)


def from_own_proxy(peer: str) -> bool:
    at = ip_address(peer if _is_address(peer) else NOWHERE)
    return any(at in network for network in settings.PROXIES)


def client_address(request: HttpRequest) -> str:
    """The peer's address; behind our one proxy, the last one of X-Forwarded-For, which the proxy itself put there."""
    peer = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        peer = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or peer
    return peer if _is_address(peer) else NOWHERE


def client_network(request: HttpRequest) -> str:
    """Whom to count tries under: an address of version 4; of version 6 its /64, which one household has whole."""
    at = ip_address(client_address(request))
    if at.version == 4:
        return str(at)
    return str(at.ipv4_mapped or ip_network((at, 64), strict=False))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
