"""That letters were accepted, told to the database at once, and together where they come so."""

import asyncio

import psycopg2
import structlog

from lkcap.kit.db import Database
from lkcap.kit.errors import DatabaseUnavailable
from lkcap.mail import queries

RETRY_SECONDS = 0.5
# Past this the letter's lease is long over, and others have sent it again.
PATIENCE_SECONDS = 300

log = structlog.get_logger()


class Marks:
    """Whoever sends waits for his mark before the next letter.

    So a crash leaves unmarked one letter of each connection, no more. Marks that come while one is
    being written go together in the next statement.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[int, tuple[str, asyncio.Future[None]]] = {}
        self._writing: asyncio.Task[None] | None = None

    async def sent(self, letter_id: int, answer: str) -> None:
        """Returns when the database knows; raises DatabaseUnavailable after long patience."""
        known: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[letter_id] = answer, known
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await known

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, {}
            try:
                await self._tell({letter: answer for letter, (answer, _) in batch.items()})
            except (DatabaseUnavailable, psycopg2.Error) as error:
                _end(batch, error)
            else:
                _end(batch, None)

    async def _tell(self, answers: dict[int, str]) -> None:
        """The letters are accepted and nobody else knows: worth more patience than a page."""
        give_up_at = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while True:
            try:
                async with self._database.connection() as conn:
                    return await queries.mark_sent(conn, answers)
            except DatabaseUnavailable as error:
                if asyncio.get_running_loop().time() > give_up_at:
                    raise
                log.warning("letters accepted, database away", reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)


def _end(batch: dict[int, tuple[str, asyncio.Future[None]]], error: Exception | None) -> None:
    for _, known in batch.values():
        if not known.done():
            if error is None:
                known.set_result(None)
            else:
                known.set_exception(error)
