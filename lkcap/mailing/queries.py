"""Subscriptions to receipts, and the letters that answer them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lkcap.kit.db import Connection
from lkcap.kit.month import Month
from lkcap.kit.sql import query
from lkcap.mail.compose import Queued
from lkcap.mailing.model import Addressed, Left, Paper, Subscribed

LIST_SUBSCRIBED = query("mailing/list_subscribed")
COUNT_SUBSCRIBED = query("mailing/count_subscribed")
QUEUE_RECEIPTS = query("mailing/queue_receipts")
GET_PAPER = query("mailing/get_paper")
COUNT_UNTRIED = query("mailing/count_untried")


@dataclass(frozen=True, slots=True)
class _Count:
    count: int


async def count_subscribed(conn: Connection) -> int:
    return (await conn.get(COUNT_SUBSCRIBED, _Count)).count


async def list_subscribed(
    conn: Connection, month: Month, today: date, after: tuple[int, int], most: int
) -> Sequence[Subscribed]:
    """Up to `most` behind the subscription `after`: (subscriber_id, account_id)."""
    return await conn.list(
        LIST_SUBSCRIBED,
        Subscribed,
        period=month.first_day,
        last_day=month.last_day,
        today=today,
        after_subscriber=after[0],
        after_account=after[1],
        most=most,
    )


async def queue_receipts(
    conn: Connection, month: Month, letters: Sequence[Addressed], facts: bytes
) -> int:
    """How many were new; `facts` are sealed, the same for all."""
    return await conn.run(
        QUEUE_RECEIPTS,
        period=month.first_day,
        facts=facts,
        message_ids=[one.message_id for one in letters],
        recipients=[one.recipient for one in letters],
        subscribers=[one.subscriber_id for one in letters],
        accounts=[one.account_id for one in letters],
    )


async def get_paper(conn: Connection, letter: Queued, today: date) -> Paper:
    assert letter.period is not None
    return await conn.get(
        GET_PAPER,
        Paper,
        subscriber_id=letter.subscriber_id,
        account_id=letter.account_id,
        recipient=letter.recipient,
        period=letter.period,
        last_day=Month.of(letter.period).last_day,
        today=today,
    )


async def count_untried(conn: Connection, month: Month) -> Left:
    return await conn.get(COUNT_UNTRIED, Left, period=month.first_day)
