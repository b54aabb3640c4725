"""That a letter was accepted, told to the database."""

import asyncio

import structlog

from lkcap.kit.db import Database
from lkcap.kit.errors import DatabaseUnavailable
from lkcap.mail import queries

RETRY_SECONDS = 0.5
# Past this the letter's lease is long over, and others have sent it again.
PATIENCE_SECONDS = 300

log = structlog.get_logger()


async def mark(database: Database, letter_id: int, answer: str) -> None:
    """Returns when the database knows; raises DatabaseUnavailable after long patience.

    The relay has the letter and nobody else knows: worth more patience than a page.
    """
    give_up_at = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        try:
            async with database.connection() as conn:
                return await queries.mark_sent(conn, letter_id, answer)
        except DatabaseUnavailable as error:
            if asyncio.get_running_loop().time() > give_up_at:
                raise
            log.warning("letter accepted, database away", letter=letter_id, reason=str(error))
            await asyncio.sleep(RETRY_SECONDS)
