"""What receipts are made of, for many accounts at once: one account is a list of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from lkcap.accounts.holding import Holding
from lkcap.kit.db import Connection
from lkcap.kit.month import Month
from lkcap.kit.sql import query
from lkcap.receipts.model import Receipt

LIST_FACTS = query("receipts/list_facts")
LIST_SUMS = query("receipts/list_sums")
LIST_OPERATIONS = query("receipts/list_operations")
LIST_HOUSE_NOTES = query("receipts/list_house_notes")
LIST_LATEST = query("receipts/list_latest")
ADD_RECEIPTS = query("receipts/add_receipts")
GET_VERSION = query("receipts/get_version")
LIST_VERSIONS = query("receipts/list_versions")

# Of one account: a sheet holds about a dozen.
OPERATIONS_MAX = 40

_JSON = TypeAdapter(Receipt)


@dataclass(frozen=True, slots=True)
class Facts(Holding):
    """An account at a month's end; `since` is the month its books begin with."""

    account_id: int
    owner_since: date | None
    since: date | None
    service_code: str | None
    house_id: int
    fund_method: str | None
    rate: int | None
    payee_name: str | None
    inn: str | None
    kpp: str | None
    payee_account: str | None
    penalty_account: str | None
    bank_name: str | None
    bic: str | None
    corr_account: str | None


@dataclass(frozen=True, slots=True)
class Sums:
    """The month's numbers of one account and kind, kopecks."""

    account_id: int
    kind: str
    opening: int
    charged: int
    recalculated: int
    paid: int
    corrected: int
    written_off: int
    closing: int


@dataclass(frozen=True, slots=True)
class Operation:
    """`more` is how many the account has in all."""

    account_id: int
    kind: str
    op: str
    amount: int
    posted_on: date
    document: str | None
    details: str | None
    for_period: date | None
    more: int


@dataclass(frozen=True, slots=True)
class HouseMoney:
    house_id: int
    charged: int
    paid: int
    spent: int | None
    work: str | None
    planned_year: int | None


@dataclass(frozen=True, slots=True)
class Latest:
    account_id: int
    version: int
    receipt: str


async def list_facts(conn: Connection, accounts: Sequence[int], month: Month) -> list[Facts]:
    return await conn.list(LIST_FACTS, Facts, account_ids=accounts, last_day=month.last_day)


async def list_sums(conn: Connection, accounts: Sequence[int], month: Month) -> list[Sums]:
    return await conn.list(LIST_SUMS, Sums, account_ids=accounts, period=month.first_day)


async def list_operations(
    conn: Connection, accounts: Sequence[int], month: Month
) -> list[Operation]:
    return await conn.list(
        LIST_OPERATIONS,
        Operation,
        account_ids=accounts,
        period=month.first_day,
        most=OPERATIONS_MAX,
    )


async def list_house_money(conn: Connection, houses: Sequence[int]) -> list[HouseMoney]:
    return await conn.list(LIST_HOUSE_NOTES, HouseMoney, house_ids=houses)


async def list_latest(
    conn: Connection, owners: Sequence[tuple[int, str]], month: Month
) -> dict[int, Receipt]:
    """The version in force by account."""
    rows = await conn.list(
        LIST_LATEST,
        Latest,
        account_ids=[account for account, _ in owners],
        owner_keys=[owner for _, owner in owners],
        period=month.first_day,
    )
    return {row.account_id: _JSON.validate_json(row.receipt) for row in rows}


async def add_receipts(
    conn: Connection, made: Sequence[tuple[int, str, Receipt]], month: Month
) -> int:
    """Keep (account, owner, receipt); how many were new."""
    return await conn.run(
        ADD_RECEIPTS,
        period=month.first_day,
        account_ids=[account for account, _, _ in made],
        owner_keys=[owner for _, owner, _ in made],
        versions=[one.version for _, _, one in made],
        receipts=[_JSON.dump_json(one).decode() for _, _, one in made],
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    receipt: str


@dataclass(frozen=True, slots=True)
class Versions:
    period: date
    version: int


async def get_version(
    conn: Connection, account_id: int, month: Month, version: int, today: date
) -> Receipt:
    """As it was handed out to today's owner; raises NotFound."""
    row = await conn.get(
        GET_VERSION,
        _Kept,
        account_id=account_id,
        period=month.first_day,
        version=version,
        today=today,
    )
    return _JSON.validate_json(row.receipt)


async def list_versions(
    conn: Connection, account_id: int, year: int, today: date
) -> dict[Month, int]:
    """Months issued more than once, with the version in force."""
    rows = await conn.list(
        LIST_VERSIONS,
        Versions,
        account_id=account_id,
        first=date(year, 1, 1),
        last=date(year, 12, 1),
        today=today,
    )
    return {Month.of(row.period): row.version for row in rows}
