"""The address field in Chromium: houses are offered while one types, by keys and by mouse."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from tests.browser.checks import listen
from tests.factory import Books

OFFERED = ".choices [role=option]"
FIRST = "г. Северореченск, ул. Кедровая, д. 14"


@pytest.fixture
async def form(chromium: Browser, app: web.Application, books: Books) -> AsyncIterator[Page]:
    """The application's form before somebody who has no login; the console must stay silent."""
    books.house().house(house_id="H-2", address="г. Северореченск, ул. Кедровая, д. 140").load()
    async with TestServer(app) as server:
        page = await chromium.new_page(base_url=str(server.make_url("/")))
        said = listen(page)
        await page.goto("/register")
        yield page
        await page.close()
        assert said == []


async def test_houses_are_chosen_with_the_keyboard(form: Page):
    field = form.get_by_role("combobox", name="Адрес")
    await field.press_sequentially("север кедр 1")
    options = form.locator(OFFERED)
    await expect(options).to_have_count(2)
    await expect(field).to_have_attribute("aria-expanded", "true")
    await field.press("ArrowDown")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await field.press("Enter")
    await expect(field).to_have_value(f"{FIRST}, кв. ")
    await expect(options).to_have_count(0)
    # the form was not sent by that Enter
    assert form.url.endswith("/register")


async def test_a_house_is_chosen_with_the_mouse_and_the_flat_is_typed(form: Page):
    field = form.get_by_role("combobox", name="Адрес")
    await field.press_sequentially("кедровая")
    await form.locator(".choices").get_by_role("option", name=FIRST, exact=True).click()
    await expect(field).to_be_focused()
    await field.press_sequentially("27")
    await expect(field).to_have_value(f"{FIRST}, кв. 27")
    await expect(form.locator(OFFERED)).to_have_count(0)


async def test_escape_leaves_what_was_typed(form: Page):
    field = form.get_by_role("combobox", name="Адрес")
    await field.press_sequentially("кедровая")
    await expect(form.locator(OFFERED)).to_have_count(2)
    await field.press("Escape")
    await expect(form.locator(OFFERED)).to_have_count(0)
    await expect(field).to_have_value("кедровая")


async def test_the_switch_shows_the_fields_of_its_applicant(form: Page):
    await expect(form.get_by_label("ИНН")).to_be_hidden()
    await form.get_by_label("Организация", exact=True).check()
    await expect(form.get_by_label("ИНН")).to_be_visible()
    await expect(form.get_by_label("Фамилия")).to_be_hidden()
