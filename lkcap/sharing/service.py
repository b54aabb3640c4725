"""Invite, accept, take back: each is one transaction with its letter."""

from enum import Enum

from aiohttp import web
from psycopg2.errors import UniqueViolation

from lkcap.auth.model import Reader
from lkcap.auth.passwords import PASSWORDS
from lkcap.auth.queries import Entry
from lkcap.auth.strength import weakness
from lkcap.auth.turns import Rank
from lkcap.kit.db import Connection, connection, transaction
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.limits import Counter, checked
from lkcap.mail.outbox import queue
from lkcap.profile.tokens import hash_of, new_token
from lkcap.sharing import letters, queries
from lkcap.sharing.model import PEOPLE_MAX, Given, Invitation
from lkcap.sharing.queries import Invited


class Bar(Enum):
    """Why somebody was not invited. Nothing of it depends on who has a login here."""

    OWN = "Это ваш собственный адрес: счёт и так в вашем кабинете"
    HAS_ACCESS = "У этого человека уже есть доступ к счёту. Изменить его можно в списке"
    FULL = f"К одному счёту можно пригласить не больше {PEOPLE_MAX} человек. Отзовите лишний доступ"


async def invite(app: web.Application, reader: Reader, number: str, whom: Invited) -> Bar | None:
    """Write to him; None when it is done. Raises TooMany past LIMITS__INVITE of the login, NotFound
    where the account is not the reader's own.
    """
    owner_id, clock, token = reader.subscriber_id, app[CLOCK], new_token()
    await checked(app, Counter("invite", str(owner_id)), app[CONFIG].limits.invite)
    async with transaction(app) as conn:
        link = await queries.lock_link(conn, owner_id, number, clock.today())
        if whom.email.lower() == link.email.lower():
            return Bar.OWN
        if await _is_full(app, conn, reader, number, whom):
            return Bar.FULL
        if not await queries.invite(conn, owner_id, link, whom, hash_of(token), clock.now()):
            return Bar.HAS_ACCESS
        await queue(app, conn, letters.invitation(app[CONFIG], link, whom, token))
    return None


async def _is_full(
    app: web.Application, conn: Connection, reader: Reader, number: str, whom: Invited
) -> bool:
    """Whether there is no place for one more beside those who have access or may still accept."""
    now, today = app[CLOCK].now(), app[CLOCK].today()
    others = [
        one
        for one in await queries.list_given(conn, reader.subscriber_id, today)
        if one.number == number and one.email.lower() != whom.email.lower() and not one.is_late(now)
    ]
    return len(others) >= PEOPLE_MAX


async def get_given(app: web.Application, reader: Reader, share_id: int) -> Given:
    """Raises NotFound for what is not the reader's to decide."""
    async with connection(app) as conn:
        return await queries.get_given(conn, reader.subscriber_id, share_id, app[CLOCK].today())


async def set_right(app: web.Application, reader: Reader, given: Given, may: str) -> None:
    async with transaction(app) as conn:
        await queries.set_right(conn, reader.subscriber_id, given.share_id, may)


async def revoke(app: web.Application, owner_id: int, share_id: int) -> Given:
    """Whoever had access is told by letter, and his open pages are closed at the next one."""
    async with transaction(app) as conn:
        return await revoke_in(app, conn, owner_id, share_id)


async def revoke_in(app: web.Application, conn: Connection, owner_id: int, share_id: int) -> Given:
    """The same in the caller's transaction. Raises NotFound where there is none (any more)."""
    given = await queries.get_given(conn, owner_id, share_id, app[CLOCK].today())
    if not await queries.revoke(conn, owner_id, share_id):
        raise NotFound
    if letter := letters.revoked(given):
        await queue(app, conn, letter)
    return given


async def leave(app: web.Application, reader: Reader, account_id: int) -> None:
    """Raises NotFound where nobody has opened the account to the reader."""
    async with transaction(app) as conn:
        if not await queries.leave(conn, reader.subscriber_id, account_id):
            raise NotFound


async def find_invitation(app: web.Application, token: str) -> Invitation | None:
    """What the link opens; None for one that is dead or unknown."""
    clock = app[CLOCK]
    async with connection(app) as conn:
        return await queries.find_invitation(conn, hash_of(token), clock.now(), clock.today())


async def accept(app: web.Application, token: str, subscriber_id: int) -> Invitation:
    """The login of the invited address, and no other, gets the access. Raises NotFound."""
    clock, token_hash = app[CLOCK], hash_of(token)
    async with transaction(app) as conn:
        found = await queries.find_invitation(conn, token_hash, clock.now(), clock.today())
        if found is None or found.login_id != subscriber_id or not found.login_is_good:
            raise NotFound
        await _take(app, conn, found, token_hash, subscriber_id)
    return found


async def _take(
    app: web.Application, conn: Connection, found: Invitation, token_hash: bytes, whose: int
) -> None:
    now = app[CLOCK].now()
    if not await queries.accept(conn, token_hash, whose, now):
        raise NotFound
    await queue(app, conn, letters.accepted(app[CONFIG], found, now))


def weakness_of(found: Invitation, password: str) -> str | None:
    """What is wrong with a new password of the invited; None when it is good."""
    return weakness(password, (found.email, found.number))


async def join(app: web.Application, token: str, password: str) -> Entry | None:
    """Make the login of the invited address; the letter's link has confirmed it. None where the
    address has a login by now. Raises NotFound for a link that is dead.
    """
    clock, token_hash = app[CLOCK], hash_of(token)
    password_hash = await app[PASSWORDS].hashed(password, Rank.KNOWN)
    try:
        async with transaction(app) as conn:
            found = await queries.find_invitation(conn, token_hash, clock.now(), clock.today())
            if found is None:
                raise NotFound
            whose = await queries.add_login(conn, found.email, password_hash, clock.now())
            await _take(app, conn, found, token_hash, whose)
    except UniqueViolation:
        return None
    return Entry(whose, found.account_id, None, None)
