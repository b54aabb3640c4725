"""Sends what the outbox holds: a few lanes, each with a connection of its own.

A letter is taken for a while (a lease), sent while no connection to the database is held, and
marked. Any number of senders may run at once; see docs/adr/0008-letters.md.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import structlog

from lkcap.kit.db import Database
from lkcap.mail import queries
from lkcap.mail.compose import CannotCompose, Composer, Queued, Unwanted
from lkcap.mail.marks import mark
from lkcap.mail.message import ascii_address
from lkcap.mail.pace import Paces
from lkcap.mail.relay import RefusedForGood, Relay, RelayDown, RelayError

BATCH = 50
# A letter not begun so long after it was taken is left to others; one begun is ready for its last
# word within the next, which is answered within the last.
STALE_SECONDS = 30
LETTER_SECONDS = 45
ANSWER_SECONDS = 60
# Pauses grow threefold from the first one, which ends within a minute, to the longest.
PAUSE_SECONDS, PAUSE_MAX_SECONDS = 30, 4 * 3600
# Soon: the relay is away, not the letter bad.
DOWN_SECONDS = 15
# A lane that finds the relay away so often has asked enough.
DOWN_MAX = 2
PACE_SECONDS_MAX = 1

log = structlog.get_logger()


@dataclass(slots=True)
class Tally:
    """What became of the letters of a run. `down` is why the relay takes none, if it does not."""

    sent: int = 0
    postponed: int = 0
    refused: int = 0
    down: str = ""

    @property
    def done(self) -> int:
        return self.sent + self.postponed + self.refused

    def __add__(self, later: "Tally") -> "Tally":
        return Tally(
            self.sent + later.sent,
            self.postponed + later.postponed,
            self.refused + later.refused,
            later.down,
        )


def pause_after(attempts: int) -> float:
    """Seconds till the next attempt, after so many that failed before this one."""
    return spread(min(PAUSE_SECONDS * 3 ** min(attempts, 10), PAUSE_MAX_SECONDS))


def spread(seconds: float) -> float:
    """What failed together need not come back together."""
    return seconds * random.uniform(1, 1.5)  # noqa: S311 - keeps no secret


@dataclass(slots=True)
class Sender:
    """`lanes` letters at once through relays that `connect` makes; `run` until nothing is due.

    They are made and offered side by side; the last word to the relay and the mark
    of its answer are one letter's at a time. So a kill leaves one letter that was accepted and is
    not marked, at most.
    """

    database: Database
    composer: Composer
    connect: Callable[[], Relay]
    paces: Paces | None
    lanes: int
    tally: Tally = field(default_factory=Tally)
    _taken: deque[Queued] = field(default_factory=deque)
    _taken_at: float = 0
    _taking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _handing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> Tally:
        """Try each letter that is due; raises DatabaseUnavailable when every lane has ended."""
        self.tally = Tally()
        lanes = [asyncio.create_task(self._lane()) for _ in range(self.lanes)]
        try:
            # one that fails must not cut the others off from the marks of what they have sent
            ended = await asyncio.gather(*lanes, return_exceptions=True)
        finally:
            for lane in lanes:
                lane.cancel()
        for error in ended:
            if isinstance(error, BaseException):
                raise error
        await self._give_back()
        return self.tally

    def stop(self) -> None:
        """Begin no other letter: `run` returns when those begun have ended."""
        self._stopping.set()

    @property
    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    async def is_stopped(self, pause: float) -> bool:
        """After so many seconds, or as soon as it is."""
        try:
            await asyncio.wait_for(self._stopping.wait(), pause)
        except TimeoutError:
            return False
        return True

    async def _lane(self) -> None:
        relay, down = self.connect(), 0
        try:
            while down < DOWN_MAX and (letter := await self._next()):
                down = 0 if await self._handle(letter, relay) else down + 1
        finally:
            await relay.close()

    async def _next(self) -> Queued | None:
        """A letter of ours, or None when the run is over."""
        async with self._taking:
            while not self._stopping.is_set():
                if asyncio.get_running_loop().time() > self._taken_at + STALE_SECONDS:
                    self._taken.clear()
                if self._taken:
                    return self._taken.popleft()
                if not await self._take():
                    return None
            return None

    async def _take(self) -> bool:
        """False: nothing is due."""
        self._taken_at = asyncio.get_running_loop().time()
        async with self.database.transaction() as conn:
            self._taken.extend(await queries.take(conn, BATCH, self.paces))
            if self._taken or self.paces is None:
                return bool(self._taken)
            is_due = await queries.is_due(conn)
        if is_due:
            await asyncio.sleep(min(self.paces.domain.slot, PACE_SECONDS_MAX))
        return is_due

    async def _handle(self, letter: Queued, relay: Relay) -> bool:
        """False: the relay is away."""
        try:
            await self._send(letter, relay)
        except RelayDown as error:
            log.warning("relay away", letter=letter.letter_id, reason=str(error))
            self.tally.down = str(error)
            await self._put_back([letter], str(error), spread(DOWN_SECONDS))
            return False
        except (RelayError, CannotCompose, TimeoutError) as error:
            await self._note_failure(letter, error)
            return True
        self.tally.sent += 1
        self.tally.down = ""
        return True

    async def _send(self, letter: Queued, relay: Relay) -> None:
        async with asyncio.timeout(LETTER_SECONDS):
            await self._offer(letter, relay)
            await self._handing.acquire()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await relay.hand_over()
            await mark(self.database, letter.letter_id, answer)
        finally:
            self._handing.release()

    async def _offer(self, letter: Queued, relay: Relay) -> None:
        try:
            to = ascii_address(letter.recipient)
        except UnicodeError as error:
            raise RefusedForGood("адрес не записать латиницей", is_address=True) from error
        message = await self.composer.compose(letter)
        await relay.offer(to, letter.message_id.strip("<>"), message)

    async def _note_failure(self, letter: Queued, error: Exception) -> None:
        answer = str(error) or "нет ответа"
        is_over = letter.is_last or isinstance(error, RefusedForGood | Unwanted)
        if isinstance(error, CannotCompose) and not isinstance(error, Unwanted):
            log.error("letter not composed", letter=letter.letter_id, name=letter.name)
        async with self.database.connection() as conn:
            if is_over:
                is_address = isinstance(error, RefusedForGood) and error.is_address
                await queries.refuse(conn, letter.letter_id, answer, is_address=is_address)
                self.tally.refused += 1
            else:
                pause = pause_after(letter.attempts)
                await queries.postpone(conn, letter.letter_id, answer, pause)
                self.tally.postponed += 1

    async def _put_back(self, letters: Iterable[Queued], why: str | None, pause: float) -> None:
        async with self.database.connection() as conn:
            await queries.put_back(conn, [one.letter_id for one in letters], why, pause)

    async def _give_back(self) -> None:
        """What was taken and not begun need not wait for its lease to end."""
        if self._taken:
            await self._put_back(self._taken, None, 0)
            self._taken.clear()
