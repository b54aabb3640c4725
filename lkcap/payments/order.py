"""An order: one attempt to pay online, and the states it may pass (contract §7)."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where an order is, as far as the cabinet knows."""

    CREATED = "created"
    CHECKED = "checked"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUNDED_PART = "refunded_part"
    REFUNDED = "refunded"


_OPEN = {State.CHECKED, State.PAID, State.FAILED, State.CANCELLED, State.EXPIRED}

# Money decides: `paid` is reached from every state and left for refunds alone.
NEXT: dict[State, set[State]] = {
    State.CREATED: _OPEN,
    State.CHECKED: _OPEN,
    # the payer may try again on the bank's page, with another card
    State.FAILED: _OPEN,
    State.CANCELLED: {State.PAID},
    State.EXPIRED: {State.PAID},
    State.PAID: {State.REFUNDED_PART, State.REFUNDED},
    State.REFUNDED_PART: {State.REFUNDED_PART, State.REFUNDED},
    State.REFUNDED: set(),
}
# The bank may still take money for such an order.
PAYABLE = {State.CREATED, State.CHECKED, State.FAILED}
TAKEN = {State.PAID, State.REFUNDED_PART, State.REFUNDED}

ORDER_BYTES = 20
_ORDER_LENGTH = 32


def new_order_id() -> str:
    """160 random bits, safe in an address and at a bank: the only key to the page of the result."""
    return base64.b32encode(secrets.token_bytes(ORDER_BYTES)).decode().lower()


def is_order_id(text: str) -> bool:
    return len(text) == _ORDER_LENGTH and text.isascii() and text.isalnum()


def advance(state: State, to: State) -> State:
    """The state after the news that the order is `to`: news that comes too late changes nothing."""
    return to if to in NEXT[state] else state


@dataclass(frozen=True, slots=True)
class Order:
    """Sums are kopecks; `fee` is what was shown, None where there is none. `reason` is the bank's
    word for its last refusal.
    """

    order_id: str
    account_id: int
    bank: str
    state: State
    principal: int
    penalty: int
    fee: int | None
    service_id: int
    bank_account: str
    created_at: datetime
    is_expired: bool
    bank_payment_id: str | None
    reason: str | None

    @property
    def amount(self) -> int:
        """What the bank is told: the fee is its own to add."""
        return self.principal + self.penalty


@dataclass(frozen=True, slots=True)
class Split:
    """How a payment is booked, kopecks."""

    principal: int
    penalty: int


def split(amount: int, order: Order, *, is_second: bool) -> Split:
    """Principal up to the order, then penalty up to the order, the rest an advance of principal.

    A second payment of one order is an advance too: a penalty is never paid ahead.
    """
    if is_second:
        return Split(amount, 0)
    principal = min(amount, order.principal)
    penalty = min(amount - principal, order.penalty)
    return Split(amount - penalty, penalty)
