"""Where a request comes from, as far as it can be known."""

import re
from collections.abc import Iterator
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp import web

from lkcap.config import Config
from lkcap.kit.keys import CONFIG

Address = IPv4Address | IPv6Address

# A provider gives a home a network of its own; the rest of the bits a browser changes as it likes.
HOME_BITS = 64
# What one provider, or one who rents addresses, has many of.
NETWORK_BITS = {4: 24, 6: 48}
# Some proxies write the port too: `203.0.113.7:52114`, `[2001:db8::7]:52114`.
_WITH_PORT = re.compile(r"\[([^]]+)\](?::\d+)?|([^:]+):\d+")

_network = cache(ip_network)


def visitor_address(request: web.Request) -> str:
    """The browser's address, `203.0.113.7`; of an IPv6 one its network, `2001:db8:0:1::/64`.

    `X-Forwarded-For` is believed when one of `trusted_proxies` sent it, and read from its end:
    what stands before the first address that is not theirs anybody could write. Empty for a
    connection that has no address.
    """
    found = _sender(request)
    return _counted(found) if found else ""


def visitor_network(request: web.Request) -> str:
    """Who stands behind many addresses: `203.0.113.0/24`, `2001:db8::/48`; empty without one."""
    found = _sender(request)
    if found is None:
        return ""
    return str(ip_network(f"{found}/{NETWORK_BITS[found.version]}", strict=False))


def sender_address(request: web.Request) -> str:
    """The same as it is, not as a home counts: `2001:db8:0:1::7`."""
    return str(_sender(request) or "")


def _sender(request: web.Request) -> Address | None:
    proxies = [_network(one) for one in request.app[CONFIG].trusted_proxies]
    found = None
    for found in _hops(request):
        if not any(found in proxy for proxy in proxies):
            break
    return found


def _hops(request: web.Request) -> Iterator[Address]:
    """From who asks us backwards, as far as it can be read."""
    lines = request.headers.getall("X-Forwarded-For", ())
    for text in (request.remote or "", *reversed(",".join(lines).split(","))):
        address = _parsed(text.strip())
        if address is None:
            return
        yield address


def _parsed(text: str) -> Address | None:
    if match := _WITH_PORT.fullmatch(text):
        text = match[1] or match[2]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        # a socket open to both families tells IPv4 as ::ffff:203.0.113.7
        return address.ipv4_mapped
    return address


def _counted(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((int(address), HOME_BITS), strict=False))


def proxy_warnings(config: Config) -> list[str]:
    """TLS is ended by a proxy: where none is trusted, every reader has its address."""
    if config.is_https and not config.trusted_proxies:
        return [
            "LKCAP_TRUSTED_PROXIES не задан: все читатели на один адрес, "
            "и один нарушитель закроет вход всем"
        ]
    return []
