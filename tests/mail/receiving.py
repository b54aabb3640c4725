"""A town whose subscribers want their receipts by mail, and the command that mails them."""

import asyncio
import sys
from dataclasses import dataclass

from tests.conftest import settings
from tests.factory import Books
from tests.faults.serving import RUN, environment
from tests.receipts.conftest import FUND

SUBSCRIBE = """
    INSERT INTO receipt_subscription
    SELECT subscriber_id, account_id, now() FROM subscriber_account ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str


async def start(database: str, smtp_url: str, *args: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, str(RUN), *args,
        env=environment(settings(database, smtp_url=smtp_url, fund=FUND)),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def command(database: str, smtp_url: str, *args: str) -> Said:
    """As cron starts it."""
    process = await start(database, smtp_url, *args)
    out, err = await process.communicate()
    assert process.returncode is not None
    return Said(process.returncode, out.decode(), err.decode())


def town(books: Books, accounts: int) -> list[str]:
    """Accounts with October's contribution, each with an owner who wants receipts; their mail."""
    books.house()
    for number in range(accounts):
        account = f"860000{number:05d}"
        books.account(
            account, premises=str(number + 1), els="", service_id="",
            last_name=f"Примеров{'ав'[number % 2]}{number}",
        ).entry("2026-10", account=account)  # fmt: skip
    books.load()
    people = [f"a{number}@d{number % 3}.ru" for number in range(accounts)]
    for number, email in enumerate(people):
        books.subscriber(email, f"860000{number:05d}")
    books.rows(SUBSCRIBE)
    return people
