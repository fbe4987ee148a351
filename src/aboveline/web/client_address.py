"""The address a request comes from: what a request says of itself is believed only where our own proxy said it."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

#: a server on a socket file names no address
NOWHERE = "127.0.0.1"


def client_address(request: HttpRequest) -> str:
    """The peer's address; behind our one proxy, the last one of X-Forwarded-For, which the proxy itself put there."""
    peer = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        peer = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or peer
    return peer if _is_address(peer) else NOWHERE


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
