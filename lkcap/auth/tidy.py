"""`tidy`: what cron clears away."""

import sys

from lkcap.auth.model import AGE_LIMIT, IDLE_LIMIT
from lkcap.config import DataConfig
from lkcap.kit.batch import batch
from lkcap.kit.limits import DROP_ENDED
from lkcap.kit.sql import query

DROP_DEAD_SESSIONS = query("auth/drop_dead_sessions")


def run(config: DataConfig) -> int:
    now = config.clock.now()
    with batch(config.database_url.get_secret_value()) as transaction:
        dropped = transaction.run(
            DROP_DEAD_SESSIONS, idle_since=now - IDLE_LIMIT, begun_since=now - AGE_LIMIT
        )
        forgotten = transaction.run(DROP_ENDED)
    sys.stdout.write(f"законченных сессий убрано: {dropped}\n")
    sys.stdout.write(f"отживших счётчиков форм убрано: {forgotten}\n")
    return 0
