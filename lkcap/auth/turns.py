"""Whose password is looked at first, when more come than there are threads to look."""

import heapq
from asyncio import Future, get_running_loop
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum
from itertools import count

from lkcap.kit.limits import TooMany

# A thread looks at a dozen a second or more: these are some seconds.
WAITING_MAX = 200
COME_BACK_SECONDS = 10


class Rank(IntEnum):
    """The lower goes first."""

    KNOWN = 0
    STRANGER = 1
    SUSPECT = 2


class Turns:
    """At most `places` at once; of those who wait the better rank goes first, then who came first.

    A flood against one login is of suspects: it is served by what is left over. Who is known is
    never turned away.
    """

    def __init__(self, places: int, most: int = WAITING_MAX) -> None:
        self._free = places
        self._most = most
        self._waiting: list[tuple[Rank, int, Future[None]]] = []
        self._came = count()

    @asynccontextmanager
    async def turn(self, rank: Rank) -> AsyncIterator[None]:
        """Raises TooMany where too many wait already."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(rank)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, rank: Rank) -> None:
        if rank is not Rank.KNOWN and len(self._waiting) >= self._most:
            raise TooMany(COME_BACK_SECONDS)
        called: Future[None] = get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank, next(self._came), called))
        try:
            await called
        except BaseException:
            # called in the same moment: the place goes to the next
            if called.done() and not called.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            *_, called = heapq.heappop(self._waiting)
            if not called.done():
                called.set_result(None)
                return
        self._free += 1
