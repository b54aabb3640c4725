"""The archive, the marks beside months, the files: who gets them, and who does not."""

import multiprocessing
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from lkcap.app import make_app
from lkcap.config import Config
from lkcap.kit.workers import Workers
from tests.browserless import Browser
from tests.conftest import PASSWORD
from tests.factory import Books
from tests.pdf import codes_in, fields_of, text_of

ANNA, BORIS = "anna@example.com", "boris@example.com"
OCTOBER = "/receipts/2026-10.pdf"


@pytest.fixture
def region(books: Books) -> Books:
    """Anna's account with books from August on, Boris's beside it."""
    books.house().account().account("86000000025", last_name="Соседов", premises="28")
    for month in ("2026-08", "2026-09", "2026-10", "2026-11"):
        books.entry(month).entry(month, account="86000000025", amount="500,00")
    books.load()
    return books.subscriber(ANNA, "86000000017").subscriber(BORIS, "86000000025")


@pytest.fixture
async def anna(region: Books, browser: Browser) -> Browser:
    await browser.login(ANNA)
    return browser


async def test_the_mark_of_a_closed_month_gives_its_receipt(anna: Browser):
    page = (await anna.get("/statement")).page
    assert OCTOBER in page.links
    answer = await anna.get(OCTOBER)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "86000000017" in text_of(answer.body)


@pytest.mark.parametrize("mode", ["detailed", "extended", "general"])
async def test_marks_stand_in_the_modes_that_name_services(anna: Browser, mode: str):
    links = (await anna.get(f"/statement?mode={mode}")).page.links
    marks = [link for link in links if link.endswith(".pdf")]
    assert len(marks) == (0 if mode == "general" else 3)


@pytest.mark.parametrize("month", ["2026-11", "2026-12", "2026-07", "2026-13", "1200-01"])
async def test_a_month_without_a_receipt_is_not_found(anna: Browser, month: str):
    assert (await anna.get(f"/receipts/{month}.pdf")).status == 404


async def test_an_anonymous_reader_is_sent_to_the_door(region: Books, browser: Browser):
    for address in ("/receipts", OCTOBER, "/receipts/2026.pdf"):
        answer = await browser.get(address)
        assert (answer.status, answer.location) == (303, "/")


async def test_each_reader_gets_his_own(anna: Browser, neighbour: Browser):
    await neighbour.login(BORIS)
    theirs = (await neighbour.get(OCTOBER)).body
    assert "Соседов" in text_of(theirs)
    assert "Соседов" not in text_of((await anna.get(OCTOBER)).body)


async def test_the_archive_lists_closed_months_with_what_was_due(anna: Browser):
    page = (await anna.get("/receipts")).page
    rows = page.table("receipts")
    assert [row[0].split()[0] for row in rows[1:]] == ["октябрь", "сентябрь", "август"]
    assert [row[1] for row in rows[1:]] == ["2 639,91", "1 759,94", "879,97"]
    assert "/receipts/2026.pdf" in page.links


async def test_the_archive_of_an_account_without_books_says_so(books: Books, browser: Browser):
    books.house().account().load()
    books.subscriber(ANNA, "86000000017")
    await browser.login(ANNA)
    assert "Квитанций ещё нет" in (await browser.get("/receipts")).page.text


@pytest.mark.parametrize("year", ["2025", "x", "99999999999", "²"])
async def test_a_year_without_receipts_is_senseless(anna: Browser, year: str):
    assert (await anna.get(f"/receipts?year={year}")).status == 422


async def test_a_year_is_one_file(anna: Browser):
    codes = codes_in((await anna.get("/receipts/2026.pdf")).body)
    assert [fields_of(one)["PaymPeriod"] for one in codes] == ["082026", "092026", "102026"]
    assert (await anna.get("/receipts/2025.pdf")).status == 404


async def test_a_replaced_receipt_stays_in_reach(anna: Browser, region: Books):
    before = (await anna.get(OCTOBER)).body
    region.entry("2026-10", op="recalculation", amount="-100,00", document="исправление").load()
    after = (await anna.get(OCTOBER)).body
    assert "версия 2, заменяет" in text_of(after)
    assert (await anna.get(f"{OCTOBER}?version=1")).body == before
    page = (await anna.get("/receipts")).page
    assert f"{OCTOBER}?version=1" in page.links
    assert (await anna.get(f"{OCTOBER}?version=3")).status == 404


async def test_a_new_owner_sees_nothing_of_the_former(
    anna: Browser, region: Books, neighbour: Browser
):
    await anna.get("/receipts/2026-09.pdf")
    await anna.get(OCTOBER)
    region.account(last_name="Новиков", valid_from="2026-10-05").load()
    region.subscriber(BORIS, "86000000017")
    await neighbour.login("86000000017")
    await neighbour.post("/account/switch", account="86000000017")
    assert (await neighbour.get("/receipts/2026-09.pdf")).status == 404
    assert "Новиков" in text_of((await neighbour.get(OCTOBER)).body)
    assert (await neighbour.get(f"{OCTOBER}?version=2")).status == 404
    assert len((await neighbour.get("/receipts")).page.table("receipts")) == 2


async def test_a_receipt_survives_the_death_of_every_worker(anna: Browser):
    before = (await anna.get(OCTOBER)).body
    children = multiprocessing.active_children()
    assert children
    for one in children:
        one.kill()
        # dead, not dying: a job that meets its death twice in a row is given up
        one.join()
    assert (await anna.get(OCTOBER)).body == before


@pytest.fixture
async def hurried(config: Config, region: Books) -> AsyncIterator[Browser]:
    """A site whose documents are always late."""
    workers = Workers(1, 1, seconds=0)
    app: web.Application = make_app(config, PasswordHasher.from_parameters(CHEAPEST), workers)
    async with TestServer(app) as server, Browser(server, PASSWORD) as browser:
        await browser.login(ANNA)
        yield browser
    await workers.close()


async def test_a_late_document_is_a_page_in_words(hurried: Browser):
    answer = await hurried.get(OCTOBER)
    assert answer.status == 503
    assert answer.headers["Retry-After"]
    assert "Документ готовится дольше обычного" in answer.page.text
