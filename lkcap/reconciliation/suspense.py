"""Money of nobody known finds its account: a person looks, and it is booked like any other."""

from dataclasses import dataclass
from datetime import date

from aiohttp import web

from lkcap.accounts.queries import list_by_number
from lkcap.kit.db import Writer
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.sql import query
from lkcap.payments import orders
from lkcap.payments.entries import BOOK_ENTRIES

LOCK_SUSPENDED = query("reconciliation/lock_suspended")
FIND_LATER_OPENING = query("reconciliation/find_later_opening")
GIVE_ACCOUNT = query("reconciliation/give_account")


class BadAccount(ValueError):
    """The money cannot go there; the message says why, in Russian."""


@dataclass(frozen=True, slots=True)
class _Suspended:
    payment_id: int
    trx_id: str
    period: date
    paid_on: date


@dataclass(frozen=True, slots=True)
class _Opening:
    period: date


async def give_account(
    app: web.Application, conn: Writer, payment_id: int, number: str, staff_id: int
) -> str:
    """Book the money on the account; its number. Raises BadAccount, NotFound.

    Two employees at once: the second finds nothing that waits.
    """
    await orders.join_bookings(conn)
    zone = app[CONFIG].timezone.key
    found = await conn.find(LOCK_SUSPENDED, _Suspended, payment_id=payment_id, zone=zone)
    if found is None:
        raise NotFound
    accounts = await list_by_number(conn, number, app[CLOCK].today())
    if len(accounts) != 1:
        raise BadAccount(
            "Этот номер был у нескольких счетов" if accounts else "Такого лицевого счёта нет"
        )
    ((account),) = accounts
    service_id = await orders.service_of(conn, account.account_id)
    later = await conn.find(
        FIND_LATER_OPENING,
        _Opening,
        account_id=account.account_id,
        service_id=service_id,
        period=found.period,
    )
    if later:
        raise BadAccount("Платёж раньше входящего остатка этого счёта и может быть в нём учтён")
    given = {"payment_id": payment_id, "account_id": account.account_id, "staff_id": staff_id}
    await conn.run(GIVE_ACCOUNT, **given)
    await conn.run(
        BOOK_ENTRIES, payment_ids=[payment_id], service_ids=[service_id], days=[found.paid_on]
    )
    return account.number
