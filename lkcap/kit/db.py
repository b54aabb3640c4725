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

    `before` goes before the statement, in one message with it.
    """

    def __init__(self, raw: Any, before: str) -> None:
        self._raw = raw
        self._before = before
        self._cursor: Any = None

    async def _one_cursor(self) -> Any:
        """The same for every statement: aiopg's are not cheap."""
        if self._cursor is None:
            self._cursor = await self._raw.cursor()
        return self._cursor

    async def _execute(self, sql: str, parameters: dict[str, Any]) -> Any:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                cursor = await self._one_cursor()
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
        return await self._execute(self._before + query.text, parameters)

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


class Writer(Connection):
    """A transaction: it begins with its first message and ends with what was `put` last."""

    def __init__(self, raw: Any) -> None:
        super().__init__(raw, "BEGIN; " + _PREFIX)
        self._is_begun = self._is_put = False

    async def put(self, query: Query, **parameters: Any) -> None:
        """A statement that nobody asks an answer of: it goes with the next one, or with the end."""
        assert parameters.keys() == query.parameters, (query.name, parameters.keys())
        cursor = await self._one_cursor()
        text = cursor.mogrify(query.text, parameters).decode()
        # the message it goes in is interpolated once more
        self._before += text.replace("%", "%%") + "; "
        self._is_put = True

    async def _execute(self, sql: str, parameters: dict[str, Any]) -> Any:
        self._before, self._is_begun, self._is_put = "", True, False
        return await super()._execute(sql, parameters)

    async def commit(self) -> None:
        if self._is_begun or self._is_put:
            await self._execute(self._before + "COMMIT", {})

    async def roll_back(self) -> None:
        if self._is_begun and not self._raw.closed:
            await self._execute("ROLLBACK", {})


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
            yield Connection(raw, _PREFIX)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Writer]:
        """For writing: all or nothing. Hold no call to the outside inside it."""
        async with self._borrow() as raw:
            conn = Writer(raw)
            try:
                yield conn
                await conn.commit()
            except BaseException:
                await conn.roll_back()
                raise

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
async def transaction(app: web.Application) -> AsyncIterator[Writer]:
    """Borrow a connection and write in one transaction."""
    async with app[DATABASE].transaction() as conn:
        yield conn
