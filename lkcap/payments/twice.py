"""One form, one order: a payment form that is sent twice leads to the same page of the bank.

The page gives each form a name of its own. A form that comes without it is taken for a new one.
"""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass

from aiohttp import web

from lkcap.banks.base import BankUnavailable
from lkcap.kit.db import Connection, connection
from lkcap.kit.sql import query
from lkcap.payments.order import TAKEN, Split, State

KEEP_FORM = query("payments/keep_form")
FIND_FORM = query("payments/find_form")
RENEW_FORM = query("payments/renew_form")
KEEP_PAGE = query("payments/keep_page")
DROP_FORMS = query("payments/drop_forms")

_NAME_BYTES = 16
_NAME_MAX = 64
# Whoever sends a form again so late means another payment: the bank's page may be closed by then.
SECONDS = 600
# The bank may be slow to open its page for the first of the two.
WAIT_SECONDS = 12.0
_PAUSE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Made:
    """The order that the form has made before; `url` is the bank's page, None while it is asked."""

    order_id: str
    state: str
    url: str | None
    is_fresh: bool


def new_form_name() -> str:
    return secrets.token_urlsafe(_NAME_BYTES)


def digest(name: str, account_id: int, sums: Split) -> str:
    """What makes two forms the same; empty for a form without a name.

    Other sums in the same form, as after the browser's «back», are another payment.
    """
    if not name or len(name) > _NAME_MAX:
        return ""
    told = f"{name}|{account_id}|{sums.principal}|{sums.penalty}"
    return hashlib.sha256(told.encode()).hexdigest()


async def claim(conn: Connection, form: str, order_id: str) -> Made | None:
    """None: the order is this form's. Else what the form has made before; nothing was written.

    Call it last in the transaction that makes the order: two forms at once wait for each other.
    """
    if not form or await conn.run(KEEP_FORM, form=form, order_id=order_id):
        return None
    made = await conn.get(FIND_FORM, Made, form=form, seconds=SECONDS)
    if made.is_fresh or State(made.state) in TAKEN:
        return made
    renewed = await conn.run(RENEW_FORM, form=form, order_id=order_id, before=made.order_id)
    return None if renewed else await conn.get(FIND_FORM, Made, form=form, seconds=SECONDS)


async def keep_page(conn: Connection, order_id: str, url: str) -> None:
    await conn.run(KEEP_PAGE, order_id=order_id, url=url)


async def page_of(app: web.Application, form: str, made: Made) -> str:
    """Where the second of two equal forms goes: the bank's page, or the result of what is paid.

    Raises BankUnavailable where the first has not got there in time.
    """
    deadline = asyncio.get_running_loop().time() + WAIT_SECONDS
    while State(made.state) not in TAKEN:
        if made.url:
            return made.url
        if not made.is_fresh or asyncio.get_running_loop().time() > deadline:
            raise BankUnavailable("the same form is still waiting for the bank")
        await asyncio.sleep(_PAUSE_SECONDS)
        async with connection(app) as conn:
            made = await conn.get(FIND_FORM, Made, form=form, seconds=SECONDS)
    return f"/payment/{made.order_id}"
