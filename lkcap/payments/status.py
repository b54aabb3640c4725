"""What СНГБ says of a payment when it is asked, as news of the order."""

from lkcap.banks.sngb.results import Outcome
from lkcap.banks.sngb.status import Status
from lkcap.payments.message import Failure, Success
from lkcap.payments.order import TAKEN, Order, State

_STATES = {Outcome.FAILED: State.FAILED, Outcome.CANCELLED: State.CANCELLED}


def news_of(
    order: Order,
    status: Status,
    *,
    hint: Outcome = Outcome.UNKNOWN,
    reason: str = "",
    tranid: str = "",
) -> Success | Failure | None:
    """None where nothing is news: the bank does not know, or it has given back what we know of.

    `hint`, `reason` (Russian, for the payer) and `tranid` are what a notification claims: they
    tell of a refusal that the status has no word for, and never of money.
    """
    payment = status.payment
    if payment and payment.is_refunded and order.state in TAKEN:
        # its `tranid` may by now be the refund's
        return None
    if payment:
        return Success(trx_id=payment.tranid, amount=payment.amount, paid_at=payment.created)
    outcome = hint if status.outcome is Outcome.UNKNOWN else status.outcome
    state = _STATES.get(outcome)
    return Failure(tranid, state, reason) if state else None
