"""A fund with requisites, and an account with two months of books."""

from collections.abc import Awaitable, Callable

import pytest

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.receipts.model import Receipt
from lkcap.receipts.service import issue
from tests.conftest import settings
from tests.factory import Books

FUND = {
    "name": "Фонд капитального ремонта (демо)",
    "phone": "8 (000) 100-00-86",
    "address": "628000, г. Северореченск, ул. Береговая, д. 1",
    "email": "lk@example.com",
    "inn": "8600000014",
    "kpp": "860001001",
    "account": "40703810600000000042",
    "bank_name": "ДЕМО БАНК г. Ханты-Мансийск",
    "bic": "049999999",
    "corr_account": "30101810300000000999",
}
OCTOBER = Month(2026, 10)

Issue = Callable[..., Awaitable[Receipt | None]]


@pytest.fixture
def config(database: str) -> Config:
    return Config(**settings(database, fund=FUND, public_url="http://lk.example.com"))


@pytest.fixture
async def issued(config: Config, books: Books) -> Issue:
    """Issue the receipt of an account: the first of the books, October, by the usual settings."""

    async def issued(
        month: Month = OCTOBER, account: str = "86000000017", config: Config = config
    ) -> Receipt | None:
        ((account_id,),) = books.rows("SELECT account_id FROM account WHERE number = %s", account)
        database = Database(config.database_url.get_secret_value(), size=1)
        try:
            return (await issue(database, config, [account_id], month)).get(account_id)
        finally:
            await database.close()

    return issued


@pytest.fixture
def october(books: Books) -> Books:
    """August's contribution paid in part, a penalty and two recalculations in October; loaded."""
    books.house().account()
    books.entry("2026-09", amount="1216,58", op="opening", for_period="")
    books.entry("2026-10", amount="1216,58", op="payment", posted_on="2026-10-18")
    books.entry("2026-10", amount="879,97")
    books.entry(
        "2026-10",
        amount="-120,00",
        op="act",
        document="акт № 41 от 09.10.2026",
        details="работы за счёт собственников",
        for_period="2026-09",
    )
    books.entry(
        "2026-10",
        amount="14,50",
        op="recalculation",
        document="распоряжение № 118",
        for_period="2026-08",
    )
    books.entry("2026-10", amount="0,32", kind="penalty", details="336,61 × 9,5 % / 300 × 3 дня")
    books.load()
    return books
