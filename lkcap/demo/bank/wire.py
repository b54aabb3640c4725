"""Small things both wires are made of: escapes, stamps, sums in roubles, passwords, answers."""

import base64
import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from urllib.parse import quote_plus, urlsplit
from xml.etree import ElementTree

# The bank's time wherever it stands: Moscow, no summer time.
MOSCOW = timezone(timedelta(hours=3))

_ROUBLES = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?")
_REDIRECT = re.compile(r"REDIRECT=(https?://\S+)\s*")


def escaped(text: str) -> str:
    """As Java's URLEncoder writes it: a blank is `+`, `*` stays, `~` does not."""
    return quote_plus(text, safe="*").replace("~", "%7E")


def query(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs in the order given."""
    return "&".join(f"{escaped(name)}={escaped(value)}" for name, value in pairs)


def stamp(at: datetime) -> str:
    """The `ts` of a call."""
    return at.astimezone(MOSCOW).strftime("%Y%m%d %H:%M:%S")


def short_stamp(at: datetime) -> str:
    """`p.transmissionDateTime`: it has no year."""
    return at.astimezone(MOSCOW).strftime("%m%d%H%M%S")


def with_query(address: str, more: str) -> str:
    """An address may have a query of its own."""
    return f"{address}{'&' if '?' in address else '?'}{more}"


def basic(login: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()


def kopecks(roubles: str) -> int:
    """`10.5` is 1050. Raises ValueError for what is no sum with a point."""
    match = _ROUBLES.fullmatch(roubles)
    if match is None:
        raise ValueError("not a sum in roubles")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def is_web_address(address: str) -> bool:
    """Whether a browser may be sent there."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def result_code(xml: str) -> str:
    """The code of a shop's answer; empty where the answer cannot be read."""
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - of the shop we serve ourselves
    except ElementTree.ParseError:
        return ""
    return (root.findtext("result/code") or "").strip()


def redirect_of(answer: str) -> str:
    """Where СНГБ's shop sends the payer, `REDIRECT=<URL>` and nothing else; empty if nowhere."""
    match = _REDIRECT.fullmatch(answer)
    return match[1] if match else ""
