"""Fixtures: a real PostgreSQL, an empty database for every test, the site, and a browser's eye.

LKCAP_TEST_DATABASE_URL names a server to use instead of the embedded one (any of PostgreSQL 15–18;
its login must be allowed to create databases and roles).
"""

import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from lkcap.app import DOCUMENTS_WAITING_MAX, make_app
from lkcap.config import Config
from lkcap.demo import postgres
from lkcap.kit.workers import Workers
from lkcap.migrations import migrate
from lkcap.paper.fonts import prepared
from tests.browserless import Browser
from tests.factory import Books

TODAY = date(2026, 11, 22)
KEY = "A" * 43 + "="
PASSWORD = "correct-horse-1"

# Durability is for the product; a test's database does not outlive the test.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

# Every column and right, to notice a test that changes them.
TABLES = """
    SELECT string_agg(concat_ws(' ', relname, attname, relacl), ', ' ORDER BY relname, attnum)
      FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = 'public'::regnamespace AND attnum > 0
"""
# What migrations have put in is yoyo's alone.
TO_EMPTY = """
    SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables
     WHERE schemaname = 'public' AND tablename NOT LIKE '%yoyo%'
"""
CLOSE_OTHERS = """
    SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND backend_type = 'client backend'
"""


def settings(url: str, **more: object) -> dict[str, object]:
    return {
        "database_url": url,
        "secret_keys": KEY,
        "public_url": "http://127.0.0.1",
        "smtp_url": "file:/nowhere/letters",
        "mail_from": "lk@example.com",
        "fund": {"name": "Фонд капитального ремонта (проверка)", "phone": "8 (000) 100-00-86"},
        "today": TODAY,
    } | more


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in os.environ if one.startswith("LKCAP_")]:
        if not name.startswith("LKCAP_TEST_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def logs_end_with_the_test() -> Iterator[None]:
    """A command sets up the logs of its process; in a test it is everybody's."""
    yield
    structlog.reset_defaults()
    for handler in logging.root.handlers[:]:
        if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter):
            logging.root.removeHandler(handler)


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The database that every other one is made from: migrated and empty."""
    if given := os.environ.get("LKCAP_TEST_DATABASE_URL"):
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="lkcap-tests-"))
    folder.chmod(0o755)
    try:
        with postgres.running(folder / "postgres", options=FAST) as server:
            yield server.url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def on_server(url: str, statement: str) -> None:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


def named(url: str, database: str) -> str:
    """The same server, another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


@pytest.fixture(scope="session")
def template(server_url: str) -> Iterator[str]:
    name = f"lkcap_template_{os.getpid()}"
    on_server(server_url, f"CREATE DATABASE {name}")
    migrate(Config(**settings(named(server_url, name))))
    yield name
    on_server(server_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_database(server_url: str) -> Iterator[str]:
    """Not even migrated."""
    name = f"lkcap_empty_{os.getpid()}"
    on_server(server_url, f"CREATE DATABASE {name}")
    yield named(server_url, name)
    on_server(server_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def tables(server_url: str, template: str) -> str:
    with closing(psycopg2.connect(named(server_url, template))) as connection:
        return ask(connection, TABLES)


@pytest.fixture(scope="session")
def reused(server_url: str) -> Iterator[str]:
    """The name of the database that tests take over from one another."""
    name = f"lkcap_test_{os.getpid()}"
    yield name
    on_server(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def database(server_url: str, template: str, tables: str, reused: str) -> str:
    """Migrated and empty, whatever the test before has left, its connections too; the address.

    Emptying takes a third of the time of making; a database whose tables a test has changed is
    made anew.
    """
    url = named(server_url, reused)
    if not emptied(url, tables):
        on_server(server_url, f"DROP DATABASE IF EXISTS {reused} WITH (FORCE)")
        on_server(server_url, f"CREATE DATABASE {reused} TEMPLATE {template}")
    return url


def emptied(url: str, tables: str) -> bool:
    """False where there is no such database, or its tables are not these any more."""
    try:
        connection = psycopg2.connect(url)
    except psycopg2.OperationalError:
        return False
    with closing(connection), connection:
        if ask(connection, TABLES) != tables:
            return False
        ask(connection, CLOSE_OTHERS)
        names = ask(connection, TO_EMPTY)
        connection.cursor().execute(f"TRUNCATE {names} RESTART IDENTITY")
        return True


def ask(connection: Any, statement: str) -> Any:
    """One value."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.fixture
def config(database: str) -> Config:
    return Config(**settings(database))


@pytest.fixture
def books(database: str, tmp_path: Path) -> Books:
    """Write a region as files and load them, the way a billing system does."""
    return Books(database, tmp_path, TODAY, PASSWORD)


@pytest.fixture(scope="session")
async def workers() -> AsyncIterator[Workers]:
    """The processes that make documents: started once for all tests, when one needs them."""
    # patient: a machine that is busy otherwise starts a process of low priority for seconds
    workers = Workers(2, DOCUMENTS_WAITING_MAX, 60, prepared)
    yield workers
    await workers.close()


@pytest.fixture
async def app(config: Config, workers: Workers) -> web.Application:
    return make_app(config, PasswordHasher.from_parameters(CHEAPEST), workers)


@pytest.fixture
async def browser(app: web.Application) -> AsyncIterator[Browser]:
    """Someone who opens pages; every page he opens is checked for the house rules."""
    async with TestServer(app) as server, Browser(server, PASSWORD) as one:
        yield one


@pytest.fixture
async def neighbour(browser: Browser) -> AsyncIterator[Browser]:
    """Another browser at the same site."""
    async with Browser(browser.server, PASSWORD) as one:
        yield one
