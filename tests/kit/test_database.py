"""The pool: fair, clean after use, and alive after everything that can happen to it."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from lkcap.kit import db
from lkcap.kit.db import ROLE, Database
from lkcap.kit.errors import DatabaseUnavailable, NotFound, QueryTimeout
from lkcap.kit.sql import Query
from tests.factory import Books
from tests.kit.proxy import Wire


@dataclass(frozen=True, slots=True)
class Value:
    value: object


def ask(expression: str) -> Query:
    return Query(f"test/{expression}", f"SELECT {expression} AS value", frozenset())


ADD = Query("test/add", "INSERT INTO service (name) VALUES (%(name)s)", frozenset({"name"}))
KILL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
LIVING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'lkcap'"
)


async def answer(pool: Database, expression: str = "1") -> object:
    async with pool.connection() as conn:
        return (await conn.get(ask(expression), Value)).value


async def write(pool: Database, *queries: Query) -> None:
    """One transaction; a query that answers nothing raises NotFound."""
    async with pool.transaction() as conn:
        for one in queries:
            if await conn.run(one, **({"name": "Взнос"} if one is ADD else {})) == 0:
                raise NotFound


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Database]:
    one = Database(database, size=1)
    yield one
    await one.close()


@pytest.fixture
def short_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "_PREFIX", db._PREFIX.replace(f"'{db.QUERY_SECONDS}s'", "'150ms'"))
    assert "150ms" in db._PREFIX


async def test_reads_and_writes_are_made_in_the_application_s_role(pool: Database):
    assert await answer(pool, "current_user") == ROLE
    async with pool.transaction() as conn:
        assert (await conn.get(ask("current_user"), Value)).value == ROLE


async def test_the_application_s_role_cannot_change_an_entry(pool: Database):
    for what in ("UPDATE entry SET amount = 0", "DELETE FROM entry", "TRUNCATE entry"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            await write(pool, Query("test/edit", what, frozenset()))


async def test_nothing_is_left_set_on_the_session_after_use(pool: Database):
    await answer(pool)
    async with pool.transaction() as conn:
        await conn.run(ADD, name="Взнос")
    async with pool._borrow() as raw:
        cursor = await raw.cursor()
        await cursor.execute(
            "SELECT current_user = session_user, current_setting('statement_timeout')"
        )
        assert await cursor.fetchone() == (True, "0")


async def test_every_statement_has_a_time_limit(pool: Database):
    limit = f"{db.QUERY_SECONDS}s"
    assert await answer(pool, "current_setting('statement_timeout')") == limit
    async with pool.transaction() as conn:
        found = await conn.get(ask("current_setting('statement_timeout')"), Value)
    assert found.value == limit


@pytest.mark.usefixtures("short_limit")
async def test_a_slow_query_becomes_a_query_timeout_and_the_pool_goes_on(pool: Database):
    with pytest.raises(QueryTimeout):
        await answer(pool, "pg_sleep(5)")
    assert await answer(pool) == 1


@pytest.mark.usefixtures("short_limit")
async def test_a_slow_query_rolls_its_transaction_back(pool: Database, books: Books):
    with pytest.raises(QueryTimeout):
        await write(pool, ADD, ask("pg_sleep(5)"))
    assert books.rows("SELECT count(*) FROM service") == [(0,)]
    assert await answer(pool) == 1


async def test_an_error_rolls_the_transaction_back(pool: Database, books: Books):
    missing = Query("test/missing", "SELECT 1 WHERE false", frozenset())
    with pytest.raises(NotFound):
        await write(pool, ADD, missing)
    assert books.rows("SELECT count(*) FROM service") == [(0,)]
    assert await answer(pool) == 1


async def test_an_error_of_the_database_itself_leaves_the_pool_usable(pool: Database):
    with pytest.raises(psycopg2.errors.UniqueViolation):
        await write(pool, ADD, ADD)
    assert await answer(pool, "(SELECT count(*) FROM service)") == 0


async def test_a_transaction_commits(pool: Database, books: Books):
    async with pool.transaction() as conn:
        assert await conn.run(ADD, name="100% — взнос") == 1
    assert books.rows("SELECT name FROM service") == [("100% — взнос",)]


async def test_what_is_put_goes_with_the_next_statement(pool: Database):
    async with pool.transaction() as conn:
        await conn.put(ADD, name="100% — взнос")
        await conn.put(ADD, name="%(name)s")
        found = await conn.get(ask("(SELECT min(name) FROM service)"), Value)
    assert found.value == "%(name)s"
    assert await answer(pool, "(SELECT max(name) FROM service)") == "100% — взнос"


async def test_what_is_put_last_goes_with_the_end(pool: Database, books: Books):
    async with pool.transaction() as conn:
        await conn.run(ADD, name="Взнос")
        await conn.put(ADD, name="Пени")
        assert books.rows("SELECT count(*) FROM service") == [(0,)]
    assert books.rows("SELECT count(*) FROM service") == [(2,)]


async def test_a_transaction_may_be_put_alone(pool: Database, books: Books):
    async with pool.transaction() as conn:
        await conn.put(ADD, name="Взнос")
    assert books.rows("SELECT name FROM service") == [("Взнос",)]


async def put_twice(pool: Database, error: Exception | None = None) -> None:
    async with pool.transaction() as conn:
        await conn.run(ask("1"))
        await conn.put(ADD, name="Взнос")
        await conn.put(ADD, name="Взнос")
        if error:
            raise error


async def test_an_error_in_what_was_put_last_undoes_everything(pool: Database):
    with pytest.raises(psycopg2.errors.UniqueViolation):
        await put_twice(pool)
    assert await answer(pool, "(SELECT count(*) FROM service)") == 0


async def test_what_was_put_is_forgotten_with_its_transaction(pool: Database):
    with pytest.raises(NotFound):
        await put_twice(pool, NotFound())
    assert await answer(pool, "(SELECT count(*) FROM service)") == 0


async def test_a_connection_killed_while_idle_is_replaced(pool: Database, books: Books):
    await answer(pool)
    books.rows(KILL)
    await asyncio.sleep(0.05)
    assert await answer(pool) == 1


async def test_a_connection_killed_in_the_middle_fails_once(pool: Database, books: Books):
    sleeping = asyncio.create_task(answer(pool, "pg_sleep(5)"))
    await asyncio.sleep(0.1)
    books.rows(KILL)
    with pytest.raises(DatabaseUnavailable):
        await sleeping
    assert await answer(pool) == 1


async def test_a_connection_killed_inside_a_transaction_fails_once(pool: Database, books: Books):
    writing = asyncio.create_task(write(pool, ADD, ask("pg_sleep(5)")))
    await asyncio.sleep(0.1)
    books.rows(KILL)
    with pytest.raises(DatabaseUnavailable):
        await writing
    assert await answer(pool, "(SELECT count(*) FROM service)") == 0


async def test_who_came_first_is_served_first(database: str):
    pool, served = Database(database, size=2), []

    async def reader(number: int) -> None:
        await answer(pool, "pg_sleep(0.02)")
        served.append(number)

    tasks = [asyncio.create_task(reader(number)) for number in range(20)]
    await asyncio.gather(*tasks)
    await pool.close()
    # two are at work at once, so a neighbour may be a step ahead, never more
    assert all(abs(place - number) <= 1 for place, number in enumerate(served)), served


async def test_no_more_connections_are_opened_than_the_pool_has(database: str, books: Books):
    pool = Database(database, size=3)
    await asyncio.gather(*[answer(pool, "pg_sleep(0.01)") for _ in range(30)])
    assert books.rows(LIVING) == [(3,)]
    await pool.close()
    await asyncio.sleep(0.1)
    assert books.rows(LIVING) == [(0,)]


@pytest.mark.parametrize("moment", [0.0, 0.001, 0.005, 0.1])
async def test_a_cancelled_reader_leaves_the_pool_usable(pool: Database, moment: float):
    task = asyncio.create_task(answer(pool, "pg_sleep(5)"))
    await asyncio.sleep(moment)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await answer(pool) == 1


async def test_a_cancelled_writer_leaves_nothing_behind(pool: Database, books: Books):
    async def write() -> None:
        async with pool.transaction() as conn:
            await conn.run(ADD, name="Взнос")
            await asyncio.sleep(5)

    task = asyncio.create_task(write())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await answer(pool, "(SELECT count(*) FROM service)") == 0


async def test_cancelling_while_waiting_in_the_queue_loses_no_place(pool: Database):
    first = asyncio.create_task(answer(pool, "pg_sleep(0.1)"))
    waiting = [asyncio.create_task(answer(pool)) for _ in range(5)]
    await asyncio.sleep(0.02)
    for task in waiting[:4]:
        task.cancel()
    await asyncio.gather(first, *waiting[:4], return_exceptions=True)
    assert await waiting[4] == 1
    assert pool._free.qsize() == 1


async def test_a_storm_of_cancellations_loses_no_connection(database: str, books: Books):
    pool, dice = Database(database, size=3), random.Random(7)
    for _ in range(12):
        tasks = [asyncio.create_task(answer(pool, "pg_sleep(0.005)")) for _ in range(6)]
        await asyncio.sleep(dice.random() * 0.02)
        for task in dice.sample(tasks, 4):
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
    assert await asyncio.gather(*[answer(pool) for _ in range(9)]) == [1] * 9
    assert pool._free.qsize() == 3
    assert books.rows(LIVING)[0][0] <= 3
    await pool.close()


async def test_a_database_that_is_not_there_is_told_at_once():
    pool = Database("postgresql://nobody@/nowhere?host=/nonexistent")
    with pytest.raises(DatabaseUnavailable):
        await answer(pool)


async def test_a_server_that_falls_silent_is_given_up(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(db, "SILENCE_SECONDS", 0.2)
    async with Wire(database, tmp_path) as wire:
        pool = Database(wire.url, size=1)
        assert await answer(pool) == 1
        wire.silent = True
        with pytest.raises(QueryTimeout):
            await answer(pool)
        wire.silent = False
        assert await answer(pool) == 1
        await pool.close()


async def test_a_server_that_does_not_greet_is_given_up(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(db, "CONNECT_SECONDS", 0.2)
    async with Wire(database, tmp_path) as wire:
        pool, wire.silent = Database(wire.url, size=1), True
        with pytest.raises(DatabaseUnavailable):
            await answer(pool)
        wire.silent = False
        assert await answer(pool) == 1
        await pool.close()


async def test_a_crowd_before_a_silent_server_is_answered_within_seconds(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(db, "CONNECT_SECONDS", 0.2)
    monkeypatch.setattr(db, "QUEUE_SECONDS", 0.4)
    async with Wire(database, tmp_path) as wire:
        pool, wire.silent = Database(wire.url, size=1), True
        async with asyncio.timeout(2):
            got = await asyncio.gather(*[answer(pool) for _ in range(20)], return_exceptions=True)
        assert {type(one) for one in got} == {DatabaseUnavailable}
        wire.silent = False
        assert await answer(pool) == 1
        await pool.close()
