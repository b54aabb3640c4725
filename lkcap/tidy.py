"""`tidy`: what cron clears away, and whom it asks."""

import asyncio
import sys

from lkcap.auth.model import AGE_LIMIT, IDLE_LIMIT
from lkcap.banks.sngb.client import SngbClient
from lkcap.banks.sngb.wire import new_session
from lkcap.config import BankConfig
from lkcap.kit.batch import batch
from lkcap.kit.db import Database
from lkcap.kit.limits import DROP_ENDED
from lkcap.kit.sql import query
from lkcap.payments.enquiry import EXPIRE, Asked, ask_unanswered
from lkcap.payments.linking import link

DROP_DEAD_SESSIONS = query("auth/drop_dead_sessions")
DROP_REFUSED = query("payments/drop_refused")


def run(config: BankConfig) -> int:
    """3 where the bank has not answered about some orders."""
    # first: an order that is paid must not expire before the bank was asked
    asked = asyncio.run(_ask(config)) if config.sngb.is_set else None
    # payments whose load died before it had looked for them
    linked = link(config.database_url.get_secret_value(), config.clock.today())
    now = config.clock.now()
    with batch(config.database_url.get_secret_value()) as transaction:
        done = {
            "платежей подтверждено расчётами": linked.count,
            "заказов без оплаты в срок закрыто": transaction.run(EXPIRE),
            "законченных сессий убрано": transaction.run(
                DROP_DEAD_SESSIONS, idle_since=now - IDLE_LIMIT, begun_since=now - AGE_LIMIT
            ),
            "отживших счётчиков форм убрано": transaction.run(DROP_ENDED),
            "непринятых сообщений банков старше 90 дней убрано": transaction.run(DROP_REFUSED),
        }
    if asked:
        _tell(asked)
    sys.stdout.writelines(f"{what}: {count}\n" for what, count in done.items())
    return 3 if asked and asked.silent else 0


async def _ask(config: BankConfig) -> Asked:
    database = Database(config.database_url.get_secret_value(), size=1)
    try:
        async with new_session() as http:
            client = SngbClient(config.sngb, http)
            return await ask_unanswered(database, config.timezone, client, is_patient=False)
    finally:
        await database.close()


def _tell(asked: Asked) -> None:
    sys.stdout.write(f"о заказах спрошено в банке: {asked.asked}, новостей: {asked.news}\n")
    if asked.silent:
        sys.stderr.write(f"о заказах банк не ответил: {asked.silent}, спросите ещё раз позже\n")
