"""«Never twice» (contract §6): billing's own entries stand for a payment, ours are taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lkcap.kit.batch import Batch, batch
from lkcap.kit.sql import query

# One load at a time: linking moves the balances that a load moves.
LOCK_LOADS = query("exchange/lock")
STOP_BOOKINGS = query("payments/stop_bookings")
LINK = query("payments/link")
LIST_DIFFERENCES = query("payments/list_differences")


@dataclass(frozen=True, slots=True)
class Difference:
    """A payment that billing has otherwise, kopecks; `account` is empty where we knew none."""

    account: str
    trx_id: str
    principal: int
    penalty: int
    their_account: str
    their_principal: int
    their_penalty: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Payments that billing has confirmed just now, and those of them it has otherwise."""

    count: int
    differences: Sequence[Difference]


def link(url: str, today: date) -> Linked:
    """Link what can be linked, in a transaction of its own, when a load has been committed.

    A booking under way does not see entries that are not committed, and we do not see its payment:
    so every booking holds a lock that is waited for here. Raises DatabaseUnavailable.
    """
    with batch(url) as transaction:
        transaction.run(LOCK_LOADS)
        transaction.run(STOP_BOOKINGS)
        linked = [payment_id for (payment_id,) in transaction.rows(LINK, today=today)]
        return Linked(len(linked), list_differences(transaction, linked))


def list_differences(transaction: Batch, payment_ids: Sequence[int]) -> list[Difference]:
    """Of these payments, those that billing has otherwise."""
    if not payment_ids:
        return []
    rows = transaction.rows(LIST_DIFFERENCES, payment_ids=list(payment_ids))
    return [Difference(*row) for row in rows]
