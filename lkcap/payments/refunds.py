"""Refunds: asked by one employee, confirmed by another above a sum, sent to the bank once.

The state is written before the bank is asked, so that a crash leaves a refund whose outcome is not
known, never one that is forgotten. Of such a one the bank is asked; until it is known nothing of
the same payment is given back.
"""

from dataclasses import dataclass

import structlog
from aiohttp import web

from lkcap.banks.refund import REFUNDERS, RefundOutcome, RefundState
from lkcap.kit.clock import Clock
from lkcap.kit.db import DATABASE, Connection, Database
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK
from lkcap.kit.month import Month
from lkcap.kit.sql import query
from lkcap.payments import orders
from lkcap.payments.entries import BOOK_ENTRIES
from lkcap.payments.order import Split
from lkcap.payments.refund import CannotRefund, Refund, Refundability, Refundable

LOCK_PAYMENT = query("payments/refunds/lock_payment")
ADD = query("payments/refunds/add")
FIND_BY_FORM = query("payments/refunds/find_by_form")
LOCK = query("payments/refunds/lock")
MARK_SENT = query("payments/refunds/mark_sent")
SETTLE = query("payments/refunds/settle")
ADD_PAYMENT = query("payments/refunds/add_payment")
ADOPT = query("payments/refunds/adopt")
MOVE_ORDER = query("payments/refunds/move_order")
WITHDRAW = query("payments/refunds/withdraw")
NOTE = query("payments/refunds/note")


log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Named:
    refund_id: int


@dataclass(frozen=True, slots=True)
class _Taken:
    payment_id: int


def refusal(app: web.Application, one: Refundable, sums: Split) -> Refundability | None:
    """Why these sums of the payment cannot be given back; None where they can."""
    if not one.is_payment or one.source not in ("gpb", "sngb"):
        return Refundability.NOT_HERE
    if one.source not in app[REFUNDERS]:
        return Refundability.NO_TERMS
    if one.is_open:
        return Refundability.OPEN
    if sums.principal > one.principal or sums.penalty > one.penalty:
        return Refundability.TOO_MUCH
    return None


async def lock_payment(conn: Connection, payment_id: int) -> Refundable:
    """Hold the payment until the transaction ends; raises NotFound."""
    return await conn.get(LOCK_PAYMENT, Refundable, payment_id=payment_id)


async def ask(
    app: web.Application,
    conn: Connection,
    payment_id: int,
    sums: Split,
    *,
    staff_id: int,
    why: str,
    form: str,
) -> tuple[int, bool]:
    """The refund of this form, and whether it is new. Raises CannotRefund, NotFound."""
    found = await lock_payment(conn, payment_id)
    if before := await conn.find(FIND_BY_FORM, _Named, form=form):
        return before.refund_id, False
    if problem := refusal(app, found, sums):
        raise CannotRefund(problem)
    added = await conn.get(
        ADD,
        _Named,
        payment_id=payment_id,
        principal=sums.principal,
        penalty=sums.penalty,
        why=why,
        form=form,
        asked_by=staff_id,
    )
    return added.refund_id, True


async def release(conn: Connection, refund_id: int, staff_id: int) -> bool:
    """Let a refund go to the bank, on the word of one employee or of a second one.

    False where it waits for somebody else, or is not waiting at all. Raises NotFound.
    """
    refund = await conn.get(LOCK, Refund, refund_id=refund_id)
    is_second = staff_id != refund.asked_by
    if refund.needs_second and not is_second:
        return False
    confirmed_by = staff_id if is_second else None
    return bool(await conn.run(MARK_SENT, refund_id=refund_id, confirmed_by=confirmed_by))


async def withdraw(conn: Connection, refund_id: int, reason: str) -> bool:
    """False where the bank has been asked, or nobody waits for it any more."""
    return bool(await conn.run(WITHDRAW, refund_id=refund_id, reason=reason))


async def send(app: web.Application, refund_id: int) -> RefundOutcome:
    """Ask the bank about a refund that was released just now; no transaction is held meanwhile."""
    database, clock = app[DATABASE], app[CLOCK]
    async with database.connection() as conn:
        refund = await conn.get(LOCK, Refund, refund_id=refund_id)
    refunder = app[REFUNDERS].get(refund.source)
    if refunder is None:
        raise NotFound
    outcome = await refunder.refund(refund.call)
    log.info("refund sent", bank=refund.source, state=outcome.state, reason=outcome.reason)
    await settle(database, clock, refund_id, outcome)
    return outcome


async def settle(
    database: Database, clock: Clock, refund_id: int, outcome: RefundOutcome, *, told_by: str = ""
) -> bool:
    """Write down what became of a refund, with the journal; False where that was known already.

    `told_by` says who told where it was not the bank.
    """
    async with database.transaction() as conn:
        await orders.join_bookings(conn)
        refund = await conn.get(LOCK, Refund, refund_id=refund_id)
        # while the bank is being asked it alone may tell
        if refund.state not in (("unknown",) if told_by else ("sent", "unknown")):
            return False
        await conn.run(
            NOTE,
            bank=refund.source,
            raw=told_by or outcome.told or outcome.reason,
            order_id=refund.order_id,
            trx_id=refund.trx_id,
            verdict=f"refund_{outcome.state}",
        )
        if outcome.state is RefundState.DONE:
            await _book(conn, clock, refund, outcome)
        reason = outcome.reason or told_by or None
        await conn.run(SETTLE, refund_id=refund_id, state=outcome.state, reason=reason)
    return True


async def _book(conn: Connection, clock: Clock, refund: Refund, outcome: RefundOutcome) -> None:
    """A negative payment with its entries, unless a registry has brought it before."""
    adopted = await conn.run(
        ADOPT, refund_id=refund.refund_id, payment_id=refund.payment_id, amount=refund.amount
    )
    if not adopted:
        await _take(conn, clock, refund, outcome)
    if refund.order_id:
        await orders.lock_order(conn, refund.order_id)
        await conn.run(MOVE_ORDER, order_id=refund.order_id)


async def _take(conn: Connection, clock: Clock, refund: Refund, outcome: RefundOutcome) -> None:
    taken = await conn.get(
        ADD_PAYMENT,
        _Taken,
        refund_id=refund.refund_id,
        payment_id=refund.payment_id,
        principal=refund.principal,
        penalty=refund.penalty,
        # Gazprombank's refund has no number of its own but the rrn
        number=outcome.number or None if refund.source == "sngb" else None,
        paid_at=clock.now(),
        period=Month.of(clock.today()).first_day,
        rrn=outcome.rrn,
        auth_code=outcome.auth_code,
    )
    service_id = refund.service_id
    if service_id is None and refund.account_id is not None:
        service_id = await orders.service_of(conn, refund.account_id)
    await conn.run(
        BOOK_ENTRIES,
        payment_ids=[taken.payment_id],
        service_ids=[service_id],
        days=[clock.today()],
    )
