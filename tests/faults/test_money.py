"""Nothing that a bank, a network or a crash does loses a kopeck or books it twice.

Payments go through a bank that misbehaves at random while the site is killed and started again.
Then the bank's book and ours are compared, order by order. LKCAP_TEST_PAYMENTS asks for more.
"""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port

from lkcap.banks.gpb.start import start_url
from lkcap.config import Config
from lkcap.demo.acquiring import bank_settings, merchant_settings
from lkcap.demo.bank import BankServer, Fault, Way, running
from lkcap.kit.db import Database
from lkcap.payments import orders
from lkcap.payments.order import Split, new_order_id
from tests.conftest import settings
from tests.factory import Books
from tests.faults.serving import Serving
from tests.payments.cards import NOW
from tests.payments.conftest import FUND

PAYMENTS = int(os.environ.get("LKCAP_TEST_PAYMENTS", "2000"))
PAYERS = 12  # at once
ACCOUNTS = 25
WAYS = [Way.GOOD] * 6 + [Way.SBP, Way.REFUSED, Way.CANCEL, Way.EARLY]
FAULTS = [
    Fault.OVERPAID, Fault.UNDERPAID, Fault.FAIL_FIRST, Fault.REORDER, Fault.SECOND_SUCCESS,
    Fault.OLD_KEY, Fault.ORDER_2018, Fault.NO_MERCHANT_TRX, Fault.UNKNOWN_PARAMETERS,
    Fault.BROWSER_FIRST, Fault.REPEAT, Fault.TEN_AT_ONCE,
]  # fmt: skip


@pytest.fixture
def accounts(books: Books) -> list[int]:
    books.house()
    for number in range(ACCOUNTS):
        account = f"860000{number:05d}"
        books.account(account, premises=str(number + 1))
        books.entry("2026-10", account=account, amount="9000000,00")
        books.entry("2026-10", account=account, amount="9000,00", kind="penalty")
    books.load()
    return [one for (one,) in books.rows("SELECT account_id FROM account ORDER BY account_id")]


@asynccontextmanager
async def a_shop(books: Books, folder: Path) -> AsyncIterator[tuple[BankServer, Serving, Config]]:
    port = unused_port()
    site = f"http://127.0.0.1:{port}"
    terms = replace(
        bank_settings(site, folder),
        # patient enough for a site that is being started
        pauses=(0.05, 0.1, 0.3, 0.5, *[1.0] * 60),
        timeout=3,
        slow_card=0.01,
        browser_lead=0.01,
        now=lambda: NOW,
    )
    async with running(terms) as bank:
        merchant = merchant_settings(bank.url, site, folder) | {"fee": {}}
        values = settings(books.database, fund=FUND, public_url=site, port=port) | merchant
        serving = Serving(values)
        await serving.start()
        try:
            yield bank, serving, Config(**values)
        finally:
            await serving.stop()


async def test_the_banks_book_and_ours_are_one(books: Books, accounts: list[int], tmp_path: Path):
    chance = random.Random(2026)
    database = Database(books.database, size=PAYERS)
    ordered: dict[str, int] = {}
    async with a_shop(books, tmp_path / "bank") as (bank, serving, config):
        trouble = asyncio.create_task(_kill_now_and_then(serving, chance))

        async def payer() -> None:
            while len(ordered) < PAYMENTS:
                order_id = new_order_id()
                ordered[order_id] = account = chance.choice(accounts)
                await _add_order(database, order_id, account, chance)
                await _pay(bank, config, order_id, chance)

        await asyncio.gather(*(payer() for _ in range(PAYERS)))
        trouble.cancel()
        with suppress(asyncio.CancelledError):
            await trouble
        if not await serving._answers():
            await serving.start()
        await bank.settled()
        kills = serving.kills
    await database.close()
    _compare(books, bank, ordered)
    # seen with -s, for the run by hand
    sys.stdout.write(f"{len(ordered)} orders, {len(bank.book)} payments taken, {kills} kills\n")
    assert kills > 0


async def _add_order(
    database: Database, order_id: str, account_id: int, chance: random.Random
) -> None:
    async with database.transaction() as conn:
        await orders.add_order(
            conn,
            order_id,
            account_id=account_id,
            subscriber_id=None,
            bank="gpb",
            bank_account="FA4E0000000000000000000000000002",
            sums=Split(chance.randrange(1, 500_000), chance.randrange(0, 400)),
            fee=None,
            minutes=30,
            parts=(),
        )


async def _pay(bank: BankServer, config: Config, order_id: str, chance: random.Random) -> None:
    """As a payer does, at a bank that may do anything; a site that is down refuses the check."""
    back = f"{config.public_url}/payment/{order_id}"
    page = await bank.payer.open(start_url(config.gpb, order_id, back, back))
    bank.attempt(order_id).faults |= set(chance.sample(FAULTS, chance.choice((0, 0, 1, 1, 2))))
    await bank.payer.submit(page, chance.choice(WAYS))


async def _kill_now_and_then(serving: Serving, chance: random.Random) -> None:
    while True:
        await asyncio.sleep(chance.uniform(0.5, 6))
        await serving.kill()
        await asyncio.sleep(chance.uniform(0, 0.5))
        await serving.start()


def _compare(books: Books, bank: BankServer, ordered: dict[str, int]) -> None:
    """Order by order, to the kopeck; every account's kept balance too."""
    taken: Counter[str] = Counter()
    for payment in bank.book:
        taken[payment.attempt.order] += payment.operation.amount
    ours = dict(books.rows("SELECT order_id, sum(principal + penalty) FROM payment GROUP BY 1"))
    assert {order: int(amount) for order, amount in ours.items()} == dict(taken)
    assert len(books.rows("SELECT trx_id FROM payment")) == len(bank.book)
    in_ledger = dict(
        books.rows(
            "SELECT account_id, sum(amount) FROM entry WHERE op = 'payment' GROUP BY account_id"
        )
    )
    by_account: Counter[int] = Counter()
    for order, amount in taken.items():
        by_account[ordered[order]] += amount
    assert {account: int(amount) for account, amount in in_ledger.items()} == dict(by_account)
    paid = {
        order for (order,) in books.rows("SELECT order_id FROM payment_order WHERE state = 'paid'")
    }
    assert paid == set(taken)
    wrong = books.rows(
        "SELECT account_id FROM account_balance b WHERE in_transit <>"
        " -(SELECT coalesce(sum(amount), 0) FROM entry e"
        "    WHERE e.account_id = b.account_id AND e.kind = b.kind AND load_id = 0)"
    )
    assert wrong == []
    told = dict(
        books.rows("SELECT trx_id, count(*) FROM bank_message WHERE kind = 'register' GROUP BY 1")
    )
    assert {one.operation.trx_id for one in bank.book} <= told.keys(), "every message is journalled"
