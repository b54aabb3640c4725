"""What `tidy` clears away: personal data are kept no longer than needed (152-ФЗ art. 5)."""

from datetime import date, datetime, timedelta

from lkcap.kit.batch import Batch
from lkcap.kit.sql import query

DROP_ENDED = query("sharing/drop_ended")
FORGET_INVITED = query("sharing/forget_invited")

# Long enough for a relay's complaint to be looked into.
LETTER_KEPT = timedelta(days=30)


def expire(transaction: Batch, now: datetime, today: date) -> dict[str, int]:
    """How many of what."""
    return {
        "непринятых приглашений и доступов прежних собственников убрано": transaction.run(
            DROP_ENDED, now=now, today=today
        ),
        "адресов приглашённых забыто": transaction.run(FORGET_INVITED, before=now - LETTER_KEPT),
    }
