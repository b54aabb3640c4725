"""What an account owes and whom it pays."""

from dataclasses import dataclass
from datetime import date

from lkcap.kit.db import Connection
from lkcap.kit.sql import query

GET_TERMS = query("payments/get_terms")


@dataclass(frozen=True, slots=True)
class Terms:
    """An account on a day: balances in kopecks, a debt is positive; `payee.HouseTerms` besides."""

    number: str
    closed_on: date | None
    fund_method: str | None
    principal: int
    penalty: int
    payee_name: str | None
    inn: str | None
    kpp: str | None
    payee_account: str | None
    penalty_account: str | None
    bank_name: str | None
    bic: str | None
    corr_account: str | None
    gpb_account_id: str | None


async def get_terms(conn: Connection, account_id: int, today: date) -> Terms:
    return await conn.get(GET_TERMS, Terms, account_id=account_id, today=today)
