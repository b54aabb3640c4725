"""What the bank remembers: attempts, their operations and messages, and its book of payments."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lkcap.demo.bank.faults import Fault


class Wire(StrEnum):
    GPB = "gpb"
    SNGB = "sngb"


class Result(StrEnum):
    """How an operation ended."""

    PAID = "paid"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Operation:
    """`trx_id` is СНГБ's tranid. `amount` in kopecks, without the fee.

    By СБП there is neither `rrn` nor card; a failed operation has no `rrn`.
    """

    trx_id: str
    result: Result
    amount: int
    at: datetime
    rrn: str = ""
    auth_code: str = ""
    masked_pan: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """One try; `status` None: no answer, and `answer` says why."""

    at: datetime
    status: int | None
    answer: str
    is_accepted: bool


class Delivery(StrEnum):
    HELD = "held"
    GOING = "going"
    DELIVERED = "delivered"
    GIVEN_UP = "given-up"


@dataclass(slots=True)
class Message:
    """A call to the shop, the same to the byte at every try; `answered` is set after the first."""

    wire: Wire
    kind: str  # check, register, notify
    trx_id: str
    url: str
    body: str = ""  # a form to post; empty: a GET
    says: Result | None = None
    faults: frozenset[Fault] = frozenset()
    delivery: Delivery = Delivery.HELD
    sendings: list[Sending] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Attempt:
    """One visit of a payer. `id` is GPB's first trx_id or СНГБ's paymentid; `amount` in kopecks.

    `passed` is what the shop gave to be returned: `o.*`, `udf1`…`udf5`. `refusal` is why the page
    takes no payment.
    """

    id: str
    wire: Wire
    order: str
    opened_at: datetime
    back_success: str
    back_failure: str
    passed: dict[str, str]
    amount: int = 0
    title: str = ""
    details: str = ""
    merchant_trx: str = ""
    account_id: str = ""
    refusal: str = ""
    faults: set[Fault] = field(default_factory=set)
    operations: list[Operation] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    next_page: str = ""  # where the payer was sent in the end
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def state(self) -> str:
        if self.refusal:
            return "turned-away"
        return self.operations[-1].result.value if self.operations else "open"


@dataclass(frozen=True, slots=True)
class Refund:
    trx_id: str
    amount: int
    at: datetime
    rrn: str
    auth_code: str


@dataclass(slots=True)
class Payment:
    """A line of the book: money the bank has taken, and what of it it gave back; kopecks."""

    attempt: Attempt
    operation: Operation
    fee: int
    refunds: list[Refund] = field(default_factory=list)

    @property
    def refunded(self) -> int:
        return sum(one.amount for one in self.refunds)

    @property
    def is_acknowledged(self) -> bool:
        """Whether the shop has accepted a message of it."""
        return any(
            sending.is_accepted
            for message in self.attempt.messages
            if message.trx_id == self.operation.trx_id and message.says is Result.PAID
            for sending in message.sendings
        )
