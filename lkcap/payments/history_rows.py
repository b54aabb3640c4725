"""Payments of an account, and orders that still wait for the bank, as the database tells them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lkcap.auth.model import ReaderAccount
from lkcap.kit.db import Connection
from lkcap.kit.sql import query

LIST_HISTORY = query("payments/list_history")
LIST_PENDING = query("payments/list_pending")

# Twelve years of a busy account are a few hundred.
HISTORY_MAX = 50_000
# The bank is asked about an order for so long (contract §1, `tidy`).
PENDING_DAYS = 3
PENDING_MAX = 5


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment, kopecks, a refund is below zero; `day` is the fund's.

    `source` is whose word, besides the ledger's, we have of it: the bank's, a registry's, or none.
    `months` are what it went to, None a month that is not named. Of what is not `is_told` (paid
    before the new owner's first day) only sums are known.
    """

    day: date
    principal: int
    penalty: int
    is_in_transit: bool
    is_told: bool
    payment_id: int | None
    source: str | None
    masked_pan: str | None
    document: str | None
    details: str | None
    months: Sequence[date | None]
    penalty_months: Sequence[date | None]

    @property
    def amount(self) -> int:
        return self.principal + self.penalty


@dataclass(frozen=True, slots=True)
class Pending:
    """An order without an answer; `amount` in kopecks, without the bank's fee."""

    order_id: str
    amount: int
    sent_at: datetime


async def list_history(conn: Connection, account: ReaderAccount, zone: ZoneInfo) -> list[Payment]:
    """What the account's reader may see of all years, the newest first."""
    found = await conn.list(
        LIST_HISTORY,
        Payment,
        account_id=account.account_id,
        hidden_before=account.visible_from.first_day if account.visible_from else None,
        owner_since=account.owner_since,
        zone=zone.key,
        most=HISTORY_MAX,
    )
    assert len(found) < HISTORY_MAX, account.account_id
    return found


async def list_pending(conn: Connection, account: ReaderAccount, zone: ZoneInfo) -> list[Pending]:
    return await conn.list(
        LIST_PENDING,
        Pending,
        account_id=account.account_id,
        owner_since=account.owner_since,
        zone=zone.key,
        days=PENDING_DAYS,
        most=PENDING_MAX,
    )
