"""A command's transaction: all or nothing, and a server that goes away is told as such."""

from collections.abc import Callable
from contextlib import closing

import psycopg2
import pytest

from lkcap.kit.batch import Batch, batch
from lkcap.kit.errors import DatabaseUnavailable
from lkcap.kit.sql import Query
from tests.factory import Books

ADD = Query("test/add", "INSERT INTO service (name) VALUES (%(name)s)", frozenset({"name"}))
PID = Query("test/pid", "SELECT pg_backend_pid()", frozenset())


def names(books: Books) -> list[str]:
    return [name for (name,) in books.rows("SELECT name FROM service ORDER BY name")]


def add(books: Books, then: Callable[[Batch], object] = lambda _: None) -> None:
    with batch(books.database) as transaction:
        transaction.run(ADD, name="a")
        then(transaction)


def test_what_ends_well_is_kept(books: Books):
    add(books)
    assert names(books) == ["a"]


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, GeneratorExit])
def test_what_is_broken_off_is_not(books: Books, error: type[BaseException]):
    def break_off(_: Batch) -> None:
        raise error

    with pytest.raises(error):
        add(books, break_off)
    assert names(books) == []


def test_a_refusal_of_the_database_is_told_as_it_is(books: Books):
    with pytest.raises(psycopg2.errors.UniqueViolation):
        add(books, lambda transaction: transaction.run(ADD, name="a"))


@pytest.mark.parametrize(
    "goes_on",
    [lambda transaction: transaction.copy("service", ["name"], b"b\n" * 10), lambda _: None],
    ids=["in the middle", "before the end"],
)
def test_a_server_that_goes_away_is_away(books: Books, goes_on: Callable[[Batch], None]):
    def lose(transaction: Batch) -> None:
        books.rows("SELECT pg_terminate_backend(%s)", transaction.value(PID))
        goes_on(transaction)

    with pytest.raises(DatabaseUnavailable):
        add(books, lose)
    assert names(books) == []


def test_a_database_that_is_not_there_is_away(books: Books):
    with closing(psycopg2.connect(books.database)) as known:
        host = known.info.host
    with (
        pytest.raises(DatabaseUnavailable),
        batch(f"postgresql://lkcap@/nowhere?host={host}"),
    ):
        pass
