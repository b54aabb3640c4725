"""Letters put in the outbox, as the features would."""

from aiohttp import web

from lkcap.config import Config
from lkcap.kit.db import Connection, Database
from lkcap.kit.keys import CONFIG
from lkcap.mail.letter import Letter
from lkcap.mail.outbox import queue
from tests.conftest import settings
from tests.factory import Books

# Leases and pauses are minutes: time is helped on.
NOW_DUE = "UPDATE letter SET next_try_at = now(), taken_until = NULL WHERE state = 'queued'"
LINK = "http://127.0.0.1/register/confirm/abc"
FACTS = {
    "confirm_registration": {"link": LINK, "account": "86000000017", "hours": 24},
    "application_approved": {
        "login": "86000000017",
        "password": "k7-one-time",
        "link": "http://127.0.0.1/",
        "hours": 24,
    },
    "application_refused": {
        "account": "86000000017",
        "reason": "Фамилия не та, что у собственника.",
        "phone": "8 (000) 100-00-86",
    },
}


def letter(
    to: str = "anna@example.com", name: str = "confirm_registration", **more: object
) -> Letter:
    return Letter(name, to, more.pop("facts", FACTS[name]), **more)  # type: ignore[arg-type]


async def put(outbox: Database, *letters: Letter) -> None:
    """One transaction for all of them."""
    async with outbox.transaction() as conn:
        await put_in(conn, *letters)


async def put_in(conn: Connection, *letters: Letter) -> None:
    app = web.Application()
    app[CONFIG] = Config(**settings("postgresql://nowhere"))  # type: ignore[arg-type]
    for one in letters:
        await queue(app, conn, one)


def pauses(books: Books) -> list[float]:
    """Seconds till the next attempts."""
    asked = "SELECT extract(epoch FROM next_try_at - now())::float FROM letter ORDER BY letter_id"
    return [pause for (pause,) in books.rows(asked)]
