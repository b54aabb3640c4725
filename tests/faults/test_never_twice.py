"""What random histories have broken once, told one by one (contract §6, «Never twice»)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from lkcap.exchange.payments import load_payments
from lkcap.exchange.report import Report
from lkcap.payments.order import new_order_id
from tests.exchange.registry import CLOCK, OWN, entries, line, outcomes, owed, take, wrong
from tests.exchange.texts import put
from tests.factory import Books
from tests.faults.papers import registry_text
from tests.payments.taken import NEWS, Till

TRX = "FA4E7777"
PAID = replace(NEWS, trx_id=TRX, amount=10000)


@pytest.fixture
def opened(books: Books) -> Iterator[Books]:
    """879,97 owed; the books must agree whatever the test has done."""
    books.house().account().entry("2026-10").load()
    yield books
    assert wrong(books) == {}


def take_of_sber(books: Books, amount: int = 10000) -> Report:
    path = put(books, "sber.txt", registry_text([(TRX, OWN, amount)], "sber", 1))
    return load_payments(books.database, path, "sber", clock=CLOCK)


def billed(books: Books, amount: str) -> Report:
    return books.entry("2026-11", op="payment", amount=amount, bank_ref=TRX).load()


def test_two_registries_of_different_formats_tell_of_one_operation(opened: Books):
    take(opened, line(TRX))
    assert outcomes(take_of_sber(opened)) == {"known": (1, 10000)}
    assert owed(opened) == {"principal": (87997, -10000)}


async def test_a_refund_of_a_registry_stands_beside_billing_s_payment(opened: Books):
    await Till(opened).news(await Till(opened).order(10000), PAID)
    take(opened, line(TRX), line(TRX, amount="-40,00"))
    billed(opened, "100,00")
    assert owed(opened) == {"principal": (77997, 4000)}
    billed(opened, "-40,00")
    assert owed(opened) == {"principal": (81997, 0)}


async def test_billing_s_refund_alone_does_not_confirm_the_payment(opened: Books):
    billed(opened, "-40,00")
    await Till(opened).news(await Till(opened).order(10000), PAID)
    assert owed(opened) == {"principal": (91997, -10000)}
    billed(opened, "100,00")
    assert owed(opened) == {"principal": (81997, 0)}


async def test_a_registry_knows_whose_money_without_an_order_is(opened: Books):
    await Till(opened).news(new_order_id(), PAID)
    assert entries(opened) == []
    assert outcomes(take(opened, line(TRX))) == {"found": (1, 10000)}
    assert outcomes(take(opened, line(TRX))) == {"known": (1, 10000)}
    assert opened.rows("SELECT trx_id, account_id IS NULL FROM payment") == [(TRX, False)]
    assert owed(opened) == {"principal": (87997, -10000)}


async def test_money_that_two_have_told_of_without_an_account_waits_once(opened: Books):
    lines = [line(TRX, account="404")]
    take(opened, *lines)
    await Till(opened).news(new_order_id(), PAID)
    opened.account("404", premises="40").load()
    assert outcomes(take(opened, *lines)) == {"found": (1, 10000)}
    assert opened.rows("SELECT trx_id, account_id IS NULL FROM payment") == [(TRX, False)]
