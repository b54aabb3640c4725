"""A letter of a login from a new device, to those who have asked for it."""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from lkcap.auth.model import Visit
from lkcap.kit.db import Connection
from lkcap.kit.keys import CONFIG
from lkcap.kit.sql import query
from lkcap.mail.letter import Letter
from lkcap.mail.outbox import queue

FIND_ASKED = query("auth/find_asked_about_device")


@dataclass(frozen=True, slots=True)
class _Asked:
    email: str


async def tell(
    app: web.Application, conn: Connection, subscriber_id: int, visit: Visit, now: datetime
) -> None:
    """In the transaction of the login, before it is noted: a first login ever is no news."""
    if visit.is_known_device:
        return
    asked = await conn.find(FIND_ASKED, _Asked, subscriber_id=subscriber_id)
    if asked is None:
        return
    local = now.astimezone(app[CONFIG].timezone)
    facts = {"day": local.date(), "time": f"{local:%H:%M}", "address": visit.address}
    await queue(app, conn, Letter("reminder_new_device", asked.email, facts, subscriber_id))
