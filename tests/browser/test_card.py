"""A payment by card in Chromium, under our own policies, from the form to the result."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from lkcap.demo.bank import Fault
from lkcap.kit.workers import Workers
from tests.browser.checks import listen
from tests.browser.conftest import WIDTHS
from tests.conftest import PASSWORD
from tests.factory import Books
from tests.payments.cards import Shop, open_shop


@pytest.fixture
async def shop(fund: Books, workers: Workers, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(fund, workers, tmp_path) as shop:
        yield shop


@pytest.fixture(params=list(WIDTHS))
async def payer(
    request: pytest.FixtureRequest, chromium: Browser, shop: Shop
) -> AsyncIterator[Page]:
    """A logged-in reader on the page of payment; whatever the console says is an error."""
    size = {"width": WIDTHS[request.param], "height": 800}
    context = await chromium.new_context(viewport=size, base_url=shop.config.public_url)
    page = await context.new_page()
    said = listen(page)
    await page.goto("/")
    await page.fill("#login", "alice@example.com")
    await page.fill("#password", PASSWORD)
    await page.click("text=Войти")
    await page.goto("/payment")
    yield page
    await context.close()
    assert said == []


async def pay_at_the_bank(page: Page) -> None:
    await page.click("form[action='/payment'] button:not(.second)")
    await page.wait_for_url("**/pay/*")
    await page.fill("input[name=number]", "2200 7000 0000 0009")
    await page.fill("input[name=month]", "12")
    await page.fill("input[name=year]", "29")
    await page.fill("input[name=code]", "123")
    await page.click("button:has-text('Оплатить'):not(:has-text('СБП'))")
    await page.wait_for_url("**/payment/*")


async def test_a_payer_goes_to_the_bank_and_comes_back(payer: Page, shop: Shop):
    await payer.fill("#principal", "100")
    # no button is pressed: the total follows what is typed
    assert "113,16" in await payer.inner_text("tfoot >> nth=0")
    await pay_at_the_bank(payer)
    await payer.wait_for_selector("h1:has-text('Оплачено')")
    assert sum(amount for _, amount in shop.entries()) == 10000 + 1316


async def test_the_result_page_mends_itself_when_the_bank_is_late(payer: Page, shop: Shop):
    shop.bank.faults.add(Fault.BROWSER_FIRST)
    await pay_at_the_bank(payer)
    # no button is pressed: the page asks again by itself
    await payer.wait_for_selector("h1:has-text('Оплачено')", timeout=15_000)


async def test_no_page_of_payment_is_wider_than_its_window(payer: Page):
    for address in ("/payment", "/pay", "/payments"):
        await payer.goto(address)
        wider = await payer.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, address
