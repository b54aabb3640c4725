"""When an account that was opened to a reader was looked at: its owner sees that."""

from datetime import datetime, timedelta

from lkcap.auth.model import ReaderAccount
from lkcap.kit.db import Connection
from lkcap.kit.sql import query

VISIT_SHARE = query("auth/visit_share")


async def note_visit(
    conn: Connection, account: ReaderAccount, now: datetime, every: timedelta
) -> None:
    """Nothing for an account of one's own; what is `every` old at most is not written again."""
    seen = account.visited_at
    if account.is_shared and (seen is None or now - seen > every):
        await conn.run(
            VISIT_SHARE,
            subscriber_id=account.subscriber_id,
            account_id=account.account_id,
            now=now,
        )
