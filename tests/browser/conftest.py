"""Chromium in front of the real site; Debian's, driven by Playwright."""

import os
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.checks import listen
from tests.conftest import PASSWORD
from tests.factory import Books

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# No sandbox: tests may run as root. The rest keeps Chromium from looking for its maker's hosts.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desktop": 1280, "phone": 360}


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
def fund(books: Books) -> Books:
    """A house, an account with two services and all operations, a second account, a login."""
    meeting = "Взнос по решению собрания"
    books.house().account(aliases="5500123,680015500123@2020-01-01").account(
        "86000000033", premises="н1", premises_kind="nonliving", owner_kind="organization",
        organization="ООО «Ромашка-001»", area="",
    )  # fmt: skip
    books.entry("2025-10", op="opening", amount="432,10").entry("2025-10")
    for month in ("2025-11", "2025-12", "2026-02", "2026-08", "2026-09", "2026-10", "2026-11"):
        books.entry(month, details="17,12 ₽ × 51,4 м²").entry(
            month, service=meeting, amount="30,84"
        )
    books.entry("2025-11", op="payment", amount="2000,00", document="п/п 104512")
    books.entry("2025-12", op="payment", amount="-100,00", document="возврат 12")
    books.entry("2026-02", op="act", amount="-300,00", document="акт № 7 от 20.02.2026")
    books.entry("2026-08", op="correction", amount="5,00").entry(
        "2026-09", op="write_off", amount="7,00", document="определение суда"
    )
    books.entry("2026-10", kind="penalty", amount="13,16")
    books.add("works", {
        "house_id": "H-1", "position": 1, "kind": "Ремонт крыши", "last_year": 2011,
        "planned_year": 2027, "planned_cost": "5610000,00", "status": "planned",
    })  # fmt: skip
    books.load()
    return books.subscriber("alice@example.com", "86000000017", "86000000033")


@pytest.fixture(params=list(WIDTHS))
async def screen(
    request: pytest.FixtureRequest, chromium: Browser, app: web.Application, fund: Books
) -> AsyncIterator[Page]:
    """A logged-in reader's page; whatever the console says is an error."""
    size = {"width": WIDTHS[request.param], "height": 800}
    async with TestServer(app) as server:
        context = await chromium.new_context(viewport=size, base_url=str(server.make_url("/")))
        page = await context.new_page()
        said = listen(page)
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        await page.goto("/")
        await page.fill("#login", "alice@example.com")
        await page.fill("#password", PASSWORD)
        await page.click("text=Войти")
        yield page
        await context.close()
        assert said == []
        assert [url for url in asked if not url.startswith(str(server.make_url("/")))] == []
