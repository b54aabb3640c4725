"""References as they are kept: their own figures as JSON, whatever loads bring later."""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from lkcap.accounts.holding import Holding
from lkcap.kit.db import Connection
from lkcap.kit.sql import query
from lkcap.references.model import Reference

GET_HOLDER = query("references/get_holder")
FIND_IN_FORCE = query("references/find_in_force")
TAKE_NUMBER = query("references/take_number")
ADD_REFERENCE = query("references/add_reference")
FIND_BY_CODE = query("references/find_by_code")

_JSON = TypeAdapter(Reference)


@dataclass(frozen=True, slots=True)
class HolderFacts(Holding):
    """The account today as its owner sees it."""

    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Key:
    """What makes a reference the same one; `first` and `last` are as they were asked for."""

    account_id: int
    owner_key: str
    first: date
    last: date
    made_on: date


@dataclass(frozen=True, slots=True)
class _Kept:
    reference: str


@dataclass(frozen=True, slots=True)
class _Checked:
    reference: str
    withdrawn_on: date | None
    withdrawn_why: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What whoever holds the paper learns; None of both: it is in force."""

    reference: Reference
    withdrawn_on: date | None
    withdrawn_why: str | None


@dataclass(frozen=True, slots=True)
class _Number:
    number: int


async def get_holder(
    conn: Connection, subscriber_id: int, account_id: int, today: date
) -> HolderFacts:
    """Raises NotFound where the account is not the subscriber's (any more)."""
    return await conn.get(
        GET_HOLDER,
        HolderFacts,
        subscriber_id=subscriber_id,
        account_id=account_id,
        today=today,
    )


async def find_in_force(conn: Connection, key: Key) -> Reference | None:
    row = await conn.find(
        FIND_IN_FORCE,
        _Kept,
        account_id=key.account_id,
        owner_key=key.owner_key,
        first=key.first,
        last=key.last,
        made_on=key.made_on,
    )
    return _JSON.validate_json(row.reference) if row else None


async def take_number(conn: Connection) -> int:
    return (await conn.get(TAKE_NUMBER, _Number)).number


async def add_reference(conn: Connection, key: Key, number: int, made: Reference) -> bool:
    """False where another process was first."""
    added = await conn.run(
        ADD_REFERENCE,
        reference_id=number,
        code=made.code,
        account_id=key.account_id,
        owner_key=key.owner_key,
        first=key.first,
        last=key.last,
        made_on=key.made_on,
        reference=_JSON.dump_json(made).decode(),
    )
    return added == 1


async def find_by_code(conn: Connection, code: str) -> Checked | None:
    row = await conn.find(FIND_BY_CODE, _Checked, code=code)
    if row is None:
        return None
    return Checked(_JSON.validate_json(row.reference), row.withdrawn_on, row.withdrawn_why)
