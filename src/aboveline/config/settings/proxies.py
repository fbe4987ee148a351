"""Which peers are our own proxies: theirs alone are the X-Forwarded-* headers that are believed."""

from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.exceptions import ImproperlyConfigured

Network = IPv4Network | IPv6Network
#: a proxy on this machine, by loopback or a socket file
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


def proxies(text: str) -> tuple[Network, ...]:
    """Read ABOVELINE_BEHIND_PROXY: empty or `no`, `yes` for a proxy on this machine, or addresses and networks with
    commas between them. Raise ImproperlyConfigured for anything else."""
    if text in {"", "no"}:
        return ()
    if text == "yes":
        return LOOPBACK
    try:
        return tuple(ip_network(part.strip()) for part in text.split(","))
    except ValueError as error:
        raise ImproperlyConfigured("ABOVELINE_BEHIND_PROXY must be yes, no, or addresses of proxies.") from error
