"""From the payment page to the ledger, with the demo's bank on the other end."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lkcap.demo.bank import Fault, Way
from lkcap.kit.workers import Workers
from tests.factory import Books
from tests.payments.cards import Shop, open_shop
from tests.payments.conftest import ALICE, NUMBER

BOTH = [("penalty", 32), ("principal", 87997)]


@pytest.fixture
async def shop(books: Books, workers: Workers, tmp_path: Path) -> AsyncIterator[Shop]:
    books.house().account().entry("2026-11").entry("2026-11", kind="penalty", amount="0,32").load()
    books.subscriber(ALICE, NUMBER)
    async with open_shop(books, workers, tmp_path, bank="sngb") as shop:
        await shop.browser.login(ALICE)
        yield shop


@pytest.mark.parametrize("fault", [None, Fault.REPEAT, Fault.TEN_AT_ONCE, Fault.FAIL_FIRST])
async def test_a_payment_is_booked_once_and_its_page_says_so(shop: Shop, fault: Fault | None):
    if fault:
        shop.bank.faults.add(fault)
    result = await shop.pay()
    assert (sorted(shop.entries()), shop.state()) == (BOTH, "paid")
    assert shop.balances() == {"principal": 0, "penalty": 0}
    assert (await shop.browser.get(result)).page.h1 == "Оплачено 880,29 ₽"


@pytest.mark.parametrize(("way", "state"), [(Way.CANCEL, "cancelled"), (Way.REFUSED, "failed")])
async def test_no_money_is_no_entry(shop: Shop, way: Way, state: str):
    result = await shop.pay(way)
    assert (shop.entries(), shop.state()) == ([], state)
    assert (await shop.browser.get(result)).status == 200


@pytest.mark.parametrize("fault", [Fault.FORGED, Fault.BAD_SIGNATURE])
async def test_a_word_that_the_bank_does_not_stand_by_books_nothing(shop: Shop, fault: Fault):
    shop.bank.faults.add(fault)
    await shop.pay(Way.REFUSED)
    assert shop.entries() == []
