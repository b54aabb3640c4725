"""Calls to СНГБ's classic interface («Commerce Gateway»): purchase, status, refund."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus

import structlog
from aiohttp import ClientSession, encode_basic_auth, web

from lkcap.banks.base import BankRefused, BankUnavailable, NotSent
from lkcap.banks.refund import RefundOutcome, RefundState
from lkcap.banks.sngb.answers import PAYMENT_ID, InitAnswer, read_init, read_refund
from lkcap.banks.sngb.notification import without_card
from lkcap.banks.sngb.results import Outcome
from lkcap.banks.sngb.signing import CREDIT, PURCHASE, amt, refund_signature, signature
from lkcap.banks.sngb.status import (
    Credit,
    Status,
    read_capture,
    read_credits,
    read_outcome,
    read_payment,
)
from lkcap.banks.wire import Answer, Wire
from lkcap.config import Sngb

TIMEOUT_SECONDS = 10

log = structlog.get_logger()


@contextmanager
def _told(call: str) -> Iterator[None]:
    """A call that fails is in the log, whoever takes the error; an order id is not: it is a key."""
    try:
        yield
    except (BankUnavailable, BankRefused) as error:
        log.warning("bank call failed", bank="sngb", call=call, reason=error.reason)
        raise


class SngbClient:
    """Amounts are kopecks. Nothing is repeated here: whoever calls knows whether it may be."""

    def __init__(
        self, terms: Sngb, http: ClientSession, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> None:
        if not terms.psk or not terms.token:
            raise ValueError("SNGB__PSK or SNGB__TOKEN is not set")
        self._terms = terms
        self._token = terms.token
        self._wire = Wire(http, timeout_seconds)

    async def init(self, order_id: str, amount: int) -> InitAnswer:
        """Begin the payment of an order: once for each, as the bank takes a trackid once.

        After an error the order is not to be used again: the bank may know of it. Raises
        BankRefused, BankUnavailable.
        """
        udf5 = signature(self._terms, amount, order_id, PURCHASE)
        form = self._form(PURCHASE, order_id, amount) | {"udf1": order_id, "udf5": udf5}
        with _told("init"):
            return read_init(await self._post(self._terms.init_url, form), self._terms.init_url)

    async def status(self, payment_id: str, order_id: str) -> Status:
        """What became of a payment of this order; of another's it tells nothing.

        Raises BankUnavailable.
        """
        with _told("payments"):
            payment = read_payment(await self._asked("payments", payment_id), payment_id)
        if payment and payment.order_id != order_id:
            log.error("payment of another order", bank="sngb", payment_id=payment_id)
            return Status(Outcome.UNKNOWN)
        if payment and payment.is_paid:
            return Status(Outcome.PAID, payment)
        return Status(await self._unpaid(payment_id, order_id))

    async def _unpaid(self, payment_id: str, order_id: str) -> Outcome:
        """That it is not paid is known already: a second answer that fails is no error."""
        try:
            with _told("transactions"):
                return read_outcome(await self._asked("transactions", payment_id), order_id)
        except BankUnavailable:
            return Outcome.UNKNOWN

    async def captured_tranid(self, payment_id: str, order_id: str) -> str | None:
        """`tranid` that a refund must name; None unless there is exactly one.

        Raises BankUnavailable.
        """
        with _told("transactions"):
            return read_capture(await self._asked("transactions", payment_id), order_id)

    async def credits(self, payment_id: str, order_id: str) -> list[Credit]:
        """What the bank has given back of a payment. Raises BankUnavailable."""
        with _told("transactions"):
            return read_credits(await self._asked("transactions", payment_id), order_id)

    async def refund(
        self, payment_id: str, order_id: str, tranid: str, amount: int
    ) -> RefundOutcome:
        """Give the money back; `tranid` is `captured_tranid`. Raises nothing of the network.

        UNKNOWN is never repeated before `status` has said whether the payment is refunded: the
        bank has no key that would tell the same refund from a second one.
        """
        form = self._form(CREDIT, order_id, amount) | {
            "paymentid": payment_id,
            "tranid": tranid,
            "udf5": refund_signature(self._terms, amount, order_id),
        }
        try:
            with _told("refund"):
                answer = await self._post(self._terms.tran_url, form)
        except NotSent:
            return RefundOutcome(RefundState.REFUSED, "Банк не отвечает, запрос не отправлен.")
        except BankUnavailable as error:
            return RefundOutcome(RefundState.UNKNOWN, error.reason)
        told = without_card((answer.text or answer.location).encode())
        return replace(read_refund(answer, order_id), told=told)

    def _form(self, action: str, order_id: str, amount: int) -> dict[str, str]:
        return {
            "merchant": self._terms.merchant,
            "terminal": self._terms.terminal,
            "action": action,
            "amt": amt(amount),
            "trackid": order_id,
        }

    async def _post(self, url: str, form: Mapping[str, str]) -> Answer:
        return await self._wire.ask("POST", url, form=form)

    async def _asked(self, what: str, payment_id: str) -> str:
        """JSON of `/v1/<what>/<id>`; the token is the login of an empty password."""
        if not PAYMENT_ID.fullmatch(payment_id):
            raise BankUnavailable("no such payment id can be")
        url = f"{self._terms.status_url.rstrip('/')}/v1/{what}/{payment_id}"
        key = encode_basic_auth(self._token.get_secret_value(), "")
        answer = await self._wire.ask("GET", url, headers={"Authorization": key})
        if answer.status != HTTPStatus.OK:
            raise BankUnavailable(f"status {answer.status}")
        return answer.text


# None: the terms of СНГБ are not set. Set while the site starts.
SNGB = web.AppKey[SngbClient | None]("lkcap_sngb")
