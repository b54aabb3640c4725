"""What loads told otherwise than we have it: sums of registries, balances of billing.

Of one thing the last load that was not undone is right: it is open while that one differs, unless
an employee has settled these two sums. Nothing is ever changed: a load, its undoing and a word are
rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.kit.db import Connection
from lkcap.kit.sql import query

LIST = query("reconciliation/differences/list")
LIST_OPEN = query("reconciliation/differences/list_open")
GET_OPEN = query("reconciliation/differences/get_open")
LIST_TELLINGS = query("reconciliation/differences/list_tellings")
LIST_WORDS = query("reconciliation/differences/list_words")
SAY = query("reconciliation/differences/say")

SHOWN = 100
OF_LOAD_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Differing:
    """Kopecks. A registry's has a payment, a balance's the month it closes and the kind of debt.

    `undo_load_id`: its load was undone. `later_load_id`: another load told of the same thing since.
    """

    difference_id: int
    kind: str
    load_id: int
    file: str
    line: int
    told_at: datetime
    account: str
    trx_id: str
    source: str
    payment_id: int | None
    paid_at: datetime | None
    period: date | None
    debt: str
    ours: int
    theirs: int
    undo_load_id: int | None
    later_load_id: int | None
    is_settled: bool
    settled_by: str
    why: str

    @property
    def gap(self) -> int:
        """What they have above what we have."""
        return self.theirs - self.ours

    @property
    def is_last_word(self) -> bool:
        """Nothing that loads did since makes it idle: an employee may settle it."""
        return self.undo_load_id is None and self.later_load_id is None

    @property
    def address(self) -> str:
        return f"/staff/reconciliation/differences/{self.difference_id}"


@dataclass(frozen=True, slots=True)
class Open:
    """How many differences wait for somebody, and how far they are apart, kopecks."""

    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class Telling:
    """What one load said of a thing, kopecks."""

    load_id: int
    told_at: datetime
    ours: int
    theirs: int
    undo_load_id: int | None


@dataclass(frozen=True, slots=True)
class Word:
    """What an employee said of a difference."""

    said_at: datetime
    name: str
    is_settled: bool
    why: str


async def get_open(conn: Connection) -> Open:
    return await conn.get(GET_OPEN, Open)


async def list_open(conn: Connection, before: int = 0) -> list[Differing]:
    """A page of them; one more than a page tells that there are older ones."""
    return await conn.list(LIST_OPEN, Differing, before=before, most=SHOWN + 1)


async def list_settled(conn: Connection, before: int = 0) -> list[Differing]:
    """As `list_open`."""
    return await conn.list(
        LIST,
        Differing,
        difference_id=None,
        load_id=None,
        before=before,
        only_settled=True,
        most=SHOWN + 1,
    )


async def list_of_load(conn: Connection, load_id: int) -> list[Differing]:
    """The last of them that the load told of; `Load.rows_differing` counts them all."""
    return await conn.list(
        LIST,
        Differing,
        difference_id=None,
        load_id=load_id,
        before=0,
        only_settled=False,
        most=OF_LOAD_SHOWN,
    )


async def get(conn: Connection, difference_id: int) -> Differing:
    """Raises NotFound."""
    return await conn.get(
        LIST,
        Differing,
        difference_id=difference_id,
        load_id=None,
        before=0,
        only_settled=False,
        most=1,
    )


async def list_tellings(conn: Connection, difference_id: int) -> Sequence[Telling]:
    return await conn.list(LIST_TELLINGS, Telling, difference_id=difference_id, most=SHOWN)


async def list_words(conn: Connection, difference_id: int) -> Sequence[Word]:
    return await conn.list(LIST_WORDS, Word, difference_id=difference_id, most=SHOWN)


async def say(
    conn: Connection,
    one: Differing,
    *,
    is_settled: bool,
    why: str,
    staff_id: int,
    now: datetime,
) -> None:
    """Settle it, or open it again. The word before stays."""
    await conn.run(
        SAY,
        difference_id=one.difference_id,
        is_settled=is_settled,
        why=why,
        staff_id=staff_id,
        now=now,
    )
