"""Our answers to the bank, in XML: no namespace, no attributes, elements in the bank's order."""

import re
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring

ORDER_ID_MAX, ACCOUNT_ID_MAX = 50, 32
_DESC_MAX, _SHORT_MAX, _LONG_MAX = 125, 30, 125
_ROUBLE, _EXPONENT = "643", "2"

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
# What XML 1.0 does not allow even as a reference.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def payable(order_id: str, account_id: str, amount: int, short: str, long: str) -> bytes:
    """Yes: pay `amount` kopecks, above zero, to the fund's account `account_id` at the bank.

    `short` and `long` are shown to the payer, cut to 30 and 125 characters. An id is never cut,
    it would name another object: ValueError where it is longer than the bank takes.
    """
    assert amount > 0, "nothing to pay is a refusal"
    root = Element("payment-avail-response")
    _add_result(root, "1", "OK")
    _add(root, "merchant-trx", _whole(order_id, ORDER_ID_MAX))
    purchase = SubElement(root, "purchase")
    _add(purchase, "shortDesc", _fitted(short, _SHORT_MAX))
    _add(purchase, "longDesc", _fitted(long, _LONG_MAX))
    account = SubElement(purchase, "account-amount")
    _add(account, "id", _whole(account_id, ACCOUNT_ID_MAX))
    _add(account, "amount", str(amount))
    _add(account, "currency", _ROUBLE)
    _add(account, "exponent", _EXPONENT)
    return _written(root)


def refused(desc: str) -> bytes:
    """No: the bank does not take the payment."""
    root = Element("payment-avail-response")
    _add_result(root, "2", desc)
    return _written(root)


def registered(code: Literal[1, 2], desc: str) -> bytes:
    """1: the message is stored, be it of success or of failure. 2: it is not, send it again.

    Never 2 for what we do not like: the bank may one day undo a payment for it.
    """
    root = Element("register-payment-response")
    _add_result(root, str(code), desc)
    return _written(root)


def _add_result(root: Element, code: str, desc: str) -> None:
    result = SubElement(root, "result")
    _add(result, "code", code)
    _add(result, "desc", _fitted(desc, _DESC_MAX))


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _fitted(text: str, limit: int) -> str:
    return " ".join(_ILLEGAL.sub("", text).split())[:limit].rstrip()


def _whole(name: str, limit: int) -> str:
    if not name or _fitted(name, limit) != name:
        raise ValueError(f"the bank takes no such id, at most {limit} characters: {name[:80]!r}")
    return name


def _written(root: Element) -> bytes:
    return _DECLARATION + tostring(root, encoding="unicode").encode()
