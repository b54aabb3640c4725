"""Money back to the card it came from, whichever bank it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from aiohttp import web


@dataclass(frozen=True, slots=True)
class RefundCall:
    """What of which payment is to be given back; `amount` is kopecks, all of it or a part."""

    order_id: str
    bank_payment_id: str
    trx_id: str
    rrn: str | None
    amount: int


class RefundState(StrEnum):
    """UNKNOWN: the money may be on its way; it is found out before anything is repeated."""

    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RefundOutcome:
    """`reason`: of a refusal in Russian for the staff, of an unknown outcome for the log.

    `told` is the bank's answer as it came, for the journal; `number`, `rrn` and `auth_code` are
    the bank's own of the refund, where it names them.
    """

    state: RefundState
    reason: str = ""
    told: str = field(default="", compare=False)
    number: str = field(default="", compare=False)
    rrn: str | None = field(default=None, compare=False)
    auth_code: str | None = field(default=None, compare=False)


class Refunder(Protocol):
    """A bank that gives money back on our word. Neither call raises anything of the network."""

    async def refund(self, call: RefundCall) -> RefundOutcome:
        """Once: the banks have no key that would tell the same refund from a second one."""

    async def look(self, call: RefundCall, known: Collection[str]) -> RefundOutcome:
        """What became of a refund that nobody knows of; `known` are numbers of others, done.

        UNKNOWN where the bank does not tell either.
        """


# By the bank's name as orders have it; set while the site starts, without those it has no terms of.
REFUNDERS = web.AppKey[Mapping[str, Refunder]]("lkcap_refunders")
