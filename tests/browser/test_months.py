"""The lists of months of a long statement: whole with a script, in two steps without."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from tests.browser.checks import listen
from tests.conftest import PASSWORD
from tests.factory import Books

VALUES = "ids => ids.map(id => [...document.getElementById(id).options].map(one => one.value))"


@pytest.fixture
async def page(
    request: pytest.FixtureRequest, chromium: Browser, app: web.Application, books: Books
) -> AsyncIterator[Page]:
    """A reader's whose account is twelve years old, at his statement."""
    books.house().account().entry("2014-09").entry("2026-10").load()
    books.subscriber("alice@example.com", "86000000017")
    async with TestServer(app) as server:
        context = await chromium.new_context(
            base_url=str(server.make_url("/")), java_script_enabled=request.param
        )
        page = await context.new_page()
        said = listen(page)
        await page.goto("/")
        await page.fill("#login", "alice@example.com")
        await page.fill("#password", PASSWORD)
        await page.click("text=Войти")
        await page.goto("/statement")
        yield page
        await context.close()
        assert said == []


async def choose(page: Page, first: str, last: str) -> None:
    await page.select_option("#from", first)
    await page.select_option("#to", last)
    await page.click("text=Показать")


@pytest.mark.parametrize("page", [True], indirect=True)
async def test_every_month_stands_in_both_lists(page: Page):
    for months in await page.evaluate(VALUES, ["from", "to"]):
        assert len(months) == len(set(months)) == 147
        assert months[0] == "2026-01", "the newest year first, its months in order"
        assert months[11:23] == [f"2025-{month:02d}" for month in range(1, 13)]
        assert months[-4:] == ["2014-09", "2014-10", "2014-11", "2014-12"]
    assert await page.locator(".no-script").count() == 0
    await choose(page, "2016-05", "2017-02")
    await expect(page.locator("#statement caption")).to_contain_text("с мая 2016")


@pytest.mark.parametrize("page", [False], indirect=True)
async def test_without_scripts_a_far_month_is_two_steps_away(page: Page):
    await expect(page.locator(".controls")).to_contain_text("У прежних лет")
    await choose(page, "2016-01", "2017-12")
    await choose(page, "2016-05", "2017-02")
    await expect(page.locator("#statement caption")).to_contain_text("с мая 2016")
    assert await page.input_value("#to") == "2017-02"
