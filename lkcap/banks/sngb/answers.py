"""What the bank answers to a purchase and to a refund: addresses with parameters, as text."""

import re
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from yarl import URL

from lkcap.banks.base import BankRefused, BankUnavailable
from lkcap.banks.refund import RefundOutcome, RefundState
from lkcap.banks.sngb.results import Outcome, error_code, outcome_of, refund_refusal
from lkcap.banks.wire import Answer

PAYMENT_ID = re.compile(r"[0-9]{1,40}")
# No blanks, no `@` before a host, no backslash that browsers take for a slash.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?&=%+,;!$'()*-]{1,2000}")
_ERROR = re.compile(r"https?://\S*?[?&]error=(\w{1,20})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class InitAnswer:
    """A payment that the bank has begun; `url` is its page, of the bank's own origin."""

    payment_id: str
    url: str


def read_init(answer: Answer, init_url: str) -> InitAnswer:
    """Raises BankRefused where the bank points to an error page, else BankUnavailable."""
    if answer.status != HTTPStatus.OK:
        raise BankUnavailable(f"status {answer.status}")
    text = answer.text.strip()
    if refused := _ERROR.match(text):
        raise BankRefused(refused[1])
    if not _ADDRESS.fullmatch(text):
        raise BankUnavailable("no address in the answer")
    try:
        is_of_bank = URL(text).origin() == URL(init_url).origin()
        ids = URL(text).query.getall("PaymentID", [])
    except ValueError:
        raise BankUnavailable("not an address") from None
    if not is_of_bank:
        raise BankUnavailable("an address of another origin")
    if len(ids) != 1 or not PAYMENT_ID.fullmatch(ids[0]):
        raise BankUnavailable("no payment id in the address")
    return InitAnswer(ids[0], text)


def read_refund(answer: Answer, order_id: str) -> RefundOutcome:
    """What cannot be read for certain is UNKNOWN: the request has been made.

    The answer's form is known from working shops alone: fields of a notification, in a redirect or
    in the text.
    """
    said = _said(answer)
    result, code, error = (said.get(name, "") for name in ("result", "responsecode", "error"))
    if words := refund_refusal(error):
        return RefundOutcome(RefundState.REFUSED, words)
    if error:
        return RefundOutcome(RefundState.UNKNOWN, error_code(error) or "an error without a code")
    if (result, code, said.get("trackid")) == ("CAPTURED", "00", order_id):
        tranid = said.get("tranid", "")
        number = tranid if PAYMENT_ID.fullmatch(tranid) else ""
        return RefundOutcome(RefundState.DONE, number=number)
    if outcome_of(result) is Outcome.FAILED:
        return RefundOutcome(RefundState.REFUSED, f"Банк отклонил возврат, код ответа {code[:10]}.")
    return RefundOutcome(RefundState.UNKNOWN, f"status {answer.status}, no clear result")


def _said(answer: Answer) -> dict[str, str]:
    """Fields by lower-case names; none where one stands twice, or in the text of an error page."""
    text = answer.text if answer.status == HTTPStatus.OK else answer.location
    fields = [(name.lower(), value) for name, value in parse_qsl(text.strip().split("?")[-1])]
    twice = max(Counter(name for name, _ in fields).values(), default=0) > 1
    return {} if twice else dict(fields)
