"""A payment by card begins: an order is made, and the payer goes to the bank."""

from collections.abc import Sequence

from aiohttp import web

from lkcap.accounts.service import Standing
from lkcap.banks.base import BANK, BankRefused, BankUnavailable
from lkcap.config import Config
from lkcap.kit.db import Connection, transaction
from lkcap.kit.keys import CONFIG
from lkcap.payments import orders, twice
from lkcap.payments.allocation import Part, allocate, unpaid_months
from lkcap.payments.fee import fee_of
from lkcap.payments.model import Bill
from lkcap.payments.order import Split, State, new_order_id


def planned(standing: Standing, sums: Split) -> list[Part]:
    """«Куда пойдут деньги»: shown before the payment and kept with the order."""
    principal = allocate("principal", sums.principal, unpaid_months(standing.months))
    return [*principal, *allocate("penalty", sums.penalty, [(None, sums.penalty)])]


async def begin(
    app: web.Application,
    bill: Bill,
    account_id: int,
    subscriber_id: int | None,
    sums: Split,
    parts: Sequence[Part] = (),
    form_name: str = "",
) -> str:
    """Make an order; the address at the bank its payer must go to.

    The same form sent twice makes one order (twice.py). Raises BankUnavailable, BankRefused: the
    order is failed then, and the payer may begin anew.
    """
    order_id, form = new_order_id(), twice.digest(form_name, account_id, sums)
    try:
        async with transaction(app) as conn:
            await _add(conn, app[CONFIG], order_id, bill, account_id, subscriber_id, sums, parts)
            if made := await twice.claim(conn, form, order_id):
                raise _Twice(made)
    except _Twice as before:
        return await twice.page_of(app, form, before.made)
    return await _start(app, order_id, sums.principal + sums.penalty)


class _Twice(Exception):
    """Rolls back the order of a form that has made one before."""

    def __init__(self, made: twice.Made) -> None:
        super().__init__(made.order_id)
        self.made = made


async def _add(
    conn: Connection,
    config: Config,
    order_id: str,
    bill: Bill,
    account_id: int,
    subscriber_id: int | None,
    sums: Split,
    parts: Sequence[Part],
) -> None:
    assert bill.card is not None
    await orders.add_order(
        conn,
        order_id,
        account_id=account_id,
        subscriber_id=subscriber_id,
        bank=bill.card.bank,
        bank_account=bill.card.bank_account,
        sums=sums,
        fee=fee_of(sums.principal + sums.penalty, config.fee),
        minutes=config.order_ttl_minutes,
        parts=parts,
    )


async def _start(app: web.Application, order_id: str, amount: int) -> str:
    """The bank is called outside of the transaction."""
    try:
        started = await app[BANK].start(order_id, amount)
    except (BankUnavailable, BankRefused) as error:
        async with transaction(app) as conn:
            await orders.set_state(conn, order_id, State.FAILED, str(error)[:200])
        raise
    async with transaction(app) as conn:
        await orders.mark_sent(conn, order_id, started.bank_payment_id)
        await twice.keep_page(conn, order_id, started.url)
    return started.url
