"""Alice opens her account's page."""

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


@pytest.fixture
def account_page(browser: Browser, books: Books) -> Opener:
    """Load what the test wrote, log Alice in, open «Информация»."""

    async def open_it() -> Page:
        books.load()
        books.subscriber(ALICE, NUMBER)
        assert (await browser.login(ALICE)).status == 303
        return await browser.page("/account")

    return open_it
