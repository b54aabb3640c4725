"""Everything by the keyboard: reached, seen to be reached, and not hidden under something."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from lkcap.kit.workers import Workers
from tests.browser.guide_shots import CARD
from tests.conftest import PASSWORD
from tests.factory import Books
from tests.payments.cards import Shop, open_shop

# of the stops from the top of a page to what is looked for
STOPS_MAX = 120
PAGES = ("/account", "/statement", "/payment", "/payments", "/house", "/settings", "/pay")
# A group of radio buttons is one stop.
STOPS = """() => new Set([...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary'
)].filter(one => one.checkVisibility({visibilityProperty: true}))
  .map(one => one.type === 'radio' ? one.name : one)).size"""
MOVING = """() => [...document.querySelectorAll('*')].filter(one => {
    const look = getComputedStyle(one);
    return look.transitionDuration !== '0s' || look.animationName !== 'none';
}).length"""
# null at the end of the page; else what is wrong with the look of the stop, or nothing.
STOP = """() => {
    const one = document.activeElement;
    if (one === document.body || one.dataset.reached) return null;
    one.dataset.reached = 'yes';
    const box = one.getClientRects()[0], ring = getComputedStyle(one);
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const wrong = [];
    if (ring.outlineStyle === 'none' || parseFloat(ring.outlineWidth) < 2) wrong.push('no ring');
    if (!at || !(one.contains(at) || at.contains(one))) wrong.push('covered');
    return wrong.length ? [`${one.outerHTML.slice(0, 120)}: ${wrong}`] : [];
}"""


async def walked(page: Page, key: str) -> list[list[str]]:
    """What is wrong with each stop, as the key leads from one to the next."""
    stops: list[list[str]] = []
    await page.keyboard.press(key)
    while (stop := await page.evaluate(STOP)) is not None:
        stops.append(stop)
        await page.keyboard.press(key)
    return stops


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
async def test_every_link_button_and_field_is_reached(screen: Page, key: str):
    for address in PAGES:
        await screen.goto(address)
        stops = await walked(screen, key)
        assert [wrong for stop in stops for wrong in stop] == [], address
        assert len(stops) == await screen.evaluate(STOPS), address


async def test_nothing_moves_by_itself(screen: Page):
    """There is nothing for `prefers-reduced-motion` to stop."""
    for address in PAGES:
        await screen.goto(address)
        assert await screen.evaluate("document.getAnimations().length") == 0, address
        assert await screen.evaluate(MOVING) == 0, address


@pytest.fixture
async def shop(fund: Books, workers: Workers, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(fund, workers, tmp_path) as shop:
        yield shop


async def reach(page: Page, target: str) -> None:
    """Tab by tab to the first of what is looked for; every stop on the way is seen."""
    for _ in range(STOPS_MAX):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(STOP)
        assert stop == [], (page.url, target, stop)
        if await page.evaluate("css => document.activeElement.matches(css)", target):
            return
    raise AssertionError(f"{page.url}: no {target}")


async def follow(page: Page, target: str, address: str) -> None:
    await reach(page, target)
    await page.keyboard.press("Enter")
    await page.wait_for_url(address)


async def test_from_the_login_to_the_receipt_without_a_mouse(chromium: Browser, shop: Shop):
    context = await chromium.new_context(base_url=shop.config.public_url)
    page = await context.new_page()
    await page.goto("/")
    await reach(page, ".skip")
    await reach(page, "#login")
    await page.keyboard.type("5500123")
    await reach(page, "#password")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/account")
    await reach(page, ".skip")
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "main", "the menu is skipped"
    await page.goto("/account")
    await follow(page, "nav a[href='/statement']", "**/statement")
    await reach(page, "#mode")
    await page.keyboard.press("End")
    await follow(page, ".controls .button", "**/statement?*mode=extended*")
    await reach(page, "a.pdf[href='/receipts/2026-10.pdf']")
    receipt = await page.request.get("/receipts/2026-10.pdf")
    assert (await receipt.body()).startswith(b"%PDF-")
    await page.goto("/statement")
    await follow(page, "nav a[href='/payment']", "**/payment")
    await pays_by_keys(page)
    await follow(page, "a[href='/payments']", "**/payments")
    await reach(page, "a.pdf")
    await context.close()


async def pays_by_keys(page: Page) -> None:
    """Up to the page that says the money is in; the bank's own page is not ours to judge."""
    await reach(page, "#principal")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("100")
    await follow(page, "form[action='/payment'] .button:not(.second)", "**/pay/*")
    for name, value in CARD.items():
        await page.fill(f"input[name={name}]", value)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/payment/*")
    await page.wait_for_selector("h1:has-text('Оплачено')", timeout=15_000)
    await page.reload()
