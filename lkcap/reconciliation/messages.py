"""Messages of banks that a person must look at, and those that we did not believe.

Nothing here changes anything: what a message did is its payment's, in the journal for ever
(contract §7); a refused one did nothing, and goes after 90 days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lkcap.kit.db import Connection
from lkcap.kit.sql import query
from lkcap.payments.strays import ASKED_DAYS

LIST_ODD = query("reconciliation/list_odd")
LIST_REFUSED = query("reconciliation/list_refused")

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Odd:
    """A verified one, kopecks; of what cannot be booked there are none, and `at` is its coming."""

    message_id: int
    at: datetime
    bank: str
    verdict: str
    raw: str
    payment_id: int | None
    account: str
    ordered: int | None
    taken: int | None


@dataclass(frozen=True, slots=True)
class Refused:
    """One that nobody vouches for; `is_to_ask`: its bank is still to be asked about the money."""

    message_id: int
    bank: str
    kind: str
    received_at: datetime
    address: str
    raw: str
    reason: str
    is_to_ask: bool


async def list_odd(conn: Connection, since: datetime, before: datetime) -> Sequence[Odd]:
    """The newest first; those whose money was given back are looked at."""
    return await conn.list(LIST_ODD, Odd, since=since, before=before, most=SHOWN)


async def list_refused(conn: Connection, before: int = 0) -> Sequence[Refused]:
    """A page of them; one more than a page tells that there are older ones."""
    return await conn.list(
        LIST_REFUSED, Refused, asked_days=ASKED_DAYS, before=before, most=SHOWN + 1
    )
