"""The bank tells how a payment ended (RPReq): the only word that money is booked on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lkcap.banks.gpb.keys import Key
from lkcap.banks.gpb.query import ID_MAX, PASSED_MAX, BadCall, Query
from lkcap.banks.gpb.signature import verified
from lkcap.kit.money import KOPECKS_MAX, Kopecks

MERCHANT_TRX_MAX = 50
RRN_MAX = 40
NOTE_MAX = 64

_IS_PAID = {"1": True, "2": False}


@dataclass(frozen=True, slots=True)
class RegisterCall:
    """A verified message. `amount` is kopecks, above zero where `is_paid`; `at` is in UTC.

    `merchant_trx` is what we answered to the check, `order_id` what the payer's browser took to
    the bank. None: absent, or nothing that could be an order of ours.
    """

    trx_id: str
    merch_id: str
    merchant_trx: str | None
    order_id: str | None
    is_paid: bool
    ext_result_code: str | None
    amount: Kopecks | None
    account_id: str | None
    rrn: str | None
    auth_code: str | None
    masked_pan: str | None
    payment_system: str | None
    src_type: str | None
    at: datetime
    key_id: str

    @property
    def order_ids(self) -> tuple[str, ...]:
        """The order's names, the surest first; none: money without an order, and still money.

        Where the two differ `merchant_trx` is right: the bank has it from our own answer, with
        the amount, while the other went through the payer's browser.
        """
        names = (self.merchant_trx, self.order_id)
        return tuple(dict.fromkeys(name for name in names if name is not None))


def parse_register(raw_query: bytes | str, register_url: str, keys: Sequence[Key]) -> RegisterCall:
    """Read what follows the `?` of the raw request target, if the bank has signed it.

    `register_url` is the address as registered at the bank. Raises BadSignature, and BadCall
    where the bank has signed what cannot be booked. What is only kept and shown is taken as it
    comes: no rrn or name of a card system is a reason to leave money unbooked.
    """
    signed, key = verified(raw_query, register_url, keys)
    query = Query.read(signed)
    is_paid = _IS_PAID.get(query.required("result_code", ID_MAX))
    if is_paid is None:
        raise BadCall("result_code: не 1 и не 2")
    return RegisterCall(
        trx_id=query.required("trx_id", ID_MAX),
        merch_id=query.required("merch_id", ID_MAX),
        merchant_trx=query.readable("merchant_trx", MERCHANT_TRX_MAX),
        order_id=query.readable("o.order_id", PASSED_MAX),
        is_paid=is_paid,
        ext_result_code=query.note("ext_result_code", NOTE_MAX),
        amount=_paid_amount(query) if is_paid else _amount(query),
        account_id=query.note("account_id", ID_MAX),
        rrn=query.note("p.rrn", RRN_MAX),
        auth_code=query.note("p.authcode", NOTE_MAX),
        masked_pan=query.note("p.maskedPan", NOTE_MAX),
        payment_system=query.note("p.paymentSystem", NOTE_MAX),
        src_type=query.note("p.srcType", NOTE_MAX),
        at=query.moment("ts"),
        key_id=key.id,
    )


def _paid_amount(query: Query) -> Kopecks:
    amount = _amount(query)
    if not amount:
        raise BadCall("оплачено, а суммы нет")
    return amount


def _amount(query: Query) -> Kopecks | None:
    """Whole kopecks as the bank writes them. None where it names no sum, as failures may."""
    if query.note("amount", 1) is None:
        return None
    text = query.required("amount", ID_MAX)
    if not re.fullmatch("[0-9]{1,18}", text) or int(text) > KOPECKS_MAX:
        raise BadCall("amount: не сумма в копейках")
    return Kopecks(int(text))
