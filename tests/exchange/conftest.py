"""Loads are many and small here: one database, emptied before every test, instead of one a test."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from tests.conftest import named, on_server

DATA = Path(__file__).parent / "data"

TABLES = (
    "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public'"
)


@pytest.fixture(scope="package")
def shared_database(server_url: str, template: str) -> Iterator[str]:
    name = f"lkcap_exchange_{os.getpid()}"
    on_server(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield named(server_url, name)
    on_server(server_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(shared_database: str) -> str:
    """Migrated and empty, whatever the test before has left."""
    with (
        closing(psycopg2.connect(shared_database)) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{TABLES} AND tablename NOT LIKE '%yoyo%'")
        ((tables,),) = cursor.fetchall()
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    return shared_database
