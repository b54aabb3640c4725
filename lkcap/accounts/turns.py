"""Several accounts paid one after another.

A bank's order is one account (contract §7: one number, one sum, one booking), so a payment for all
accounts of a login is a turn of orders, each seen beforehand and each told apart by the bank.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lkcap.auth.model import ReaderAccount


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order whose payer is at the bank."""

    account_id: int
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """One account of the list, and since when its payment is under way."""

    account: ReaderAccount
    begun_at: datetime | None

    @property
    def is_next(self) -> bool:
        return self.account.due > 0 and self.begun_at is None


def turns(accounts: Sequence[ReaderAccount], waiting: Sequence[Waiting]) -> list[Turn]:
    begun = {one.account_id: one.begun_at for one in waiting}
    return [Turn(one, begun.get(one.account_id)) for one in accounts]
