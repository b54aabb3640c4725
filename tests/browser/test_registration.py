"""From an application to the account, the way people go (manual §3.3, §3.8.3).

Letters leave the site by SMTP; what the reader does next he reads in them.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from aiohttp.test_utils import TestServer, unused_port
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from playwright.async_api import Browser, Page, expect

from lkcap.app import make_app
from lkcap.config import Config
from lkcap.kit.workers import Workers
from tests.browser.checks import listen
from tests.browser.conftest import WIDTHS
from tests.conftest import settings
from tests.factory import Books
from tests.mail.outbox import text_of
from tests.mail.sink import Sink, running
from tests.staff import desk

EMAIL, NEW_PASSWORD = "anna@example.com", "пять сосен у переправы"
# By the labels of the form.
ANSWERS = {
    "Адрес": "г. Северореченск, ул. Кедровая, д. 14, кв. 27",
    "Лицевой счёт": "5500123",
    "Фамилия": "Примерова",
    "Имя": "Анна",
    "Отчество": "Петровна",
    "Электронная почта": EMAIL,
    "Телефон": "8 (912) 345-67-89",
    "Номер документа": "99/2020/000000001",
    "Дата документа": "14.02.2020",
}


@dataclass(frozen=True, slots=True)
class Town:
    """The site, the relay its letters go to, and browsers for people."""

    chromium: Browser
    config: Config
    post: Sink
    script: bool

    @asynccontextmanager
    async def person(self, width: int) -> AsyncIterator[Page]:
        """Somebody with a browser of his own; whatever its console says is an error."""
        context = await self.chromium.new_context(
            viewport={"width": width, "height": 800},
            base_url=self.config.public_url,
            java_script_enabled=self.script,
        )
        page = await context.new_page()
        said = listen(page)
        yield page
        await context.close()
        assert said == []

    async def letter(self, number: int) -> str:
        """The text of the letter that came as the `number`-th; waits for it."""
        async with asyncio.timeout(20):
            while len(self.post.letters) < number:
                self.post.arrived.clear()
                await self.post.arrived.wait()
        assert self.post.recipients[number - 1] == EMAIL
        return text_of(self.post.letters[number - 1])


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
async def town(
    request: pytest.FixtureRequest, chromium: Browser, fund: Books, workers: Workers
) -> AsyncIterator[Town]:
    port = unused_port()
    async with running(Sink()) as post:
        more = {"public_url": f"http://127.0.0.1:{port}", "smtp_url": post.url}
        config = Config(**settings(fund.database, **more))
        app = make_app(config, PasswordHasher.from_parameters(CHEAPEST), workers)
        async with TestServer(app, port=port):
            yield Town(chromium, config, post, request.param)


def link_in(letter: str) -> str:
    found = re.search(r"http://\S+", letter)
    assert found, letter
    return found[0]


async def apply(page: Page) -> None:
    await page.goto("/")
    await page.click("text=Зарегистрироваться")
    for label, answer in ANSWERS.items():
        await page.get_by_label(label, exact=True).fill(answer)
    await page.get_by_label("Тип документа").select_option("extract")
    await page.get_by_label("Согласен на обработку").check()
    await page.click("button:has-text('Зарегистрироваться')")
    await expect(page.locator("h1")).to_have_text("Мы отправили письмо")


async def approve(page: Page, config: Config) -> None:
    """The operator takes the only application, finds that all agrees, and opens the account."""
    await page.goto("/staff")
    await page.get_by_label("Логин").fill(desk.Desk(config).employ("operator"))
    await page.get_by_label("Пароль").fill(desk.PASSWORD)
    await page.get_by_label("Код").fill(desk.code())
    await page.click("main button")
    await page.goto("/staff/applications")
    await page.click("text=Взять следующую")
    await expect(page.locator("h1")).to_contain_text("всё сходится")
    await page.check("#decision-approve")
    await page.click("text=Сохранить решение")
    await expect(page.get_by_role("heading", name="Доступ открыт")).to_be_visible()


async def enter(page: Page, letter: str) -> None:
    """With the one-time password, which opens only the page where a new one is set."""
    told = re.search(r"Одноразовый пароль: (\S+)", letter)
    assert told, letter
    await page.goto(link_in(letter))
    await page.fill("#login", EMAIL)
    await page.fill("#password", told[1])
    await page.click("button:has-text('Войти')")
    await expect(page.locator("h1")).to_have_text("Придумайте новый пароль")
    await page.fill("#new", NEW_PASSWORD)
    await page.fill("#repeat", NEW_PASSWORD)
    await page.click("text=Сохранить пароль")


async def test_from_the_application_to_the_account(town: Town):
    async with town.person(WIDTHS["phone"]) as anna, town.person(WIDTHS["desktop"]) as operator:
        await apply(anna)
        await anna.goto(link_in(await town.letter(1)))
        await anna.click("main button:has-text('Подтвердить')")
        await expect(anna.locator("h1")).to_have_text("Почта подтверждена")
        await approve(operator, town.config)
        await enter(anna, await town.letter(2))
        await anna.goto("/account")
        await expect(anna.locator("header")).to_contain_text("86000000017")
        await anna.click("text=Выход")
        await anna.fill("#login", "86000000017")
        await anna.fill("#password", NEW_PASSWORD)
        await anna.click("button:has-text('Войти')")
        await expect(anna).to_have_url(re.compile("/account$"))
        await expect(anna.locator("main")).to_contain_text("99ЯЯ000001")
