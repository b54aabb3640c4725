"""What a bank says, as the cabinet understands it, whichever bank it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lkcap.payments.order import State


class Verdict(StrEnum):
    """What became of a message."""

    BOOKED = "booked"
    OTHER_SUM = "other_sum"  # booked, but not what was ordered: a person looks
    SECOND = "second"  # another payment of an order that is paid already
    UNKNOWN = "unknown"  # money without an order of ours: it waits in suspense
    REPEAT = "repeat"
    SENSELESS = "senseless"  # signed, and yet nothing that can be booked: a person looks
    NOTED = "noted"  # a refusal, or news that comes too late to change anything


@dataclass(frozen=True, slots=True)
class Message:
    """As it came, and our answer to it: for the journal. `address` is who sent it."""

    bank: str
    kind: str
    address: str
    raw: str
    answer: str


@dataclass(frozen=True, slots=True)
class Success:
    """The bank has the money; `amount` is kopecks, `paid_at` the bank's time."""

    trx_id: str
    amount: int
    paid_at: datetime
    rrn: str | None = None
    auth_code: str | None = None
    masked_pan: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """The bank has not the money: `state` is failed or cancelled, `reason` the bank's word."""

    trx_id: str
    state: State
    reason: str
