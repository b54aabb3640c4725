"""A subscriber with one account, and articles written by the desk."""

from datetime import UTC, datetime

import pytest

from lkcap.config import Config
from tests.browserless import Browser
from tests.factory import Books
from tests.staff.desk import Desk

ALICE, NUMBER = "alice@example.com", "86000000017"


@pytest.fixture
async def reader(browser: Browser, books: Books) -> Browser:
    """Alice, logged in."""
    books.house().account().entry("2026-10").load()
    books.subscriber(ALICE, NUMBER)
    assert (await browser.login(ALICE)).status == 303
    return browser


@pytest.fixture
def publish(books: Books, config: Config):
    """`publish("Заголовок")`: for everyone, a moment ago."""
    login = Desk(config).employ("editor", "writer")

    def add(title: str, town: str = "") -> None:
        now = datetime.now(UTC)
        books.rows(
            "INSERT INTO article (title, body, published_at, town, edited_at, edited_by)"
            " SELECT %s, 'Текст.', %s, %s, %s, staff_id FROM staff WHERE login = %s"
            " RETURNING article_id",
            title, now, town, now, login,
        )  # fmt: skip

    return add
