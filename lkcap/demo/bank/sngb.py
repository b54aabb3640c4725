"""СНГБ's words: signatures of the shop, notifications, the state of a payment (contract §7)."""

import hashlib
import hmac
from collections.abc import Mapping, Set
from datetime import datetime

from lkcap.demo.bank.bank import Bank
from lkcap.demo.bank.faults import Fault
from lkcap.demo.bank.model import Attempt, Message, Operation, Payment, Result, Wire
from lkcap.demo.bank.settings import SngbTerms
from lkcap.demo.bank.wire import query

PURCHASE, CREDIT = "1", "2"
SIGNED_TO_PAY = ("merchant", "amt", "trackid", "action")
SIGNED_TO_REFUND = ("merchant", "amt", "trackid")
# (result, responsecode) of a notification
SAID = {
    Result.PAID: ("CAPTURED", "00"),
    Result.REFUSED: ("NOT CAPTURED", "51"),
    Result.CANCELLED: ("CANCELED", ""),
}
Json = dict[str, object]


class CallRefused(ValueError):
    """A call the gateway turns down: its code and text."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code, self.text = code, text


def is_signed(form: Mapping[str, str], names: tuple[str, ...], psk: str) -> bool:
    """udf5 is SHA-1 of the values as they were sent, one after another, and the PSK."""
    text = "".join(form.get(name, "") for name in names) + psk
    digest = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    return hmac.compare_digest(digest.encode(), form.get("udf5", "").encode())


def weigh(form: Mapping[str, str], terms: SngbTerms, action: str, names: tuple[str, ...]) -> None:
    """Whose call it is, and what for. Raises CallRefused."""
    if (form.get("merchant"), form.get("terminal")) != (terms.merchant, terms.terminal):
        raise CallRefused("CGW000017", "Invalid merchant or terminal")
    if form.get("action") != action:
        raise CallRefused("CGW000018", "Invalid action")
    if not is_signed(form, names, terms.psk):
        raise CallRefused("CGW000019", "Invalid signature")


def notification(
    bank: Bank, terms: SngbTerms, attempt: Attempt, operation: Operation, faults: Set[Fault]
) -> Message:
    """udf5 is the shop's own, given back: it says nothing of the result, whatever it may seem."""
    is_forged = Fault.FORGED in faults
    result, code = SAID[Result.PAID if is_forged else operation.result]
    passed = dict(attempt.passed)
    if Fault.BAD_SIGNATURE in faults:
        passed["udf5"] = "0" * 40
    pairs = [("paymentid", attempt.id), ("trackid", attempt.order), ("tranid", operation.trx_id)]
    pairs += [("result", result)]
    pairs += [("responsecode", code)] if code else []
    pairs += passed.items()
    if operation.masked_pan:
        digest = hashlib.sha1(operation.masked_pan.encode(), usedforsecurity=False)
        pairs += [("pan", operation.masked_pan), ("panhash", digest.hexdigest())]
    if Fault.UNKNOWN_PARAMETERS in faults:
        pairs += [("issuer", "Учебный банк"), ("new", "a&b=c~*")]
    return Message(
        Wire.SNGB,
        "notify",
        operation.trx_id,
        url=terms.notify_url,
        body=query(pairs),
        says=operation.result,
        faults=frozenset(faults),
    )


def payment(bank: Bank, attempt: Attempt) -> Json:
    """One row, paid or not: this bank takes the money of a payment once."""
    booked = next((one for one in bank.book if one.attempt is attempt), None)
    return {
        "id": int(attempt.id),
        "track": attempt.order,
        "tranid": booked.operation.trx_id if booked else "",
        "authorization": booked is not None,
        "captured": booked is not None,
        "refunded": bool(booked and booked.refunds),
        "created": _ms(attempt.opened_at),
        "amount": _number(booked.operation.amount if booked else attempt.amount),
        "currency": "rub",
        "object": "payment",
        "livemode": False,
    }


def transactions(bank: Bank, attempt: Attempt) -> list[Json]:
    """A purchase is authorised and captured, each with an id of its own; refunds follow."""
    rows: list[Json] = []
    for one in attempt.operations:
        if booked := _booked(bank, one):
            rows += [
                _row(attempt, attempt.id, "APPROVED", "authorization", one.amount, one.at),
                _row(attempt, one.trx_id, "CAPTURED", "capture", one.amount, one.at),
            ]
            for refund in booked.refunds:
                made = (refund.trx_id, "CAPTURED", "credit", refund.amount, refund.at)
                rows.append(_row(attempt, *made))
        else:
            said = SAID[one.result][0]
            rows.append(_row(attempt, one.trx_id, said, "authorization", one.amount, one.at))
    return rows


def _row(
    attempt: Attempt, tranid: str, result: str, action: str, amount: int, at: datetime
) -> Json:
    return {
        "result": result,
        "tranid": int(tranid),
        "track": attempt.order,
        "transdt": _ms(at),
        "action": action,
        "amount": _number(amount),
        "orderid": int(attempt.id),
    }


def _booked(bank: Bank, operation: Operation) -> Payment | None:
    # the latest first: that is what shops ask about
    return next((one for one in reversed(bank.book) if one.operation is operation), None)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _number(kopecks: int) -> float:
    """Roubles as a JSON number, the bank's way: two decimals survive the shortest writing of it."""
    return float(f"{kopecks // 100}.{kopecks % 100:02d}")
