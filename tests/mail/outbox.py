"""What the site has queued, as its readers will see it."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiohttp import web

from lkcap.kit.keys import CONFIG
from lkcap.mail.compose import Composer, Queued
from tests.factory import Books

LETTERS = """
    SELECT letter_id, message_id, name, recipient, domain, subscriber_id, account_id, period,
           is_bulk, facts, attempts, queued_at, false
      FROM letter WHERE state = 'queued' ORDER BY letter_id
"""


def parsed(raw: bytes) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(raw, policy=policy.default))


async def queued(app: web.Application, books: Books) -> list[EmailMessage]:
    """The letters that wait in the outbox, first queued first; nothing is sent."""
    composer = Composer(app[CONFIG])
    return [
        parsed(await composer.compose(Queued(*row)))  # type: ignore[arg-type]
        for row in books.rows(LETTERS)
    ]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html_of(letter: EmailMessage) -> str:
    body = letter.get_body(("html",))
    assert body is not None
    return str(body.get_content())
