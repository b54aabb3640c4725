"""The login, its letters and its address in the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.auth.model import AGE_LIMIT, IDLE_LIMIT
from lkcap.kit.db import Connection
from lkcap.kit.sql import query
from lkcap.profile.model import EMAIL_CHANGE_LIFE, EmailChange, Login, Subscription

GET_LOGIN = query("profile/get_login")
GET_PASSWORD_HASH = query("profile/get_password_hash")
LIST_REMINDERS = query("profile/list_reminders")
DROP_REMINDERS = query("profile/drop_reminders")
ADD_REMINDERS = query("profile/add_reminders")
LIST_SUBSCRIBED = query("profile/list_subscribed")
SUBSCRIBE = query("profile/subscribe")
UNSUBSCRIBE = query("profile/unsubscribe")
FIND_SUBSCRIPTION = query("profile/find_subscription")
FIND_BY_EMAIL = query("profile/find_by_email")
SET_EMAIL_CHANGE = query("profile/set_email_change")
FIND_EMAIL_CHANGE = query("profile/find_email_change")
DROP_EMAIL_CHANGE = query("profile/drop_email_change")
SET_EMAIL = query("profile/set_email")


@dataclass(frozen=True, slots=True)
class _Hash:
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str


@dataclass(frozen=True, slots=True)
class _Account:
    account_id: int


@dataclass(frozen=True, slots=True)
class _Subscriber:
    subscriber_id: int


async def get_login(conn: Connection, subscriber_id: int, now: datetime) -> Login:
    return await conn.get(
        GET_LOGIN,
        Login,
        subscriber_id=subscriber_id,
        now=now,
        idle_since=now - IDLE_LIMIT,
        begun_since=now - AGE_LIMIT,
    )


async def get_password_hash(conn: Connection, subscriber_id: int) -> str | None:
    """None while a login has a one-time password alone."""
    found = await conn.get(GET_PASSWORD_HASH, _Hash, subscriber_id=subscriber_id)
    return found.password_hash


async def list_reminders(conn: Connection, subscriber_id: int) -> set[str]:
    """The kinds (`model.REMINDERS`) the subscriber has asked for."""
    found = await conn.list(LIST_REMINDERS, _Kind, subscriber_id=subscriber_id)
    return {one.kind for one in found}


async def set_reminders(conn: Connection, subscriber_id: int, kinds: Collection[str]) -> None:
    """These and no others; every one of them is of `model.REMINDERS`."""
    wanted = sorted(kinds)
    await conn.run(DROP_REMINDERS, subscriber_id=subscriber_id, kinds=wanted)
    await conn.run(ADD_REMINDERS, subscriber_id=subscriber_id, kinds=wanted)


async def list_subscribed(conn: Connection, subscriber_id: int) -> set[int]:
    """Ids of the accounts whose receipts go to him by mail."""
    found = await conn.list(LIST_SUBSCRIBED, _Account, subscriber_id=subscriber_id)
    return {one.account_id for one in found}


async def subscribe(
    conn: Connection, subscriber_id: int, account_id: int, now: datetime, today: date
) -> None:
    """Nothing where the account is not his (any more)."""
    await conn.run(
        SUBSCRIBE, subscriber_id=subscriber_id, account_id=account_id, now=now, today=today
    )


async def unsubscribe(conn: Connection, subscriber_id: int, account_id: int) -> None:
    await conn.run(UNSUBSCRIBE, subscriber_id=subscriber_id, account_id=account_id)


async def get_subscription(
    conn: Connection, subscriber_id: int, account_id: int, today: date
) -> Subscription:
    return await conn.get(
        FIND_SUBSCRIPTION,
        Subscription,
        subscriber_id=subscriber_id,
        account_id=account_id,
        today=today,
    )


async def is_taken(conn: Connection, email: str) -> bool:
    return await conn.find(FIND_BY_EMAIL, _Subscriber, email=email) is not None


async def drop_email_change(conn: Connection, subscriber_id: int) -> None:
    await conn.run(DROP_EMAIL_CHANGE, subscriber_id=subscriber_id)


async def set_email_change(
    conn: Connection, subscriber_id: int, new_email: str, token_hash: bytes, now: datetime
) -> None:
    await conn.run(
        SET_EMAIL_CHANGE,
        subscriber_id=subscriber_id,
        new_email=new_email,
        token_hash=token_hash,
        expires_at=now + EMAIL_CHANGE_LIFE,
    )


async def find_email_change(
    conn: Connection, subscriber_id: int, token_hash: bytes, now: datetime
) -> EmailChange | None:
    return await conn.find(
        FIND_EMAIL_CHANGE,
        EmailChange,
        subscriber_id=subscriber_id,
        token_hash=token_hash,
        now=now,
    )


async def set_email(conn: Connection, change: EmailChange, now: datetime) -> bool:
    """False where another login has the address by now; the change is over in any case."""
    await drop_email_change(conn, change.subscriber_id)
    changed = await conn.run(
        SET_EMAIL, subscriber_id=change.subscriber_id, email=change.new_email, now=now
    )
    return changed == 1
