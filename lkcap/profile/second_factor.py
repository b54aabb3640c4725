"""A code from an application besides the password, and spare codes for a lost telephone."""

import io
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
import segno
from aiohttp import web

from lkcap.auth import totp
from lkcap.auth.model import Reader
from lkcap.auth.second import recovery_hash
from lkcap.config import Config
from lkcap.kit.db import Connection, connection, transaction
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.sql import query
from lkcap.mail.outbox import queue
from lkcap.profile import letters
from lkcap.profile.queries import get_login

SET_ENROLMENT = query("profile/set_enrolment")
FIND_ENROLMENT = query("profile/find_enrolment")
DROP_ENROLMENT = query("profile/drop_enrolment")
SET_TOTP = query("profile/set_totp")
ADD_RECOVERY_CODES = query("profile/add_recovery_codes")
DROP_RECOVERY_CODES = query("profile/drop_recovery_codes")

# From the first look at the picture to the first code.
ENROLMENT_LIFE = timedelta(minutes=30)
RECOVERY_CODES = 10
# No letters that look alike; sixteen of them are 79 random bits.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An application that is being set up: its secret in base32, and the spare codes."""

    secret: str
    codes: tuple[str, ...]

    @property
    def grouped_secret(self) -> str:
        """As people copy it by hand: «ABCD EFGH …»."""
        return " ".join(re.findall(".{1,4}", self.secret))


@dataclass(frozen=True, slots=True)
class _Sealed:
    sealed: memoryview


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


async def begin(app: web.Application, reader: Reader) -> None:
    """A new secret and new spare codes wait for the first code; an earlier try is forgotten."""
    codes = (_recovery_code() for _ in range(RECOVERY_CODES))
    sealed = totp.encrypted(app[CONFIG], " ".join((totp.new_secret(), *codes)))
    async with transaction(app) as conn:
        await conn.run(
            SET_ENROLMENT,
            subscriber_id=reader.subscriber_id,
            sealed=sealed,
            expires_at=app[CLOCK].now() + ENROLMENT_LIFE,
        )


async def find_enrolment(app: web.Application, reader: Reader) -> Enrolment | None:
    """None where nothing is being set up, or not any more."""
    async with connection(app) as conn:
        return await _find(conn, app[CONFIG], reader, app[CLOCK].now())


async def _find(
    conn: Connection, config: Config, reader: Reader, now: datetime
) -> Enrolment | None:
    row = await conn.find(FIND_ENROLMENT, _Sealed, subscriber_id=reader.subscriber_id, now=now)
    if row is None:
        return None
    secret, *codes = totp.decrypted(config, bytes(row.sealed)).split()
    return Enrolment(secret, tuple(codes))


async def confirm(app: web.Application, reader: Reader, code: str) -> bool:
    """The first code proves that the application works; from now on it is asked for at login, and
    the owner is told by letter.
    """
    now, config, whose = app[CLOCK].now(), app[CONFIG], reader.subscriber_id
    async with transaction(app) as conn:
        enrolment = await _find(conn, config, reader, now)
        step = totp.accepts(enrolment.secret, code, now, None) if enrolment else None
        if enrolment is None or step is None:
            return False
        secret = totp.encrypted(config, enrolment.secret)
        await conn.run(SET_TOTP, subscriber_id=whose, secret=secret, step=step)
        await conn.run(DROP_RECOVERY_CODES, subscriber_id=whose)
        hashes = [recovery_hash(one) for one in enrolment.codes]
        await conn.run(ADD_RECOVERY_CODES, subscriber_id=whose, hashes=hashes)
        await conn.run(DROP_ENROLMENT, subscriber_id=whose)
        await queue(app, conn, letters.code_on(config, await get_login(conn, whose, now), now))
    return True


async def switch_off(app: web.Application, reader: Reader) -> None:
    """By the owner's own hand."""
    async with transaction(app) as conn:
        await switch_off_in(app, conn, reader.subscriber_id, by_fund=False)


async def switch_off_in(
    app: web.Application, conn: Connection, subscriber_id: int, *, by_fund: bool
) -> None:
    """The password alone opens the login again; spare codes are worth nothing. The owner is told
    by letter, once however often the form is sent, whose hand it was.
    """
    now = app[CLOCK].now()
    login = await get_login(conn, subscriber_id, now)
    await conn.run(SET_TOTP, subscriber_id=subscriber_id, secret=None, step=None)
    await conn.run(DROP_RECOVERY_CODES, subscriber_id=subscriber_id)
    await conn.run(DROP_ENROLMENT, subscriber_id=subscriber_id)
    if login.has_code:
        await queue(app, conn, letters.code_off(app[CONFIG], login, now, by_fund=by_fund))


def picture(config: Config, email: str, secret: str) -> bytes:
    """The QR code that applications for codes read, as PNG with its quiet zone."""
    issuer = config.fund.short_name or config.fund.name
    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)
    body = io.BytesIO()
    segno.make(address, error="m", micro=False).save(body, kind="png", scale=5, border=4)
    return body.getvalue()
