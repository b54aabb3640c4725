"""Every page there is: found by its links, looked at by axe-core and the Nu HTML checker.

A new page without variables in its address is found by itself; one with them, by a link to it, or
in tests/everywhere.py. A page that nobody has looked at is a mistake of its own.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, Response

from lkcap.auth.one_time import issue
from lkcap.demo.bank import Way
from lkcap.kit.db import transaction
from lkcap.kit.workers import Workers
from tests.browser.checks import listen, mistakes_of_html, violations
from tests.browserless import Browser as Client
from tests.conftest import PASSWORD
from tests.everywhere import is_page, page_of, pages_of, plain, unlinked
from tests.factory import Books
from tests.payments.cards import Shop, open_shop
from tests.profile.test_code import switch_on
from tests.staff.desk import PASSWORD as DESK_PASSWORD
from tests.staff.desk import Desk, code

ROLES = ("operator", "accountant", "editor", "admin")
MANY = dict.fromkeys(("login", "guest", "verify", "restore", "register"), "1000/1m")
NEWCOMER, CAREFUL = "newcomer@example.com", "careful@example.com"
LINKS = "[...document.querySelectorAll('a[href]')].map(one => one.href.split('#')[0])"
# The forms that the site checks by itself: sent empty, they come back with every mistake told.
CHECKED = "main form[method=post][novalidate]"
FORMS = f"[...document.querySelectorAll('{CHECKED}')].map(one => one.action)"
# A table says what it is of, each of its heads what it is the head of; what a page tells of itself
# is told to those who do not see it, too.
UNTOLD = """[...document.querySelectorAll('table')]
    .filter(one => !one.caption?.textContent.trim()
        || [...one.querySelectorAll('th')].some(th => !th.scope))
    .concat([...document.querySelectorAll('.errors:not([role=alert]), .ok:not([role=status])')])
    .map(one => one.outerHTML.slice(0, 160))"""
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
    looked_at: set[str] = field(default_factory=set)

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
                await self.look(page, answer, f"refusal {answer.status} of {address}")
            return []
        await self.look(page, answer, kind_of(address))
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
            await self.look(page, answer, f"{kind_of(address)} with mistakes")

    async def look(self, page: Page, answer: Response, name: str) -> None:
        html = await answer.text()
        self.pages[name] = html
        if answer.status >= 500:
            self.mistakes.append(f"{name}: {answer.status}")
        self.looked_at.add(urlsplit(page.url).path)
        self.mistakes += [f"{name}: untold: {one}" for one in await page.evaluate(UNTOLD)]
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


@pytest.fixture
async def shop(fund: Books, workers: Workers, tmp_path: Path) -> AsyncIterator[Shop]:
    """The site with something on every page: payments of all ends, applications, news."""
    async with open_shop(fund, workers, tmp_path, limits=MANY) as shop:
        await shop.browser.login("alice@example.com")
        yield shop


async def populate(shop: Shop) -> list[str]:
    """The pages that no link leads to."""
    results = [f"{await shop.pay(way)}#{way}" for way in (Way.GOOD, Way.REFUSED, Way.CANCEL)]
    behind = await unlinked(shop.browser, shop.books, shop.config, "alice@example.com")
    # a code from an application is being set up
    await shop.browser.post("/settings/code", password=PASSWORD)
    return [*results, *behind, "/no-such-page", "/account?from=never"]


async def visitor(chromium: Browser, site: str) -> Page:
    return await (await chromium.new_context(base_url=site)).new_page()


async def test_no_page_has_a_mistake(chromium: Browser, shop: Shop, tmp_path: Path):
    site = shop.config.public_url
    others = await populate(shop)
    pages = pages_of(shop.browser.server.app)
    inspector = Inspector(site, plain(pages))
    for one in ("stranger", "reader", *ROLES):
        page = await visitor(chromium, site)
        await enter(page, shop, one)
        await inspector.walk(page, others)
        await page.context.close()
    await at_the_door(chromium, shop, inspector)
    await after_the_deed(chromium, shop, inspector, others)
    folder = tmp_path / "html"
    folder.mkdir()
    inspector.mistakes += await mistakes_of_html(inspector.pages, folder)
    looked_at = {page_of(one, pages) for one in inspector.looked_at}
    inspector.mistakes += [f"nobody has looked at {one}" for one in pages - looked_at]
    assert not inspector.mistakes, "\n".join(inspector.mistakes)
    assert len(inspector.pages) > 80


async def at_the_door(chromium: Browser, shop: Shop, inspector: Inspector) -> None:
    """Behind a one-time password stands one page, behind a password another step of the door."""
    app, books = shop.browser.server.app, shop.books
    books.subscriber(NEWCOMER, "86000000033").subscriber(CAREFUL, "86000000033")
    ((whose,),) = books.rows("SELECT subscriber_id FROM subscriber WHERE email = %s", NEWCOMER)
    async with transaction(app) as conn:
        once = await issue(app, conn, whose, datetime.now(UTC))
    async with Client(shop.browser.server, PASSWORD) as careful:
        await careful.login(CAREFUL)
        await switch_on(careful)
    for login, password, name in ((NEWCOMER, once, "new password"), (CAREFUL, PASSWORD, "code")):
        page = await visitor(chromium, shop.config.public_url)
        await page.goto("/")
        await page.fill("#login", login)
        await page.fill("#password", password)
        await look_after(page, inspector, name, "main button:has-text('Войти')")
        await page.context.close()


async def after_the_deed(
    chromium: Browser, shop: Shop, inspector: Inspector, others: list[str]
) -> None:
    """What pages of letters say once their button is pressed, and a paper that is withdrawn."""
    page = await visitor(chromium, shop.config.public_url)
    for address in others:
        if address.startswith(("/unsubscribe/", "/register/confirm/")):
            await page.goto(address)
            name = f"{kind_of(address)} done"
            await look_after(page, inspector, name, "main form[method=post] button")
    shop.books.rows("UPDATE reference SET withdrawn_on = current_date, withdrawn_why = 'ошибка'")
    (paper,) = (one for one in others if one.startswith("/verify/"))
    answer = await page.goto(paper)
    assert answer is not None
    await inspector.look(page, answer, "a paper that is withdrawn")
    await page.context.close()


async def look_after(page: Page, inspector: Inspector, name: str, button: str) -> None:
    """At the page that pressing the button leads to."""
    async with page.expect_navigation() as navigation:
        await page.click(button)
    await inspector.look(page, await navigation.value, name)


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
