"""Alice opens the page of her house."""

from collections.abc import Awaitable, Callable
from html import unescape

import pytest

from tests.browserless import Browser, Page, plain
from tests.factory import Books

ALICE = "alice@example.com"
NUMBER = "86000000017"

Opener = Callable[[], Awaitable[Page]]


def told(page: Page) -> str:
    """Everything on the page as its reader reads it."""
    return plain(unescape(page.text))


def inside(page: Page) -> str:
    """The same of id="house"."""
    part = page.html.partition('<div id="house">')[2].partition('<section aria-labelledby="works">')
    return told(Page(part[0]))


@pytest.fixture
def house_page(browser: Browser, books: Books) -> Opener:
    """Load what the test wrote, log Alice in, open «Список работ»."""

    async def open_it() -> Page:
        books.load()
        books.subscriber(ALICE, NUMBER)
        assert (await browser.login(ALICE)).status == 303
        return await browser.page("/house")

    return open_it
