"""The ledger is append-only by privilege: the application's role can add and nothing else (§4)."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from psycopg2.errors import CheckViolation, InsufficientPrivilege

from lkcap.kit.db import ROLE
from tests.factory import Books

# What may never change, a column of it, and how the application adds to it.
APPEND_ONLY = {
    "entry": (
        "document",
        "INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on, load_id,"
        " entry_id) SELECT account_id, kind, period, service_id, op, 1, posted_on, load_id, 'B-2'"
        " FROM entry",
    ),
    "set_aside": (
        "reason",
        "INSERT INTO set_aside SELECT load_id, file, 99, field, reason, raw FROM set_aside",
    ),
    "house_history": (
        "was",
        "INSERT INTO house_history SELECT house_id, 1, was FROM house_history",
    ),
    "service": ("name", "INSERT INTO service (name) VALUES ('Взнос по решению собрания')"),
}


@pytest.fixture
def application(books: Books) -> Iterator[Any]:
    """A cursor in the application's role, every statement for itself."""
    books.house().account().entry("2026-09").load()
    books.house(rate="18,00").house(house_id="H-2", rate="дорого").load(max_bad=1)
    with closing(psycopg2.connect(books.database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {ROLE}")
            yield cursor


def count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_application_adds_rows_and_never_changes_or_drops_them(application, table):
    column, insert = APPEND_ONLY[table]
    for statement in (
        f"UPDATE {table} SET {column} = NULL",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
        f"DROP TABLE {table} CASCADE",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"SELECT * FROM {table} FOR UPDATE",
    ):
        with pytest.raises(InsufficientPrivilege):
            application.execute(statement)
    assert count(application, table) == 1
    application.execute(insert)
    assert count(application, table) == 2


def test_the_registry_is_updated_and_never_emptied(application):
    for table in ("account", "account_state", "house", "load", "account_balance", "house_year"):
        for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
            with pytest.raises(InsufficientPrivilege):
                application.execute(statement)
        assert count(application, table) > 0


def test_the_application_knows_no_way_to_more_rights(application):
    application.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        "   AND relkind = 'r' AND (has_table_privilege(oid, 'TRUNCATE, TRIGGER')"
        "                          OR pg_has_role(current_user, relowner, 'MEMBER'))"
    )
    assert application.fetchall() == []
    application.execute(
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    )
    assert application.fetchall() == [(False,)]


@pytest.mark.parametrize("op", ["charge", "write_off"])
def test_a_negative_charge_without_a_document_is_refused_by_the_table_itself(application, op):
    with pytest.raises(CheckViolation):
        application.execute(
            "INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on,"
            " load_id, entry_id) SELECT account_id, kind, period, service_id, CAST(%s AS entry_op),"
            " -1, posted_on, load_id, 'B-3' FROM entry",
            (op,),
        )
    assert count(application, "entry") == 1
