"""PostgreSQL for the site: the only file that imports aiopg (docs/adr/0001-driver.md).

The role and the time limit travel with every statement (`SET LOCAL`), never with the connection,
so a transaction-mode pooler between us and the server loses nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, cast

import aiopg
import psycopg2
from aiohttp import web
from psycopg2.extensions import TRANSACTION_STATUS_IDLE, QueryCanceledError

from lkcap.kit.errors import DatabaseUnavailable, NotFound, QueryTimeout
from lkcap.kit.sql import ROLE, Query

T = TypeVar("T")

POOL_SIZE = 8
CONNECT_SECONDS = 5
# How long a page waits for a free connection: in a flood some must be told to come back.
QUEUE_SECONDS = 5
QUERY_SECONDS = 5
# The server cancels its query first; ours is for a server that stopped answering at all.
SILENCE_SECONDS = QUERY_SECONDS + 2

_PREFIX = f"SET LOCAL ROLE {ROLE}; SET LOCAL statement_timeout = '{QUERY_SECONDS}s'; "


@cache
def _names(into: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(into))


class Connection:
    """One statement a call; rows come back as frozen dataclasses whose fields are the columns.

    `prefix` goes before each statement, or before the first alone: it begins a transaction then,
    in one message with what is done in it.
    """

    def __init__(self, raw: Any, *, prefix: str, is_first_only: bool = False) -> None:
        self._raw = raw
        self._prefix = prefix
        self._is_first_only = is_first_only
        self.is_begun = False

    async def _execute(self, sql: str, parameters: dict[str, Any]) -> Any:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                cursor = await self._raw.cursor()
                await cursor.execute(sql, parameters)
                return cursor
        except asyncio.CancelledError as error:
            # aiopg disguises the server's statement_timeout as a cancelled task
            if isinstance(error.__context__, QueryCanceledError):
                raise QueryTimeout from error
            raise
        except TimeoutError as error:
            raise QueryTimeout from error

    async def _rows(self, query: Query, parameters: dict[str, Any]) -> Any:
        assert parameters.keys() == query.parameters, (query.name, parameters.keys())
        text = query.text if self._is_first_only and self.is_begun else self._prefix + query.text
        self.is_begun = True
        return await self._execute(text, parameters)

    async def list(self, query: Query, into: type[T], **parameters: Any) -> list[T]:
        """All rows; a query is bounded by its own LIMIT or by what it counts."""
        cursor = await self._rows(query, parameters)
        columns = tuple(column.name for column in cursor.description)
        assert columns == _names(cast(Any, into)), (query.name, columns)
        return [into(*row) for row in await cursor.fetchall()]

    async def find(self, query: Query, into: type[T], **parameters: Any) -> T | None:
        """The only row, or None."""
        rows = await self.list(query, into, **parameters)
        assert len(rows) <= 1, query.name
        return rows[0] if rows else None

    async def get(self, query: Query, into: type[T], **parameters: Any) -> T:
        """The only row; raises NotFound."""
        row = await self.find(query, into, **parameters)
        if row is None:
            raise NotFound
        return row

    async def run(self, query: Query, **parameters: Any) -> int:
        """A write; how many rows it touched."""
        cursor = await self._rows(query, parameters)
        return int(cursor.rowcount)


class Database:
    """A pool that is fair: connections wait in a queue and go to who came first.

    aiopg's own pool wakes waiters in no order, which makes the slowest page ten times slower.
    """

    def __init__(self, url: str, size: int = POOL_SIZE) -> None:
        self._url = url
        self._free: asyncio.Queue[Any] = asyncio.Queue()
        for _ in range(size):
            self._free.put_nowait(None)

    async def _connect(self) -> Any:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                # timeout=None: Python 3.11's wait_for, which aiopg would use, can lose a wake-up
                return await aiopg.connect(
                    self._url,
                    timeout=None,  # type: ignore[arg-type]
                    enable_json=False,
                    enable_hstore=False,
                    enable_uuid=False,
                    application_name="lkcap",
                )
        except (psycopg2.OperationalError, TimeoutError) as error:
            raise DatabaseUnavailable(str(error)) from error

    async def _next_free(self) -> Any:
        """A connection, or None in the place of one that is to be made."""
        try:
            async with asyncio.timeout(QUEUE_SECONDS):
                return await self._free.get()
        except TimeoutError as error:
            raise DatabaseUnavailable("no free connection") from error

    @asynccontextmanager
    async def _borrow(self) -> AsyncIterator[Any]:
        raw = await self._next_free()
        try:
            if raw is None or raw.closed:
                raw = None
                raw = await self._connect()
            yield raw
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            raise DatabaseUnavailable(str(error)) from error
        finally:
            if raw is not None and not _is_reusable(raw):
                raw.close()
                raw = None
            self._free.put_nowait(raw)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """For reading: each statement is a transaction of its own."""
        async with self._borrow() as raw:
            yield Connection(raw, prefix=_PREFIX)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """For writing: all or nothing. Hold no call to the outside inside it."""
        async with self._borrow() as raw:
            conn = Connection(raw, prefix="BEGIN; " + _PREFIX, is_first_only=True)
            try:
                yield conn
            except BaseException:
                if conn.is_begun and not raw.closed:
                    await conn._execute("ROLLBACK", {})
                raise
            if conn.is_begun:
                await conn._execute("COMMIT", {})

    async def close(self) -> None:
        while not self._free.empty():
            raw = self._free.get_nowait()
            if raw is not None:
                await raw.close()


def _is_reusable(raw: Any) -> bool:
    return (
        not raw.closed
        and not raw.isexecuting()
        and raw.raw.get_transaction_status() == TRANSACTION_STATUS_IDLE
    )


DATABASE = web.AppKey("lkcap_database", Database)


@asynccontextmanager
async def connection(app: web.Application) -> AsyncIterator[Connection]:
    """Borrow a connection for reading, for the shortest time."""
    async with app[DATABASE].connection() as conn:
        yield conn


@asynccontextmanager
async def transaction(app: web.Application) -> AsyncIterator[Connection]:
    """Borrow a connection and write in one transaction."""
    async with app[DATABASE].transaction() as conn:
        yield conn
