"""What the bank says of a payment when it is asked: the only word that is booked."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from lkcap.banks.base import BankUnavailable
from lkcap.banks.sngb.results import Outcome, outcome_of
from lkcap.kit.money import KOPECKS_MAX, Kopecks

M = TypeVar("M", bound="_Shape")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A sum that is not a whole number of kopecks is not rounded but refused.
_EXACT = Context(prec=28, traps=[Inexact, InvalidOperation, Overflow])
# How the list of transactions names a refund.
_GIVEN_BACK = ("credit", "refund")
# The year 2286: a number beyond is not a time in milliseconds.
_MILLISECONDS_MAX = 10**13


@dataclass(frozen=True, slots=True)
class Payment:
    """The bank's record. `tranid` is empty until it is authorized; `is_refunded`: wholly or not."""

    payment_id: str
    order_id: str
    tranid: str
    amount: Kopecks
    created: datetime
    is_authorized: bool
    is_captured: bool
    is_refunded: bool

    @property
    def is_paid(self) -> bool:
        return self.is_authorized and self.is_captured


@dataclass(frozen=True, slots=True)
class Credit:
    """Money the bank has given back."""

    tranid: str
    amount: Kopecks


@dataclass(frozen=True, slots=True)
class Status:
    """`payment` is there when the outcome is PAID, and only then."""

    outcome: Outcome
    payment: Payment | None = None

    @property
    def is_paid(self) -> bool:
        return self.payment is not None


def _digits(value: object) -> object:
    """Ids are numbers in one answer and texts in another; never through a float."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _kopecks(value: object) -> object:
    """Roubles as the JSON had them, an integer or a decimal fraction."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("not a number")
    try:
        hundredfold = _EXACT.multiply(Decimal(value), Decimal(100))
        return int(_EXACT.quantize(hundredfold, Decimal(1)))
    except ArithmeticError:
        raise ValueError("not a whole number of kopecks") from None


def _kopecks_or_none(value: object) -> object:
    """0 for what is no sum: most rows are not looked at."""
    try:
        return _kopecks(value)
    except ValueError:
        return 0


Digits = Annotated[str, BeforeValidator(_digits), Field(pattern=r"\A[0-9]{0,40}\z")]
Roubles = Annotated[int, BeforeValidator(_kopecks), Field(gt=0, le=KOPECKS_MAX)]
Milliseconds = Annotated[int, Field(gt=0, lt=_MILLISECONDS_MAX)]


class _Shape(BaseModel):
    """Of strict types; what else the answer holds does not matter."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)


class _Record(_Shape):
    id: Digits
    track: str
    tranid: Digits
    amount: Roubles
    currency: Literal["rub"]
    created: Milliseconds
    authorization: bool
    captured: bool
    refunded: bool


class _Records(_Shape):
    data: list[_Record] = Field(max_length=1)


class _Transaction(_Shape):
    result: str
    action: str
    track: str
    tranid: Digits
    transdt: Milliseconds
    # only a refund's matters
    amount: Annotated[int, BeforeValidator(_kopecks_or_none)] = 0


class _Transactions(_Shape):
    tranlist: list[_Transaction]


def read_payment(text: str, payment_id: str) -> Payment | None:
    """Of `/v1/payments/<id>`; None where the bank knows no such payment. Raises BankUnavailable."""
    records = _read(_Records, text).data
    if not records:
        return None
    (one,) = records
    if one.id != payment_id:
        raise BankUnavailable("another payment than asked for")
    payment = Payment(
        payment_id=one.id,
        order_id=one.track,
        tranid=one.tranid,
        amount=Kopecks(one.amount),
        created=_EPOCH + timedelta(milliseconds=one.created),
        is_authorized=one.authorization,
        is_captured=one.captured,
        is_refunded=one.refunded,
    )
    if payment.is_paid and not payment.tranid:
        raise BankUnavailable("a payment without tranid")
    return payment


def read_outcome(text: str, order_id: str) -> Outcome:
    """Of `/v1/transactions/<id>` of a payment that is not paid: how the last attempt ended.

    UNKNOWN where there is none, or where one went through all the same. Raises BankUnavailable.
    """
    made = sorted(_made(text, order_id), key=lambda one: one.transdt)
    if not made or any(one.result == "CAPTURED" for one in made):
        return Outcome.UNKNOWN
    return outcome_of(made[-1].result)


def read_capture(text: str, order_id: str) -> str | None:
    """Of the same answer: `tranid` of the transaction that took the money, which a refund names."""
    made = _made(text, order_id)
    taken = [one.tranid for one in made if (one.action, one.result) == ("capture", "CAPTURED")]
    return taken[0] if len(taken) == 1 and taken[0] else None


def read_credits(text: str, order_id: str) -> list[Credit]:
    """Of the same answer: what was given back."""
    return [
        Credit(one.tranid, Kopecks(one.amount))
        for one in _made(text, order_id)
        if one.action.lower() in _GIVEN_BACK and one.result == "CAPTURED" and one.tranid
    ]


def _made(text: str, order_id: str) -> list[_Transaction]:
    return [one for one in _read(_Transactions, text).tranlist if one.track == order_id]


def _read(shape: type[M], text: str) -> M:
    try:
        return shape.model_validate(_loads(text))
    except ValidationError as error:
        wrong = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise BankUnavailable(f"cannot read {wrong or 'the answer'}") from None


def _loads(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        raise BankUnavailable("not JSON") from None
