"""Queue a month's receipts, a batch of subscriptions at a time; the papers are issued with them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.mail.letter import is_address, seal
from lkcap.mail.message import domain_of
from lkcap.mailing import queries
from lkcap.mailing.model import Addressed, Subscribed
from lkcap.receipts.service import issue

# So many that a kill loses little, and enough for the queries of `issue` to pay.
BATCH = 200


@dataclass(slots=True)
class Chosen:
    """How many were queued (or would be), and how many were left out, by keys of BARS."""

    queued: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        return self.queued + self.left_out.total()


async def choose(
    database: Database,
    config: Config,
    month: Month,
    limit: int | None,
    go_on: Callable[[int], bool],
    *,
    is_dry: bool,
) -> Chosen:
    """Queue each receipt that nobody has queued, `limit` of them at most. Memory is a batch's.

    Any number may run at once, and begin anew after a kill: the database takes each letter once.
    `go_on` is told after each batch how many were looked at; False ends it.
    """
    chosen, after, today = Chosen(), (0, 0), config.clock.today()
    while limit is None or chosen.queued < limit:
        async with database.connection() as conn:
            page = await queries.list_subscribed(conn, month, today, after, BATCH)
        if not page:
            break
        after = (page[-1].subscriber_id, page[-1].account_id)
        chosen.left_out.update(one.bar for one in page if one.bar)
        wanted = [one for one in page if not one.bar]
        if limit is not None:
            wanted = wanted[: limit - chosen.queued]
        chosen.queued += (
            len(wanted) if is_dry else await _queue(database, config, month, wanted, chosen)
        )
        if not go_on(chosen.seen):
            break
    return chosen


async def _queue(
    database: Database, config: Config, month: Month, wanted: Sequence[Subscribed], chosen: Chosen
) -> int:
    """How many are new. What the letters tell is of the receipt in force when they are sent."""
    if not wanted:
        return 0
    issued = await issue(database, config, [one.account_id for one in wanted], month)
    domain = domain_of(config.mail_from)
    letters = [
        Addressed(f"<{uuid4().hex}@{domain}>", one.email, one.subscriber_id, one.account_id)
        for one in wanted
        if one.account_id in issued and is_address(one.email)
    ]
    chosen.left_out["empty"] += len(wanted) - len(letters)
    if not letters:
        return 0
    async with database.transaction() as conn:
        new = await queries.queue_receipts(conn, month, letters, seal({}, config.secret_keys))
    chosen.left_out["queued"] += len(letters) - new
    return new
