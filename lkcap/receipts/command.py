"""`receipt ACCOUNT PERIOD -o FILE`: one receipt as a file."""

import argparse
import asyncio
import sys

from lkcap.accounts.command import find_account
from lkcap.config import Config
from lkcap.kit.batch import batch
from lkcap.kit.db import Database
from lkcap.kit.errors import Refused
from lkcap.kit.month import BadMonth, Month
from lkcap.receipts import sheet
from lkcap.receipts.model import Receipt
from lkcap.receipts.service import issue


def run(args: argparse.Namespace) -> int:
    """The receipt in force, issued if it has not been; made here, without worker processes."""
    config = Config.load()
    try:
        month = Month.parse(args.period)
    except BadMonth as error:
        raise Refused(str(error)) from error
    if month >= config.clock.open_month():
        raise Refused(f"{month.name} ещё не закрыт: квитанции за него нет")
    with batch(config.database_url.get_secret_value()) as transaction:
        account = find_account(transaction, args.account, config.clock.today())
    issued = asyncio.run(_issued(config, account.account_id, month))
    if issued is None:
        raise Refused(f"за {month.name} квитанции нет: счёт {account.number} начался позже")
    try:
        args.file.write_bytes(sheet.render(issued))
    except OSError as error:
        raise Refused(f"не записать {args.file}: {error.strerror}") from error
    sys.stdout.write(f"{args.file}: {sheet.title(issued)}\n")
    return 0


async def _issued(config: Config, account_id: int, month: Month) -> Receipt | None:
    database = Database(config.database_url.get_secret_value(), size=1)
    try:
        return (await issue(database, config, [account_id], month)).get(account_id)
    finally:
        await database.close()
