"""`tidy`: what cron clears away, and whom it asks."""

import asyncio
import sys

from lkcap.auth.keeping import expire as expire_logins
from lkcap.auth.model import AGE_LIMIT, IDLE_LIMIT
from lkcap.banks.refund import Refunder
from lkcap.banks.sngb.client import SngbClient
from lkcap.banks.sngb.refunds import SngbRefunds
from lkcap.banks.wire import new_session
from lkcap.config import BankConfig
from lkcap.kit import answers
from lkcap.kit.batch import batch
from lkcap.kit.db import Database
from lkcap.kit.limits import DROP_ENDED
from lkcap.kit.sql import query
from lkcap.payments.enquiry import EXPIRE, Asked, ask_unanswered
from lkcap.payments.linking import link
from lkcap.payments.refund_enquiry import Looked, look_for_unknown
from lkcap.payments.strays import ask_about_strays
from lkcap.payments.twice import DROP_FORMS
from lkcap.profile.keeping import expire as expire_changes
from lkcap.registration.keeping import expire
from lkcap.sharing.keeping import expire as expire_shares
from lkcap.staff import model as desk

DROP_DEAD_SESSIONS = query("auth/drop_dead_sessions")
DROP_DEAD_DESKS = query("staff/drop_dead_sessions")
DROP_REFUSED = query("payments/drop_refused")


def run(config: BankConfig) -> int:
    """3 where the bank has not answered about some orders."""
    # first: an order that is paid must not expire before the bank was asked
    asked, looked = asyncio.run(_ask(config))
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
            "сессий сотрудников убрано": transaction.run(
                DROP_DEAD_DESKS, idle_since=now - desk.IDLE_LIMIT, begun_since=now - desk.AGE_LIMIT
            ),
            "отживших счётчиков форм убрано": transaction.run(DROP_ENDED),
            "непринятых сообщений банков старше 90 дней убрано": transaction.run(DROP_REFUSED),
            "форм оплаты за прошлые дни убрано": transaction.run(DROP_FORMS),
            "введённого до входа старше часа убрано": transaction.run(
                answers.DROP_OLD, before=now - answers.LIFETIME
            ),
            **expire(transaction, now),
            **expire_logins(transaction, now),
            **expire_changes(transaction, now),
            **expire_shares(transaction, now, config.clock.today()),
        }
    if asked:
        _tell(asked)
    if looked.looked:
        sys.stdout.write(
            f"возвратов с неизвестным исходом: {looked.looked}, выяснено: {looked.known}\n"
        )
    sys.stdout.writelines(f"{what}: {count}\n" for what, count in done.items())
    return 3 if asked and asked.silent else 0


async def _ask(config: BankConfig) -> tuple[Asked | None, Looked]:
    """СНГБ about orders and refunds; of Gazprombank's refunds a registry may have told."""
    database = Database(config.database_url.get_secret_value(), size=1)
    refunders: dict[str, Refunder] = {}
    asked = None
    try:
        async with new_session() as http:
            if config.sngb.is_set:
                client = SngbClient(config.sngb, http)
                refunders["sngb"] = SngbRefunds(client)
                asked = await ask_unanswered(database, config.timezone, client, is_patient=False)
                await ask_about_strays(database, config.timezone, client)
            looked = await look_for_unknown(database, config.clock, refunders, is_patient=False)
        return asked, looked
    finally:
        await database.close()


def _tell(asked: Asked) -> None:
    sys.stdout.write(f"о заказах спрошено в банке: {asked.asked}, новостей: {asked.news}\n")
    if asked.silent:
        sys.stderr.write(f"о заказах банк не ответил: {asked.silent}, спросите ещё раз позже\n")
