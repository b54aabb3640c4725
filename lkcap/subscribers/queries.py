"""Logins for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.kit.db import Connection
from lkcap.kit.numbers import number_key
from lkcap.kit.sql import query
from lkcap.subscribers.model import Card, Found, Link

SEARCH = query("subscribers/search")
GET_CARD = query("subscribers/get_card")
LIST_LINKS = query("subscribers/list_links")
LOCK = query("subscribers/lock")
BLOCK = query("subscribers/block")
UNBLOCK = query("subscribers/unblock")
LEAVE_ACCOUNT = query("subscribers/leave_account")
UNLINK = query("subscribers/unlink")

FOUND_MAX = 50


@dataclass(frozen=True, slots=True)
class Locked:
    subscriber_id: int
    email: str


async def search(conn: Connection, said: str) -> Sequence[Found]:
    """By the beginning of an e-mail or by a whole number of an account; at most 50."""
    return await conn.list(SEARCH, Found, said=said, number=number_key(said), most=FOUND_MAX)


async def get_card(conn: Connection, subscriber_id: int) -> Card:
    return await conn.get(GET_CARD, Card, subscriber_id=subscriber_id)


async def list_links(conn: Connection, subscriber_id: int, today: date) -> Sequence[Link]:
    return await conn.list(LIST_LINKS, Link, subscriber_id=subscriber_id, today=today)


async def lock(conn: Connection, subscriber_id: int) -> Locked:
    """Raises NotFound where there is no such login, or it was deleted by its owner."""
    return await conn.get(LOCK, Locked, subscriber_id=subscriber_id)


async def block(conn: Connection, subscriber_id: int, now: datetime) -> None:
    await conn.run(BLOCK, subscriber_id=subscriber_id, now=now)


async def unblock(conn: Connection, subscriber_id: int) -> None:
    await conn.run(UNBLOCK, subscriber_id=subscriber_id)


async def unlink(conn: Connection, subscriber_id: int, account_id: int) -> bool:
    """False where the login has no such account (any more)."""
    await conn.run(LEAVE_ACCOUNT, subscriber_id=subscriber_id, account_id=account_id)
    return await conn.run(UNLINK, subscriber_id=subscriber_id, account_id=account_id) > 0
