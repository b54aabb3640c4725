"""What `tidy` clears away behind the door."""

from datetime import datetime, timedelta

from lkcap.kit.batch import Batch
from lkcap.kit.sql import query

DROP_OLD_EVENTS = query("auth/drop_old_events")
DROP_OLD_ONE_TIME_PASSWORDS = query("auth/drop_old_one_time_passwords")
EVENTS_KEPT = timedelta(days=365)


def expire(transaction: Batch, now: datetime) -> dict[str, int]:
    """How many of what."""
    return {
        "записей о входах старше года убрано": transaction.run(
            DROP_OLD_EVENTS, before=now - EVENTS_KEPT
        ),
        "просроченных одноразовых паролей убрано": transaction.run(
            DROP_OLD_ONE_TIME_PASSWORDS, now=now
        ),
    }
