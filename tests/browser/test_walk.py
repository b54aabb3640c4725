"""The manual walked section by section, by its own names of buttons and pages.

On a desktop, on a phone, and on a phone without JavaScript. Registration (§3.3) and the restoring
of a password (§3.8.3) go through the post: see test_registration.py.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from lkcap.kit.workers import Workers
from tests.browser.checks import listen
from tests.browser.conftest import WIDTHS
from tests.conftest import PASSWORD
from tests.factory import Books
from tests.payments.cards import Shop, open_shop
from tests.staff.desk import Desk

NEW_PASSWORD = "семь вёсел под мостом"
ADD_NEWS = """
INSERT INTO article (title, body, published_at, edited_at, edited_by)
SELECT 'Отключение воды', 'С девяти до *двух*.', now() - interval '1 hour', now(), staff_id
  FROM staff WHERE login = %s
"""


@dataclass(frozen=True, slots=True)
class Walker:
    page: Page

    async def press(self, name: str) -> None:
        """A button or a link of the page itself, by its name."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=name, exact=True)
        await button.or_(main.get_by_role("link", name=name, exact=True)).first.click()

    async def open(self, section: str) -> None:
        """A section of the menu; a phone keeps the later ones behind «Ещё»."""
        menu = self.page.get_by_role("navigation", name="Разделы кабинета")
        link = menu.get_by_role("link", name=section, exact=True)
        if not await link.is_visible():
            await menu.get_by_role("link", name="Ещё").click()
        await link.click()

    async def sees(self, *words: str) -> None:
        for one in words:
            await expect(self.page.locator("main")).to_contain_text(one)

    async def log_in(self, password: str = PASSWORD) -> None:
        await self.page.fill("#login", "5500123")
        await self.page.fill("#password", password)
        await self.press("Войти")

    async def pay_at_the_bank(self) -> None:
        """§3.2 (7–12): number, month, year, code, «Оплатить»."""
        await self.page.wait_for_url("**/pay/*")
        for name, value in (
            ("number", "2200 7000 0000 0009"), ("month", "12"), ("year", "29"), ("code", "123"),
        ):  # fmt: skip
            await self.page.fill(f"input[name={name}]", value)
        await self.page.click("button:has-text('Оплатить'):not(:has-text('СБП'))")
        await self.page.wait_for_url("**/payment/*")
        while await self.page.locator("main h1:has-text('Ждём')").count():
            await self.press("Обновить")
        await self.sees("Оплачено")

    async def gets_pdf(self, address: str) -> None:
        answer = await self.page.request.get(address)
        assert answer.headers["content-type"] == "application/pdf", address
        assert (await answer.body()).startswith(b"%PDF-")


