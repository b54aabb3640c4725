"""PostgreSQL for commands: one synchronous connection, COPY, one transaction.

aiopg has no COPY, and a command has nothing else to do meanwhile: psycopg2 itself will do.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from io import BytesIO
from typing import Any

import psycopg2
from psycopg2.extras import execute_batch

from lkcap.kit.errors import DatabaseUnavailable
from lkcap.kit.sql import ROLE, Query

# Connection exceptions, and a server that stops (57P01 to 57P04).
GOING_AWAY = ("08", "57P")


class Batch:
    """The open transaction of a command."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def run(self, query: Query, **parameters: Any) -> int:
        """A write; how many rows it touched."""
        assert parameters.keys() == query.parameters, (query.name, parameters.keys())
        self._cursor.execute(query.text, parameters)
        return int(self._cursor.rowcount)

    def rows(self, query: Query, **parameters: Any) -> list[tuple[Any, ...]]:
        self.run(query, **parameters)
        return list(self._cursor.fetchall())

    def value(self, query: Query, **parameters: Any) -> Any:
        """The first column of the only row."""
        ((found, *_),) = self.rows(query, **parameters)
        return found

    def copy(self, table: str, columns: Sequence[str], text: bytes) -> None:
        """COPY ready-made text rows into a table; an empty cell is NULL."""
        # in one piece: each chunk would wait for the interpreter's lock while a parser holds it
        self._cursor.copy_expert(
            f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH (NULL '')",
            BytesIO(text),
            size=len(text) + 1,
        )

    def insert(self, query: Query, rows: Sequence[Mapping[str, Any]]) -> None:
        """One row a parameter set, many at once."""
        execute_batch(self._cursor, query.text, rows)

    def staged_raw(self, table: str) -> list[tuple[int, str]]:
        """(line, the row as it came) of a staging table that keeps them."""
        self._cursor.execute(f"SELECT line, raw FROM {table}")  # noqa: S608 - our own table's name
        return list(self._cursor.fetchall())

    def discard(self, table: str, lines: Sequence[int]) -> None:
        """Take rows out of a staging table."""
        if lines:
            self._cursor.execute(f"DELETE FROM {table} WHERE line = ANY(%s)", (list(lines),))  # noqa: S608 - our own table's name

    def clear(self, table: str) -> None:
        """Empty a staging table for the next batch."""
        self._cursor.execute(f"TRUNCATE {table}")

    def stream(self, query: Query, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        """Rows as they come, however many: the server keeps what has not been read."""
        assert parameters.keys() == query.parameters, (query.name, parameters.keys())
        with self._cursor.connection.cursor("stream") as cursor:
            cursor.execute(query.text, parameters)
            yield from cursor

    def analyze(self, table: str) -> None:
        """Let the planner know how many rows a staging table has."""
        self._cursor.execute(f"ANALYZE {table}")

    def tune(self, settings: Mapping[str, str]) -> None:
        """Planner settings for this transaction only."""
        for name, value in settings.items():
            self._cursor.execute(f"SET LOCAL {name} = %s", (value,))


@contextmanager
def batch(url: str) -> Iterator[Batch]:
    """A transaction in the application's role; commits at the end, rolls back on any error.

    Raises DatabaseUnavailable, also when the server goes away in the middle.
    """
    try:
        connection = psycopg2.connect(url, application_name="lkcap")
    except psycopg2.OperationalError as error:
        raise DatabaseUnavailable(str(error).strip()) from error
    with closing(connection):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL ROLE {ROLE}")
                yield Batch(cursor)
            connection.commit()
        except psycopg2.Error as error:
            if _is_away(error):
                raise DatabaseUnavailable(str(error).strip()) from error
            raise


def _is_away(error: psycopg2.Error) -> bool:
    """Whether the server went away: psycopg2 says so without a code, in one of three classes."""
    code: str | None = error.pgcode
    if code is None:
        return type(error) is psycopg2.DatabaseError or isinstance(
            error, psycopg2.OperationalError | psycopg2.InterfaceError
        )
    return code.startswith(GOING_AWAY)
