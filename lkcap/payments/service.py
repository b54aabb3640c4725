"""A payment by card begins: an order is made, and the payer goes to the bank."""

from collections.abc import Sequence

from aiohttp import web

from lkcap.accounts.service import Standing
from lkcap.banks.base import BANK, BankRefused, BankUnavailable
from lkcap.kit.db import transaction
from lkcap.kit.keys import CONFIG
from lkcap.payments import orders
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
    parts: Sequence[Part],
) -> str:
    """Make an order; the address at the bank its payer must go to.

    The bank is called outside of the transaction. Raises BankUnavailable, BankRefused: the order
    is failed then, and the payer may begin anew.
    """
    assert bill.card is not None
    config, bank = app[CONFIG], app[BANK]
    order_id = new_order_id()
    async with transaction(app) as conn:
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
    try:
        started = await bank.start(order_id, sums.principal + sums.penalty)
    except (BankUnavailable, BankRefused) as error:
        async with transaction(app) as conn:
            await orders.set_state(conn, order_id, State.FAILED, str(error)[:200])
        raise
    async with transaction(app) as conn:
        await orders.mark_sent(conn, order_id, started.bank_payment_id)
    return started.url
