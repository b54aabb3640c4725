"""A site whose reader is logged in, and one to which a test may add pages."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.browserless import Browser
from tests.conftest import PASSWORD
from tests.factory import Books

ALICE = "alice@example.com"

Opener = Callable[[web.Application], Awaitable[Browser]]


@pytest.fixture
async def opened() -> AsyncIterator[Opener]:
    """Start an application that the test has made itself, and open a browser at it."""
    async with AsyncExitStack() as stack:

        async def start(app: web.Application) -> Browser:
            server = await stack.enter_async_context(TestServer(app))
            return await stack.enter_async_context(Browser(server, PASSWORD))

        yield start


@pytest.fixture
async def reader(browser: Browser, books: Books) -> Browser:
    """Alice, logged in."""
    books.house().account().entry("2026-10").load()
    books.subscriber(ALICE, "86000000017")
    assert (await browser.login(ALICE)).status == 303
    return browser
