"""Who was invited to which account, and who has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.kit.db import Connection
from lkcap.kit.errors import NotFound
from lkcap.kit.sql import query
from lkcap.sharing.model import (
    CONSENT_VERSION,
    INVITATION_LIFE,
    Given,
    Invitation,
    Link,
    OfLogin,
)

LOCK_LINK = query("sharing/lock_link")
LIST_GIVEN = query("sharing/list_given")
INVITE = query("sharing/invite")
SET_RIGHT = query("sharing/set_right")
REVOKE = query("sharing/revoke")
LEAVE = query("sharing/leave")
FIND_INVITATION = query("sharing/find_invitation")
ACCEPT = query("sharing/accept")
ADD_LOGIN = query("sharing/add_login")
LIST_OF_LOGIN = query("sharing/list_of_login")

# Twenty accounts full of people.
GIVEN_MAX = 100


@dataclass(frozen=True, slots=True)
class Invited:
    """What the owner has said of somebody."""

    called: str
    email: str
    may: str


@dataclass(frozen=True, slots=True)
class _Subscriber:
    subscriber_id: int


async def lock_link(conn: Connection, owner_id: int, number: str, today: date) -> Link:
    """Raises NotFound where the account is not his today."""
    return await conn.get(LOCK_LINK, Link, owner_id=owner_id, number=number, today=today)


async def list_given(conn: Connection, owner_id: int, today: date) -> Sequence[Given]:
    """Of the accounts that are his today: those who came first, then those who were invited."""
    return await conn.list(LIST_GIVEN, Given, owner_id=owner_id, today=today, most=GIVEN_MAX)


async def get_given(conn: Connection, owner_id: int, share_id: int, today: date) -> Given:
    """Raises NotFound for another's."""
    for one in await list_given(conn, owner_id, today):
        if one.share_id == share_id:
            return one
    raise NotFound


async def invite(
    conn: Connection, owner_id: int, link: Link, whom: Invited, token_hash: bytes, now: datetime
) -> bool:
    """False where he has access already."""
    added = await conn.run(
        INVITE,
        owner_id=owner_id,
        account_id=link.account_id,
        owner_key=link.owner_key,
        called=whom.called,
        email=whom.email,
        may=whom.may,
        now=now,
        token_hash=token_hash,
        expires_at=now + INVITATION_LIFE,
    )
    return added == 1


async def set_right(conn: Connection, owner_id: int, share_id: int, may: str) -> None:
    await conn.run(SET_RIGHT, owner_id=owner_id, share_id=share_id, may=may)


async def revoke(conn: Connection, owner_id: int, share_id: int) -> bool:
    """False where it is gone already."""
    return await conn.run(REVOKE, owner_id=owner_id, share_id=share_id) == 1


async def leave(conn: Connection, relative_id: int, account_id: int) -> bool:
    return await conn.run(LEAVE, relative_id=relative_id, account_id=account_id) > 0


async def find_invitation(
    conn: Connection, token_hash: bytes, now: datetime, today: date
) -> Invitation | None:
    """None for a link that is dead, unknown, or of an owner whose access has ended."""
    return await conn.find(FIND_INVITATION, Invitation, token_hash=token_hash, now=now, today=today)


async def accept(conn: Connection, token_hash: bytes, relative_id: int, now: datetime) -> bool:
    """False where another browser was first, or it is the owner himself."""
    taken = await conn.run(ACCEPT, token_hash=token_hash, relative_id=relative_id, now=now)
    return taken == 1


async def add_login(conn: Connection, email: str, password_hash: str, now: datetime) -> int:
    """The new subscriber's id. Raises UniqueViolation where the address has a login by now."""
    added = await conn.get(
        ADD_LOGIN,
        _Subscriber,
        email=email,
        password_hash=password_hash,
        now=now,
        consent_version=CONSENT_VERSION,
    )
    return added.subscriber_id


async def list_of_login(conn: Connection, subscriber_id: int, today: date) -> Sequence[OfLogin]:
    """For the desk: what the login has given, then what it was given."""
    return await conn.list(
        LIST_OF_LOGIN, OfLogin, subscriber_id=subscriber_id, today=today, most=GIVEN_MAX
    )
