"""The browser's address: what the proxies of ours say, and never what a browser says of itself."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from lkcap.config import Config
from lkcap.kit.keys import CONFIG
from lkcap.kit.security import public
from lkcap.kit.visitor import proxy_warnings, visitor_address
from tests.conftest import settings
from tests.kit.conftest import Opener

OUTER, INNER, VISITOR = "10.1.2.3", "192.0.2.1", "203.0.113.7"
PROXIES = ("10.0.0.0/8", INNER, "fd00::/8")


def address(remote: str, *lines: str, proxies: tuple[str, ...] = PROXIES) -> str:
    """What is seen of a request from `remote` with these lines of X-Forwarded-For."""
    app = web.Application()
    app[CONFIG] = Config(**settings("postgresql://nowhere", trusted_proxies=proxies))
    headers = CIMultiDict([("X-Forwarded-For", line) for line in lines])
    request = make_mocked_request("GET", "/", headers, app=app).clone(remote=remote)
    assert isinstance(request, web.Request)
    return visitor_address(request)


@pytest.mark.parametrize(
    ("public_url", "proxies", "warned"),
    [
        ("https://lk.example.ru", (), True),
        ("https://lk.example.ru", ("127.0.0.1",), False),
        ("http://127.0.0.1", (), False),
    ],
)
def test_behind_tls_a_site_that_trusts_no_proxy_is_warned_of(
    public_url: str, proxies: tuple[str, ...], warned: bool
):
    more = {"public_url": public_url, "trusted_proxies": proxies, "smtp_url": "smtp://x"}
    found = proxy_warnings(Config(**settings("postgresql://nowhere", today=None, **more)))
    assert bool(found) == warned
    assert all("LKCAP_TRUSTED_PROXIES" in one for one in found)


def test_without_a_proxy_it_is_who_asks():
    assert address(VISITOR, proxies=()) == VISITOR
    assert address(VISITOR) == VISITOR


def test_a_browser_is_not_believed_whatever_it_says():
    assert address(VISITOR, "198.51.100.1") == VISITOR
    assert address(VISITOR, f"198.51.100.1, {INNER}") == VISITOR
    assert address(INNER, "198.51.100.1", proxies=()) == INNER


def test_a_proxy_of_ours_is_believed():
    assert address(INNER, VISITOR) == VISITOR


def test_what_the_browser_wrote_before_the_proxy_is_passed_over():
    assert address(INNER, f"198.51.100.1, {OUTER}, {VISITOR}") == VISITOR


def test_a_chain_of_our_proxies_is_walked_from_its_end():
    assert address(INNER, f"198.51.100.1, {VISITOR}, {OUTER}") == VISITOR


def test_several_lines_are_one_list():
    assert address(INNER, "198.51.100.1", VISITOR, f"{OUTER},{OUTER}") == VISITOR


def test_a_proxy_that_says_nothing_is_the_visitor_itself():
    assert address(INNER) == INNER
    assert address(INNER, "") == INNER


def test_a_request_of_a_proxy_s_own_is_counted_by_the_farthest():
    assert address(INNER, f"10.9.9.9, {OUTER}") == "10.9.9.9"


@pytest.mark.parametrize(
    "junk", ["unknown", "_hidden", "", "203.0.113", "1.2.3.4:x", "[", "٣.1.1.1"]
)
def test_nothing_is_believed_beyond_what_cannot_be_read(junk: str):
    assert address(INNER, f"{VISITOR}, {junk}, {OUTER}") == OUTER


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (f"{VISITOR}:52114", VISITOR),
        (f"  {VISITOR} ", VISITOR),
        (f"::ffff:{VISITOR}", VISITOR),
        (f"[::ffff:{VISITOR}]:443", VISITOR),
        ("2001:db8:0:1:aaaa::7", "2001:db8:0:1::/64"),
        ("[2001:db8:0:1:bbbb::8]", "2001:db8:0:1::/64"),
        ("[2001:db8:0:1::9]:52114", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_an_address_is_read_however_it_is_written(written: str, seen: str):
    assert address(INNER, written) == seen


def test_a_proxy_is_known_in_either_family():
    assert address(f"::ffff:{INNER}", VISITOR) == VISITOR
    assert address("fd00::1", VISITOR) == VISITOR


def test_an_ipv6_visitor_is_counted_by_the_network():
    assert address("2001:db8:0:1::7") == address("2001:db8:0:1:ffff::8") == "2001:db8:0:1::/64"
    assert address("2001:db8:0:2::7") == "2001:db8:0:2::/64"


def test_a_connection_without_an_address_is_nobody():
    assert address("", VISITOR) == ""


async def test_a_real_request_has_an_address(app: web.Application, opened: Opener):
    @public
    async def who(request: web.Request) -> web.Response:
        return web.Response(text=visitor_address(request))

    app.router.add_get("/who", who)
    answer = await (await opened(app)).get("/who", **{"X-Forwarded-For": VISITOR})
    assert answer.body == b"127.0.0.1"
