"""How long applications are kept (152-ФЗ art. 5): for `tidy`."""

from datetime import datetime

from lkcap.kit.batch import Batch
from lkcap.kit.sql import query
from lkcap.registration.model import KEPT_AFTER_END

EXPIRE = query("registration/expire")
WIPE = query("registration/wipe")


def expire(transaction: Batch, now: datetime) -> dict[str, int]:
    """Close what was not confirmed in time, wipe the data of what ended long ago; how many."""
    return {
        "заявок без подтверждения закрыто": transaction.run(EXPIRE, now=now),
        "заявок старше 90 дней обезличено": transaction.run(
            WIPE, now=now, ended_before=now - KEPT_AFTER_END
        ),
    }
