"""Change the password, the address and the subscriptions of one's own login."""

from aiohttp import web
from psycopg2.errors import UniqueViolation

from lkcap.auth.model import Reader
from lkcap.auth.passwords import PASSWORDS
from lkcap.auth.queries import add_login_events, set_password
from lkcap.auth.service import find_weakness, visit_of
from lkcap.auth.turns import Rank
from lkcap.kit.db import connection, transaction
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.limits import Counter, checked, give_back
from lkcap.mail.outbox import queue
from lkcap.profile import letters, queries
from lkcap.profile.model import EmailChange
from lkcap.profile.tokens import hash_of, new_token

# Passwords asked for again behind the login are counted by login, not by address.
GUESSES = "settings"


async def is_own_password(request: web.Request, reader: Reader, password: str) -> bool:
    """Whether it is the reader's; guesses are counted, the right ones are not.

    Raises TooMany: whoever sits at an open browser must not find the password out.
    """
    app = request.app
    counter = Counter(GUESSES, str(reader.subscriber_id))
    await checked(app, counter, app[CONFIG].limits.login)
    async with connection(app) as conn:
        password_hash = await queries.get_password_hash(conn, reader.subscriber_id)
    fits = await app[PASSWORDS].fits(password_hash, password, Rank.KNOWN)
    if fits:
        await give_back(app, counter)
    return fits


async def weakness_of(app: web.Application, reader: Reader, password: str) -> str | None:
    """What is wrong with a new password of the reader; None when it is good."""
    async with connection(app) as conn:
        return await find_weakness(conn, reader.subscriber_id, password)


async def change_password(request: web.Request, reader: Reader, password: str) -> None:
    """Every other browser must log in anew, and a link to a new address that was on its way is
    dead: whoever stole the old password may have asked for it. The owner is told by letter.
    """
    app, whose = request.app, reader.subscriber_id
    now, visit = app[CLOCK].now(), visit_of(request, is_known_device=True)
    password_hash = await app[PASSWORDS].hashed(password, Rank.KNOWN)
    async with transaction(app) as conn:
        await set_password(conn, whose, password_hash, now, kept=reader.token_hash)
        await queries.drop_email_change(conn, whose)
        await add_login_events(conn, [whose], visit, "new_password", now)
        login = await queries.get_login(conn, whose, now)
        await queue(app, conn, letters.password_changed(app[CONFIG], login, now))


async def ask_for_email(app: web.Application, reader: Reader, email: str) -> None:
    """Write to both addresses. Of a taken one nothing can be told but by its owner: the same
    rows are written and as many letters, only the link is not sent.
    """
    now, token = app[CLOCK].now(), new_token()
    async with transaction(app) as conn:
        login = await queries.get_login(conn, reader.subscriber_id, now)
        is_taken = await queries.is_taken(conn, email)
        await queries.set_email_change(conn, reader.subscriber_id, email, hash_of(token), now)
        await queue(app, conn, letters.email_change_notice(login, email))
        await queue(
            app,
            conn,
            letters.email_taken(email)
            if is_taken
            else letters.email_confirm(app[CONFIG], email, token),
        )


async def find_email_change(app: web.Application, reader: Reader, token: str) -> EmailChange | None:
    """What the link confirms; None for one that is dead, unknown, or another login's."""
    async with connection(app) as conn:
        return await queries.find_email_change(
            conn, reader.subscriber_id, hash_of(token), app[CLOCK].now()
        )


async def confirm_email(app: web.Application, reader: Reader, token: str) -> bool:
    """False where the link is of no use (any more)."""
    now = app[CLOCK].now()
    try:
        async with transaction(app) as conn:
            change = await queries.find_email_change(
                conn, reader.subscriber_id, hash_of(token), now
            )
            return change is not None and await queries.set_email(conn, change, now)
    except UniqueViolation:
        # another login took the address in the same moment
        return False


async def set_receipts(
    app: web.Application, subscriber_id: int, account_id: int, *, wanted: bool
) -> None:
    """Receipts of the account by mail, or no more; said twice, it is the same."""
    clock = app[CLOCK]
    async with transaction(app) as conn:
        if wanted:
            await queries.subscribe(conn, subscriber_id, account_id, clock.now(), clock.today())
        else:
            await queries.unsubscribe(conn, subscriber_id, account_id)
