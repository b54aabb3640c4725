"""`mail-receipts PERIOD`, `remind` and `send-mail`: what cron starts."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.errors import Refused
from lkcap.kit.month import BadMonth, Month
from lkcap.kit.workers import Workers
from lkcap.mail.command import (
    CONNECTIONS,
    DONE,
    FAILED,
    LANES,
    new_sender,
    progress,
    send_all,
    tell,
)
from lkcap.mail.queries import count_waiting
from lkcap.mail.sender import Sender, Tally
from lkcap.mailing import queries, reminders
from lkcap.mailing.choosing import Chosen, choose
from lkcap.mailing.model import BARS, Left
from lkcap.mailing.preparing import preparing
from lkcap.paper.fonts import prepared
from lkcap.profile.model import REMINDERS

# Nobody waits for a paper of a mailing as a reader of a page does.
PAPER_SECONDS = 30
# How soon to look again at letters that another sender has in hand.
LOOK_SECONDS = 2


def send(config: Config) -> int:
    """`send-mail`. 3 where a letter was not accepted, for good or for now, or the relay is away."""
    return asyncio.run(_send(config))


async def _send(config: Config) -> int:
    async with _sender(config) as sender:
        tally = await send_all(sender)
        async with sender.database.connection() as conn:
            return tell(tally, await count_waiting(conn))


def remind(config: Config) -> int:
    """Queue the reminders whose time it is; the site and `send-mail` send them."""
    for one in asyncio.run(_remind(config)):
        sys.stdout.write(f"{REMINDERS[one.kind]}: писем поставлено в очередь {one.count}\n")
    return DONE


async def _remind(config: Config) -> list[reminders.Reminded]:
    database = Database(config.database_url.get_secret_value(), size=1)
    try:
        return await reminders.queue_all(database, config)
    finally:
        await database.close()


def mail_receipts(config: Config, period: str, limit: int | None, *, is_dry: bool) -> int:
    """0: each queued letter is accepted; 3: some are not, for good or for now.

    Raises Refused for what is no closed month.
    """
    return asyncio.run(_mail_receipts(config, _closed_month(config, period), limit, is_dry=is_dry))


def _closed_month(config: Config, period: str) -> Month:
    try:
        month = Month.parse(period)
    except BadMonth as error:
        raise Refused(str(error)) from error
    if month >= config.clock.open_month():
        raise Refused(f"{month.name} ещё не закрыт: квитанций за него нет")
    return month


async def _mail_receipts(config: Config, month: Month, limit: int | None, *, is_dry: bool) -> int:
    async with _sender(config) as sender:
        async with sender.database.connection() as conn:
            subscribed = await queries.count_subscribed(conn)
        with progress("Подписки", subscribed) as progressed:

            def go_on(seen: int) -> bool:
                progressed(seen)
                return not sender.is_stopping

            chosen = await choose(sender.database, config, month, limit, go_on, is_dry=is_dry)
        _tell_chosen(chosen, month, is_dry=is_dry)
        if is_dry:
            return DONE
        tally, left = await _send_month(sender, month)
        async with sender.database.connection() as conn:
            code = tell(tally, await count_waiting(conn))
        return FAILED if left.untried or left.failed else code


async def _send_month(sender: Sender, month: Month) -> tuple[Tally, Left]:
    """Until each letter of the month was tried, by us or by whoever had it in hand.

    One that a dead sender took is free again when its lease is over.
    """
    whole = Tally()
    while True:
        whole += await send_all(sender)
        async with sender.database.connection() as conn:
            left = await queries.count_untried(conn, month)
        if not left.untried or whole.down or await sender.is_stopped(LOOK_SECONDS):
            return whole, left


def _tell_chosen(chosen: Chosen, month: Month, *, is_dry: bool) -> None:
    what = "было бы поставлено в очередь" if is_dry else "поставлено в очередь"
    sys.stdout.write(f"квитанций за {month.name} {what}: {chosen.queued}\n")
    for bar, words in BARS.items():
        if chosen.left_out[bar]:
            sys.stdout.write(f"  не отправляется, {words}: {chosen.left_out[bar]}\n")


@asynccontextmanager
async def _sender(config: Config) -> AsyncIterator[Sender]:
    """Papers are drawn by processes that start with the first one."""
    database = Database(config.database_url.get_secret_value(), size=CONNECTIONS)
    workers = Workers(os.cpu_count() or 1, 2 * LANES, PAPER_SECONDS, prepared)
    try:
        yield new_sender(config, database, preparing(database, config, workers))
    finally:
        await workers.close()
        await database.close()