@pytest.fixture
async def shop(fund: Books, workers: Workers, tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(fund, workers, tmp_path) as shop:
        fund.rows(ADD_NEWS, Desk(shop.config).employ("editor"))
        yield shop


@pytest.fixture(params=[*WIDTHS, "phone without script"])
async def walker(
    request: pytest.FixtureRequest, chromium: Browser, shop: Shop
) -> AsyncIterator[Walker]:
    name, _, without = request.param.partition(" ")
    context = await chromium.new_context(
        viewport={"width": WIDTHS[name], "height": 800},
        base_url=shop.config.public_url,
        java_script_enabled=not without,
    )
    page = await context.new_page()
    said = listen(page)
    yield Walker(page)
    await context.close()
    assert said == []


async def test_the_manual_from_the_first_section_to_the_last(walker: Walker, shop: Shop):
    await prepares(walker)
    await pays_without_registration(walker)
    await looks_at_the_account(walker)
    await looks_at_the_details(walker)
    await pays_and_finds_the_payment(walker)
    await reads_of_the_house_and_the_news(walker)
    await changes_settings_and_leaves(walker)
    paid = shop.books.rows("SELECT count(*) FROM payment_order WHERE state = 'paid'")
    assert paid == [(2,)]


async def prepares(walker: Walker) -> None:
    """§3.1."""
    await walker.page.goto("/")
    await expect(walker.page.locator("header")).to_contain_text("Вы не авторизованы")
    await walker.press("политику конфиденциальности")
    await expect(walker.page.locator("h1")).to_contain_text("олитика")
    await walker.page.go_back()
    await walker.press("руководство пользователя")
    await expect(walker.page.locator("h1")).to_contain_text("уководство")
    await walker.page.go_back()


async def pays_without_registration(walker: Walker) -> None:
    """§3.2."""
    await walker.press("Оплата без регистрации")
    await walker.page.fill("#account", "86000000017")
    await walker.press("Оплатить услуги")
    await walker.sees("Сумма платежа рассчитана на", "Итого к оплате", "К оплате принимаются карты")
    await walker.page.fill("#principal", "100,50")
    await walker.page.fill("#penalty", "3.16")
    await walker.press("Оплатить")
    await walker.pay_at_the_bank()
    await walker.page.goto("/")


async def looks_at_the_account(walker: Walker) -> None:
    """§3.3.3, §3.4.1: any number of the account opens it."""
    await walker.log_in()
    await expect(walker.page.locator("header")).to_contain_text("Лицевой счет 86000000017")
    await walker.open("Информация")
    await walker.sees("99ЯЯ000001", "51,4", "17,12")


async def looks_at_the_details(walker: Walker) -> None:
    """§3.4.2: the range, the debt, the mode; the reference and the receipt as PDF."""
    page = walker.page
    await walker.open("Выписка")
    await page.get_by_label("с месяца").select_option("2025-11")
    await page.get_by_label("по месяц").select_option("2026-10")
    for label in ("Пеня", "Осн. долг"):
        await page.get_by_label("Задолженность").select_option(label=label)
        await walker.press("Показать")
        await expect(page.locator("#statement caption")).to_contain_text(label)
    for label in ("Общая", "Детальная", "Расширенная"):
        await page.get_by_label("Режим").select_option(label=label)
        await walker.press("Показать")
    await walker.sees("п/п 104512", "Итого")
    async with page.expect_request("**/reference.pdf?*") as asked:
        await walker.press("Справка")
    await walker.gets_pdf((await asked.value).url)
    await page.goto("/statement")
    receipt = page.get_by_role("link", name="Квитанция за октябрь 2026, PDF")
    await walker.gets_pdf(str(await receipt.get_attribute("href")))


async def pays_and_finds_the_payment(walker: Walker) -> None:
    """§3.5."""
    await walker.open("Оплатить")
    await walker.page.get_by_label("Взнос на капитальный ремонт").fill("200")
    await walker.page.get_by_label("Пеня").fill("")
    await walker.press("Оплатить")
    await walker.pay_at_the_bank()
    await walker.open("История платежей")
    await expect(walker.page.locator("#payments tbody tr")).to_have_count(2)
    await walker.sees("200,00", "в пути")


async def reads_of_the_house_and_the_news(walker: Walker) -> None:
    """§3.6, §3.7."""
    await walker.open("Список работ")
    await walker.sees("1987", "Ремонт крыши", "2027")
    await walker.open("Новости")
    await walker.press("Отключение воды")
    await walker.sees("С девяти до двух.")
    await walker.page.go_back()
    await walker.press("Подписаться")


async def changes_settings_and_leaves(walker: Walker) -> None:
    """§3.8: receipts by e-mail, another address, another password, the way out and in again."""
    page = walker.page
    await expect(page.locator("h1")).to_have_text("Настройки личного кабинета")
    receipts = page.locator("form[action='/settings/receipts']")
    await receipts.get_by_role("button", name="Подписаться").click()
    await receipts.get_by_role("button", name="Отписаться").click()
    address = page.locator("form[action='/settings/email']")
    await address.locator("[name=password]").fill(PASSWORD)
    await address.locator("[name=email]").fill("alisa@example.com")
    await walker.press("Изменить")
    await walker.sees("alisa@example.com")
    await page.fill("#current", PASSWORD)
    await page.fill("#new", NEW_PASSWORD)
    await page.fill("#repeat", NEW_PASSWORD)
    await walker.press("Сменить пароль")
    await page.get_by_role("button", name="Выход").click()
    await expect(page.locator("header")).to_contain_text("Вы не авторизованы")
    await walker.log_in(NEW_PASSWORD)
    await page.wait_for_url("**/account")
