"""A fund with requisites, an account that owes both kinds, and what a camera reads."""

import io
from collections.abc import Awaitable, Callable

import pytest
import zxingcpp
from PIL import Image

from lkcap.config import Config
from tests.browserless import Browser, Page
from tests.conftest import settings
from tests.factory import Books

ALICE, NUMBER = "alice@example.com", "86000000017"
FUND = {
    "name": "Фонд капитального ремонта (демо)",
    "phone": "8 (000) 100-00-86",
    "inn": "8600000014",
    "kpp": "860001001",
    "account": "40703810600000000042",
    "bank_name": "ДЕМО БАНК г. Ханты-Мансийск",
    "bic": "049999999",
    "corr_account": "30101810300000000999",
}
PENALTY_ACCOUNT = "40703810900000000043"
TWO_ACCOUNTS = {"fund": FUND | {"penalty_account": PENALTY_ACCOUNT}}
HOUSE_TERMS = {
    "house_id": "H-1",
    "valid_from": "2026-01-01",
    "name": "Фонд капитального ремонта (демо), спец. счёт",
    "inn": "8600000014",
    "account": "40703810200000000044",
    "bank_name": "ДЕМО БАНК г. Ханты-Мансийск",
    "bic": "049999999",
    "corr_account": "30101810300000000999",
}

Opener = Callable[[], Awaitable[Page]]


@pytest.fixture
def terms() -> dict[str, object]:
    """The settings that a test may wish otherwise."""
    return {"fund": FUND}


@pytest.fixture
def config(database: str, terms: dict[str, object]) -> Config:
    return Config(**settings(database, **terms))


@pytest.fixture
def november(books: Books) -> Books:
    """879,97 of the open month and 0,32 of penalty, not loaded yet."""
    books.house().account(aliases="5500123")
    return books.entry("2026-11").entry("2026-11", kind="penalty", amount="0,32")


@pytest.fixture
def payment_page(browser: Browser, books: Books) -> Opener:
    """Load what the test wrote, log Alice in, open «Оплатить»."""

    async def open_it() -> Page:
        books.load()
        books.subscriber(ALICE, NUMBER)
        assert (await browser.login(ALICE)).status == 303
        return await browser.page("/payment")

    return open_it


def read(picture: bytes) -> str:
    """What a bank's camera sees."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return found.bytes.decode()


async def scanned(browser: Browser, address: str) -> dict[str, str]:
    """The fields of the code behind an address."""
    answer = await browser.get(address)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png"), answer.status
    service, *pairs = read(answer.body).split("|")
    assert service == "ST00012"
    return dict(pair.split("=", 1) for pair in pairs)


def facts(page: Page) -> dict[str, str]:
    """The requisites as the page lists them."""
    names = [one.text_content() for one in page.all("dl.facts dt")]
    return dict(zip(names, [one.text_content() for one in page.all("dl.facts dd")], strict=True))


def pictures(page: Page) -> list[str]:
    return [one.get("src", "") for one in page.all("img")]
