"""An application comes in and its e-mail is confirmed."""

import hashlib
import secrets
from dataclasses import astuple

from aiohttp import web

from lkcap.kit.db import Connection, connection, transaction
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.mail.letter import Letter
from lkcap.mail.outbox import queue
from lkcap.registration import queries
from lkcap.registration.check import examine
from lkcap.registration.model import LINK_HOURS, UNCONFIRMED_MAX, Answers, Sent

TOKEN_BYTES = 32


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _answers_hash(answers: Answers) -> bytes:
    return _hash("\x1f".join(str(one) for one in astuple(answers)).lower())


async def submit(app: web.Application, answers: Answers, sent_from: str) -> None:
    """Keep an application, check it, and write to its e-mail whatever the check has found.

    The same answers a few minutes later change nothing. Of an e-mail that was sent too many
    letters and confirmed none no more are taken: someone plays with another's mailbox.
    """
    now, answers_hash = app[CLOCK].now(), _answers_hash(answers)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with transaction(app) as conn:
        before = await queries.get_before(conn, answers.email, answers_hash, now)
        if before.is_same_form or before.unconfirmed >= UNCONFIRMED_MAX:
            return
        application_id = await queries.add_application(
            conn, answers, sent_from, answers_hash, _hash(token), now
        )
        await examine(conn, application_id, app[CLOCK].today())
        await _ask_to_confirm(app, conn, answers, token)


async def _ask_to_confirm(
    app: web.Application, conn: Connection, answers: Answers, token: str
) -> None:
    facts = {
        "link": f"{app[CONFIG].public_url}/register/confirm/{token}",
        "account": answers.account,
        "hours": LINK_HOURS,
    }
    await queue(app, conn, Letter("confirm_registration", answers.email, facts))


async def get_sent(app: web.Application, token: str) -> Sent:
    """The application behind the link of a letter; raises NotFound."""
    async with connection(app) as conn:
        sent = await queries.find_sent(conn, _hash(token))
    if sent is None:
        raise NotFound
    return sent


async def confirm(app: web.Application, token: str) -> None:
    """The e-mail is the applicant's own; a second time, or too late, changes nothing.

    The books are looked at again: days may have passed since the form was sent.
    """
    now = app[CLOCK].now()
    async with transaction(app) as conn:
        application_id = await queries.confirm(conn, _hash(token), now)
        if application_id is not None:
            await queries.add_event(conn, application_id, "confirmed", now)
            await examine(conn, application_id, app[CLOCK].today())
