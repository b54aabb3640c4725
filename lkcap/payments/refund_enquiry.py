"""Refunds of which nobody knows: a registry may have told, the bank is asked, a person decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from lkcap.banks.refund import Refunder, RefundOutcome, RefundState
from lkcap.kit.clock import Clock
from lkcap.kit.db import Database
from lkcap.kit.sql import query
from lkcap.payments.refund import Refund
from lkcap.payments.refunds import LOCK, settle

TAKE_UNKNOWN = query("payments/refunds/take_unknown")
LIST_NUMBERS = query("payments/refunds/list_numbers")
FIND_TOLD = query("payments/refunds/find_told")

# That a bank has not done it is believed only when it cannot be doing it any more.
NEVER_DONE_AFTER = timedelta(minutes=10)
_BY_REGISTRY = "возврат есть в реестре"
_NOT_YET = RefundOutcome(RefundState.UNKNOWN, "Банк ещё не сказал, сделан ли возврат.")


@dataclass(frozen=True, slots=True)
class Looked:
    """How many refunds were looked for, and of how many it is known now."""

    looked: int
    known: int


@dataclass(frozen=True, slots=True)
class _Next:
    refund_id: int


@dataclass(frozen=True, slots=True)
class _Number:
    number: str


async def look_for_unknown(
    database: Database, clock: Clock, refunders: Mapping[str, Refunder], *, is_patient: bool
) -> Looked:
    """Each once; a patient one lets pauses grow from a minute to an hour."""
    seen: list[int] = []
    known = 0
    while True:
        async with database.connection() as conn:
            found = await conn.find(TAKE_UNKNOWN, _Next, seen=seen, is_patient=is_patient)
        if found is None:
            return Looked(len(seen), known)
        seen.append(found.refund_id)
        known += await look(database, clock, refunders, found.refund_id)


async def look(
    database: Database, clock: Clock, refunders: Mapping[str, Refunder], refund_id: int
) -> bool:
    """Whether it is known now what became of the refund. No transaction is held meanwhile."""
    async with database.connection() as conn:
        refund = await conn.get(LOCK, Refund, refund_id=refund_id)
        numbers = await conn.list(LIST_NUMBERS, _Number, order_id=refund.order_id)
        is_told = await conn.find(
            FIND_TOLD, _Next, payment_id=refund.payment_id, amount=refund.amount
        )
    if is_told:
        done = RefundOutcome(RefundState.DONE, told=_BY_REGISTRY)
        return await settle(database, clock, refund_id, done)
    refunder = refunders.get(refund.source)
    outcome = (
        await refunder.look(refund.call, [one.number for one in numbers]) if refunder else _NOT_YET
    )
    if outcome.state is RefundState.REFUSED and not _is_over(refund, clock):
        outcome = _NOT_YET
    if outcome.state is RefundState.UNKNOWN:
        return await _stays_unknown(database, clock, refund)
    return await settle(database, clock, refund_id, outcome)


def _is_over(refund: Refund, clock: Clock) -> bool:
    return refund.sent_at is not None and clock.now() - refund.sent_at > NEVER_DONE_AFTER


async def _stays_unknown(database: Database, clock: Clock, refund: Refund) -> bool:
    """One that was being sent when its process died is unknown from now on."""
    if refund.state == "sent":
        await settle(database, clock, refund.refund_id, _NOT_YET)
    return False
