"""Pages of the demo that no link of the site leads to: the way to each, as people come to it."""

import io
import re
from collections.abc import Awaitable, Callable

import pypdfium2
from playwright.async_api import Page

from lkcap.demo.settling import PASSWORD
from tests.browser.camera import enter, enter_desk, in_letters

OWNER, ACCOUNT = "one-month@example.com", "86000000025"
NEW_EMAIL = "anna-new@example.com"
# By the labels of the form.
ANSWERS = {
    "Адрес": "г. Северореченск, ул. Кедровая, д. 14, кв. 3",
    "Лицевой счёт": "86000000017",
    "Фамилия": "Примерова",
    "Имя": "Анна",
    "Отчество": "Петровна",
    "Электронная почта": "anna@example.com",
    "Телефон": "8 (912) 345-67-89",
    "Номер документа": "99/2020/000000001",
    "Дата документа": "14.02.2020",
}

# Given a page of somebody who is logged in nowhere, and where letters are read: an address.
Way = Callable[[Page, str], Awaitable[str]]


async def register_confirm(page: Page, post: str) -> str:
    await page.goto("/register")
    for label, answer in ANSWERS.items():
        await page.get_by_label(label, exact=True).fill(answer)
    await page.keyboard.press("Escape")
    await page.get_by_label("Тип документа").select_option("extract")
    await page.check("#consent")
    await page.click("button:has-text('Зарегистрироваться')")
    await page.wait_for_url("**/register/sent")
    return await in_letters(page, post, r"/register/confirm/[\w-]+")


async def verified(page: Page, _: str) -> str:
    """The code stands on the paper."""
    await enter(page, OWNER)
    answer = await page.request.get("/reference.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(await answer.body()))
    text = "".join(one.get_textpage().get_text_range() for one in document)
    document.close()
    found = re.search(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b", text)
    assert found, text
    # whoever holds the paper need not be logged in
    await page.context.clear_cookies()
    return f"/verify/{found[0]}"


async def unsubscribed(page: Page, post: str) -> str:
    """A reminder of a login from a new device, which the next login is."""
    await enter(page, OWNER)
    await page.goto("/settings")
    await page.get_by_label("Когда в кабинет вошли с нового устройства").check()
    await page.click("button:has-text('Сохранить напоминания')")
    await page.context.clear_cookies()
    await enter(page, OWNER)
    await page.context.clear_cookies()
    return await in_letters(page, post, r"/unsubscribe/reminder/[\w=-]+")


async def email_confirm(page: Page, post: str) -> str:
    await enter(page, OWNER)
    await page.goto("/settings")
    form = page.locator("form[action='/settings/email']")
    await form.locator("[name=password]").fill(PASSWORD)
    await form.locator("[name=email]").fill(NEW_EMAIL)
    await form.get_by_role("button", name="Изменить").click()
    return await in_letters(page, post, r"/settings/email/[\w-]{20,}")


async def new_password(page: Page, post: str) -> str:
    await page.goto("/restore")
    await page.fill("#account", ACCOUNT)
    await page.fill("#email", OWNER)
    await page.click("button:has-text('Восстановить')")
    password = await in_letters(page, post, r"Одноразовый пароль: (\S+)")
    await page.goto("/")
    await page.fill("#login", OWNER)
    await page.fill("#password", password)
    await page.click("button:has-text('Войти')")
    return "/settings/password/new"


async def invitation(page: Page, post: str) -> str:
    await enter(page, OWNER)
    await page.goto("/settings/sharing")
    await page.fill("[name=called]", "дочь Мария")
    await page.fill("[name=email]", "maria@example.com")
    await page.click("button:has-text('Пригласить')")
    await page.context.clear_cookies()
    return await in_letters(page, post, r"/invitation/[\w-]+")


async def application(page: Page, post: str) -> str:
    """The newest, as the employee who decides it sees it."""
    await page.goto(await register_confirm(page, post))
    await page.click("main button:has-text('Подтвердить')")
    await enter_desk(page, "operator")
    await page.goto("/staff/applications")
    address = await page.locator("main th a").last.get_attribute("href")
    assert address
    return address


async def code_new(page: Page, _: str) -> str:
    await enter(page, OWNER)
    await page.goto("/settings/code")
    await page.fill("[name=password]", PASSWORD)
    await page.click("main button:has-text('Подключить')")
    return "/settings/code/new"


BEHIND: dict[str, Way] = {
    "register-confirm": register_confirm,
    "verify-reference": verified,
    "unsubscribe": unsubscribed,
    "settings-email-confirm": email_confirm,
    "settings-code-new": code_new,
    "invitation": invitation,
    "staff-application": application,
    "new-password": new_password,
}
