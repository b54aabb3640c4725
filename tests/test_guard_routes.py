"""Which pages are open to everyone, and that no form works without its token."""

import pytest
from aiohttp import web

from tests.browserless import Browser

# What is open of the pages that are built; whoever adds one says so here.
PUBLIC_PAGES = {
    ("GET", "/"),
    ("GET", "/login"),
    ("POST", "/login"),
    ("GET", "/restore"),
    ("POST", "/restore"),
    ("GET", "/fund"),
    ("GET", "/news"),
    ("GET", "/news.rss"),
    ("GET", "/news/{id}"),
    ("GET", "/pay"),
    ("POST", "/pay"),
    ("GET", "/pay/qr"),
    ("GET", "/privacy"),
    ("GET", "/guide"),
    ("GET", "/guide.pdf"),
    ("GET", "/manifest.webmanifest"),
    ("GET", "/sw.js"),
    ("GET", "/favicon.ico"),
    ("GET", "/robots.txt"),
    ("GET", "/verify"),
    ("POST", "/verify"),
    ("GET", "/verify/keys"),
    ("GET", "/verify/{code}"),
    ("GET", "/register"),
    ("POST", "/register"),
    ("GET", "/register/sent"),
    ("GET", "/register/houses"),
    ("GET", "/register/confirm/{token}"),
    ("POST", "/register/confirm/{token}"),
    ("GET", "/consent"),
    ("GET", "/invitation/consent"),
    ("GET", "/invitation/{token}"),
    ("POST", "/invitation/{token}"),
    ("GET", "/payment/{order}"),
    ("GET", "/unsubscribe/{token}"),
    ("POST", "/unsubscribe/{token}"),
    ("POST", "/unsubscribe/{token}/back"),
    ("GET", "/unsubscribe/reminder/{token}"),
    ("POST", "/unsubscribe/reminder/{token}"),
    ("POST", "/unsubscribe/reminder/{token}/back"),
    ("GET", "/staff/login"),
    ("POST", "/staff/login"),
    ("GET", "/bank/gpb/check"),
    ("GET", "/bank/gpb/register"),
    ("POST", "/bank/sngb/notify"),
    ("GET", "/bank/sngb/return"),
}
# Nothing can be shown there until an account is named.
SENSELESS_ALONE = {"/pay/qr"}
# A bank's calls are there for the bank alone, and only where there is one.
OF_BANKS = "/bank/"
# Forms that answer to a signature or a link of their own instead of the token.
WITHOUT_TOKEN = {"/bank/sngb/notify", "/unsubscribe/{token}", "/unsubscribe/reminder/{token}"}


def routes(app: web.Application) -> list[tuple[str, str, bool]]:
    """(method, address, open to everyone), static files apart."""
    return [
        (route.method, route.resource.canonical, getattr(route.handler, "public", False))
        for route in app.router.routes()
        if not isinstance(route.resource, web.StaticResource) and route.method != "HEAD"
    ]


async def test_public_pages_are_exactly_these(app: web.Application):
    assert {(method, path) for method, path, is_open in routes(app) if is_open} == PUBLIC_PAGES


async def test_every_public_page_opens_for_an_anonymous_reader(browser: Browser):
    for method, path in PUBLIC_PAGES:
        # one with a value in its address needs the thing that it names
        if method == "GET" and "{" not in path and not path.startswith(OF_BANKS):
            opens = (422,) if path in SENSELESS_ALONE else (200, 301)
            assert (await browser.get(path)).status in opens, path


async def test_only_one_folder_is_static(app: web.Application):
    static = [one for one in app.router.resources() if isinstance(one, web.StaticResource)]
    assert [one.canonical for one in static] == ["/static"]


async def test_every_form_needs_its_token(app: web.Application, browser: Browser):
    forms = [path for method, path, _ in routes(app) if method not in ("GET", "*")]
    assert len(forms) >= 3
    for path in set(forms) - WITHOUT_TOKEN:
        answer = await browser.post(path, csrf="wrong")
        # a closed page sends an anonymous reader away before it looks at the form
        assert answer.status == 403 or answer.location in ("/", "/staff/login"), path


@pytest.mark.parametrize("method", ["*"])
async def test_no_route_takes_every_method(app: web.Application, method: str):
    assert not [path for taken, path, _ in routes(app) if taken == method]


async def test_every_page_has_one_name_and_one_handler(app: web.Application):
    found = [(method, path) for method, path, _ in routes(app)]
    assert len(found) == len(set(found))
