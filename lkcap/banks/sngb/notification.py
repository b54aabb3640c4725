"""СНГБ's notification: a reason to ask for the status, and nothing that is booked.

A refund is told in the same words as a payment (CAPTURED, 00, the same order, another `tranid`),
and anybody can send the form. So `tranid` of a payment is the one in its status.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_plus

from lkcap.banks.sngb.errors import BadNotification
from lkcap.banks.sngb.results import Outcome, error_words, outcome_of, response_words

BODY_BYTES_MAX = 16 * 1024
_FIELDS_MAX = 64
_CARD_FIELDS = {"pan", "panhash"}

# By lower-case names; one that is missing is empty.
_FIELDS = {
    "paymentid": re.compile(r"[0-9]{0,40}"),
    "trackid": re.compile(r"[!-~]{0,64}"),
    "tranid": re.compile(r"[0-9]{0,40}"),
    "result": re.compile(r"[ -~]{0,40}"),
    "responsecode": re.compile(r"[ -~]{0,10}"),
    "error": re.compile(r"[ -~]{0,255}"),
    "udf5": re.compile(r"[ -~]{0,128}"),
}


@dataclass(frozen=True, slots=True)
class Notification:
    """What the sender claims; any field may be empty, but not both ids."""

    payment_id: str
    order_id: str
    tranid: str
    result: str
    response_code: str
    error: str
    udf5: str

    @property
    def hint(self) -> Outcome:
        """How it may have ended if the status does not know; never PAID."""
        return Outcome.FAILED if self.error else outcome_of(self.result)

    @property
    def reason(self) -> str:
        """Why it failed, in Russian for the payer; empty where it is not said that it did."""
        if self.error:
            return error_words(self.error)
        return response_words(self.response_code) if self.hint is Outcome.FAILED else ""


def parse_notification(body: bytes) -> Notification:
    """Read the raw form; fields that are not ours are let pass. Raises BadNotification.

    The free fields come in windows-1251 under any name; ours are ASCII.
    """
    if len(body) > BODY_BYTES_MAX:
        raise BadNotification("форма слишком длинная")
    try:
        text = body.decode("utf-8", "replace")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_FIELDS_MAX)
    except ValueError:
        raise BadNotification("слишком много полей") from None
    found = _ours(pairs)
    if not found["paymentid"] and not found["trackid"]:
        raise BadNotification("нет ни paymentid, ни trackid")
    return Notification(
        payment_id=found["paymentid"],
        order_id=found["trackid"],
        tranid=found["tranid"],
        result=found["result"],
        response_code=found["responsecode"],
        error=found["error"],
        udf5=found["udf5"],
    )


def _ours(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found = dict.fromkeys(_FIELDS, "")
    seen = set()
    for name, value in ((name.lower(), value.strip()) for name, value in pairs):
        if name not in _FIELDS:
            continue
        if name in seen:
            raise BadNotification(f"{name}: стоит дважды")
        if not _FIELDS[name].fullmatch(value):
            raise BadNotification(f"{name}: такого не бывает")
        seen.add(name)
        found[name] = value
    return found


def without_card(body: bytes) -> str:
    """The form as it came, but for the card's number; cut where it is too long to be the bank's."""
    text = body[:BODY_BYTES_MAX].decode("utf-8", "replace").replace("\0", "\ufffd")
    return re.sub("[^&?]+", lambda pair: _masked(pair[0]), text)


def _masked(pair: str) -> str:
    name, _, _value = pair.partition("=")
    return f"{name}=***" if unquote_plus(name).strip().lower() in _CARD_FIELDS else pair
