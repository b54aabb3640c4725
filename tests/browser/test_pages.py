"""Every page in Chromium, on a desktop and on a phone."""

import pytest
from playwright.async_api import Page

PAGES = (
    "/account",
    "/statement",
    "/statement?mode=general",
    "/statement?mode=extended&from=2025-10",
    "/statement?debt=penalty",
    "/receipts",
    "/payment",
    "/payments",
    "/pay",
    "/verify",
    "/house",
    "/fund",
)


@pytest.mark.parametrize("vision", ["normal", "large"])
async def test_no_page_is_wider_than_its_window(screen: Page, vision: str):
    await screen.goto(f"/account?vision={vision}")
    for address in PAGES:
        await screen.goto(address)
        wider = await screen.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, address


async def test_the_account_is_switched_from_the_header(screen: Page):
    await screen.click("summary:has-text('Лицевой счет')")
    await screen.click("button[value='86000000033']")
    assert "ООО «Ромашка-001»" in await screen.inner_text("main")


async def test_the_statement_is_chosen_by_its_form(screen: Page):
    await screen.goto("/statement")
    await screen.select_option("#from", "2025-11")
    await screen.select_option("#mode", "extended")
    await screen.click("text=Показать")
    assert "from=2025-11" in screen.url
    assert "п/п 104512" in await screen.inner_text("#statement")


async def test_the_first_key_skips_to_the_content(screen: Page):
    await screen.goto("/statement")
    await screen.keyboard.press("Tab")
    assert await screen.evaluate("document.activeElement.className") == "skip"
    await screen.keyboard.press("Enter")
    assert await screen.evaluate("location.hash") == "#main"


async def test_logout_leads_to_the_front_page(screen: Page):
    await screen.click("text=Выход")
    assert "Вы не авторизованы" in await screen.inner_text("header")
    assert await screen.is_visible("text=Войти")
