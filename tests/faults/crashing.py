"""A PostgreSQL of the test's own, that may lose its power at any moment."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psycopg2

from lkcap.demo import postgres

T = TypeVar("T")

# What was committed must outlive the server's death; the machine itself goes on.
OPTIONS = {"fsync": "off"}
PAUSE_SECONDS = 0.1
PATIENCE = 600


class CrashingPostgres:
    """`url` stays the same over all its lives."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._server = postgres.start(data, options=OPTIONS)
        self.url = self._server.url
        self.crashes = 0

    async def crash(self) -> None:
        """Break every connection in the middle of whatever it does; up again after recovery."""
        await asyncio.to_thread(self._crash)
        self.crashes += 1

    def _crash(self) -> None:
        server = self._server
        stop = (server.bin_dir / "pg_ctl", "stop", "-D", server.data, "-m", "immediate", "-w")
        server.strategy.run(*stop)
        self.ensure()

    def ensure(self) -> None:
        """Up, whatever a crash that was broken off has left."""
        self._server = postgres.start(self._data, options=OPTIONS)

    def stop(self) -> None:
        self._server.stop()


@contextmanager
def crashing_postgres() -> Iterator[CrashingPostgres]:
    folder = Path(tempfile.mkdtemp(prefix="lkcap-faults-"))
    folder.chmod(0o755)
    server = CrashingPostgres(folder / "postgres")
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def patiently(ask: Callable[[], T]) -> T:
    """What a test itself wants of the database, which may be down just now."""
    lost: psycopg2.Error | None = None
    for _ in range(PATIENCE):
        try:
            return await asyncio.to_thread(ask)
        # of any class: psycopg2 may tell of a lost connection as a plain DatabaseError
        except psycopg2.Error as error:
            lost = error
            await asyncio.sleep(PAUSE_SECONDS)
    raise AssertionError("the database does not come back") from lost
