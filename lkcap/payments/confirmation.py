"""«Подтверждение платежа»: a payment taken on the site, as its owner may show it to others.

It is made anew from the same rows each time; only its state and what it went to may change since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.auth.model import ReaderAccount
from lkcap.config import Config
from lkcap.kit.db import Connection
from lkcap.kit.sql import query
from lkcap.paper.letterhead import Letterhead
from lkcap.payments.card import BANK_NAMES
from lkcap.payments.payee import Payee, payee_of
from lkcap.payments.queries import get_terms

GET_CONFIRMATION = query("payments/get_confirmation")


@dataclass(frozen=True, slots=True)
class _Row:
    bank: str
    trx_id: str
    order_id: str | None
    state: str | None
    principal: int
    penalty: int
    fee: int | None
    paid_at: datetime
    settled_at: datetime | None
    is_billed: bool
    rrn: str | None
    auth_code: str | None
    masked_pan: str | None
    kinds: Sequence[str]
    months: Sequence[date | None]
    amounts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Destination:
    """What a part of the payment went to, kopecks; `month` None is not named."""

    kind: str
    month: date | None
    amount: int


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Sums are kopecks; `fee` is what the bank added as it was shown, None where none was.

    `paid_at` is in the fund's zone; `settled_on` is the day when a registry or billing confirmed
    it, None while it is in transit; `is_billed`: the destinations are billing's. `state` is the
    order's, `payee` None where it is not set.
    """

    account: str
    fund: Letterhead
    payee: Payee | None
    bank: str
    trx_id: str
    order_id: str | None
    state: str | None
    principal: int
    penalty: int
    fee: int | None
    paid_at: datetime
    settled_on: date | None
    is_billed: bool
    rrn: str | None
    auth_code: str | None
    masked_pan: str | None
    destinations: tuple[Destination, ...]

    @property
    def amount(self) -> int:
        """What the bank has told us it took, its fee apart."""
        return self.principal + self.penalty


async def get_confirmation(
    conn: Connection, account: ReaderAccount, config: Config, payment_id: int
) -> Confirmation:
    """Of a payment of the account, not older than its owner; raises NotFound."""
    row = await conn.get(
        GET_CONFIRMATION,
        _Row,
        payment_id=payment_id,
        account_id=account.account_id,
        owner_since=account.owner_since,
        zone=config.timezone.key,
    )
    paid_at = row.paid_at.astimezone(config.timezone)
    terms = await get_terms(conn, account.account_id, paid_at.date())
    return _confirmation(row, account.number, paid_at, payee_of(terms, config.fund), config)


def _confirmation(
    row: _Row, number: str, paid_at: datetime, payee: Payee | None, config: Config
) -> Confirmation:
    settled_at = row.settled_at.astimezone(config.timezone) if row.settled_at else None
    return Confirmation(
        account=number,
        fund=Letterhead.of(config),
        payee=payee,
        bank=BANK_NAMES[row.bank],
        trx_id=row.trx_id,
        order_id=row.order_id,
        state=row.state,
        principal=row.principal,
        penalty=row.penalty,
        fee=row.fee,
        paid_at=paid_at,
        settled_on=settled_at.date() if settled_at else None,
        is_billed=row.is_billed,
        rrn=row.rrn,
        auth_code=row.auth_code,
        masked_pan=row.masked_pan,
        destinations=tuple(map(Destination, row.kinds, row.months, row.amounts)),
    )
