"""A refund as the desk knows it: what may be given back, and what was asked for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lkcap.banks.refund import RefundCall

# Kopecks: more than this goes back only when a second employee has confirmed it.
REFUND_CONFIRM_ABOVE = 1_000_000


def needs_second(amount: int) -> bool:
    return amount > REFUND_CONFIRM_ABOVE


class Refundability(StrEnum):
    """Why a refund cannot be asked for."""

    NOT_HERE = "Этот платёж возвращают не здесь: его принял не банк портала."
    NO_TERMS = "В настройках нет адреса или пароля для возвратов этого банка."
    OPEN = "Другой возврат этого платежа ещё не закончен: сначала узнайте, чем он кончился."
    TOO_MUCH = "Столько вернуть нельзя: меньше осталось от платежа."


class CannotRefund(Exception):
    """`why` is for the employee."""

    def __init__(self, why: Refundability) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Refundable:
    """What is left of a payment, kopecks; `is_open`: a refund of it is not settled."""

    payment_id: int
    source: str
    order_id: str | None
    principal: int
    penalty: int
    is_payment: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Refund:
    """Under its lock, with what the bank is told of it; sums are kopecks."""

    refund_id: int
    payment_id: int
    state: str
    principal: int
    penalty: int
    asked_by: int
    sent_at: datetime | None
    source: str
    trx_id: str
    rrn: str | None
    order_id: str | None
    account_id: int | None
    bank_payment_id: str | None
    service_id: int | None

    @property
    def amount(self) -> int:
        return self.principal + self.penalty

    @property
    def needs_second(self) -> bool:
        return needs_second(self.amount)

    @property
    def call(self) -> RefundCall:
        return RefundCall(
            order_id=self.order_id or "",
            bank_payment_id=self.bank_payment_id or "",
            trx_id=self.trx_id,
            rrn=self.rrn,
            amount=self.amount,
        )
