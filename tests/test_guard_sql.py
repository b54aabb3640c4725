"""Each query is one file that says why, is used under its name, and fits the schema."""

import gc
import importlib
import pkgutil
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg2
import pytest

import lkcap
from lkcap.kit.db import ROLE
from lkcap.kit.sql import FOLDER, SCHEMA, Query, query

FILES = {
    str(path.relative_to(FOLDER).with_suffix("")): path
    for path in sorted(FOLDER.rglob("*.sql"))
    if path.parent != SCHEMA
}
TABLE = re.compile(r"^CREATE TEMPORARY TABLE", re.MULTILINE)
MAKES_TABLE = [name for name, path in FILES.items() if TABLE.search(path.read_text("utf-8"))]


def test_the_first_line_of_every_file_says_why():
    for path in FOLDER.rglob("*.sql"):
        first = path.read_text("utf-8").splitlines()[0]
        assert re.match(r"-- \S.{10,}", first), path


def test_balances_are_taken_in_one_order():
    """Two bookings that took them in different orders would wait for each other."""
    takes = re.compile(r"INSERT INTO account_balance\b.*?ON CONFLICT", re.DOTALL)
    found = {name: takes.findall(path.read_text("utf-8")) for name, path in FILES.items()}
    inserts = [(name, one) for name, ones in found.items() for one in ones]
    assert len(inserts) == 3
    assert [name for name, one in inserts if "ORDER BY account_id, kind" not in one] == []


def test_every_file_is_used_under_its_name():
    for module in pkgutil.walk_packages(lkcap.__path__, "lkcap."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    used = {one.name for one in gc.get_objects() if isinstance(one, Query)}
    assert {name for name in used if name in FILES} == set(FILES)


@contextmanager
def staged(url: str) -> Iterator[Any]:
    """A connection in the application's role, with every temporary table that a load makes."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        # a table made LIKE another comes after it
        for name in sorted(MAKES_TABLE, key=lambda name: "LIKE" in FILES[name].read_text("utf-8")):
            cursor.execute(query(name).text, dict.fromkeys(query(name).parameters))
        yield cursor


def numbered(one: Query) -> str:
    """PREPARE takes $1 where psycopg2 takes %(name)s."""
    places = {name: place for place, name in enumerate(sorted(one.parameters), 1)}
    text = re.sub(r"%\((\w+)\)s", lambda found: f"${places[found[1]]}", one.text)
    return text.replace("%%", "%")


@pytest.mark.usefixtures("books")
def test_every_query_fits_the_schema_and_the_rights_of_the_application(database: str):
    with staged(database) as cursor:
        for name in sorted(set(FILES) - set(MAKES_TABLE)):
            one = query(name)
            cursor.execute(f"PREPARE q AS {numbered(one)}")
            nulls = ", ".join(["NULL"] * len(one.parameters))
            # the plan's start is where the server looks at rights; nothing is run
            cursor.execute("EXPLAIN EXECUTE q" + (f" ({nulls})" if nulls else ""))
            cursor.execute("DEALLOCATE q")


def test_every_migration_names_the_one_before_it():
    names = [path.stem for path in sorted(SCHEMA.glob("*.sql"))]
    for before, name in pairwise(names):
        assert f"-- depends: {before}\n" in (SCHEMA / f"{name}.sql").read_text("utf-8")
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_no_query_is_glued_of_strings():
    allowed = {"kit/batch.py", "kit/db.py", "migrations.py"}
    root = Path(lkcap.__file__).parent
    for path in root.rglob("*.py"):
        glued = re.search(r'f"[^"\n]*\b(SELECT|INSERT|UPDATE|DELETE)\b', path.read_text("utf-8"))
        assert not glued or str(path.relative_to(root)) in allowed, path
