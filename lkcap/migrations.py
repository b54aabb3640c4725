"""Bring a database to this version: sql/schema by yoyo, then the application's role."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
import yoyo
from psycopg2 import sql

from lkcap.config import DataConfig
from lkcap.kit.sql import ROLE, SCHEMA

# Any number will do, as long as every process of the cabinet takes the same one.
_LOCK = 5_200_001


@contextmanager
def _alone(url: str) -> Iterator[Any]:
    """Hold the server's lock, so that two hosts migrate one after the other.

    The lock dies with the connection; yoyo's own is a row that a killed process leaves behind.
    """
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
            yield cursor


@contextmanager
def _backend(url: str) -> Iterator[Any]:
    backend = yoyo.get_backend(url.replace("postgres://", "postgresql://", 1))
    try:
        yield backend
    finally:
        backend.connection.close()


def migrate(config: DataConfig) -> list[str]:
    """Apply what is missing; safe to run twice and from two hosts. Returns the names applied."""
    with _alone(config.owner_url) as cursor, _backend(config.owner_url) as backend:
        backend.break_lock()
        missing = backend.to_apply(yoyo.read_migrations(str(SCHEMA)))
        backend.apply_migrations(missing)
        _let_in(cursor, config.database_url.get_secret_value())
        return [migration.id for migration in missing]


def _let_in(cursor: Any, url: str) -> None:
    """The login that the site uses may act as the application's role, and as nothing more."""
    with closing(psycopg2.connect(url)) as connection:
        login = connection.info.user
    role = sql.Identifier(ROLE)
    cursor.execute(sql.SQL("GRANT {} TO {}").format(role, sql.Identifier(login)))
    cursor.execute(sql.SQL("GRANT SELECT ON _yoyo_migration TO {}").format(role))
    cursor.execute("SELECT current_database()")
    (name,) = cursor.fetchone()
    cursor.execute(
        sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(sql.Identifier(name), role)
    )


def missing_migrations(url: str) -> list[str]:
    """Names of migrations this version has and the database lacks; all of them on an empty one."""
    known = [migration.id for migration in yoyo.read_migrations(str(SCHEMA))]
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('_yoyo_migration') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return known
        cursor.execute(f"SET ROLE {ROLE}; SELECT migration_id FROM _yoyo_migration")  # noqa: S608
        applied = {name for (name,) in cursor.fetchall()}
    return [name for name in known if name not in applied]
