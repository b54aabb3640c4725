"""Выписка as its reader sees it."""

from tests.browserless import Browser
from tests.factory import Books

ALICE = "alice@example.com"


async def test_the_statement_shows_a_row_for_every_month(browser: Browser, books: Books):
    books.house().account().entry("2026-09").entry("2026-10", op="payment", amount="879,97").load()
    books.subscriber(ALICE, "86000000017")
    await browser.login(ALICE)
    page = await browser.page("/statement?mode=general")
    months = [row[0] for row in page.table("statement")][1:]
    assert months == [
        "сентябрь 2026",
        "октябрь 2026",
        "ноябрь 2026 предварительно",
        "Итого",
    ]


async def test_a_stranger_is_sent_to_the_front_page(browser: Browser):
    answer = await browser.get("/statement")
    assert (answer.status, answer.location) == (303, "/")
