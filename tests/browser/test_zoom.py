"""Bigger letters fold a page, never push it over the window's edge (WCAG 1.4.4, 1.4.10, 1.4.12).

A browser's zoom of 200 % gives the page half of the window's pixels and draws each as four.
"""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

from tests.browser.checks import OVERFLOW, listen
from tests.conftest import PASSWORD
from tests.factory import Books

PAGES = (
    "/", "/pay", "/register", "/restore", "/verify", "/privacy", "/consent", "/fund", "/news",
    "/guide", "/guide?part=3.5", "/guide?q=оплата", "/account", "/account/why",
    "/account/why?kind=penalty", "/account/plan?monthly=500", "/statement",
    "/statement?mode=general", "/statement?mode=extended&from=2025-10", "/receipts", "/payment",
    "/payment/all", "/payments", "/house", "/settings", "/settings/devices", "/settings/code",
    "/settings/accounts", "/settings/delete", "/no-such-page",
)  # fmt: skip
BIG_TYPE = "document.documentElement.style.fontSize = '200%'"
# The spacing that WCAG 1.4.12 says a reader may set.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important} p {margin-block-end: 2em !important}`);
    document.adoptedStyleSheets = [sheet];
}"""
# Words cut off by their box; what is for screen readers alone is a pixel wide on purpose.
CUT = """[...document.querySelectorAll('body *')].filter(one => {
    const look = getComputedStyle(one);
    return look.overflowX !== 'visible' && one.clientWidth > 1
        && one.scrollWidth > one.clientWidth + 1 && !one.closest('svg, select, input, textarea');
}).map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
async def half(chromium: Browser, app: web.Application, fund: Books) -> AsyncIterator[Page]:
    """A reader at a window of 1280 × 800 with the zoom at 200 %."""
    async with TestServer(app) as server:
        context = await chromium.new_context(
            viewport={"width": 640, "height": 400}, device_scale_factor=2,
            base_url=str(server.make_url("/")),
        )  # fmt: skip
        page = await context.new_page()
        said = listen(page)
        await page.goto("/")
        await page.fill("#login", "alice@example.com")
        await page.fill("#password", PASSWORD)
        await page.click("text=Войти")
        yield page
        await context.close()
        assert said == []


async def spilt(page: Page, change: str = "") -> list[str]:
    """Pages that are wider than the window, or cut their words, after the change."""
    found = []
    for address in PAGES:
        await page.goto(address)
        if change:
            await page.evaluate(change)
        if (wider := await page.evaluate(OVERFLOW)) > 0:
            found.append(f"{address}: {wider} px wider than the window")
        found += [f"{address}: cut {one}" for one in await page.evaluate(CUT)]
    return found


async def test_at_two_hundred_percent_nothing_is_scrolled_sideways(half: Page):
    assert await spilt(half) == []


async def test_letters_twice_as_big_fit_their_pages(half: Page):
    await half.set_viewport_size({"width": 1280, "height": 800})
    assert await spilt(half, BIG_TYPE) == []


@pytest.mark.parametrize("width", [1280, 320])
async def test_letters_and_lines_set_wide_apart_are_not_cut(half: Page, width: int):
    await half.set_viewport_size({"width": width, "height": 800})
    assert await spilt(half, SPACED) == []
