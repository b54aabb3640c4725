"""The payment form with its script: the total as one types, one order for two clicks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from lkcap.kit.workers import Workers
from tests.browser.checks import listen
from tests.browser.conftest import WIDTHS
from tests.conftest import PASSWORD
from tests.factory import Books
from tests.payments.cards import Shop, open_shop

FEE = {"percent": "1.50", "min": "15.00", "max": "15000.00"}


@pytest.fixture
async def shop(fund: Books, workers: Workers, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(fund, workers, tmp_path, fee=FEE) as shop:
        yield shop


@pytest.fixture(params=list(WIDTHS))
async def screen(
    request: pytest.FixtureRequest, chromium: Browser, shop: Shop
) -> AsyncIterator[Page]:
    """A browser at the site; whatever the console says is an error."""
    size = {"width": WIDTHS[request.param], "height": 800}
    context = await chromium.new_context(viewport=size, base_url=shop.config.public_url)
    page = await context.new_page()
    said = listen(page)
    yield page
    await context.close()
    assert said == []


async def log_in(page: Page) -> None:
    await page.goto("/")
    await page.fill("#login", "alice@example.com")
    await page.fill("#password", PASSWORD)
    await page.click("text=Войти")
    await page.goto("/payment")


async def shown(page: Page) -> list[str]:
    """The sum, the fee and the total, kopecks."""
    return [
        str(await page.get_attribute(f"[data-sum={name}] data", "value"))
        for name in ("amount", "fee", "total")
    ]


CASES = {
    "194,39": ["19439", "1500", "20939"],
    "1 000": ["100000", "1500", "101500"],
    "1000.33": ["100033", "1500", "101533"],
    "3333,3": ["333330", "5000", "338330"],
    "999999,99": ["99999999", "1500000", "101499999"],
    "": ["0", "0", "0"],
}


async def test_the_total_follows_what_is_typed(screen: Page):
    await log_in(screen)
    await screen.fill("#penalty", "")
    for text, wanted in CASES.items():
        await screen.fill("#principal", text)
        assert await shown(screen) == wanted, text
    await screen.fill("#principal", "много")
    assert await shown(screen) == ["0", "0", "0"], "what is no sum leaves the last one"


async def test_the_months_follow_by_the_server_s_word_and_the_total_is_told(screen: Page):
    await log_in(screen)
    await screen.fill("#principal", "194,39")
    await screen.fill("#penalty", "0")
    await screen.wait_for_selector("[data-where] tfoot data[value='19439']")
    told = str(await screen.text_content("[data-told]")).replace("\u00a0", " ")
    assert told == "Итого к оплате 209,39 рублей, из них комиссия 15,00"
    assert await screen.get_by_text("Пересчитать").count() == 0


async def test_a_double_click_makes_one_order(screen: Page, shop: Shop):
    await log_in(screen)
    await screen.dblclick("form[action='/payment'] button.button")
    await screen.wait_for_url("**/pay/*")
    assert len(shop.books.rows("SELECT order_id FROM payment_order")) == 1


async def test_a_guest_s_total_follows_too_and_asks_nothing(screen: Page, shop: Shop):
    await screen.goto("/pay")
    await screen.fill("#account", "86000000017")
    await screen.click("text=Оплатить услуги")
    asked: list[str] = []
    screen.on("request", lambda one: asked.append(one.method))
    await screen.fill("#principal", "100")
    await screen.fill("#penalty", "0")
    await screen.wait_for_selector("[data-told]:has-text('115,00')", state="attached")
    assert await shown(screen) == ["10000", "1500", "11500"]
    assert "POST" not in asked, "every question about an account counts"
