"""What `tidy` clears away behind the settings."""

from datetime import datetime, timedelta

from lkcap.kit.batch import Batch
from lkcap.kit.sql import query

DROP_OLD_EMAIL_CHANGES = query("profile/drop_old_email_changes")
DROP_OLD_ENROLMENTS = query("profile/drop_old_enrolments")
FORGET_LAST_LETTERS = query("profile/forget_last_letters")

# Long enough for a relay's complaint to be looked into.
LAST_LETTER_KEPT = timedelta(days=30)


def expire(transaction: Batch, now: datetime) -> dict[str, int]:
    """How many of what."""
    return {
        "неподтверждённых адресов почты убрано": transaction.run(DROP_OLD_EMAIL_CHANGES, now=now),
        "неоконченных подключений кода убрано": transaction.run(DROP_OLD_ENROLMENTS, now=now),
        "адресов удалённых кабинетов забыто": transaction.run(
            FORGET_LAST_LETTERS, before=now - LAST_LETTER_KEPT
        ),
    }
