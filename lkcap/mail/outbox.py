"""The outbox: a letter is a row, written in the transaction of what it tells."""

from uuid import uuid4

from aiohttp import web

from lkcap.kit.db import Connection
from lkcap.kit.keys import CONFIG
from lkcap.kit.sql import query
from lkcap.mail.letter import Letter, is_address, seal
from lkcap.mail.message import domain_of

QUEUE = query("mail/queue")


async def queue(app: web.Application, conn: Connection, letter: Letter) -> None:
    """Send the letter when the caller's transaction commits, and not if it does not.

    Its Message-ID is made here, so that every attempt to send it bears the same one. What was
    queued before for the same subscriber, account and period is not queued again. Raises
    ValueError on what is no address: forms have checked it.
    """
    if not is_address(letter.to):
        raise ValueError("not an address")
    config = app[CONFIG]
    await conn.run(
        QUEUE,
        message_id=f"<{uuid4().hex}@{domain_of(config.mail_from)}>",
        name=letter.name,
        recipient=letter.to,
        subscriber_id=letter.subscriber_id,
        account_id=letter.account_id,
        period=letter.period,
        is_bulk=letter.is_bulk,
        facts=seal(letter.facts, config.secret_keys),
    )
