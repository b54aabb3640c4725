"""The outbox as its senders use it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lkcap.kit.db import Connection
from lkcap.kit.sql import query
from lkcap.mail.compose import Queued
from lkcap.mail.pace import Pace, Paces

TAKE = query("mail/take")
TAKE_PACED = query("mail/take_paced")
LOCK_PACE = query("mail/lock_pace")
USE_SLOTS = query("mail/use_slots")
IS_DUE = query("mail/is_due")
COUNT_WAITING = query("mail/count_waiting")
MARK_SENT = query("mail/mark_sent")
POSTPONE = query("mail/postpone")
PUT_BACK = query("mail/put_back")
REFUSE = query("mail/refuse")
FIND_REFUSAL = query("mail/find_refusal")

# For this long a letter is its sender's. He must have told what became of it by then: see
# STALE_SECONDS, LETTER_SECONDS and ANSWER_SECONDS of the sender, whose sum is less.
LEASE_SECONDS = 140


@dataclass(frozen=True, slots=True)
class Waiting:
    """Letters that may be sent now, and those whose next attempt is to come."""

    due: int
    later: int


@dataclass(frozen=True, slots=True)
class _Due:
    is_due: bool


@dataclass(frozen=True, slots=True)
class _Refusal:
    is_refused: bool


async def take(conn: Connection, at_most: int, paces: Paces | None) -> list[Queued]:
    """Up to `at_most` letters, those that somebody waits for first; in a transaction."""
    if paces is None:
        found = await conn.list(TAKE, Queued, at_most=at_most, lease=LEASE_SECONDS)
    else:
        found = await _take_paced(conn, at_most, paces)
    return sorted(found, key=lambda one: (one.is_bulk, one.letter_id))


async def _take_paced(conn: Connection, at_most: int, paces: Paces) -> list[Queued]:
    await conn.run(LOCK_PACE)
    found = await conn.list(
        TAKE_PACED,
        Queued,
        at_most=at_most,
        lease=LEASE_SECONDS,
        slot=paces.whole.slot,
        burst=paces.whole.burst,
        domain_slot=paces.domain.slot,
        domain_burst=paces.domain.burst,
    )
    if found:
        await _use_slots(conn, {"": len(found)}, paces.whole)
        await _use_slots(conn, Counter(one.domain for one in found), paces.domain)
    return found


async def _use_slots(conn: Connection, used: Mapping[str, int], pace: Pace) -> None:
    await conn.run(
        USE_SLOTS,
        domains=list(used),
        counts=list(used.values()),
        slot=pace.slot,
        burst=pace.burst,
    )


async def is_due(conn: Connection) -> bool:
    return (await conn.get(IS_DUE, _Due)).is_due


async def count_waiting(conn: Connection) -> Waiting:
    return await conn.get(COUNT_WAITING, Waiting)


async def mark_sent(conn: Connection, letter_id: int, answer: str) -> None:
    """`answer`: the relay's words."""
    await conn.run(MARK_SENT, letter_id=letter_id, answer=answer)


async def postpone(conn: Connection, letter_id: int, answer: str, pause: float) -> None:
    """`pause` in seconds."""
    await conn.run(POSTPONE, letter_id=letter_id, answer=answer, pause=pause)


async def put_back(conn: Connection, ids: Sequence[int], answer: str | None, pause: float) -> None:
    """The letters were not attempted; `pause` in seconds."""
    await conn.run(PUT_BACK, ids=list(ids), answer=answer, pause=pause)


async def refuse(conn: Connection, letter_id: int, answer: str, *, is_address: bool) -> None:
    """For good; `is_address`: any letter to the address would be."""
    await conn.run(REFUSE, letter_id=letter_id, answer=answer, is_address=is_address)


async def is_refused(conn: Connection, subscriber_id: int) -> bool:
    """Whether letters to the subscriber's address come back."""
    return (await conn.get(FIND_REFUSAL, _Refusal, subscriber_id=subscriber_id)).is_refused
