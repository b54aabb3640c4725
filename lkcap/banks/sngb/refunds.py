"""СНГБ gives money back: its transaction is asked for first, and what became of it, if unknown."""

from collections.abc import Collection

from lkcap.banks.base import BankUnavailable
from lkcap.banks.refund import RefundCall, RefundOutcome, RefundState
from lkcap.banks.sngb.client import SngbClient

_NOT_ASKED = "Банк не ответил, какую операцию возвращать; запрос не отправлен."
_NO_CAPTURE = "Банк не назвал операции, которой взял деньги; возврат делают в кабинете банка."
_NEVER_DONE = "Банк этого возврата не проводил."


class SngbRefunds:
    """A `Refunder`."""

    def __init__(self, client: SngbClient) -> None:
        self._client = client

    async def refund(self, call: RefundCall) -> RefundOutcome:
        try:
            tranid = await self._client.captured_tranid(call.bank_payment_id, call.order_id)
        except BankUnavailable:
            return RefundOutcome(RefundState.REFUSED, _NOT_ASKED)
        if tranid is None:
            return RefundOutcome(RefundState.REFUSED, _NO_CAPTURE)
        return await self._client.refund(call.bank_payment_id, call.order_id, tranid, call.amount)

    async def look(self, call: RefundCall, known: Collection[str]) -> RefundOutcome:
        """A credit of this sum that is no other refund's is this one.

        That there is none is believed where the payment itself says the same: it was never
        refunded, or other refunds account for it.
        """
        try:
            made = await self._client.credits(call.bank_payment_id, call.order_id)
            status = await self._client.status(call.bank_payment_id, call.order_id)
        except BankUnavailable as error:
            return RefundOutcome(RefundState.UNKNOWN, error.reason)
        others = [one for one in made if one.tranid not in known]
        for one in others:
            if one.amount == call.amount:
                return RefundOutcome(RefundState.DONE, told=repr(one), number=one.tranid)
        if others or status.payment is None:
            return RefundOutcome(RefundState.UNKNOWN, "credits of other sums")
        if status.payment.is_refunded and len(made) < max(1, len(known)):
            return RefundOutcome(RefundState.UNKNOWN, "refunded by what is not listed")
        return RefundOutcome(RefundState.REFUSED, _NEVER_DONE, told=repr(status.payment))
