"""Gazprombank's calls to the shop: may this be paid, and what came of it (contract §7)."""

import base64
from collections.abc import Set
from xml.etree import ElementTree

from lkcap.demo.bank.bank import Bank
from lkcap.demo.bank.faults import Fault
from lkcap.demo.bank.model import Attempt, Message, Operation, Result, Sending, Wire
from lkcap.demo.bank.settings import GpbTerms
from lkcap.demo.bank.wire import escaped, query, short_stamp, stamp, with_query

Pairs = list[tuple[str, str]]

STRANGER = "FOREIGN0000000000001"  # a shop that is not this one
REASONS = {Result.REFUSED: "PAYMENT_REJECTED", Result.CANCELLED: "USER_CANCEL"}
# Lengths the bank allows in a purchase.
LONGEST = {
    "merchant-trx": 50,
    "purchase/shortDesc": 30,
    "purchase/longDesc": 125,
    "purchase/account-amount/id": 32,
}
FIXED = {
    "purchase/account-amount/currency": "643",
    "purchase/account-amount/exponent": "2",
}


class BadAnswer(ValueError):
    """The shop's answer to the check is not what the bank can read; the message says why."""


async def check(bank: Bank, terms: GpbTerms, attempt: Attempt) -> None:
    """Ask the shop; the attempt gets the purchase, or the refusal."""
    pairs = [("merch_id", terms.merch_id), ("trx_id", attempt.id)]
    pairs += [*attempt.passed.items(), ("ts", stamp(bank.settings.now()))]
    message = Message(Wire.GPB, "check", attempt.id, url=with_query(terms.check_url, query(pairs)))
    attempt.messages.append(message)
    sending = await bank.courier.send(message)
    try:
        _take_purchase(attempt, sending)
    except BadAnswer as error:
        attempt.refusal = f"CPA_FAILED: {error}"


def _take_purchase(attempt: Attempt, sending: Sending) -> None:
    if sending.status != 200:
        raise BadAnswer(f"HTTP {sending.status}" if sending.status else sending.answer)
    try:
        root = ElementTree.fromstring(sending.answer)  # noqa: S314 - of the shop we serve ourselves
    except ElementTree.ParseError as error:
        raise BadAnswer(f"не XML: {error}") from error
    if root.tag != "payment-avail-response":
        raise BadAnswer(f"корень {root.tag}")
    code = root.findtext("result/code")
    if code == "2":
        attempt.refusal = f"CPA_REJECTED: {root.findtext('result/desc') or ''}"
        return
    if code != "1":
        raise BadAnswer(f"result/code {code}")
    _weigh(root)
    attempt.amount = int(root.findtext("purchase/account-amount/amount") or "")
    attempt.account_id = root.findtext("purchase/account-amount/id") or ""
    attempt.merchant_trx = root.findtext("merchant-trx") or ""
    attempt.title = root.findtext("purchase/shortDesc") or ""
    attempt.details = root.findtext("purchase/longDesc") or ""


def _weigh(root: ElementTree.Element) -> None:
    """Raises BadAnswer."""
    for path, longest in LONGEST.items():
        text = root.findtext(path) or ""
        if len(text) > longest or (not text and path != "merchant-trx"):
            raise BadAnswer(f"{path}: нужно от 1 до {longest} знаков")
    for path, value in FIXED.items():
        if root.findtext(path) != value:
            raise BadAnswer(f"{path} не {value}")
    amount = root.findtext("purchase/account-amount/amount") or ""
    if not (amount.isascii() and amount.isdigit() and int(amount) > 0):
        raise BadAnswer("amount: нужно целое число копеек")


def register(
    bank: Bank, terms: GpbTerms, attempt: Attempt, operation: Operation, faults: Set[Fault]
) -> Message:
    """What came of an operation, signed: the address as registered and the query, to the byte."""
    merch_id = STRANGER if Fault.WRONG_MERCHANT in faults else terms.merch_id
    pairs = [
        *_head(attempt, operation, merch_id, faults),
        *attempt.passed.items(),
        *_card(operation, faults),
        ("ts", stamp(bank.settings.now())),
    ]
    sent = query(pairs)
    signature = _signature(bank, with_query(terms.register_url, sent), faults)
    tail = "&result_code=1" if Fault.TAIL in faults else ""
    return Message(
        Wire.GPB,
        "register",
        operation.trx_id,
        url=with_query(
            terms.register_at or terms.register_url,
            f"{sent}&signature={escaped(signature)}{tail}",
        ),
        says=operation.result,
        faults=frozenset(faults),
    )


def _head(attempt: Attempt, operation: Operation, merch_id: str, faults: Set[Fault]) -> Pairs:
    is_paid = operation.result is Result.PAID
    pairs = [("trx_id", operation.trx_id), ("merch_id", merch_id)]
    if attempt.merchant_trx and Fault.NO_MERCHANT_TRX not in faults:
        pairs.append(("merchant_trx", attempt.merchant_trx))
    pairs.append(("result_code", "1" if is_paid else "2"))
    if not is_paid:
        pairs.append(("ext_result_code", REASONS[operation.result]))
    if Fault.NO_AMOUNT not in faults:
        pairs.append(("amount", str(operation.amount)))
    return [*pairs, ("account_id", attempt.account_id)]


def _card(operation: Operation, faults: Set[Fault]) -> Pairs:
    """A failure tells nothing of the card; СБП has no card to tell of."""
    if operation.result is not Result.PAID:
        pairs = []
    elif Fault.ORDER_2018 in faults:
        pairs = _of_2018(operation)
    else:
        pairs = _of_2024(operation)
    if Fault.UNKNOWN_PARAMETERS in faults:
        pairs += [("p.issuerName", "Учебный банк"), ("discountType", "NONE"), ("x.new", "a&b=c~*")]
    return pairs


def _of_2024(operation: Operation) -> Pairs:
    sent_at = ("p.transmissionDateTime", short_stamp(operation.at))
    if not operation.rrn:
        return [("p.srcType", "SBP"), sent_at]
    return [
        ("p.rrn", operation.rrn),
        ("p.authcode", operation.auth_code),
        ("p.srcType", "CARD"),
        ("p.maskedPan", operation.masked_pan),
        ("p.isFullyAuthenticated", "Y"),
        sent_at,
        ("p.paymentSystem", operation.system),
    ]


def _of_2018(operation: Operation) -> Pairs:
    sent_at = ("p.transmissionDateTime", short_stamp(operation.at))
    if not operation.rrn:
        return [sent_at]
    return [
        ("p.authcode", operation.auth_code),
        sent_at,
        ("p.isFullyAuthenticated", "Y"),
        ("p.maskedPan", operation.masked_pan),
        ("p.rrn", operation.rrn),
    ]


def _signature(bank: Bank, text: str, faults: Set[Fault]) -> str:
    """A bad signature is a good one of another text: neither its length nor its form betrays it."""
    pair = bank.keys.former if Fault.OLD_KEY in faults else bank.keys.current
    signature = pair.sign(text[::-1] if Fault.BAD_SIGNATURE in faults else text)
    return base64.b64encode(signature).decode()
