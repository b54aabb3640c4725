"""Every page there is: found by its links, looked at by axe-core and the Nu HTML checker.

A new page without variables in its address is found by itself; one with them, by a link to it.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, Response

from lkcap.demo.bank import Way
from lkcap.kit.workers import Workers
from tests.browser.checks import listen, mistakes_of_html, violations
from tests.conftest import PASSWORD
from tests.factory import Books
from tests.payments.cards import Shop, open_shop
from tests.staff.desk import PASSWORD as DESK_PASSWORD
from tests.staff.desk import Desk, code
from tests.staff.test_applications import apply

ROLES = ("operator", "accountant", "editor", "admin")
MANY = dict.fromkeys(("login", "guest", "verify", "restore", "register"), "1000/1m")
PAGE_BYTES_MAX = 30 * 1024
# As long as what they tell: all months of an account to choose from, the whole manual.
LONG, LONG_BYTES_MAX = ("/statement", "/guide"), 48 * 1024
LINKS = "[...document.querySelectorAll('a[href]')].map(one => one.href.split('#')[0])"
# The forms that the site checks by itself: sent empty, they come back with every mistake told.
CHECKED = "main form[method=post][novalidate]"
FORMS = f"[...document.querySelectorAll('{CHECKED}')].map(one => one.action)"
SEND_EMPTY = """action => {
    const form = [...document.forms].find(one => one.action === action && one.noValidate);
    const typed = 'input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea';
    for (const one of form.querySelectorAll(typed)) one.value = '';
    for (const one of form.querySelectorAll(':checked')) one.checked = false;
    form.submit();
}"""


@dataclass
class Inspector:
    """Walks the site as one visitor after another; looks at a page of each kind once."""

    site: str
    addresses: list[str]
    seen: set[str] = field(default_factory=set)
    pages: dict[str, str] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    async def walk(self, page: Page, first: list[str]) -> None:
        said = listen(page)
        page.on("request", lambda one: self._hear(one.url))
        waiting = [*first, *self.addresses]
        while waiting:
            address = waiting.pop(0)
            if self._is_new(address):
                waiting += await self._open(page, address)
        self.mistakes += said

    async def _open(self, page: Page, address: str) -> list[str]:
        """Look at the page and at its forms sent empty; the addresses it leads to."""
        answer = await page.goto(address)
        assert answer is not None
        if "html" not in answer.headers.get("content-type", ""):
            return []
        # a door led elsewhere: to a page that will be come upon by its own address
        if urlsplit(page.url).path != urlsplit(address).path:
            self.seen.discard(kind_of(address))
            return [page.url]
        if answer.status >= 400:
            # closed to this visitor only, maybe; one page of refusal is like another
            self.seen.discard(kind_of(address))
            if self._is_new(f"/{answer.status}"):
                await self._look(page, answer, f"refusal {answer.status} of {address}")
            return []
        await self._look(page, answer, kind_of(address))
        links, forms = await page.evaluate(LINKS), await page.evaluate(FORMS)
        for action in forms:
            if self._is_new(f"{action}?POST"):
                await self._send_empty(page, address, action)
        return [one for one in links if one.startswith(self.site) and is_page(one)]

    async def _send_empty(self, page: Page, address: str, action: str) -> None:
        await page.goto(address)
        async with page.expect_navigation() as navigation:
            await page.evaluate(SEND_EMPTY, action)
        answer = await navigation.value
        if answer.status == 422:
            await self._look(page, answer, f"{kind_of(address)} with mistakes")

    async def _look(self, page: Page, answer: Response, name: str) -> None:
        html = await answer.text()
        self.pages[name] = html
        if answer.status >= 500:
            self.mistakes.append(f"{name}: {answer.status}")
        most = LONG_BYTES_MAX if name.startswith(LONG) else PAGE_BYTES_MAX
        if len(html.encode()) > most:
            self.mistakes.append(f"{name}: {len(html.encode())} bytes")
        self.mistakes += [f"{name}: {one}" for one in await violations(page)]

    def _is_new(self, address: str) -> bool:
        kind = kind_of(address)
        is_new = kind not in self.seen
        self.seen.add(kind)
        return is_new

    def _hear(self, url: str) -> None:
        if not url.startswith(self.site):
            self.mistakes.append(f"asked of another host: {url}")


def kind_of(address: str) -> str:
    """Pages that differ by a number, a date or a random key are of one kind, said otherwise not."""
    parts = urlsplit(address)
    path = re.sub(r"/[\w-]{20,}", "/…", parts.path)
    told = "?".join(one for one in (path, parts.query, parts.fragment) if one)
    return re.sub(r"\d+", "0", told)


def is_page(address: str) -> bool:
    path = urlsplit(address).path
    return "vision=" not in address and not re.search(r"\.\w{2,4}$", path)


@pytest.fixture
async def shop(fund: Books, workers: Workers, tmp_path: Path) -> AsyncIterator[Shop]:
    """The site with something on every page: payments of all ends, applications, news."""
    async with open_shop(fund, workers, tmp_path, limits=MANY) as shop:
        await shop.browser.login("alice@example.com")
        yield shop


async def populate(shop: Shop) -> list[str]:
    """The pages that no link leads to."""
    results = [f"{await shop.pay(way)}#{way}" for way in (Way.GOOD, Way.REFUSED, Way.CANCEL)]
    apply(shop.books)
    apply(shop.books, "00", email="b@example.com", last_name="Чужая", ago=2)
    await shop.browser.get("/reference.pdf")
    ((paper,),) = shop.books.rows("SELECT code FROM reference")
    return [*results, f"/verify/{paper}", "/no-such-page", "/account?from=never"]


def addresses_of(shop: Shop) -> list[str]:
    """Every page of the site that may be opened by an address without variables."""
    routes = shop.browser.server.app.router.routes()
    plain = [one.resource.canonical for one in routes if one.method == "GET" and one.resource]
    return [
        one for one in plain
        if "{" not in one and is_page(one) and not one.startswith(("/bank/", "/static"))
        and one not in ("/register/houses", "/pay/qr")
    ]  # fmt: skip


async def visitor(chromium: Browser, site: str) -> Page:
    return await (await chromium.new_context(base_url=site)).new_page()


async def test_no_page_has_a_mistake(chromium: Browser, shop: Shop, tmp_path: Path):
    site = shop.config.public_url
    others = await populate(shop)
    inspector = Inspector(site, addresses_of(shop))
    for one in ("stranger", "reader", *ROLES):
        page = await visitor(chromium, site)
        await enter(page, shop, one)
        await inspector.walk(page, others)
        await page.context.close()
    folder = tmp_path / "html"
    folder.mkdir()
    inspector.mistakes += await mistakes_of_html(inspector.pages, folder)
    assert not inspector.mistakes, "\n".join(inspector.mistakes)
    assert len(inspector.pages) > 80


async def enter(page: Page, shop: Shop, who: str) -> None:
    if who == "stranger":
        return
    if who == "reader":
        fields: dict[str, Any] = {"#login": "alice@example.com", "#password": PASSWORD}
        await page.goto("/")
    else:
        login = Desk(shop.config).employ(who)
        fields = {"#login": login, "#password": DESK_PASSWORD, "#code": code()}
        await page.goto("/staff/login")
    for selector, value in fields.items():
        await page.fill(selector, value)
    await page.click("main button:has-text('Войти')")
